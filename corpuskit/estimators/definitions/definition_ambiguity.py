"""Definition ambiguity: do the names (and descriptions) of the categories determine which messages belong to them?"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.category_names import described, is_generic, name_features, names_alike
from corpuskit.estimators.definitions.definition_advice import advice_findings, advise, match_series, worth_of_labels
from corpuskit.estimators.definitions.definition_space import DefinitionView, definition_view, drawn_to, named_wrong
from corpuskit.estimators.definitions.message_clarity import clarity_of, undefined_clarity
from corpuskit.estimators.inputs import Inputs, LabelledSample
from corpuskit.estimators.labels.label_ambiguity import listed, rate_interval
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Evidence, Finding

AMBIGUITY = Measure(
    "definition_ambiguity", "messages", "C", "Deerwester and others 1990; Rocchio 1971; Buckley and others 1994; Clopper and Pearson 1934"
)

MOST_MESSAGES = 4_000
"""Messages, labelled ones first, that names are placed among; because the decomposition takes seconds for them and more for more."""

FAR = 0.2
"""Upper end of a name's gain over chance below which the name is reported, because it then finds fewer than one in five of the messages that
chance would miss; small labels have wide intervals and are not accused."""


def name_gain(scores: NDArray[np.float64], own: NDArray[np.bool_], level: float = 0.95) -> tuple[float, float]:
    """Give how far a name finds its messages beyond chance, and the upper end of the interval.

    Formula: ``(p - b) / (1 - b)``, with p the share of own messages among the m nearest, m the number of own messages, and b = m/n. Ties at the
    m-th place count by their share. Reference: R-precision, Buckley and Voorhees 2000; exact interval of p, Clopper and Pearson 1934.

    Parameters
    ----------
    scores : array, shape (n,)
        Nearness of each message to the name.
    own : array of bool, shape (n,)
        Whether the message carries the label.

    Returns
    -------
    tuple of float
        Gain (1 at best, 0 at chance) and its upper end; (0, 1) when all or no messages carry the label.
    """
    wanted, n = int(own.sum()), len(own)
    if wanted in (0, n):
        return 0.0, 1.0
    limit = np.sort(scores)[n - wanted]
    above, level_with = scores > limit, scores == limit
    found = float(own[above].sum()) + float(own[level_with].mean()) * (wanted - int(above.sum()))
    chance = wanted / n
    high = clopper_pearson(found, wanted, level)[1]
    return (found / wanted - chance) / (1 - chance), (high - chance) / (1 - chance)


def estimate_definition_ambiguity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure, for every labelled table, the share of messages whose nearest category name is not their label, and report empty names."""
    parts = inputs.of_tables(of_table, options)
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates),
        series=tuple(series for part in parts for series in part.series),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def of_table(sample: LabelledSample, options: EstimatorOptions) -> Estimates:
    """Measure one table: its definition ambiguity and what clarity is worth on it, or why that is undefined."""
    method = computed("nearest_name_is_another" if sample.messages.description_features is None else "nearest_description_is_another")
    return by_names(sample, lambda: view_of(sample, options.seed), AMBIGUITY, method, options)


