"""The README tells the truth: its commands run, its settings load, its example prints, its options exist."""

import contextlib
import io
import os
import re
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import docx
import pytest

from corpuskit.audit import load_settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q -c .ci/constraints.txt "


def blocks(language: str, heading: str = "") -> list[str]:
    """Give the code blocks of a language below a heading of the second level, or in the whole README."""
    text = README
    if heading:
        text = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def try_it() -> tuple[str, str]:
    """Give the two commands that set up and run: the first two shell blocks below "Try it"."""
    first, second = blocks("sh", "Try it")[:2]
    return first.strip(), second.strip()


def use_it() -> list[list[str]]:
    """Give the commands below "Use it" as words, without their comments."""
    return [words for line in blocks("sh", "Use it")[0].splitlines() if (words := shlex.split(line, comments=True))]


def run(words: list[str], cwd: Path, cache_folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the README with the corpuskit under test."""
    assert words[0] == "corpuskit"
    command = [sys.executable, "-m", *words]
    environment = {**os.environ, "XDG_CACHE_HOME": str(cache_folder)}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=240)


@cache
def help_of(*command: str) -> str:
    shown = subprocess.run([sys.executable, "-m", "corpuskit", *command, "--help"], capture_output=True, text=True, encoding="utf-8", check=True)
    return shown.stdout


@pytest.fixture
def desk(tmp_path):
    """A folder with the files that the README's commands name."""
    folder = tmp_path / "desk"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "旅費規程.txt").write_text("出張の日当は三千円とする。出張は事前に申請する。\n", encoding="utf-8")
    (folder / "documents" / "policy.md").write_text("# Travel policy\n\nThe daily allowance is 40 euros.\n", encoding="utf-8")
    rows = [f"the total of invoice {n} is wrong,billing\nthe valve {n} is leaking,repair" for n in range(10)]
    (folder / "tickets.csv").write_text("\n".join(["body,queue", *rows]) + "\n", encoding="utf-8")
    (folder / "categories.csv").write_text("category,description\nbilling,invoices\nrepair,\n", encoding="utf-8")
    contract = docx.Document()
    contract.add_heading("Non-disclosure agreement", 1)
    contract.add_paragraph("The receiving party keeps the information secret.")
    contract.save(str(folder / "contract.docx"))
    return folder


def test_the_two_commands_to_try_it_are_one_line_each_and_set_up_everything():
    first, second = try_it()
    for command in (first, second):
        assert "\n" not in command
        assert command.startswith(SET_UP)
    assert first.removeprefix(SET_UP) == ". && .venv/bin/corpuskit audit sample_data --report-lang both"
    assert second.removeprefix(SET_UP) == '-e ".[dev]" && .venv/bin/python -m pytest'
    assert (ROOT / ".ci" / "constraints.txt").is_file()
    assert "dev = [" in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


def test_the_command_to_try_it_writes_the_reports_of_the_sample_company(tmp_path, shared):
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    words = shlex.split(try_it()[0].split("&&")[-1].replace(".venv/bin/", ""))
    done = run(words, tmp_path, shared)
    assert done.returncode == 0, done.stderr
    written = sorted(re.sub(r"\d{4}-\d\d-\d\d", "DATE", path.name) for path in (tmp_path / "reports").iterdir() if path.is_file())
    assert written == ["index.html", *(f"sample_data-DATE.{rest}" for rest in ("en.html", "en.md", "ja.html", "ja.md", "json"))]
    assert len(list((tmp_path / "reports" / "history").glob("*.record.json"))) == 1


def test_every_command_below_use_it_runs(desk, tmp_path):
    commands = use_it()
    assert {words[1] for words in commands} == {"audit", "init", "explain", "describe", "read", "kwic", "terms", "tasks", "pilot", "doctor"}
    for words in commands:
        if words[1] == "explain":
            words[2] = str(next((desk / "reports").glob(re.sub(r"\d{4}-\d\d-\d\d", "*", Path(words[2]).name))))
        done = run(words, desk, tmp_path / "cache")
        assert done.returncode == 0, (words, done.stderr)
        assert done.stdout.strip(), words


