"""FLOOR 6: pilot.

Enters: what error is tolerated and expected, then labels of people and answers of systems. Leaves: :class:`PilotPlan`, the exact number of cases to
label and of errors that pass; :class:`PilotResult`, errors with exact bounds and a decision for each system.

To add a step of the pilot (sample, monitor): one file with one verb and its small typed result; statistics live in ``corpuskit.estimators``.
"""

from __future__ import annotations

from corpuskit.pilot.cases import Cases, put_together
from corpuskit.pilot.evaluate import evaluate
from corpuskit.pilot.log import LEVELS, AuditEvent, Broken, Chain, append, verify
from corpuskit.pilot.plan import FixedPlan, PilotPlan, PilotSizeForErrors, fix, load_plan, plan
from corpuskit.pilot.result import MeasuredRate, PilotResult, SystemResult
from corpuskit.pilot.sheet import Sheet, json_lines, read_sheet

__all__ = [
    "LEVELS",
    "AuditEvent",
    "Broken",
    "Cases",
    "Chain",
    "FixedPlan",
    "MeasuredRate",
    "PilotPlan",
    "PilotResult",
    "PilotSizeForErrors",
    "Sheet",
    "SystemResult",
    "append",
    "evaluate",
    "fix",
    "json_lines",
    "load_plan",
    "plan",
    "put_together",
    "read_sheet",
    "verify",
]
