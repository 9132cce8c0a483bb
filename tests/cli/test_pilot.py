"""``corpuskit pilot log``: appending and verifying."""

import json

import pytest

from tests.pilot.test_log import event


def test_a_log_is_appended_to_and_verified(call, tmp_path):
    events, log = tmp_path / "events.jsonl", tmp_path / "log.jsonl"
    events.write_text("\n".join(json.dumps(event(number)) for number in range(3)), encoding="utf-8")
    assert call("pilot", "log", "append", str(log), str(events)).stdout.startswith("3 events appended")
    found = call("pilot", "log", "verify", str(log))
    assert found.returncode == 0
    assert found.stdout.startswith("3 events, unbroken; last hash ")
    noted = found.stdout.split("last hash ")[1].split()[0]
    log.write_text("".join(log.read_text(encoding="utf-8").splitlines(keepends=True)[:2]), encoding="utf-8")
    assert call("pilot", "log", "verify", str(log)).returncode == 0
    cut = call("pilot", "log", "verify", str(log), "--expect", noted, "--json")
    assert (cut.returncode, json.loads(cut.stdout)["broken"]["line"]) == (1, 2)


@pytest.mark.parametrize(
    ("content", "options", "told"), [("{", (), "line 1: no valid JSON"), ("[]", (), "an object"), ("{}", ("--level", "L4"), "L1, L2, L3")]
)
def test_wrong_events(call, tmp_path, content, options, told):
    (tmp_path / "events.jsonl").write_text(content, encoding="utf-8")
    found = call("pilot", "log", "append", str(tmp_path / "log.jsonl"), str(tmp_path / "events.jsonl"), *options)
    assert (found.returncode, told in found.stderr) == (2, True)
    assert not (tmp_path / "log.jsonl").exists()
