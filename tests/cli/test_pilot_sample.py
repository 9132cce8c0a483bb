import csv
import json

import openpyxl
import pytest

from tests.audit.test_drawing import TASK, company


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    return company(tmp_path_factory.mktemp("documents"))


@pytest.fixture(autouse=True)
def cache_of_its_own(monkeypatch, tmp_path_factory):
    """Leave the user's cache alone, and count the documents once for all tests of this file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache of the samples"))


def test_a_folder_for_each_of_two_people_and_the_rest_stays(call, documents, tmp_path):
    out = tmp_path / "pilot"
    found = call("pilot", "sample", documents, "--task", TASK, "--cases", "24", "--out", out)
    assert found.returncode == 0, found.stderr
    assert f"24 of 120 cases of {TASK}" in found.stdout
    assert "each stands for 5 cases" in found.stdout
    assert "No plan was fixed" in found.stdout
    names = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    of_one = [f"coder-1/coder-1.{ending}" for ending in ("csv", "html", "label-studio.json", "label-studio.xml", "xlsx")]
    assert names == ["cases.csv", *of_one, *(name.replace("coder-1", "coder-2") for name in of_one), "guide.txt", "manifest.json"]
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["n"], manifest["labels"]) == (24, ["delivery", "invoice", "repair"])
    with (out / "cases.csv").open(encoding="utf-8-sig", newline="") as stream:
        cases = list(csv.DictReader(stream))
    assert {row["weight"] for row in cases} == {"5.0"}
    with (out / "coder-1" / "coder-1.csv").open(encoding="utf-8-sig", newline="") as stream:
        sheet = list(csv.DictReader(stream))
    assert sorted(row["id"] for row in sheet) == sorted(row["id"] for row in cases)
    workbook = openpyxl.load_workbook(out / "coder-2" / "coder-2.xlsx")
    assert [cell.value for cell in workbook.worksheets[0]["A"]][1:] == [row["id"] for row in sheet][::-1]
    assert workbook.sheetnames == ["Cases", "Guide"]


def test_what_is_handed_out_holds_neither_recorded_labels_nor_weights(call, documents, tmp_path):
    call("pilot", "sample", documents, "--task", TASK, "--cases", "24", "--out", tmp_path / "p", "--lang", "ja", "--labels", "x,y")
    for file in (tmp_path / "p" / "coder-1").iterdir():
        data = file.read_bytes()
        assert b"recorded" not in data
        assert b"inclusion_probability" not in data
    assert "ラベルを1つ付けてください" in (tmp_path / "p" / "guide.txt").read_text(encoding="utf-8")


def test_json_and_a_guide_of_ones_own(call, documents, tmp_path):
    (tmp_path / "guide.txt").write_text("返品は品質係へ。", encoding="cp932")
    found = call(
        "pilot", "sample", documents, "--task", TASK, "--cases", "9", "--out", tmp_path / "p", "--guide", tmp_path / "guide.txt", "--json", "--no-bom"
    )
    body = json.loads(found.stdout)
    assert (body["n"], body["exit_code"], body["folder"]) == (9, 0, str(tmp_path / "p"))
    assert all(note["text"] for note in body["notes"])
    assert (tmp_path / "p" / "guide.txt").read_text(encoding="utf-8") == "返品は品質係へ。"
    assert not (tmp_path / "p" / "cases.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_draw_is_never_overwritten(call, documents, tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "cases.csv").write_text("mine", encoding="utf-8")
    found = call("pilot", "sample", documents, "--task", TASK, "--cases", "9", "--out", tmp_path / "p")
    assert (found.returncode, "never overwritten" in found.stderr) == (2, True)
    assert (tmp_path / "p" / "cases.csv").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--allocation", "equal"), "Valid: proportional, at-least-one, optimum"),
        (("--lang", "fr"), "Valid: en, ja, auto"),
        (("--labels", "one"), "one label decides nothing"),
        (("--cases", "999"), "999 cases are to be drawn"),
        (("--guide", "gone.txt"), "gone.txt: cannot be read"),
        (("--plan", "gone.json"), "gone.json: cannot be read"),
    ],
)
def test_wrong_calls(call, documents, tmp_path, options, told):
    found = call("pilot", "sample", documents, "--task", TASK, "--out", tmp_path / "p", *options)
    assert (found.returncode, told in found.stderr) == (2, True), found.stderr
    assert not (tmp_path / "p").exists(), "nothing half-written stays behind"


@pytest.mark.parametrize(("how", "told"), [("optimum", "Neyman"), ("at-least-one", "at least one from each main part")])
def test_other_allocations_say_what_they_cost(call, documents, tmp_path, how, told):
    found = call("pilot", "sample", documents, "--task", TASK, "--cases", "40", "--out", tmp_path / "p", "--allocation", how)
    assert told in found.stdout
    assert "no share to be served can be tested" in found.stdout


def test_cases_of_a_table_without_labels_are_drawn_by_the_names_of_the_categories(call, tmp_path):
    lines = ["ticket,message"]
    kinds = ("when does the parcel of order {} arrive at the ticket desk", "please correct the invoice {} and its tax on this ticket")
    lines += [f"T-{number},{kinds[number % 2].format(number * 7919)}" for number in range(80)]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "tickets.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "categories.csv").write_text("category,description\nparcel,where a delivery is\ninvoice,\n", encoding="utf-8")
    chosen = ("--task", "ticket_routing", "--cases", "20", "--out", tmp_path / "p")
    found = call("pilot", "sample", tmp_path / "docs", "--definitions", tmp_path / "categories.csv", *chosen)
    assert found.returncode == 0, found.stderr
    assert "go by the category names alone (n = 80)" in found.stdout
    manifest = json.loads((tmp_path / "p" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["task"], manifest["labels"]) == ("ticket_routing@tickets.csv", ["parcel", "invoice"])
    assert "where a delivery is" in (tmp_path / "p" / "guide.txt").read_text(encoding="utf-8")
