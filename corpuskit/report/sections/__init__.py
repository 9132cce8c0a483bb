"""The sections of the report, in reading order. To add one: write a file with a function ``build`` and name it here."""

from __future__ import annotations

from corpuskit.registry import Registry
from corpuskit.report.sections import (
    change,
    controls,
    corpus_health,
    costs,
    coverage,
    decisions,
    evidence_index,
    findings,
    fix_first,
    footer,
    glossary,
    method,
    phrases,
    ranking,
    risks,
    skipped,
    stages,
    task_pages,
    title,
    track_record,
)
from corpuskit.report.sections.section import Section

SECTIONS: Registry[Section] = Registry(
    "section",
    (
        Section("title", title.build, first_page=True),
        Section("coverage", coverage.build, first_page=True),
        Section("ranking", ranking.build, first_page=True),
        Section("risks", risks.build, first_page=True),
        Section("fix_first", fix_first.build, first_page=True, beside="risks"),
        Section("stages", stages.build, first_page=True),
        Section("costs", costs.build, first_page=True),
        Section("decisions", decisions.build, first_page=True),
        Section("phrases", phrases.build, first_page=True, beside="decisions"),
        Section("change", change.build),
        Section("task_pages", task_pages.build),
        Section("track_record", track_record.build),
        Section("corpus_health", corpus_health.build),
        Section("findings", findings.build),
        Section("skipped", skipped.build),
        Section("controls", controls.build),
        Section("evidence_index", evidence_index.build),
        Section("method", method.build),
        Section("glossary", glossary.build),
        Section("footer", footer.build),
    ),
)

__all__ = ["SECTIONS", "Section"]
