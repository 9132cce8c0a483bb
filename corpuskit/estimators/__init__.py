"""FLOOR 4: estimators.

Enters: :class:`~corpuskit.counts.CorpusStats`. Leaves: :class:`Estimates`: small typed numbers, each with interval, sample size, unit, method,
reference and evidence grade, or with the reason why there is none; series to draw; findings. Arrays and frames end on the floor above.

To add an estimator: write ``<family>.py`` with pure functions on arrays (formula, reference, shapes, when undefined), an
``estimate_<family>(inputs, options)`` that makes :class:`Estimates` of them, and an :class:`Estimator`; name it in ``ESTIMATORS``
(``registry.py``); add a known answer with its origin, and the empty, one-token and one-document cases.
"""

from __future__ import annotations

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
from corpuskit.estimators.double_coding import least_error
from corpuskit.estimators.estimate import Estimate, Grade, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.registry import ESTIMATORS, estimate, estimate_each, together
from corpuskit.estimators.specification import Estimates, Estimator

__all__ = [
    "ESTIMATORS",
    "AcceptancePlan",
    "CleaningSpectra",
    "Estimate",
    "Estimates",
    "Estimator",
    "EstimatorOptions",
    "Grade",
    "Inputs",
    "Series",
    "acceptance_plan",
    "acceptance_size",
    "beta_binomial_quantile",
    "clopper_pearson",
    "estimate",
    "estimate_each",
    "least_error",
    "probability_below",
    "spectra_before_cleaning",
    "together",
    "wilson",
]
