"""``corpuskit describe``: numbers with intervals or reasons, and no report."""

import json


def test_json_gives_a_value_or_a_reason_for_every_measure(call, folder, tmp_path):
    run = call("describe", folder, "--json", "--no-cache", cwd=tmp_path)
    body = json.loads(run.stdout)
    assert body["corpus"]["documents"] == 2
    assert body["exit_code"] == run.returncode == 0
    for estimate in body["estimates"]:
        assert (estimate["value"] is None) == (estimate["undefined_because"] is not None)


def test_the_page_tells_coverage_skipped_files_and_every_measure_in_80_columns(call, folder, tmp_path, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    (folder / "broken.docx").write_bytes(b"no zip")
    run = call("describe", folder, "--no-cache", cwd=tmp_path)
    lines = run.stdout.splitlines()
    assert lines[0] == "documents: 2 of 3 files read, 2 documents"
    assert any(line.startswith("skipped broken.docx: ") for line in lines)
    table = lines[lines.index("") + 1 :]
    assert [line.split()[0] for line in table[2:]].count("tokens") == 2
    assert max(len(line) for line in table) <= 80
    assert not (tmp_path / "reports").exists()


def test_the_columns_of_a_table_reach_the_estimates(call, tmp_path):
    rows = [f"the invoice {n} is wrong,billing\nthe valve {n} leaks,repair" for n in range(30)]
    (tmp_path / "tickets.csv").write_text("\n".join(["words,team", *rows]) + "\n", encoding="utf-8")
    options = ("--text-column", "words", "--label-column", "team", "--no-cache", "--json")
    body = json.loads(call("describe", "tickets.csv", *options, cwd=tmp_path).stdout)
    subjects = {estimate["subject"] for estimate in body["estimates"] if estimate["measure"] == "language_ambiguity"}
    assert subjects == {"labels:tickets.csv#team"}


def test_nothing_readable_ends_with_two_and_says_why(call, tmp_path):
    (tmp_path / "x.docx").write_bytes(b"no zip")
    run = call("describe", tmp_path, "--json", "--no-cache", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert "None of the 1 files could be read" in run.stderr
    assert "x.docx" in run.stderr


def test_copies_can_be_left_out(call, folder, tmp_path):
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("the same text in two files", encoding="utf-8")
    kept, cleaned = (
        json.loads(call("describe", folder, "--json", "--no-cache", *choice, cwd=tmp_path).stdout)["corpus"]
        for choice in ([], ["--remove", "duplicates"])
    )
    assert (kept["exact_duplicate_groups"], cleaned["exact_duplicate_groups"]) == (1, 1)
    assert (kept["documents"] - cleaned["documents"], cleaned["documents_removed"]) == (1, 1)
    page = call("describe", folder, "--no-cache", "--remove", "duplicates", cwd=tmp_path).stdout
    assert "removed before counting: 1 documents, 0 different boilerplate lines" in page
