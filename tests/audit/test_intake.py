from pathlib import Path

import pytest

from corpuskit.audit.intake import Intake, files_found
from corpuskit.counts import intake_of
from corpuskit.errors import InputError
from corpuskit.ingest import Document, Section, Skipped, Source


def intake(*results):
    return Intake.of(intake_of(results).to_dicts())


def document(name, *warnings):
    return Document(name, Source(name, "f" * 64, 5, "2024-01-01", "text"), (Section("text"),), (), warnings)


def test_files_are_counted_listed_and_traced():
    found = intake(document("b", "hidden_text: 2", "encoding_guessed: cp932"), Skipped("c", "empty", "0 bytes."), document("a", "hidden_text: 1"))
    assert (found.found, found.read) == (3, 2)
    assert [item.path for item in found.skipped] == ["c"]
    assert found.warnings == {"encoding_guessed": ["b"], "hidden_text": ["a", "b"]}
    assert [item.id for item in found.lineage] == ["a", "b"]


def test_an_empty_folder_never_passes():
    with pytest.raises(InputError, match=r"documents: no files found\. Give a folder"):
        intake().refuse_nothing_read([Path("documents")])
    with pytest.raises(InputError, match=r"None of the 1 files could be read\. c: 0 bytes\."):
        intake(Skipped("c", "empty", "0 bytes.")).refuse_nothing_read([Path("documents")])
    intake(document("a")).refuse_nothing_read([])


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        files_found([tmp_path / "none"])


def test_pages_that_recognition_could_mend_are_those_without_readable_text():
    nothing = {"code": None, "sha256": "", "bytes": 1, "modified": "", "reader": "pdf", "encoding": "", "encoding_basis": ""}
    rows = [
        {"document": "scan.pdf", "warnings": ["pages_without_text: 3"], **nothing},
        {"document": "fonts.pdf", "warnings": ["pages_garbled: 1", "encoding_guessed: cp932"], **nothing},
        {"document": "guess.txt", "warnings": ["encoding_guessed: cp932"], **nothing},
    ]
    assert Intake.of(rows).with_lost_pages == {"scan.pdf", "fonts.pdf"}


def test_files_that_were_not_read_are_told_once_for_each_reason_and_warnings_by_document():
    skipped = (
        Skipped("a.bin", "unsupported", "no reader", False),
        Skipped("b.docx", "broken", "cut off", True),
        Skipped("c.docx", "broken", "", True),
    )
    intake = Intake(5, 2, skipped, {"rows_without_text": ["t.csv", "s.csv", "t.csv"]}, ())
    told = [(one.id, one.level, one.parameters["n"], [item.document for item in one.evidence]) for one in intake.findings()]
    assert told == [
        ("files_skipped@broken", "warning", 2, ["b.docx", "c.docx"]),
        ("files_skipped@unsupported", "note", 1, ["a.bin"]),
        ("read_warning@rows_without_text", "note", 2, ["s.csv", "t.csv"]),
    ]
    assert Intake(0, 0, (), {}, ()).findings() == ()
