"""A report without text of the documents (``--no-excerpts``), because reports travel further than documents: no quotes and no words of their texts.

What stays are names: of files, folders, tables, columns, labels and fields, with which a reader finds the place again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpuskit.estimators import Series
from corpuskit.finding import Evidence, Finding, Parameter
from corpuskit.report import AuditReport

COLUMNS_OF_WORDS = frozenset({"word", "words", "term", "others", "senses", "heading", "first_company", "second_company"})
"""Columns of series whose texts are words of documents; numbers in a column of the same name stay."""

OF_ONE_SERIES: Mapping[str, str] = {"dead_sections": "place"}
"""Columns that are words in one series: the place of a section may be the words of its heading; that of a field is a cell or a line."""

PARAMETERS_OF_WORDS = frozenset({"term", "senses", "first_company", "second_company"})
"""Parameters of findings that are words of documents, whatever the finding."""

OF_ONE_FINDING: Mapping[str, str] = {"generic_headings": "example", "terms_spelt_in_several_ways": "others"}
"""Parameters that are words in one kind of finding; elsewhere they name labels."""

WITHHELD = "…"
"""What stands for a word in a sentence."""


def without_excerpts(report: AuditReport) -> AuditReport:
    """Give a report without any quote from a document; each different word of a series is a number (``#1``), so that what is counted can be read.

    Parameters
    ----------
    report : AuditReport
        Not localised yet: sentences are made of what stays.
    """
    tasks = tuple(task.model_copy(update={"evidence": _bare(task.evidence)}) for task in report.tasks)
    return report.model_copy(
        update={"findings": tuple(map(_finding, report.findings)), "tasks": tasks, "series": tuple(map(_numbered, report.series))}
    )


def _bare(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    return tuple(Evidence(document=item.document, place=item.place) for item in evidence)


def _finding(finding: Finding) -> Finding:
    hidden = PARAMETERS_OF_WORDS | {OF_ONE_FINDING.get(finding.code, "")}
    told: dict[str, Parameter] = {
        name: WITHHELD if name in hidden and isinstance(value, str) else value for name, value in finding.parameters.items()
    }
    return finding.model_copy(update={"parameters": told, "evidence": _bare(finding.evidence)})


def _numbered(series: Series) -> Series:
    """Number the different words of a series in the order they stand in it; an empty cell stays empty."""
    hidden = [place for place, name in enumerate(series.columns) if name in COLUMNS_OF_WORDS or name == OF_ONE_SERIES.get(series.name)]
    if not hidden:
        return series
    numbers: dict[str, str] = {}
    rows = []
    for row in series.rows:
        cells = list(row)
        for place in hidden:
            word = cells[place]
            if isinstance(word, str) and word:
                cells[place] = numbers.setdefault(word, f"#{len(numbers) + 1}")
        rows.append(tuple(cells))
    return series.model_copy(update={"rows": tuple(rows)})
