"""The gate of an audit: which findings and suitabilities make its exit code 1, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from corpuskit.errors import UsageError
from corpuskit.finding import Finding, Level, Message
from corpuskit.report import AuditReport

LEVELS: tuple[Level, ...] = ("note", "warning", "error")


class Accepted(BaseModel):
    """A finding that somebody has looked at and bears, until a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding: str = Field(min_length=1, description="Id of the finding; a * at its end stands for anything.")
    reason: str = Field(min_length=1, description="Why it is borne.")
    author: str = Field(min_length=1, description="Who answers for that.")
    until: date = Field(description="Last day on which it is accepted.")

    def covers(self, id: str) -> bool:
        """Tell whether a finding is meant."""
        return id.startswith(self.finding[:-1]) if self.finding.endswith("*") else id == self.finding


class Gate(BaseModel):
    """When the exit code is 1 instead of 0."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fail_on: Literal["never", "note", "warning", "error"] = Field(default="never", description="Lowest level of a finding that fails the audit.")
    fail_under: dict[str, float] = Field(default={}, description="Least suitability of a task (0 to 1), by its id.")
    baseline: str = Field(default="", description="Only findings that are not in this audit count: last, or a run id, or the path of a record.")
    accepted: tuple[Accepted, ...] = Field(default=(), description="Findings that are borne: they fail no audit until their day.")

    def reached_by(self, level: Level) -> bool:
        """Tell whether a finding of this level fails the audit."""
        return self.fail_on != "never" and LEVELS.index(level) >= LEVELS.index(self.fail_on)


def failures(gate: Gate, report: AuditReport, known: frozenset[str] = frozenset()) -> tuple[Message, ...]:
    """Give the reasons why an audit fails its gate; none where it passes.

    Parameters
    ----------
    gate : Gate
    report : AuditReport
    known : frozenset of str
        Ids of the findings of the baseline: they do not count again.

    Raises
    ------
    UsageError
        ``fail_under`` names a task that the report does not have, or a value that is no probability: a gate that looks at nothing must not pass.
    """
    today = date.fromisoformat(report.run.started_at[:10])
    counted = [finding for finding in report.findings if finding.id not in known and not any(_bears(one, finding, today) for one in gate.accepted)]
    failing = [finding for finding in counted if gate.reached_by(finding.level)]
    return (*(Message(code="gate_finding", parameters={"finding": finding.id}) for finding in failing), *_under(gate, report))


def acceptance_findings(gate: Gate, report: AuditReport) -> tuple[Finding, ...]:
    """Find acceptances that have run out, and those that meet no finding: both would otherwise be forgotten in the configuration."""
    today = date.fromisoformat(report.run.started_at[:10])
    found = []
    for one in gate.accepted:
        told: dict[str, str | int | float | bool] = {"finding": one.finding, "author": one.author, "until": one.until.isoformat()}
        if one.until < today:
            found.append(Finding(id=f"acceptance_expired@{one.finding}", level="warning", code="acceptance_expired", parameters=told))
        elif not any(one.covers(finding.id) for finding in report.findings):
            found.append(Finding(id=f"acceptance_unused@{one.finding}", level="note", code="acceptance_unused", parameters=told))
    return tuple(found)


def _bears(one: Accepted, finding: Finding, today: date) -> bool:
    return one.covers(finding.id) and today <= one.until


def _under(gate: Gate, report: AuditReport) -> Sequence[Message]:
    ids = {task.id: task for task in report.tasks}
    failing = []
    for name, least in gate.fail_under.items():
        if not 0 <= least <= 1:
            raise UsageError(f"fail_under {name}={least:g}: a suitability lies between 0 and 1.")
        task = ids.get(name)
        if task is None:
            near = ", ".join(get_close_matches(name, ids, n=3, cutoff=0.4)) or ", ".join(list(ids)[:5]) or "none"
            raise UsageError(f"fail_under: this audit has no task {name!r}. Near it: {near}.")
        if task.suitability is None:
            failing.append(Message(code="gate_not_scored", parameters={"task": name, "least": least}))
        elif task.suitability < least:
            failing.append(Message(code="gate_under", parameters={"task": name, "suitability": task.suitability, "least": least}))
    return failing
