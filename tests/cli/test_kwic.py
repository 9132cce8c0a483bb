"""``corpuskit kwic``: each occurrence in its line, in both languages, and never a silent zero."""

import json

import pytest


def test_lines_show_in_both_languages_whatever_the_case(call, folder, tmp_path):
    japanese = call("kwic", folder, "出張", "--no-cache", cwd=tmp_path)
    assert japanese.returncode == 0
    assert japanese.stdout.count("【出張】") == 2
    assert all("規程.txt" in line for line in japanese.stdout.splitlines())
    english = json.loads(call("kwic", folder, "Allowance", "--json", "--no-cache", cwd=tmp_path).stdout)
    assert [line["keyword"] for line in english["lines"]] == ["allowance"]
    assert (english["complete"], english["exit_code"]) == (True, 0)


def test_only_lines_beside_the_second_term_in_both_languages(call, folder, tmp_path):
    japanese = call("kwic", folder, "出張", "--with", "日当", "--no-cache", cwd=tmp_path)
    assert japanese.stdout.count("【出張】") == 1
    assert "日当" in japanese.stdout
    english = json.loads(call("kwic", folder, "allowance", "--with", "euros", "--json", "--no-cache", cwd=tmp_path).stdout)
    assert [english[name] for name in ("with", "window", "within", "complete")] == ["euros", 5, "sentence", True]
    assert [line["keyword"] for line in english["lines"]] == ["allowance"]
    across = call("kwic", folder, "allowance", "--with", "manager", "--no-cache", cwd=tmp_path)
    assert (across.returncode, across.stdout) == (0, "")
    assert "'allowance' was not found within 5 positions of 'manager'" in across.stderr


def test_the_window_and_boundary_are_those_of_the_counts(call, folder, tmp_path):
    (tmp_path / "corpuskit.toml").write_text("[count]\nwindow = 2\n", encoding="utf-8")
    assert call("kwic", folder, "allowance", "--with", "euros", "--no-cache", cwd=tmp_path).stdout == ""
    (tmp_path / "corpuskit.toml").write_text('[count]\nwindow = 9\nboundary = "document"\n', encoding="utf-8")
    wide = call("kwic", folder, "allowance", "--with", "manager", "--no-cache", cwd=tmp_path)
    assert wide.stdout.count("【allowance】") == 1
    assert "over a line end are not shown" in wide.stderr


def test_a_term_that_is_not_there_is_said_on_stderr(call, folder, tmp_path):
    run = call("kwic", folder, "zebra", "--no-cache", cwd=tmp_path)
    assert (run.returncode, run.stdout) == (0, "")
    assert "'zebra' was not found" in run.stderr
    assert call("kwic", folder, "zebra", "--no-cache", "--quiet", cwd=tmp_path).stderr == ""


def test_the_limit_cuts_and_says_so_and_zero_shows_all(call, tmp_path):
    (tmp_path / "a.txt").write_text("The pump stops. " * 60, encoding="utf-8")
    default = call("kwic", "a.txt", "pump", "--no-cache", cwd=tmp_path)
    assert len(default.stdout.splitlines()) == 50
    assert "--limit 0 shows all" in default.stderr
    cut = json.loads(call("kwic", "a.txt", "pump", "--limit", "60", "--no-cache", "--json", cwd=tmp_path).stdout)
    assert (len(cut["lines"]), cut["complete"]) == (60, True)
    every = call("kwic", "a.txt", "pump", "--limit", "0", "--no-cache", cwd=tmp_path)
    assert len(every.stdout.splitlines()) == 60
    assert every.stderr == ""


def test_the_width_is_that_of_the_context_on_each_side(call, tmp_path):
    (tmp_path / "a.txt").write_text(f"{'before ' * 30}pump{' after' * 30}.", encoding="utf-8")
    body = json.loads(call("kwic", "a.txt", "pump", "--width", "12", "--no-cache", "--json", cwd=tmp_path).stdout)
    (line,) = body["lines"]
    assert line["left"].strip().endswith("before")
    assert line["right"].strip().startswith("after")
    assert max(len(line["left"]), len(line["right"])) <= 13


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere", "pump"), "nowhere: no such file or folder"),
        (("documents", " "), "The term is empty"),
        (("documents", "pump", "--with", " "), "The term is empty"),
        (("documents", "pump", "--width", "5"), "--width"),
        (("documents", "pump", "--limit", "-1"), "--limit"),
    ],
)
def test_a_wrong_call_ends_with_two(call, folder, tmp_path, arguments, told):
    run = call("kwic", *arguments, cwd=tmp_path)
    assert (run.returncode, run.stdout) == (2, "")
    assert told in run.stderr


def test_a_folder_of_which_nothing_can_be_read_does_not_pass_for_one_without_the_term(call, tmp_path):
    (tmp_path / "x").mkdir()
    for content in (None, b"no zip"):
        if content is not None:
            (tmp_path / "x" / "broken.docx").write_bytes(content)
        run = call("kwic", "x", "pump", "--no-cache", cwd=tmp_path)
        assert run.returncode == 2
        assert "nothing could be read" in run.stderr


def test_files_that_were_not_searched_are_counted(call, folder, tmp_path):
    (folder / "broken.docx").write_bytes(b"no zip")
    run = call("kwic", folder, "出張", "--no-cache", cwd=tmp_path)
    assert run.returncode == 0
    assert "could not be read: 1" in run.stderr
