import re
import tomllib
from datetime import UTC, datetime

import pytest

from corpuskit.audit import Settings, audit, first_configuration, load_settings
from corpuskit.audit.first_configuration import proposed_departments
from corpuskit.tasks import OWNER_QUESTIONS, TASKS
from tests.audit.mailboxes import mailbox

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    folder = tmp_path_factory.mktemp("documents")
    rows = [f'{n},"請求書 {n} の送付先を変更してください。受付番号 {n * 7}",{"経理" if n % 2 else "営業"}' for n in range(60)]
    (folder / '問い合わせ "一覧".csv').write_text("\n".join(["受付番号,問い合わせ内容,担当部署", *rows]), encoding="utf-8")
    return folder, audit([folder], now=NOW)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_written_is_read_again_and_changes_no_verdict(report, language, tmp_path):
    folder, found = report
    assert found.tasks
    file = tmp_path / "corpuskit.toml"
    file.write_text(first_configuration(found, Settings().tasks.rulebook, language), encoding="utf-8")
    settings = load_settings(file, tmp_path, {})
    assert set(settings.tasks.answers) == {task.id for task in found.tasks}
    again = audit([folder], settings, now=NOW)
    assert [(task.id, task.verdict, task.tier, task.suitability) for task in again.tasks] == [
        (task.id, task.verdict, task.tier, task.suitability) for task in found.tasks
    ]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_open_answer_can_be_taken_in_as_it_stands(report, language, tmp_path):
    _, found = report
    text = first_configuration(found, Settings().tasks.rulebook, language)
    taken = re.sub(r"^# (\w+ = )", r"\1", text, flags=re.MULTILINE)
    assert taken.count("\nimpact = ") == len(found.tasks)
    file = tmp_path / "corpuskit.toml"
    file.write_text(taken, encoding="utf-8")
    answers = load_settings(file, tmp_path, {}).tasks.answers
    for task in found.tasks:
        assert answers[task.id].impact == TASKS[task.catalogue_id].impact
        assert answers[task.id].max_error == task.tolerance.max_error


def taken_in(text, first):
    """Take the indented block in that begins with a line, as a person would: without the # of its lines."""
    lines = text.splitlines()
    start = lines.index(f"#   {first}")
    block = []
    for line in lines[start:]:
        if not line.startswith("#   ") and line != "#":
            break
        block.append(line[1:])
    return "\n".join(block)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_folders_that_look_like_departments_are_proposed_and_can_be_taken_in(language, tmp_path):
    for folder, n in (("営業", 3), ("hr", 4), ("loose", 2)):
        (tmp_path / "documents" / folder).mkdir(parents=True)
        for number in range(n):
            (tmp_path / "documents" / folder / f"{number}.md").write_text(f"# Rules {number}\n\nAsk the desk {number} first.\n", encoding="utf-8")
    text = first_configuration(audit([tmp_path / "documents"], now=NOW), Settings().tasks.rulebook, language, "documents")
    assert "loose" not in text
    file = tmp_path / "corpuskit.toml"
    file.write_text(text + taken_in(text, "[[departments]]") + "\n" + taken_in(text, "[[sources]]") + "\n", encoding="utf-8")
    settings = load_settings(file, tmp_path, {})
    assert [(one.name, one.path) for one in settings.departments] == [(name, str(tmp_path / "documents" / name)) for name in ("hr", "営業")]
    assert load_settings(file, tmp_path, {}, "hr").gate.fail_on == "error"
    assert [source.label_columns for source in settings.sources] == [("queue",)]


@pytest.mark.parametrize(
    ("documents", "found"),
    [
        (["a/1", "a/2", "a/3", "b/1", "b/2", "b/3", "c"], ("a", "b")),
        (["a/1", "a/2", "a/3", "b/1", "b/2"], ()),
        (["1", "2", "3"], ()),
        (["a/x/1", "a/y/2", "a/3", "b/x/1", "b/x/2", "b/x/3"], ("a", "b")),
        ([], ()),
    ],
)
def test_departments_are_at_least_two_top_folders_with_some_documents_each(documents, found):
    assert proposed_departments(documents) == found


def test_each_question_is_explained_once(report):
    text = first_configuration(report[1], Settings().tasks.rulebook, "en")
    assert all(text.count(f"# {question.key}: ") == 1 for question in OWNER_QUESTIONS)


def test_without_a_task_the_file_says_what_to_do(tmp_path):
    (tmp_path / "note.txt").write_text("One short note about nothing in particular.", encoding="utf-8")
    text = first_configuration(audit([tmp_path], now=NOW), Settings().tasks.rulebook, "en")
    assert "tasks" not in tomllib.loads(text)
    assert "[[tasks.declared]]" in text


@pytest.mark.parametrize("language", ["en", "ja"])
def test_places_that_are_categories_are_proposed_as_the_labels_of_a_task(language, tmp_path):
    root = mailbox(tmp_path, filed=45, waiting=5)
    text = first_configuration(audit([root], now=NOW), Settings().tasks.rulebook, language)
    assert "納期照会 (15)" in text
    file = tmp_path / "corpuskit.toml"
    file.write_text(text + taken_in(text, "[[tasks.declared]]") + "\n", encoding="utf-8")
    (declared,) = load_settings(file, tmp_path, {}).tasks.declared
    assert declared.id == "ticket_routing@mail_folders"
