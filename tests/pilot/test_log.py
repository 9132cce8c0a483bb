import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time

import pytest

from corpuskit.errors import InputError, UsageError
from corpuskit.pilot.log import FIRST, append, verify


def event(number=0, **more):
    return {
        "event_id": f"e{number}",
        "ts": "2026-11-29T09:00:00+09:00",
        "task_id": "ticket_routing",
        "tier": "T2",
        "system_version": "1.4",
        "model": {"provider": "在庫", "name": "m", "version": "2"},
        "prompt_template_hash": "ab" * 16,
        "policy_version": "2026-10",
        "route": "auto",
        "result_ref": f"crm:{number}",
        **more,
    }


@pytest.fixture
def log(tmp_path):
    path = tmp_path / "log.jsonl"
    assert append(path, (event(number) for number in range(10))) == 10
    return path


def test_a_log_as_it_was_written_holds(log):
    chain = verify(log)
    assert (chain.events, chain.sealed, chain.broken) == (10, 0, None)
    append(log, [event(10)])
    assert verify(log).events == 11
    assert verify(log, chain.last).broken is None
    first = json.loads(log.read_text(encoding="utf-8").splitlines()[0])
    assert first["prev_hash"] == FIRST


def changed(log, change):
    lines = log.read_text(encoding="utf-8").splitlines(keepends=True)
    log.write_text("".join(change(lines)), encoding="utf-8")
    return verify(log).broken


def test_every_altered_character_of_content_shows(log):
    assert changed(log, lambda lines: [*lines[:3], lines[3].replace('"route":"auto"', '"route":"review"'), *lines[4:]]).line == 4


@pytest.mark.parametrize("place", range(9))
def test_every_removed_line_shows_but_the_last(log, place):
    broken = changed(log, lambda lines: lines[:place] + lines[place + 1 :])
    assert broken.line == place + 1
    assert "removed" in broken.problem


def test_every_moved_or_repeated_line_shows(log):
    assert changed(log, lambda lines: [lines[1], lines[0], *lines[2:]]).line == 1
    assert changed(log, lambda lines: [*lines, lines[-1]]) is not None


def test_lines_cut_off_at_the_end_show_against_a_noted_hash(log):
    noted = verify(log).last
    assert changed(log, lambda lines: lines[:-1]) is None
    assert "cut off" in verify(log, noted).broken.problem


def test_a_line_that_was_recomputed_breaks_the_next(log):
    def forge(lines):
        import hashlib

        line = json.loads(lines[4])
        line["decision"] = "accept"
        del line["hash"]
        written = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        line["hash"] = hashlib.sha256(written.encode()).hexdigest()
        lines[4] = json.dumps(line, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
        return lines

    assert changed(log, forge).line == 6


def test_a_fragment_of_a_writer_that_died_is_sealed_and_cannot_be_changed(log):
    whole = log.read_bytes()
    log.write_bytes(whole + b'{"event_id":"e10","ts":"20')
    assert verify(log).broken is None
    append(log, [event(11)])
    chain = verify(log)
    assert (chain.events, chain.sealed, chain.broken) == (11, 1, None)
    log.write_bytes(log.read_bytes().replace(b'"ts":"20\n', b'"ts":"21\n'))
    assert "does not seal" in verify(log).broken.problem


def test_a_line_of_noise_is_no_fragment(log):
    assert changed(log, lambda lines: [*lines, "noise\n"]).problem == "no JSON, and no later line seals it"


@pytest.mark.parametrize(
    ("level", "given", "told"),
    [
        ("L1", {"input": "山田さんの電話は"}, "input: .* Valid: event_id"),
        ("L1", {"result_ref": "x" * 201}, "result_ref"),
        ("L1", {"ts": "yesterday"}, "ts"),
        ("L2", {}, "level L2 needs input_hash, data_class, abstained"),
        ("L3", {"input_hash": "ab" * 16, "data_class": "internal", "abstained": False}, "level L3 needs purpose, retention_until"),
    ],
)
def test_a_wrong_event_writes_nothing(tmp_path, level, given, told):
    with pytest.raises(UsageError, match=told):
        append(tmp_path / "log.jsonl", [*([event()] if level == "L1" else []), event(**given)], level)
    assert not (tmp_path / "log.jsonl").exists()


def _write_many(path, first):
    for number in range(first, first + 25):
        append(path, [event(number)])


def test_many_writers_make_one_chain(tmp_path):
    path = tmp_path / "log.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(path, 100 * number)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    chain = verify(path)
    assert (chain.events, chain.broken) == (100, None)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_writer_leaves_a_log_that_holds(tmp_path):
    path = tmp_path / "log.jsonl"
    code = f"from tests.pilot.test_log import _write_many; from pathlib import Path\nwhile True: _write_many(Path({str(path)!r}), 0)"
    writer = subprocess.Popen([sys.executable, "-c", code])
    while not path.exists() or path.stat().st_size < 20_000:
        time.sleep(0.01)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    append(path, [event(999)])
    assert verify(path).broken is None


def test_no_log(tmp_path):
    with pytest.raises(InputError, match="Give an existing log"):
        verify(tmp_path / "gone.jsonl")
    (tmp_path / "empty.jsonl").touch()
    assert verify(tmp_path / "empty.jsonl").events == 0
    assert verify(tmp_path / "empty.jsonl", "ab").broken is not None
