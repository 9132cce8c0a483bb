import gzip
import hashlib
import os
import sys
import zipfile
from pathlib import Path

import pytest

from corpuskit.errors import InputError
from corpuskit.ingest import Document, ReadOptions, Skipped, read

DATA = Path(os.environ.get("CORPUSKIT_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not on this machine")


def by_id(paths, options=None):
    return {(item.id if isinstance(item, Document) else item.path): item for item in read(paths, options)}


def test_every_file_is_a_document_or_has_a_reason(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "b.png").write_bytes(b"\x89PNG")
    (tmp_path / "c.txt").write_text("")
    (tmp_path / "d.docx").write_bytes(b"PK broken")
    (tmp_path / "e.txt").write_text(" \n")
    found = by_id([tmp_path])
    assert {key: "" if isinstance(item, Document) else item.code for key, item in found.items()} == {
        ".git": "hidden",
        "a.txt": "",
        "b.png": "unsupported",
        "c.txt": "empty",
        "d.docx": "broken",
        "e.txt": "empty",
    }
    assert [key for key, item in found.items() if isinstance(item, Skipped) and item.readable] == ["d.docx"]
    assert list(found) == sorted(found)


def test_hidden_files_are_listed_in_archives_as_in_folders(tmp_path):
    for name in (".git/x", "~$a.docx", "a.txt"):
        path = tmp_path / "folder" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in (".git/x", "~$a.docx", "a.txt"):
            archive.writestr(name, "text")
    found = by_id([tmp_path])
    for place in ("a.zip", "folder"):
        hidden = [found[f"{place}/{name}"] for name in (".git", "~$a.docx")]
        assert [(item.code, item.readable) for item in hidden] == [("hidden", False)] * 2
        assert [item.reason[:10] for item in hidden] == ["Hidden fol", "Lock file "]
    assert len(found) == 6


def test_lineage(tmp_path):
    data = "議事録".encode("utf-8-sig")
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(data))
    source = by_id([tmp_path])["a.txt.gz"].source
    stored = (tmp_path / "a.txt.gz").read_bytes()
    assert (source.sha256, source.bytes) == (hashlib.sha256(stored).hexdigest(), len(stored))
    assert (source.reader, source.encoding, source.path) == ("txt", "utf-8-sig", "a.txt.gz")


def test_large_files_and_bombs_are_listed(tmp_path):
    (tmp_path / "a.txt").write_text("x" * 1_000)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(bytes(10_000)))
    options = ReadOptions(max_file_bytes=500, max_decompressed_bytes=5_000)
    found = by_id([tmp_path], options)
    assert {key: item.code for key, item in found.items()} == {"a.txt": "too_large", "b.txt.gz": "too_large"}
    assert "max_file_bytes" in found["a.txt"].reason


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the administrator may read everything")
def test_a_forbidden_file_is_listed(tmp_path):
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "a.txt").chmod(0)
    assert by_id([tmp_path])["a.txt"].code == "permission"


def test_a_file_that_vanishes_meanwhile_is_listed(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    results = read([tmp_path])
    (tmp_path / "b.txt").unlink()  # after the folder was listed, before the first file is opened
    assert [item.code if isinstance(item, Skipped) else item.id for item in results] == ["a.txt", "vanished"]


def test_reading_is_lazy_and_tells_progress(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    told = []
    results = read([tmp_path], progress=lambda *step: told.append(step))
    assert told == []
    list(results)
    assert told == [(0, 2, "a.txt"), (1, 2, "b.txt"), (2, 2, "")]


def test_two_runs_are_equal(tmp_path):
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text("id,message,category\n1,the pump leaks,a\n2,the valve leaks,b\n")
    assert list(read([tmp_path])) == list(read([tmp_path]))


def test_a_missing_path_is_an_error_at_the_call(tmp_path):
    with pytest.raises(InputError):
        read([tmp_path / "nothing"])


def test_a_missing_column_is_a_reason_and_not_an_abort(tmp_path):
    (tmp_path / "a.csv").write_text("id,note\n1,the pump leaks\n")
    (tmp_path / "b.txt").write_text("text")
    found = by_id([tmp_path], ReadOptions(text_columns=("message",)))
    assert (found["a.csv"].code, found["a.csv"].readable) == ("missing_column", True)
    assert "id, note" in found["a.csv"].reason
    assert isinstance(found["b.txt"], Document)


@needs_data
@pytest.mark.parametrize("folder", ["en_agency_handbook", "en_training_library", "ja_work_rules", "ja_working_group"])
def test_real_company_documents_are_read(folder):
    results = list(read([DATA / "company_docs" / folder]))
    documents = [item for item in results if isinstance(item, Document)]
    skipped = [item for item in results if isinstance(item, Skipped)]
    assert len(documents) >= 0.95 * (len(documents) + sum(item.readable for item in skipped))
    assert {item.code for item in skipped} <= {"empty", "no_text"}
    assert all(section.text.strip() for document in documents for section in document.sections)
    assert not any("\ufffd" in section.text for document in documents for section in document.sections if document.source.encoding)


@needs_data
def test_a_labelled_table_of_real_messages():
    options = ReadOptions(text_columns=("text",), label_columns=("label",))
    (document,) = read([DATA / "tasks" / "sms_spam" / "data.jsonl.gz"], options)
    assert len(document.sections) == 5_565
    assert {section.labels for section in document.sections} == {(("label", "ham"),), (("label", "spam"),)}
    assert {section.kind for section in document.sections} == {"row"}
