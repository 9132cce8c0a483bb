"""How a task fails: what people should watch for, with what this corpus shows of it.

Every mode has a general sentence, and where something was measured one that names it: the labels, the documents, the share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

import polars as pl

from corpuskit.finding import Message, Parameter
from corpuskit.tasks.assessment import Kind
from corpuskit.tasks.catalogue import Statistic
from corpuskit.tasks.contradictions import MOST_NAMED, Contradiction
from corpuskit.tasks.evidence import OF_NO_PERSON, TaskEvidence
from corpuskit.tasks.lengths import case_lengths

BY_KIND: dict[Kind, str] = {
    "classify": "failure_confident_wrong_label",
    "retrieve": "failure_wrong_or_no_passage",
    "extract": "failure_value_from_wrong_place",
    "generate": "failure_invented_fact",
    "summarise": "failure_left_out_or_inverted",
    "translate": "failure_fluent_mistranslation",
    "decide": "failure_person_harmed",
}
BY_STATISTIC: dict[Statistic, str] = {
    "AMB": "failure_ambiguity",
    "TRM": "failure_terms",
    "TPL": "failure_templates",
    "COV": "failure_coverage",
    "LEN": "failure_length",
    "NUM": "failure_numbers",
    "VER": "failure_versions",
    "PII": "failure_personal_data",
    "OCR": "failure_scans",
    "LNG": "failure_languages",
    "IMB": "failure_imbalance",
}
NUMERIC = frozenset({"amount", "number", "percentage"})
"""Types of field values that are numbers."""
RARE_LABEL = 0.1
"""Share of the cases below which a label counts as rare, because an error over all cases then hides most errors on it."""


def failure_modes(evidence: TaskEvidence, contradictions: Sequence[Contradiction] = ()) -> tuple[Message, ...]:
    """List how the task fails, the strongest first: that of its kind, one for each statistic that matters for it, then what else was found.

    Parameters
    ----------
    evidence : TaskEvidence
    contradictions : sequence of Contradiction
        Among the documents of the task.
    """
    task = evidence.found.task
    told = [Message(code=BY_KIND[task.kind])]
    for statistic in task.stats:
        shown = (
            _of_versions(contradictions) or _of_stale(evidence) if statistic == "VER" else _SHOWN[statistic](evidence) if statistic in _SHOWN else []
        )
        told += shown or [Message(code=BY_STATISTIC[statistic])]
    if "VER" not in task.stats:
        told += _of_versions(contradictions)
    if "PII" not in task.stats:
        told += _of_persons(evidence)
    told += _of_thin_terms(evidence)
    return tuple(told)


def _say(code: str, **parameters: Parameter) -> list[Message]:
    return [Message(code=code, parameters=parameters)]


def _of_versions(contradictions: Sequence[Contradiction]) -> list[Message]:
    return [one.said("failure_versions") for one in contradictions[:MOST_NAMED]]


def _of_stale(evidence: TaskEvidence) -> list[Message]:
    """Name a document of the task that is among those found to be old."""
    for finding in evidence.measured.findings:
        named = [item.document for item in finding.evidence if item.document in evidence.members]
        if finding.code == "stale_documents" and named:
            return _say("failure_versions_stale", document=named[0], years=finding.parameters["years"])
    return []


def _of_ambiguity(evidence: TaskEvidence) -> list[Message]:
    """Show ambiguity by the labels of the task's table, or by the headings that a search has to tell apart."""
    rows = evidence.measured.rows(f"generic_headings@lang:{evidence.language}")
    if evidence.found.task.kind == "retrieve" and rows:
        return _say("failure_ambiguity_headings", heading=str(rows[0][0]), sections=int(rows[0][1]), tried=int(rows[0][2]), missed=int(rows[0][3]))
    return _of_labels(evidence)


def _of_numbers(evidence: TaskEvidence) -> list[Message]:
    """Name the field with amounts or numbers that stands in most documents of the corpus."""
    rows = [row for row in evidence.measured.rows("field_cues@corpus") if row[6] in NUMERIC]
    if not rows:
        return []
    field, documents = max(((str(row[0]), int(row[1])) for row in rows), key=lambda one: (one[1], one[0]))
    return _say("failure_numbers_measured", field=field, documents=documents)


