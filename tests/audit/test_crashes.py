"""Twenty audits killed in the middle leave no half record and no cut page; the command in crashes.py kills two hundred."""

import sys

import pytest

from tests.audit.crashes import crash


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL on Windows")
def test_killed_audits_leave_nothing_half(tmp_path):
    assert crash(tmp_path, 20) >= 0
