"""Audits that repeat: when they are due (``times``, ``due``), what is kept (``stored``), who calls (``installing``), and the run (``running``).

Schedulers of the machine only call ``corpuskit schedule run``; whether an audit is owed is decided here alone, from the files of a folder and the
time, which is an argument everywhere.
"""

from corpuskit.audit.schedule.adding import add_schedule, drop_schedule
from corpuskit.audit.schedule.audit_process import Stopped, check_options
from corpuskit.audit.schedule.due import Due, what_is_due
from corpuskit.audit.schedule.installing import Machine, installer_named, installer_of, printed_jobs, this_machine
from corpuskit.audit.schedule.running import Runner, Worked
from corpuskit.audit.schedule.serving import serve
from corpuskit.audit.schedule.stored import Schedule, State, check_schedule_name, default_folder, load_schedule, load_state, schedule_names
from corpuskit.audit.schedule.times import cron_expression, time_zone

__all__ = [
    "Due",
    "Machine",
    "Runner",
    "Schedule",
    "State",
    "Stopped",
    "Worked",
    "add_schedule",
    "check_options",
    "check_schedule_name",
    "cron_expression",
    "default_folder",
    "drop_schedule",
    "installer_named",
    "installer_of",
    "load_schedule",
    "load_state",
    "printed_jobs",
    "schedule_names",
    "serve",
    "this_machine",
    "time_zone",
    "what_is_due",
]
