"""FLOOR 4: estimators.

Enters: :class:`~corpuskit.counts.CorpusStats`. Leaves: :class:`Estimates`: small typed numbers, each with interval, sample size, unit, method,
reference and evidence grade, or with the reason why there is none; series to draw; findings. Arrays and frames end on the floor above.

Rooms, each resting on those before it: ``vocabulary``, ``information``, ``labels``; then ``definitions`` and ``retrieval`` on labels,
``robustness`` on the first two, ``words`` and ``documents`` on none, ``decisions`` on labels, ``drift`` on decisions. What all share stands at the
top.

To add an estimator: write ``<room>/<family>.py`` with pure functions on arrays (formula, reference, shapes, when undefined), an
``estimate_<family>(inputs, options)`` that makes :class:`Estimates` of them, and an :class:`Estimator`; name it in ``ESTIMATORS``
(``registry.py``); say by :func:`computed` how its numbers were computed; add a known answer with its origin, and the empty, one-token and
one-document cases.
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
from corpuskit.estimators.decisions.control_charts import ALPHA as CHART_ALPHA
from corpuskit.estimators.decisions.control_charts import ChartPoint, RateChart, Shift, rate_chart, shift
from corpuskit.estimators.decisions.graded import MeanLoss, mean_loss
from corpuskit.estimators.decisions.outcomes import (
    Controlled,
    HumanAgreement,
    Outcomes,
    agreement_of,
    compare,
    controlled_of,
    curve_of,
    flips_of,
    holm_of,
    prediction_powered_rate,
    rate_of,
    slices_of,
    threshold_of,
)
from corpuskit.estimators.decisions.prediction_powered import Powered
from corpuskit.estimators.decisions.rates import Rate
from corpuskit.estimators.decisions.sampling import Allocation, Draw, draw
from corpuskit.estimators.decisions.sequential import AnytimePlan, SequentialPlan, alarmed_after, anytime_plan, certified_after, sequential_plan
from corpuskit.estimators.definitions.category_names import names_alike
from corpuskit.estimators.definitions.routing import Routed, RoutingList, routing_by_names, routing_list, routing_of_documents
from corpuskit.estimators.definitions.sampling_frame import (
    UNMEASURED,
    Frame,
    FrameCase,
    frame_by_names,
    frame_of_documents,
    frame_of_places,
    frame_of_table,
)
from corpuskit.estimators.drift.estimate_changes import EstimateChange, estimate_changes
from corpuskit.estimators.drift.language_drift import Drift, MovedTerm, compare_corpora
from corpuskit.estimators.estimate import Estimate, Grade, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.agreement import Agreement, Scale
from corpuskit.estimators.labels.context_curve import TOLERANCE as CONTEXT_TOLERANCE
from corpuskit.estimators.labels.double_coding import least_error
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.registry import ESTIMATORS, estimate, estimate_each, together
from corpuskit.estimators.robustness.cleaning_spectra import CleaningSpectra, spectra_before_cleaning
from corpuskit.estimators.specification import Estimates, Estimator

__all__ = [
    "CHART_ALPHA",
    "CONTEXT_TOLERANCE",
    "ESTIMATORS",
    "UNMEASURED",
    "AcceptancePlan",
    "Agreement",
    "Allocation",
    "AnytimePlan",
    "ChartPoint",
    "CleaningSpectra",
    "Controlled",
    "Draw",
    "Drift",
    "Estimate",
    "EstimateChange",
    "Estimates",
    "Estimator",
    "EstimatorOptions",
    "Frame",
    "FrameCase",
    "Grade",
    "HumanAgreement",
    "Inputs",
    "MeanLoss",
    "Method",
    "MovedTerm",
    "Outcomes",
    "Powered",
    "Rate",
    "RateChart",
    "Routed",
    "RoutingList",
    "Scale",
    "SequentialPlan",
    "Series",
    "Shift",
    "acceptance_plan",
    "acceptance_size",
    "agreement_of",
    "alarmed_after",
    "anytime_plan",
    "beta_binomial_quantile",
    "certified_after",
    "clopper_pearson",
    "compare",
    "compare_corpora",
    "computed",
    "controlled_of",
    "curve_of",
    "draw",
    "estimate",
    "estimate_changes",
    "estimate_each",
    "flips_of",
    "frame_by_names",
    "frame_of_documents",
    "frame_of_places",
    "frame_of_table",
    "holm_of",
    "least_error",
    "mean_loss",
    "names_alike",
    "prediction_powered_rate",
    "probability_below",
    "rate_chart",
    "rate_of",
    "routing_by_names",
    "routing_list",
    "routing_of_documents",
    "sequential_plan",
    "shift",
    "slices_of",
    "spectra_before_cleaning",
    "threshold_of",
    "together",
    "wilson",
]
