"""FLOOR 8: runs that can be repeated.

Enters: paths and :class:`Settings`. Leaves: an :class:`AuditReport <corpuskit.report.AuditReport>`, files, and an immutable record.
``run.py`` is the only file that composes the floors; ``config.py`` the only one that knows the options of all of them.

To add an option: put it in the options model of its floor; it is a key of ``corpuskit.toml`` at once.
"""

from corpuskit.audit.config import FILE_NAME, Gate, OutputOptions, Settings, load_settings
from corpuskit.audit.first_configuration import first_configuration
from corpuskit.audit.output import report_languages, write_reports
from corpuskit.audit.record import load_record, records, save_record, write_atomically
from corpuskit.audit.run import audit, describe

__all__ = [
    "FILE_NAME",
    "Gate",
    "OutputOptions",
    "Settings",
    "audit",
    "describe",
    "first_configuration",
    "load_record",
    "load_settings",
    "records",
    "report_languages",
    "save_record",
    "write_atomically",
    "write_reports",
]