def _of_labels(evidence: TaskEvidence) -> list[Message]:
    """Name the two labels that are confused most, with the words that mislead where some do."""
    confusions = evidence.measured.rows(f"confusions@{evidence.found.table}")
    if not confusions:
        return []
    label, taken_for, count = max(confusions, key=lambda row: float(row[2]))
    words = {(row[0], row[1]): str(row[3]) for row in evidence.measured.rows(f"confusion_words@{evidence.found.table}")}
    misleading = words.get((label, taken_for), "")
    named: dict[str, Parameter] = {"label": str(label), "taken_for": str(taken_for), "count": int(count)}
    if misleading:
        return _say("failure_ambiguity_words", **named, words=misleading)
    return _say("failure_ambiguity_labels", **named)


def _of_terms(evidence: TaskEvidence) -> list[Message]:
    subject = f"lang:{evidence.language}"
    acronyms, spellings = evidence.measured.rows(f"acronyms@{subject}"), evidence.measured.rows(f"spellings@{subject}")
    senses = evidence.measured.rows(f"ambiguous_terms@{subject}")
    told: list[Message] = []
    if acronyms:
        told += _say("failure_terms_acronym", term=str(acronyms[0][0]), meanings=str(acronyms[0][1]))
    if spellings:
        told += _say("failure_terms_spelling", term=str(spellings[0][0]), others=str(spellings[0][1]))
    if senses:
        told += _say("failure_terms_senses", term=str(senses[0][0]))
    return told


def _of_templates(evidence: TaskEvidence) -> list[Message]:
    share = evidence.measured.defined("template_share@corpus")
    return _say("failure_templates_measured", share=share.value or 0.0, n=share.n) if share is not None else []


def _of_coverage(evidence: TaskEvidence) -> list[Message]:
    """Give the share of the words of one more document that this corpus has not shown, with the ends of its interval."""
    coverage = evidence.coverage
    if coverage is None or coverage.value is None:
        return []
    low, high = coverage.interval or (coverage.value, coverage.value)
    return _say("failure_coverage_measured", unseen=1 - coverage.value, low=1 - high, high=1 - low, n=coverage.n)


def _of_length(evidence: TaskEvidence) -> list[Message]:
    lengths = case_lengths(evidence)
    if lengths is None or not lengths.longest:
        return []
    return _say("failure_length_measured", median=lengths.median, most=lengths.largest, document=lengths.longest, n=lengths.n)


def _of_persons(evidence: TaskEvidence) -> list[Message]:
    held = evidence.stats.personal_data.filter(
        (pl.col("count") > 0) & ~pl.col("type").is_in(OF_NO_PERSON) & pl.col("document").is_in(evidence.found.members)
    )
    if held.is_empty():
        return []
    kinds = Counter(held["type"].to_list())
    usual = min(kinds, key=lambda kind: (-kinds[kind], kind))
    documents = held["document"].n_unique()
    return _say("failure_personal_data_measured", n=documents, all=len(evidence.members), kind=usual, document=min(held["document"].to_list()))


def _of_scans(evidence: TaskEvidence) -> list[Message]:
    slope = evidence.of_language("coverage_noise_slope")
    if slope is None or slope.value is None or slope.value >= 0:
        return []
    low, high = slope.interval or (slope.value, slope.value)
    return _say("failure_scans_measured", fall=-slope.value, low=-high, high=-low, n=slope.n)


def _of_languages(evidence: TaskEvidence) -> list[Message]:
    languages = evidence.stats.documents.filter(pl.col("document").is_in(evidence.found.members))["language"].to_list()
    counted = Counter(languages)
    if len(counted) < 2:
        return []
    return _say("failure_languages_measured", ja=counted["ja"], en=counted["en"], mixed=counted["mixed"])


def _of_imbalance(evidence: TaskEvidence) -> list[Message]:
    """Name the rarest label; only where it is rare."""
    values = evidence.label_values()
    if values is None or not len(values):
        return []
    counted = Counter(values.to_list())
    rarest = min(counted, key=lambda label: (counted[label], label))
    share = counted[rarest] / len(values)
    return _say("failure_imbalance_measured", label=rarest, count=counted[rarest], n=len(values)) if share < RARE_LABEL else []


def _of_thin_terms(evidence: TaskEvidence) -> list[Message]:
    rows = evidence.measured.rows(f"thin_terms@lang:{evidence.language}")
    return _say("failure_thin_term", term=str(rows[0][0]), count=int(rows[0][1]), documents=int(rows[0][2])) if rows else []


_SHOWN: dict[Statistic, Callable[[TaskEvidence], list[Message]]] = {
    "AMB": _of_ambiguity,
    "TRM": _of_terms,
    "TPL": _of_templates,
    "COV": _of_coverage,
    "LEN": _of_length,
    "NUM": _of_numbers,
    "PII": _of_persons,
    "OCR": _of_scans,
    "LNG": _of_languages,
    "IMB": _of_imbalance,
}
