"""Document hygiene: how much of a folder says what another part of it says already: boilerplate lines, exact and near duplicates.

Measured on the folder as it was found, whether or not the options remove what is found.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpuskit.counts import boilerplate_lines
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import Method, computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Evidence, Finding, each_alone

REFERENCE = "Broder 1997; Lee et al. 2022"
BOILERPLATE = Measure("boilerplate_share", "words", "E", "Kohlschuetter, Fankhauser and Nejdl 2010")
EXACT = Measure("exact_duplicate_share", "documents", "E", REFERENCE)
NEAR = Measure("near_duplicate_share", "documents", "E", REFERENCE)

MOST_EVIDENCE = 5
"""Documents named as evidence, because a reader checks a handful and then trusts or distrusts the rest."""


def estimate_hygiene(inputs: Inputs, options: EstimatorOptions) -> Estimates:  # noqa: ARG001  every estimator takes options
    """Measure the share of words in boilerplate lines and the shares of documents that repeat another; name the largest groups.

    All three are counts of this folder, so they have no interval: which lines and documents repeat depends on all documents together, and a part of
    them would show less repetition than the whole.
    """
    stats = inputs.as_found
    exact, near = inputs.copies
    share, lines = _boilerplate(inputs)
    estimates = (
        share,
        _repeating(EXACT, stats.documents.height, exact, computed("exact_copies")),
        _repeating(NEAR, stats.documents.height, near, computed("near_copies", likeness=inputs.text.duplicate_threshold)),
    )
    findings = (*lines, *_copies("exact_duplicates", exact), *_copies("near_duplicates", near))
    return Estimates(estimates=estimates, findings=findings)


def _boilerplate(inputs: Inputs) -> tuple[Estimate, tuple[Finding, ...]]:
    """Formula: words in boilerplate lines over all words. Undefined without words."""
    stats, text = inputs.as_found, inputs.text
    words = int(stats.documents["tokens"].sum())
    method = computed("words_of_boilerplate", share=text.boilerplate_share, documents=text.boilerplate_documents) + computed("counted_in_full")
    if not words:
        return BOILERPLATE.undefined("corpus", 0, method, "undefined_no_tokens"), ()
    lines = boilerplate_lines(stats, text)
    share = int(lines["words"].sum()) / words
    estimate = BOILERPLATE.given("corpus", share, words, method)
    if not lines.height:
        return estimate, ()
    first = tuple(dict.fromkeys(lines["first"].to_list()))
    return estimate, (
        Finding(
            id="boilerplate",
            level="note",
            code="boilerplate",
            parameters={"lines": lines.height, "occurrences": int(lines["occurrences"].sum()), "share": share},
            evidence=tuple(Evidence(document=document) for document in first[:MOST_EVIDENCE]),
            documents=each_alone(first, MOST_EVIDENCE),
        ),
    )


def _repeating(measure: Measure, documents: int, groups: Sequence[Sequence[str]], method: Method) -> Estimate:
    """Formula: documents that another one of their group makes superfluous, over all documents. Undefined without documents."""
    if not documents:
        return measure.undefined("corpus", 0, method, "undefined_no_documents")
    superfluous = sum(len(group) - 1 for group in groups)
    return measure.given("corpus", superfluous / documents, documents, method + computed("counted_in_full"))


def _copies(code: str, groups: Sequence[tuple[str, ...]]) -> tuple[Finding, ...]:
    """Show the largest group, and name all."""
    if not groups:
        return ()
    largest = max(groups, key=lambda group: (len(group), group))
    return (
        Finding(
            id=code,
            level="warning",
            code=code,
            parameters={"groups": len(groups), "documents": sum(len(group) for group in groups)},
            evidence=tuple(Evidence(document=document) for document in largest[:MOST_EVIDENCE]),
            documents=tuple(tuple(group) for group in sorted(groups, key=lambda group: (-len(group), group))),
        ),
    )


DOCUMENT_HYGIENE = Estimator(
    name="document_hygiene",
    question="How much of the folder repeats what stands elsewhere in it?",
    reference=f"{BOILERPLATE.reference}; {REFERENCE}",
    function=estimate_hygiene,
)
