"""Every code that the package emits has its sentences, and localising changes nothing but sentences."""

import ast
from pathlib import Path

import corpuskit
from corpuskit.finding import Finding, Message
from corpuskit.report import AuditReport, localise, name_of_task, phrasebook, unknown_sentences
from corpuskit.report.localise import messages
from tests.report.sample import SCRIPT, sample

PACKAGE = Path(corpuskit.__file__).parent


def literal_codes(maker: str) -> set[str]:
    """Give the constant codes in calls such as ``Message(code="x")``, conditional ones too."""
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == maker:
                for given in node.keywords:
                    if given.arg == "code":
                        branches = [given.value.body, given.value.orelse] if isinstance(given.value, ast.IfExp) else [given.value]
                        found |= {branch.value for branch in branches if isinstance(branch, ast.Constant) and isinstance(branch.value, str)}
    return found


def test_every_literal_code_of_the_package_has_its_sentences():
    for language in ("en", "ja"):
        sentences = phrasebook(language).sentences
        assert literal_codes("Message") - set(sentences["messages"]) == set()
        assert literal_codes("Finding") - set(sentences["findings"]) == set()


def test_reasons_for_skipping_have_their_sentences():
    codes = ["encrypted", "broken", "unsupported", "empty", "no_text", "too_large", "permission", "vanished", "not_a_file", "undecodable"]
    for language in ("en", "ja"):
        book = phrasebook(language)
        for code in codes:
            assert book.label(f"skipped_{code}")
            assert book.label(f"skipped_do_{code}")
            assert book.finding(f"files_skipped_{code}", {"n": 2})


def test_every_sentence_is_filled_in_and_nothing_else_changes():
    report = sample()
    for language in ("en", "ja"):
        filled = localise(report, language)
        assert all(message.text for message in messages(filled))
        assert all(finding.title and finding.fix for finding in filled.findings)
        assert bare(filled) == bare(report)
    assert unknown_sentences(report) == ()


def test_localising_again_replaces_the_language():
    once, twice = localise(sample(), "ja"), localise(localise(sample(), "en"), "ja")
    assert once == twice
    assert once.run.language == "ja"


def test_risks_and_fixes_speak_of_their_findings():
    report = localise(sample(), "ja")
    assert report.summary.risks[0].title.text == report.findings[0].title
    assert report.summary.fix_first[0].title.text == report.findings[0].fix


def test_an_unknown_code_shows_itself_instead_of_ending_the_audit():
    stranger = Finding(id="stranger", level="note", code="stranger", parameters={"n": 3, "what": SCRIPT})
    report = sample().model_copy(update={"findings": (stranger,)})
    assert localise(report, "en").findings[0].title == f"⟨stranger n=3 what={SCRIPT}⟩"
    assert len(unknown_sentences(report)) == 2
    lacking = report.summary.model_copy(update={"sentence": Message(code="verdict_start")})
    assert "needs the parameter 'task'" in " ".join(unknown_sentences(report.model_copy(update={"summary": lacking})))


def bare(report: AuditReport) -> object:
    def strip(value: object) -> object:
        if isinstance(value, dict):
            return {key: strip(inner) for key, inner in value.items() if key not in ("text", "title", "fix", "language")}
        return [strip(inner) for inner in value] if isinstance(value, list) else value

    return strip(report.model_dump(mode="json"))


def test_a_task_whose_labels_are_places_is_named_by_them_in_words():
    task = sample().tasks[0].model_copy(update={"id": f"{sample().tasks[0].catalogue_id}@mail_folders"})
    filed = task.model_copy(update={"estimates": ("language_ambiguity@labels:mail_folders",)})
    assert [name_of_task(filed, language).removeprefix(task.name[language]) for language in ("en", "ja")] == [
        " (Mail folders)",
        "（メールフォルダー名）",
    ]
    assert name_of_task(task, "ja").endswith("（mail_folders）")  # a folder of that name
