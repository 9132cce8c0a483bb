"""FLOOR 8: runs that can be repeated.

Enters: paths and :class:`Settings`. Leaves: an :class:`AuditReport <corpuskit.report.AuditReport>`, files, and an immutable record.
``run.py`` composes the floors (and ``drawing.py`` for the cases of a pilot); ``config.py`` the only one that knows the options of all of them.
``schedule/`` tells when an audit is owed and works it off.

To add an option: put it in the options model of its floor; it is a key of ``corpuskit.toml`` at once.
"""

from corpuskit.audit.automation import AUTOMATIONS, Wanted, example
from corpuskit.audit.comparing import compare_audits, counts_kept, judged, with_change
from corpuskit.audit.config import FILE_NAME, Settings, documents_named, load_settings
from corpuskit.audit.definitions import read_definitions
from corpuskit.audit.departments import Department, unused_sources
from corpuskit.audit.drawing import draw_cases
from corpuskit.audit.event_log import EventLog
from corpuskit.audit.first_configuration import first_configuration
from corpuskit.audit.gate import Accepted, Gate, failures
from corpuskit.audit.history import Past, find, past_audits, prune
from corpuskit.audit.index import write_index
from corpuskit.audit.input_drift import drift_of_inputs
from corpuskit.audit.options import FORMATS, KEPT_AUDITS, OutputOptions, RetentionOptions
from corpuskit.audit.output import check_output, report_languages, write_reports
from corpuskit.audit.performing import Performed, Tools, history_of, perform, perform_departments, told, write_index_of_departments
from corpuskit.audit.printed_settings import printed_settings
from corpuskit.audit.record import HISTORY, load_record, load_report, records, save_record, write_atomically
from corpuskit.audit.retention import Removal, retain
from corpuskit.audit.run import Audited, audit, audit_with_counts, describe
from corpuskit.audit.run_log import RunLog
from corpuskit.audit.run_metrics import audit_metrics, write_audit_metrics
from corpuskit.audit.schedule import (
    Runner,
    Schedule,
    State,
    Stopped,
    Worked,
    add_schedule,
    check_options,
    check_schedule_name,
    cron_expression,
    default_folder,
    drop_schedule,
    installer_named,
    installer_of,
    load_schedule,
    load_state,
    printed_jobs,
    schedule_names,
    serve,
    this_machine,
    time_zone,
    what_is_due,
)
from corpuskit.audit.sources import Source

__all__ = [
    "AUTOMATIONS",
    "FILE_NAME",
    "FORMATS",
    "HISTORY",
    "KEPT_AUDITS",
    "Accepted",
    "Audited",
    "Department",
    "EventLog",
    "Gate",
    "OutputOptions",
    "Past",
    "Performed",
    "Removal",
    "RetentionOptions",
    "RunLog",
    "Runner",
    "Schedule",
    "Settings",
    "Source",
    "State",
    "Stopped",
    "Tools",
    "Wanted",
    "Worked",
    "add_schedule",
    "audit",
    "audit_metrics",
    "audit_with_counts",
    "check_options",
    "check_output",
    "check_schedule_name",
    "compare_audits",
    "counts_kept",
    "cron_expression",
    "default_folder",
    "describe",
    "documents_named",
    "draw_cases",
    "drift_of_inputs",
    "drop_schedule",
    "example",
    "failures",
    "find",
    "first_configuration",
    "history_of",
    "installer_named",
    "installer_of",
    "judged",
    "load_record",
    "load_report",
    "load_schedule",
    "load_settings",
    "load_state",
    "past_audits",
    "perform",
    "perform_departments",
    "printed_jobs",
    "printed_settings",
    "prune",
    "read_definitions",
    "records",
    "report_languages",
    "retain",
    "save_record",
    "schedule_names",
    "serve",
    "this_machine",
    "time_zone",
    "told",
    "unused_sources",
    "what_is_due",
    "with_change",
    "write_atomically",
    "write_audit_metrics",
    "write_index",
    "write_index_of_departments",
    "write_reports",
]
