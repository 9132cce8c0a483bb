"""report.json: the machine twin."""

from __future__ import annotations

from corpuskit.report.contract import AuditReport


def to_json(report: AuditReport) -> str:
    """Write the report as JSON in the order of the contract, indented by two, UTF-8 characters as they are, with a final newline."""
    return report.model_dump_json(indent=2) + "\n"