def test_the_settings_in_the_readme_are_valid_and_change_something(tmp_path):
    example = blocks("toml", "Use it")[0]
    (tmp_path / "corpuskit.toml").write_text(example, encoding="utf-8")
    settings = load_settings(None, tmp_path, {})
    assert settings.read.label_columns == ("queue",)
    assert (settings.text.japanese_mode, settings.output.language, settings.gate.fail_on) == ("C", "both", "error")


def test_sources_departments_and_retention_of_the_readme_are_valid(tmp_path):
    (tmp_path / "corpuskit.toml").write_text(blocks("toml", "Use it")[1], encoding="utf-8")
    sales = load_settings(None, tmp_path, {}, "sales")
    assert (sales.gate.fail_on, sales.output.folder, sales.tasks.answers["ticket_routing"].max_error) == ("warning", "reports/sales", 0.03)
    assert [source.takes(name) for source in sales.sources for name in ("x/a.csv", "old/a.csv", "a.txt")] == [True, False, False]
    retention = next(block for block in blocks("toml", "Audits that repeat") if "[retention]" in block)
    (tmp_path / "corpuskit.toml").write_text(retention, encoding="utf-8")
    limits = load_settings(None, tmp_path, {}).retention
    assert (limits.reports, limits.records, limits.caches_days) == (52, 104, 90)


def test_own_tasks_answers_and_rules_of_the_readme_are_valid(tmp_path):
    (example,) = blocks("toml", "Your own tasks, answers and rules")
    (tmp_path / "corpuskit.toml").write_text(example, encoding="utf-8")
    tasks = load_settings(None, tmp_path, {}).tasks
    assert tasks.answers["faq_answer"].audience == "customer"
    assert [one.id for one in tasks.declared] == [
        "market_intel@sales/market",
        "ticket_routing@support/tickets.csv#queue",
        "ticket_routing@mail_folders",
    ]
    assert tasks.rulebook.tasks["proposal_draft"].tier_floor == "T2"


def test_the_prices_of_the_readme_are_valid_and_enough_for_a_cost(tmp_path):
    (example,) = blocks("toml", "What it would cost")
    (tmp_path / "corpuskit.toml").write_text(example, encoding="utf-8")
    tasks = load_settings(None, tmp_path, {}).tasks
    assert tasks.prices.of_model("small") == (20, 80)
    answers = tasks.answers["ticket_routing"]
    assert None not in (answers.cases_per_month, answers.minutes_per_case, answers.review_minutes, answers.error_cost, tasks.prices.person_hour)


def test_the_python_example_prints_three_tasks(monkeypatch):
    (example,) = blocks("python")
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(example, "README.md", "exec"), {})
    lines = printed.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]


def test_every_command_and_option_in_the_readme_exists():
    written = [*use_it(), shlex.split(try_it()[0].split("&&")[-1])]
    listed = set(re.findall(r"^  (\w+)  ", help_of().partition("Commands:")[2], re.MULTILINE))
    assert {words[1] for words in written} | set(re.findall(r"`corpuskit (\w+)", README)) <= listed
    for words in written:
        command = words[1:3] if words[1] in ("tasks", "pilot") else words[1:2]
        for option in (word for word in words if word.startswith("--")):
            assert re.search(rf"{option}(?![a-z-])", help_of(*command)), (words, option)
    of_pilots = ("plan", "sample", "import", "evaluate", "monitor", "feedback")
    everywhere = "\n".join(
        help_of(*command)
        for command in (
            (),
            *((name,) for name in sorted(listed)),
            *(("pilot", name) for name in of_pilots),
            ("schedule", "add"),
            ("history", "prune"),
        )
    )
    in_prose = set(re.findall(r"`(--[a-z-]+)", README))
    assert in_prose
    assert {option for option in in_prose if not re.search(rf"{option}(?![a-z-])", everywhere)} == set()


def test_every_file_that_the_readme_names_is_there():
    links = [target for target in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in target]
    assert links
    for name in (*links, "corpuskit/report/report.schema.json", "sample_data"):
        assert (ROOT / name).exists(), name
        assert name in README
