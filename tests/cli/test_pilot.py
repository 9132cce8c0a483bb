import json

import pytest

from tests.pilot.sheets import pilot
from tests.pilot.test_log import event


def test_the_plan_of_the_contract(call):
    found = call("pilot", "plan", "--tolerance", ".05", "--expected", ".02", "--power", ".8", "--alpha", ".05", "--json")
    assert found.returncode == 0
    body = json.loads(found.stdout)
    assert (body["n"], body["max_errors"], body["exit_code"]) == (234, 6, 0)
    shown = call("pilot", "plan").stdout
    assert "Label 234 cases drawn at random; at most 6 errors pass." in shown
    assert max(map(len, shown.splitlines())) <= 120


def test_a_plan_is_fixed_once_and_a_changed_one_is_refused(call, tmp_path):
    out = tmp_path / "plan.json"
    assert call("pilot", "plan", "--task", "ticket_routing", "--out", str(out)).returncode == 0
    assert "never overwritten" in call("pilot", "plan", "--out", str(out)).stderr
    truth, answers = pilot(tmp_path, wrong=6)
    found = call("pilot", "evaluate", str(truth), str(answers), "--plan", str(out), "--json")
    body = json.loads(found.stdout)
    assert body["systems"][0]["decision"]["code"] == "D2"
    assert body["plan_digest"]
    out.write_text(out.read_text(encoding="utf-8").replace("0.05", "0.06"), encoding="utf-8")
    changed = call("pilot", "evaluate", str(truth), str(answers), "--plan", str(out))
    assert (changed.returncode, "changed after it was fixed" in changed.stderr) == (2, True)


@pytest.mark.parametrize(("options", "told"), [((), "at most 5.0 %: no"), (("--ja",), "234件中6件が誤りでした")])
def test_a_result_is_told_in_both_languages(call, tmp_path, options, told):
    truth, answers = pilot(tmp_path, wrong=6, **{"slice.language": ["ja", "en"] * 117})
    found = call("pilot", "evaluate", str(truth), str(answers), "--tolerance", "0.05", *options)
    assert found.returncode == 0
    assert "system: D2" in found.stdout
    assert "language=ja" in found.stdout
    if options:
        assert told in found.stdout


@pytest.mark.parametrize(
    ("options", "told"),
    [((), "Give --plan"), (("--tolerance", "2"), "between 0 and 1"), (("--plan", "gone.json"), "cannot be read")],
)
def test_wrong_calls(call, tmp_path, options, told):
    truth, answers = pilot(tmp_path)
    found = call("pilot", "evaluate", str(truth), str(answers), *options)
    assert found.returncode == 2
    assert told in found.stderr


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
