"""FLOOR 6: pilot.

Enters: what error is tolerated and expected, then labels of people and answers of systems. Leaves: :class:`PilotPlan`, the exact number of cases to
label and of errors that pass; :class:`PilotResult`, errors with exact bounds and a decision for each system.

To add a step of the pilot (sample, monitor): one file with one verb and its small typed result; statistics live in ``corpuskit.estimators``.
"""

from __future__ import annotations

from corpuskit.pilot.cases import Cases, put_together
from corpuskit.pilot.design import LabellingWork, LeastError, PilotDesign, SevereClass, design, refuse_beyond_labels, severe_class
from corpuskit.pilot.evaluate import evaluate
from corpuskit.pilot.exchange import EXCHANGES, Exchange, cases_csv, check_cases, rows_of, rows_of_sheet, table_csv, table_jsonl
from corpuskit.pilot.feedback import Candidate, Feedback, feedback, input_hash, refuse_leak
from corpuskit.pilot.joining import Joined, join_labels, one_for_each
from corpuskit.pilot.judged import JudgedRate, judged_rate
from corpuskit.pilot.labelling_page import PAGE_WORDS, labelling_page
from corpuskit.pilot.log import LEVELS, AuditEvent, Broken, Chain, append, verify
from corpuskit.pilot.monitor import monitor
from corpuskit.pilot.monitoring import Chart, MonitorOptions, MonitorResult
from corpuskit.pilot.plan import FixedPlan, PilotPlan, PilotSizeForErrors, fix, load_plan, plan
from corpuskit.pilot.result import MeasuredRate, PeopleResult, PilotResult, SystemResult
from corpuskit.pilot.sampling import Case, Chosen, Manifest, choose, label_cases, manifest_of
from corpuskit.pilot.sheet import Sheet, json_lines, read_sheet
from corpuskit.pilot.sheets import CODERS, SHEET_WORDS, order_for, sheet_csv, sheet_xlsx
from corpuskit.pilot.stored import PilotOptions, chosen_system, load_result, measured, store
from corpuskit.pilot.strata import EXPECTED_EACH, OTHER
from corpuskit.pilot.use import Used, read_use

__all__ = [
    "CODERS",
    "EXCHANGES",
    "EXPECTED_EACH",
    "LEVELS",
    "OTHER",
    "PAGE_WORDS",
    "SHEET_WORDS",
    "AuditEvent",
    "Broken",
    "Candidate",
    "Case",
    "Cases",
    "Chain",
    "Chart",
    "Chosen",
    "Exchange",
    "Feedback",
    "FixedPlan",
    "Joined",
    "JudgedRate",
    "LabellingWork",
    "LeastError",
    "Manifest",
    "MeasuredRate",
    "MonitorOptions",
    "MonitorResult",
    "PeopleResult",
    "PilotDesign",
    "PilotOptions",
    "PilotPlan",
    "PilotResult",
    "PilotSizeForErrors",
    "SevereClass",
    "Sheet",
    "SystemResult",
    "Used",
    "append",
    "cases_csv",
    "check_cases",
    "choose",
    "chosen_system",
    "design",
    "evaluate",
    "feedback",
    "fix",
    "input_hash",
    "join_labels",
    "json_lines",
    "judged_rate",
    "label_cases",
    "labelling_page",
    "load_plan",
    "load_result",
    "manifest_of",
    "measured",
    "monitor",
    "one_for_each",
    "order_for",
    "plan",
    "put_together",
    "read_sheet",
    "read_use",
    "refuse_beyond_labels",
    "refuse_leak",
    "rows_of",
    "rows_of_sheet",
    "severe_class",
    "sheet_csv",
    "sheet_xlsx",
    "store",
    "table_csv",
    "table_jsonl",
    "verify",
]
