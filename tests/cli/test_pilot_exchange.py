import json
import shutil
from pathlib import Path

import pytest

from corpuskit.cli.main import run
from corpuskit.pilot import read_sheet
from tests.audit.test_drawing import TASK, company
from tests.pilot.exchange.files import FIXTURES
from tests.pilot.sheets import write


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Draw once for all tests of this file."""
    out = tmp_path_factory.mktemp("drawn") / "pilot"
    documents = company(tmp_path_factory.mktemp("documents"))
    arguments = ("pilot", "sample", documents, "--task", TASK, "--cases", "60", "--out", out, "--no-cache", "--quiet")
    assert run([str(argument) for argument in arguments]) == 0
    return out


@pytest.fixture
def pilot(drawn, tmp_path):
    return Path(shutil.copytree(drawn, tmp_path / "pilot"))


def labelled(pilot, coder, wrong=(), encoding="utf-8"):
    """Fill in a sheet with the recorded labels, but for some places in the order of the cases."""
    cases = read_sheet(pilot / "cases.csv").columns
    given = {
        case: "repair" if place in wrong else label for place, (case, label) in enumerate(zip(cases["id"], cases["recorded_label"], strict=True))
    }
    sheet = read_sheet(pilot / coder / f"{coder}.csv").columns
    return write(pilot / f"{coder}.csv", {"id": sheet["id"], "label": [given[case] for case in sheet["id"]], "comment": [""] * 60}, encoding)


def test_from_two_sheets_to_a_decision(call, pilot, tmp_path):
    one, two = labelled(pilot, "coder-1"), labelled(pilot, "coder-2", wrong=range(9), encoding="utf-16")
    truth = pilot / "truth.csv"
    found = call("pilot", "import", one, two, "--cases", pilot / "cases.csv", "--out", truth)
    assert found.returncode == 0, found.stderr
    differ = read_sheet(pilot / "truth-disagreements.csv").columns["id"]
    assert found.stdout.startswith("60 cases with truth, by 2 people")
    assert f"labelled differently: {len(differ)}, settled by a third person: 0" in found.stdout
    cases = read_sheet(truth).columns
    answers = write(tmp_path / "answers.csv", {"id": cases["id"], "prediction": cases["recorded_label"], "confidence": ["0.9"] * 60})
    body = json.loads(call("pilot", "evaluate", truth, answers, "--tolerance", "0.1", "--json").stdout)
    (system,) = body["systems"]
    assert (system["error"]["errors"], system["error"]["n"], system["error"]["effective_n"]) == (0, 60, 60)
    assert {row["division"] for row in system["slices"]} == {"ambiguity", "language"}
    assert body["people"]["disagreement"] == pytest.approx(len(differ) / 60)
    assert body["people"]["settled"] is None


def test_a_third_person_settles_and_the_blind_labels_still_say_how_clear_the_task_is(call, pilot, tmp_path):
    one, two = labelled(pilot, "coder-1", wrong=range(30)), labelled(pilot, "coder-2")
    assert call("pilot", "import", one, two, "--cases", pilot / "cases.csv", "--out", pilot / "truth.csv").returncode == 0
    listed = read_sheet(pilot / "truth-disagreements.csv").columns
    settled = write(pilot / "settled.csv", {**listed, "truth": listed["truth2"]})
    found = call("pilot", "import", one, two, "--cases", pilot / "cases.csv", "--settled", settled, "--out", pilot / "final.csv", "--ja")
    assert f"(うち第三者が確定：{len(listed['id'])}件)" in found.stdout
    cases = read_sheet(pilot / "final.csv").columns
    assert cases["truth"] == cases["recorded_label"]
    answers = write(tmp_path / "answers.csv", {"id": cases["id"], "prediction": cases["recorded_label"]})
    body = json.loads(call("pilot", "evaluate", pilot / "final.csv", answers, "--tolerance", "0.1", "--json").stdout)
    assert body["people"]["disagreement"] == pytest.approx(len(listed["id"]) / 60)
    assert body["people"]["settled"] == len(listed["id"])
    assert body["systems"][0]["decision"]["code"] == "D2", "a settled truth is not one person's labels"
    assert "pilot_note_settled" in {note["code"] for note in body["notes"]}
    single = json.loads(call("pilot", "evaluate", pilot / "truth.csv", answers, "--tolerance", "0.1", "--json").stdout)
    assert single["systems"][0]["decision"]["code"] == "D1"


def test_changed_cases_and_labels_that_cannot_be_given_are_refused(call, pilot):
    one = labelled(pilot, "coder-1")
    sheet = read_sheet(one).columns
    write(one, {**sheet, "label": ["maybe", *sheet["label"][1:]]})
    found = call("pilot", "import", one, "--cases", pilot / "cases.csv", "--out", pilot / "t.csv")
    assert "line 2: 'maybe'" in found.stderr
    assert "Labels of this pilot: delivery, invoice, repair" in found.stderr
    cases = pilot / "cases.csv"
    cases.write_text(cases.read_text(encoding="utf-8-sig").replace(",2.0,", ",3.0,", 1), encoding="utf-8")
    found = call("pilot", "import", labelled(pilot, "coder-1"), "--cases", cases, "--out", pilot / "t.csv")
    assert (found.returncode, "not as it was drawn" in found.stderr) == (2, True)
    assert not (pilot / "t.csv").exists()


@pytest.mark.parametrize(
    ("tool", "files"),
    [
        ("promptfoo", ["promptfoo.json"]),
        ("label-studio", ["label-studio.json", "label-studio.xml"]),
        ("mlflow", ["mlflow.jsonl"]),
        ("inspect", ["inspect.jsonl"]),
        ("csv", ["csv"]),
        ("jsonl", ["jsonl"]),
    ],
)
def test_cases_go_out_to_every_tool_once(call, pilot, tool, files):
    found = call("pilot", "export", pilot / "cases.csv", "--to", tool, "--out", pilot / "out" / "t", "--json")
    body = json.loads(found.stdout)
    assert (body["cases"], body["files"]) == (60, [str(pilot / "out" / f"t.{ending}") for ending in files])
    again = call("pilot", "export", pilot / "cases.csv", "--to", tool, "--out", pilot / "out" / "t")
    assert (again.returncode, "never overwritten" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("tool", "name", "told"),
    [
        ("promptfoo", "promptfoo_0.121.20.json", "12 answers of 2 systems"),
        ("mlflow", "mlflow_3.17.2.json", "3 answers of 1 system"),
        ("inspect", "inspect_ai_0.3.285.json", "6 answers of 1 system"),
    ],
)
def test_answers_come_back_as_what_evaluate_reads(call, tmp_path, tool, name, told):
    found = call("pilot", "import", FIXTURES / name, "--from", tool, "--out", tmp_path / "answers.csv")
    assert found.stdout.strip() == told, found.stderr
    truth = write(tmp_path / "truth.csv", {"id": ["c1", "c2", "c3"], "truth": ["請求", "配送", "返品"]})
    body = json.loads(call("pilot", "evaluate", truth, tmp_path / "answers.csv", "--tolerance", "0.5", "--json").stdout)
    worst = {system["system"]: system["error"]["errors"] for system in body["systems"]}
    assert worst == {"promptfoo": {"echo-one": 3, "labels-by-rule": 1}, "mlflow": {"system": 1}, "inspect": {"mockllm/model": 2}}[tool]


def test_label_studio_with_two_people_in_one_file(call, tmp_path):
    cases = write(tmp_path / "cases.csv", {"id": ["c1", "c2", "c3"], "input": ["x", "y", "z"]})
    found = call(
        "pilot", "import", FIXTURES / "label_studio_sdk_2.1.2_min.json", "--from", "label-studio", "--cases", cases, "--out", tmp_path / "t.jsonl"
    )
    assert "3 cases with truth, by 2 people" in found.stdout
    assert "labelled differently: 2" in found.stdout
    assert (tmp_path / "t-disagreements.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "c.csv", "--to", "excel", "--out", "o"), "Unknown exchange format 'excel'"),
        (("import", "c.csv", "--out", "o.csv"), "no answers in it"),
        (("import", "c.csv", "c.csv", "--out", "o.csv"), "give --cases"),
        (("import", "a.csv", "--out", "o.xlsx"), ".csv or .jsonl"),
        (("import", "gone.csv", "--out", "o.csv"), "gone.csv: cannot be read"),
    ],
)
def test_wrong_calls(call, tmp_path, arguments, told):
    write(tmp_path / "c.csv", {"id": ["1"], "label": ["x"]})
    write(tmp_path / "a.csv", {"id": ["1"], "prediction": ["x"]})
    found = call("pilot", *arguments, cwd=tmp_path)
    assert (found.returncode, told in found.stderr) == (2, True), found.stderr
    assert not (tmp_path / "o.csv").exists()


def test_a_copied_folder_still_fits(call, pilot, tmp_path):
    moved = tmp_path / "moved"
    shutil.copytree(pilot, moved)
    found = call("pilot", "import", labelled(moved, "coder-1"), "--cases", moved / "cases.csv", "--out", moved / "t.csv")
    assert found.returncode == 0, found.stderr


def test_graded_answers_are_told_in_both_languages(call, tmp_path):
    truth = write(tmp_path / "t.csv", {"id": range(200)})
    answers = write(tmp_path / "a.csv", {"id": range(200), "score": ["0.99", "1"] * 100})
    found = call("pilot", "evaluate", truth, answers, "--tolerance", "0.1")
    assert "system: D2" in found.stdout
    assert "lost 0.5 % of the score on average over 200 cases" in found.stdout
    assert "200件の平均損失は0.5%" in call("pilot", "evaluate", truth, answers, "--tolerance", "0.1", "--ja").stdout


def test_the_agreement_of_numbers_has_a_scale_and_an_interval(call, tmp_path):
    labels = [1, 2, 3, 4] * 30
    second = [min(4, label + (place % 7 == 0)) for place, label in enumerate(labels)]
    truth = write(tmp_path / "t.csv", {"id": range(120), "truth": labels, "truth2": second, "prediction": labels})
    found = call("pilot", "evaluate", truth, "--tolerance", "0.3", "--scale", "ordinal")
    assert "Krippendorff's alpha (ordinal): 0.9" in found.stdout
    assert call("pilot", "evaluate", truth, "--tolerance", "0.3", "--scale", "log").returncode == 2