def by_names(sample: LabelledSample, place: Callable[[], DefinitionView], measure: Measure, method: Method, options: EstimatorOptions) -> Estimates:
    """Measure how far the names of labels lead to their messages, what clarity is worth, and what to do about the names.

    Parameters
    ----------
    sample : LabelledSample
        Messages of a table, or documents.
    place : callable
        Places the names among them; not called where there are too few.
    measure : Measure
        :data:`AMBIGUITY`, in messages or in documents.
    method : Method
    options : EstimatorOptions
    """
    messages, n, generic = sample.messages, sample.n, _generic(sample)
    missing: tuple[str, dict[str, int]] | None = None
    if len(sample.names) < 2:
        missing = "undefined_too_few_labels", {"labels": len(sample.names), "needed": options.min_per_label}
    elif n < options.min_messages:
        missing = "undefined_too_few_messages", {"n": n, "needed": options.min_messages}
    if missing:
        code, parameters = missing
        reason = measure.undefined(messages.subject, n, method, code, **parameters)
        return Estimates(estimates=(reason, *undefined_clarity(messages.subject, n, measure.unit, code, **parameters).estimates), findings=generic)
    view = place()
    rate, interval = rate_interval(named_wrong(view.scores, sample.labels), sample.effective_n, options.level)
    exact = computed("exact_at_messages" if measure.unit == "messages" else "exact_at_documents", independent=sample.effective_n)
    value = measure.given(messages.subject, rate, n, method + exact, interval, options.level)
    sizes = np.bincount(sample.labels, minlength=len(sample.names))
    advice = advise(drawn_to(view, sample.labels), sizes, worth_of_labels(sample), options.level)
    empty = {code for code, name in enumerate(sample.names) if is_generic(name) and name not in _described(sample)}
    advice = tuple(item for item in advice if item.category not in empty)
    told = {category for item in advice for category in (item.category, *(item.others if item.kind == "merge" else ()))}
    clear = clarity_of(sample, view, measure.unit, options)
    return Estimates(
        estimates=(value, *clear.estimates),
        series=(match_series(sample, view, options.level), *clear.series),
        findings=(*generic, *_far(sample, view, told), *advice_findings(sample, advice), *clear.findings),
    )


def view_of(sample: LabelledSample, seed: int = 0) -> DefinitionView:
    """Place the names of a sample's labels, with their descriptions, among its messages and the table's messages without a label."""
    others, room = sample.messages.unlabelled_features, max(MOST_MESSAGES - sample.n, 0)
    if others.shape[0] > room:
        others = csr_matrix(others[np.sort(np.random.default_rng(seed).permutation(others.shape[0])[:room])])
    return definition_view(sample.features, names_of(sample), others, seed)


def names_of(sample: LabelledSample) -> csr_matrix:
    """Give the features of the names of a sample's labels, with those of their descriptions. Shape (K, f)."""
    descriptions = sample.messages.description_features
    return name_features(sample.names, None if descriptions is None else csr_matrix(descriptions[sample.codes]))


def _described(sample: LabelledSample) -> set[str]:
    """Names of the labels that have a description."""
    return described(sample.messages.label_names, sample.messages.description_features)


def _generic(sample: LabelledSample) -> tuple[Finding, ...]:
    explained = _described(sample)
    used = [*sample.names, *(name for name, _ in sample.left_out)]
    empty = sorted(name for name in used if name not in explained and is_generic(name))
    return (*_finding(sample, "label_names_say_nothing", "warning", empty), *_alike(sample))


def _alike(sample: LabelledSample) -> tuple[Finding, ...]:
    """Report names that are the same but for spelling or the order of words; those of rare labels too, which are often another's spelling."""
    messages = sample.messages
    used = np.unique(messages.labels)
    descriptions = None if messages.description_features is None else csr_matrix(messages.description_features[used])
    groups = names_alike([messages.label_names[code] for code in used.tolist()], descriptions)
    return _finding(sample, "label_names_alike", "warning", [" = ".join(group) for group in groups])


def _far(sample: LabelledSample, view: DefinitionView, told: set[int]) -> tuple[Finding, ...]:
    """Report names that find hardly any of their messages and that no other advice is given for."""
    explained, far = _described(sample), []
    for code, name in enumerate(sample.names):
        _, most = name_gain(view.scores[:, code], sample.labels == code)
        if most < FAR and code not in told and not is_generic(name) and name not in explained:
            far.append(name)
    return _finding(sample, "label_names_far_from_messages", "note", far)


def _finding(sample: LabelledSample, code: str, level: str, names: list[str]) -> tuple[Finding, ...]:
    if not names:
        return ()
    messages = sample.messages
    return (
        Finding(
            id=f"{code}@{messages.subject}",
            level="warning" if level == "warning" else "note",
            code=code,
            parameters={"column": messages.column, "count": len(names), "labels": listed(names)},
            evidence=(Evidence(document=messages.document),),
        ),
    )


DEFINITION_AMBIGUITY = Estimator(
    name="definition_ambiguity",
    question="Do the names of the categories tell which messages belong to them?",
    reference=AMBIGUITY.reference,
    function=estimate_definition_ambiguity,
    of_table=of_table,
)
