"""Twelve audits killed in the middle leave no half record and no cut page; the command in crashes.py kills two hundred."""

import sys

import pytest

from tests.audit.crashes import crash


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_killed_audits_leave_nothing_half(tmp_path):
    killed = crash(tmp_path, 7, aimed=5)
    assert (killed.kills, killed.whole_runs) == (12, 2)
    assert killed.records == 1 + killed.whole_runs + killed.moments["named"] + killed.aimed["named"]
