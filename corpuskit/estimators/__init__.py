"""FLOOR 4: estimators.

Enters: :class:`~corpuskit.counts.CorpusStats`. Leaves: :class:`Estimates`: small typed numbers, each with interval, sample size, unit, method,
reference and evidence grade, or with the reason why there is none; series to draw; findings. Arrays and frames end on the floor above.

To add an estimator: write ``<family>.py`` with pure functions on arrays (formula, reference, shapes, when undefined), an
``estimate_<family>(inputs, options)`` that makes :class:`Estimates` of them, and an :class:`Estimator`; name it in ``ESTIMATORS``
(``registry.py``); add a known answer with its origin, and the empty, one-token and one-document cases.
"""

from __future__ import annotations

from corpuskit.estimators.agreement import Agreement
from corpuskit.estimators.binomial import (
    AcceptancePlan,
    acceptance_plan,
    acceptance_size,
    beta_binomial_quantile,
    clopper_pearson,
    probability_below,
    wilson,
)
from corpuskit.estimators.cleaning_spectra import CleaningSpectra, spectra_before_cleaning
from corpuskit.estimators.context_curve import TOLERANCE as CONTEXT_TOLERANCE
from corpuskit.estimators.decisions.outcomes import (
    HumanAgreement,
    Outcomes,
    agreement_of,
    compare,
    curve_of,
    flips_of,
    holm_of,
    rate_of,
    slices_of,
    threshold_of,
)
from corpuskit.estimators.decisions.rates import Rate
from corpuskit.estimators.decisions.sequential import SequentialPlan, sequential_plan
from corpuskit.estimators.double_coding import least_error
from corpuskit.estimators.estimate import Estimate, Grade, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.registry import ESTIMATORS, estimate, estimate_each, together
from corpuskit.estimators.specification import Estimates, Estimator

__all__ = [
    "CONTEXT_TOLERANCE",
    "ESTIMATORS",
    "AcceptancePlan",
    "Agreement",
    "CleaningSpectra",
    "Estimate",
    "Estimates",
    "Estimator",
    "EstimatorOptions",
    "Grade",
    "HumanAgreement",
    "Inputs",
    "Outcomes",
    "Rate",
    "SequentialPlan",
    "Series",
    "acceptance_plan",
    "acceptance_size",
    "agreement_of",
    "beta_binomial_quantile",
    "clopper_pearson",
    "compare",
    "curve_of",
    "estimate",
    "estimate_each",
    "flips_of",
    "holm_of",
    "least_error",
    "probability_below",
    "rate_of",
    "sequential_plan",
    "slices_of",
    "spectra_before_cleaning",
    "threshold_of",
    "together",
    "wilson",
]
