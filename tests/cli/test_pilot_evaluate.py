"""``corpuskit pilot evaluate``: decisions in both languages, results for the next audit, no case that was learned from."""

import json

import pytest

from corpuskit.pilot import load_result
from tests.pilot.sheets import pilot


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


def test_a_result_is_written_once_for_the_next_audit(call, tmp_path):
    truth, answers = pilot(tmp_path, wrong=6)
    out = tmp_path / "result.json"
    base = ("pilot", "evaluate", str(truth), str(answers), "--tolerance", "0.05", "--out", str(out))
    assert "--out needs the task" in call(*base).stderr
    assert call(*base, "--task", "ticket_routing@tickets.csv").returncode == 0
    found = load_result(out)
    assert (found.task, found.systems[0].error.errors, found.fixed_on) == ("ticket_routing@tickets.csv", 6, "")
    assert len(found.evaluated_on) == 10
    again = call(*base, "--task", "ticket_routing@tickets.csv")
    assert (again.returncode, "never overwritten" in again.stderr) == (2, True)


def test_the_task_of_the_plan_stands(call, tmp_path):
    truth, answers = pilot(tmp_path, wrong=6)
    plan, out = tmp_path / "plan.json", tmp_path / "result.json"
    assert call("pilot", "plan", "--task", "ticket_routing@tickets.csv", "--out", str(plan)).returncode == 0
    base = ("pilot", "evaluate", str(truth), str(answers), "--plan", str(plan), "--out", str(out))
    assert "the plan is of ticket_routing@tickets.csv" in call(*base, "--task", "faq_answer").stderr
    assert call(*base).returncode == 0
    assert load_result(out).task == "ticket_routing@tickets.csv"
    assert load_result(out).fixed_on


def test_cases_that_were_learned_from_are_refused(call, tmp_path):
    truth, answers = pilot(tmp_path)
    learned = tmp_path / "learned.jsonl"
    learned.write_text(json.dumps({"id": "c007", "task_id": "x"}) + "\n", encoding="utf-8")
    found = call("pilot", "evaluate", str(truth), str(answers), "--tolerance", "0.05", "--learning", str(learned))
    assert found.returncode == 2
    assert "line 9: stands in" in found.stderr


def test_a_judge_beside_the_audits_is_told_in_both_languages(call, tmp_path):
    from tests.pilot.test_judged import sheets

    sheets(tmp_path, lambda bad, g: float(bad) if g.random() < 0.9 else float(not bad))
    base = ("pilot", "evaluate", str(tmp_path / "truth.csv"), str(tmp_path / "answers.csv"), "--tolerance", "0.05")
    english = call(*base, "--judged", str(tmp_path / "judge.csv"))
    assert "system, with the judge: error" in english.stdout
    assert "On average over pilots (conformal)" in english.stdout
    assert "自動判定を併用" in call(*base, "--judged", str(tmp_path / "judge.csv"), "--ja").stdout
    body = json.loads(call(*base, "--judged", str(tmp_path / "judge.csv"), "--json").stdout)
    assert body["judged"]["system"]["judged"] == 2000
