"""What an audit leaves beside its schedule: taken for a result only where it is whole."""

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from corpuskit.audit.schedule.begun import Begun, Claim

from .simulated import report

CLAIM = Claim(moment=datetime(2026, 1, 5, 5, tzinfo=UTC), started_at=datetime(2026, 1, 5, 5, 1, tzinfo=UTC))


@pytest.fixture
def begun(tmp_path):
    made = Begun.of("weekly", tmp_path)
    made.begin(CLAIM)
    return made


def test_a_whole_result_is_given_with_its_claim(begun):
    with begun.streams() as (stdout, stderr, _):
        stdout.write(report(1))
        stderr.write("wrote 報告.json\n".encode())
    left = begun.left()
    assert left is not None
    assert (left.claim, left.code, left.stdout, left.stderr) == (CLAIM, 1, report(1), "wrote 報告.json\n")


@pytest.mark.parametrize("said", [b"", report()[:-5], b"[]", b'{"exit_code": 2}', b'{"exit_code": null}', b"\xff"])
def test_half_a_result_is_none(begun, said):
    with begun.streams() as (stdout, _, _):
        stdout.write(said)
    assert begun.left() is None


@pytest.mark.parametrize("claim", [b"", b"{}", b'{"moment": 1'])
def test_a_damaged_claim_is_none(begun, claim):
    with begun.streams() as (stdout, _, _):
        stdout.write(report())
    (begun.folder / "claim.json").write_bytes(claim)
    assert begun.left() is None


def test_only_its_owner_reads_it_and_nothing_stays(begun):
    if sys.platform != "win32":
        assert begun.folder.stat().st_mode & 0o777 == 0o700
    begun.clear()
    assert (begun.folder.exists(), begun.runs(), begun.left()) == (False, False, None)
    begun.clear()


@pytest.mark.skipif(sys.platform == "win32", reason="processes of Windows inherit no such lock")
def test_it_runs_as_long_as_its_process_and_not_longer(begun):
    with begun.streams() as (stdout, stderr, kept):
        process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stdout=stdout, stderr=stderr, pass_fds=kept)
    assert begun.runs(), "who began it holds nothing any more"
    process.communicate(b"\n", timeout=60)
    assert not begun.runs()
