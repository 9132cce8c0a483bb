"""``corpuskit terms``: what is suggested can be written, edited and used."""

import csv
import json

import pytest

TEXTS = (
    "Send the purchase order form to the account manager.\n\n経費精算書を購買部門へ送る。\n",
    "The account manager keeps each purchase order form.\n\n購買部門の記録。\n",
)


@pytest.fixture
def desk(tmp_path):
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}_en.txt").write_text(text.split("\n\n")[0], encoding="utf-8")
        (tmp_path / f"{number}_ja.txt").write_text(text.split("\n\n")[1], encoding="utf-8")
    return tmp_path


def terms(call, desk, *options):
    return call("terms", *sorted(desk.glob("*.txt")), "--min-frequency", 2, "--no-cache", *options, cwd=desk)


def test_both_languages_stand_in_the_table_by_c_value(call, desk):
    shown = terms(call, desk)
    assert shown.returncode == 0
    assert [line.split("  ")[0] for line in shown.stdout.splitlines()[2:]] == ["purchase order form", "account manager", "購買部門"]
    body = json.loads(terms(call, desk, "--json", "--limit", 1).stdout)
    assert [(term["term"], term["language"]) for term in body["terms"]] == [("purchase order form", "en"), ("購買部門", "ja")]
    assert (body["complete"], body["missing"], body["exit_code"]) == (False, 0, 0)


def test_what_is_written_opens_in_a_spreadsheet_and_is_a_dictionary(call, desk):
    assert "wrote" in terms(call, desk, "--csv", "terms.csv").stderr
    assert (desk / "terms.csv").read_bytes().startswith(b"\xef\xbb\xbfterm,variants,language,")
    with (desk / "terms.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["term"] for row in csv.DictReader(file)] == ["purchase order form", "account manager", "購買部門"]
    (desk / "corpuskit.toml").write_text('[text]\ndictionary = "terms.csv"\n', encoding="utf-8")
    known = [term["known"] for term in json.loads(terms(call, desk, "--json").stdout)["terms"]]
    assert known == [True, True, True]
    found = call("kwic", "0_en.txt", "account manager", "--json", "--no-cache", cwd=desk)
    assert [line["keyword"] for line in json.loads(found.stdout)["lines"]] == ["account manager"]
    described = json.loads(call("describe", "0_en.txt", "--json", "--no-cache", cwd=desk).stdout)
    (desk / "corpuskit.toml").unlink()
    plain = json.loads(call("describe", "0_en.txt", "--json", "--no-cache", cwd=desk).stdout)
    assert plain["corpus"]["tokens"] - described["corpus"]["tokens"] == 3


def test_the_command_line_names_a_dictionary_too(call, desk):
    (desk / "own.csv").write_text("term,variants\npurchase order form,\naccount manager,PO|form\n", encoding="utf-8")
    refused = call("kwic", "0_en.txt", "x", "--dictionary", "missing.csv", "--no-cache", cwd=desk)
    assert refused.returncode == 2
    assert "missing.csv" in refused.stderr
    found = call("kwic", "0_en.txt", "purchase order form", "--dictionary", "own.csv", "--no-cache", cwd=desk)
    assert "【purchase order form】" in found.stdout


def test_nothing_to_suggest_and_nothing_to_read(call, desk):
    few = terms(call, desk, "--min-documents", 9)
    assert (few.returncode, len(few.stdout.splitlines())) == (0, 2)
    assert "ask for less" in few.stderr
    (desk / "empty").mkdir()
    assert call("terms", "empty", cwd=desk).returncode == 2
