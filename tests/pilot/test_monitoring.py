"""The exit code follows from what was found."""

import pytest

from corpuskit.finding import Message
from corpuskit.pilot.monitoring import MonitorOptions, MonitorResult, SeededErrors

NOTHING = MonitorResult(
    task="",
    options=MonitorOptions(tolerance=0.05),
    events=1,
    first="2026-01-01",
    last="2026-01-01",
    since="2026-01-01",
    audited=0,
    error=None,
    certified_after=None,
    alarmed_after=None,
    seeded=None,
    charts=(),
    alarms=(),
    notes=(),
)


@pytest.mark.parametrize(
    ("update", "code"),
    [
        ({}, 2),
        ({"seeded": SeededErrors(caught=1, n=1, value=1.0, interval=(0.02, 1.0))}, 0),
        ({"alarms": (Message(code="monitor_error_above"),)}, 1),
    ],
)
def test_exit_codes(update, code):
    assert NOTHING.model_copy(update=update).exit_code == code
