"""A disk that gets full at whatever moment of an audit: exit code, message, nothing half, the history readable, and the next run completes."""

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpuskit.audit import past_audits
from corpuskit.cli.main import run
from tests.audit.full_disk import SHARES
from tests.known_answers.test_hostile_folder import NAMESPACES, no_disk_of_its_own

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(no_disk_of_its_own(), reason="this machine lets nobody mount a small disk")
def test_a_disk_that_gets_full_at_any_moment_costs_only_that_audit(tmp_path):
    command = [*NAMESPACES, sys.executable, "-m", "tests.audit.full_disk", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert [one["share"] for one in found["outcomes"]] == list(SHARES)
    for one in found["outcomes"]:
        assert one["left"] == [], one
        assert (one["code"], one["added"]) in ((2, 0), (0, 1)), one
        if one["code"] == 2:
            assert "corpuskit: No space left on device" in one["told"]
            assert "run the same command again" in one["told"]
    assert [one["code"] for one in found["outcomes"]][:3] == [2] * 3, "with less than half of the room none can be whole"
    assert (found["after"], found["added"]) == (0, 1), found["told"]


def test_an_audit_whose_index_finds_no_room_is_an_audit(tmp_path, monkeypatch, caplog):
    (tmp_path / "note.txt").write_text("One short note about the meeting of the board.", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "reports"))

    monkeypatch.setattr("corpuskit.audit.performing.write_index", full)
    assert run(["audit", str(tmp_path / "note.txt"), "--out", str(tmp_path / "reports"), "--no-cache", "-q"]) == 0
    assert [past.problem for past in past_audits(tmp_path / "reports" / "history")] == [""]
    assert "its index could not be written. No space left on device" in caplog.text
    assert "corpuskit history index" in caplog.text
