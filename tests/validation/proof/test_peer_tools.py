"""Made output of each tool, in the form that its run gave, is read into the findings it means."""

import json

import pytest

from tests.validation.proof.peer_rules import Said
from tests.validation.proof.peer_tools import MANIFEST, PIECE, PIECES, TOOLS, Given, write_pieces

TOOL = {tool.name: tool for tool in TOOLS}
PATHS = ("hr/salary.pdf", "legal/契約書_一.pdf", "legal/契約書_二.pdf", "notes.md", "legal/a_very_long_name_of_a_file.docx")


@pytest.fixture
def on(tmp_path):
    return Given(tmp_path / "folder", tmp_path / "work", PATHS)


def read(tool, on, out="", err=""):
    return list(TOOL[tool].findings(on, out, err))


def wrote(on, name, content):
    (on.work / name).parent.mkdir(parents=True, exist_ok=True)
    (on.work / name).write_text(json.dumps(content), encoding="utf-8")


def test_files_are_located_however_they_are_named(on):
    assert on.located(f"{on.folder}/hr/salary.pdf#0") == "hr/salary.pdf"
    assert on.located("legal/契約書_一.pdf#12") == "legal/契約書_一.pdf"
    assert on.located("salary.pdf") == "hr/salary.pdf"
    assert on.located("a_very_long_na…") == "legal/a_very_long_name_of_a_file.docx"
    assert on.located("契約書") == "契約書"  # two files begin so
    assert on.located("unknown.txt") == "unknown.txt"


def test_corpuskit_speaks_in_findings_and_in_ways_that_tasks_fail(on):
    finding = {"code": "near_duplicates", "title": "2 documents are near-copies", "evidence": [{"document": "notes.md"}, {"document": ""}]}
    finding["documents"] = [["notes.md", "legal/契約書_一.pdf"]]
    mode = {"code": "failure_versions", "text": "An old version", "parameters": {"older": "legal/契約書_一.pdf", "n": 1}}
    wrote(on, "corpuskit/report.json", {"findings": [finding], "tasks": [{"failure_modes": [mode]}]})
    assert read("corpuskit", on) == [
        Said("near_duplicates", "2 documents are near-copies", ("notes.md", "legal/契約書_一.pdf")),
        Said("failure_versions", "An old version", ("legal/契約書_一.pdf",)),
    ]


def test_ragpreflight_names_files_by_their_last_part(on):
    issue = {"category": "content", "summary": "Only 0% of pages have extractable text.", "location": None}
    group = {"category": "duplication", "summary": "Near-duplicate group detected", "location": "契約書_一.pdf, 契約書_二.pdf"}
    wrote(on, "ragpreflight.json", {"documents": [{"file": "salary.pdf", "issues": [issue]}], "corpus_issues": [group]})
    first, second = read("ragpreflight", on)
    assert first == Said("content", issue["summary"], ("hr/salary.pdf",))
    assert second.files == ("legal/契約書_一.pdf", "legal/契約書_二.pdf")


def test_corpuslint_names_pieces(on):
    chunks = [f"{on.folder}/notes.md#0", f"{on.folder}/notes.md#3"]
    out = json.dumps({"findings": [{"check": "exact_duplicates", "message": "2 identical chunks", "chunk_ids": chunks}]})
    assert read("corpuslint", on, out) == [Said("exact_duplicates", "2 identical chunks", ("notes.md",))]


def test_docingestqa_names_both_pieces_of_a_pair(on):
    pair = {"message": "Near duplicate", "source": None, "evidence": {"chunk_a": "notes.md#1", "chunk_b": "hr/salary.pdf#0"}}
    alone = {"message": "Chunk is short", "source": "notes.md", "evidence": {}}
    wrote(
        on, "docingestqa/ingestion_audit.json", {"checks": [{"issues": [{"check": "duplicate_chunks", **pair}, {"check": "chunk_length", **alone}]}]}
    )
    assert [said.files for said in read("docingestqa", on)] == [("hr/salary.pdf", "notes.md"), ("notes.md",)]


def test_contextdoctor_tells_in_a_warning_what_it_skipped(on):
    place = {"file": "notes.md", "detail": "email x1"}
    out = json.dumps({"findings": [{"rule": "CTX008", "name": "pii-detected", "message": "PII detected", "locations": [place]}]})
    err = "UserWarning: ContextDoctor: skipped 'hr/salary.pdf': File has not been decrypted\n  report = ..."
    said = read("contextdoctor", on, out, err)
    assert said[0] == Said("CTX008 pii-detected", "PII detected email x1", ("notes.md",))
    assert said[1].of_kind("encrypted")
    assert said[1].files == ("hr/salary.pdf",)


def test_doculens_tells_in_its_table_what_it_could_not_read_and_its_own_failures_are_no_findings(on):
    out = "\n".join(
        [
            "│ File             │ Status   │ Score   │ Words │ Checks      │",
            "│ a_very_long_name │   ERR    │         │   --- │ Package not │",
            "│                  │          │         │       │ found at    │",
            "│ notes.md         │   FAIL   │     69% │     4 │ 2/4         │",
            "│ Batch complete │",
        ]
    )
    results = [
        {"screener_name": "readability", "passed": False, "warnings": [], "errors": ["Screener raised an exception: no cmudict"]},
        {"screener_name": "duplicate", "passed": True, "warnings": ["Fewer than 2 paragraphs, nothing to compare"], "errors": []},
        {"screener_name": "language", "passed": False, "warnings": [], "errors": []},
    ]
    wrote(on, "doculens/notes_report.json", {"document_name": "notes.md", "results": results})
    assert read("doculens", on, out) == [
        Said("error", "Package not found at", ("legal/a_very_long_name_of_a_file.docx",)),
        Said("screener", "language not passed", ("notes.md",)),
    ]


@pytest.mark.parametrize("tool", list(TOOL))
def test_a_tool_that_wrote_nothing_said_nothing(tool, on):
    assert read(tool, on, "Traceback (most recent call last):\n", "Error: {broken") == []


def test_values_that_are_no_numbers_are_told_and_are_no_findings(on):
    values = {"said": [], "pieces": {"en": 3, "ja": 2}, "without_entropy": {"en": 0, "ja": 2}, "failing": {"en": [], "ja": ["readability: KeyError"]}}
    assert read("textdescriptives", on, json.dumps(values)) == []
    told = TOOL["textdescriptives"].remark(json.dumps(values))
    assert "2 of 2 pieces in Japanese" in told
    assert "Japanese: readability: KeyError" in told


def test_pieces_hold_the_whole_text_and_the_list_holds_files_that_could_not_be_read(tmp_path):
    folder, work = tmp_path / "folder", tmp_path / "work"
    folder.mkdir()
    work.mkdir()
    paragraphs = [f"Paragraph {number} speaks of pumps and their seals at some length." for number in range(60)]
    (folder / "notes.md").write_text("\n\n".join(paragraphs), encoding="utf-8")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    write_pieces(Given(folder, work, ("broken.docx", "notes.md")))
    pieces = [json.loads(line) for line in (work / PIECES).read_text(encoding="utf-8").splitlines()]
    text = " ".join(piece["text"] for piece in pieces)
    assert len(pieces) > 1
    assert all(len(piece["text"]) <= PIECE for piece in pieces)
    assert all(paragraph in text for paragraph in paragraphs)
    assert {page["source"] for page in json.loads((work / MANIFEST).read_text(encoding="utf-8"))} == {"broken.docx", "notes.md"}
