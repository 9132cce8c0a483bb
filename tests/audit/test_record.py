"""Records and atomic files: complete or absent, never overwritten, every kind of damage refused with what to do."""

import errno
import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from corpuskit.audit import load_record, load_report, records, save_record, write_atomically
from corpuskit.audit.record import SUFFIX
from corpuskit.errors import RecordError
from corpuskit.report import localise, phrasebook, unknown_sentences
from tests.report.sample import sample

ROOT = Path(__file__).parents[2]
WRITER = """
import os, sys, time
from pathlib import Path
from corpuskit.audit import save_record
from tests.report.sample import sample

def refuse(*_):
    raise OSError("this file system has no links")

if sys.argv[3] == "without links":
    os.link = refuse
folder, mark = Path(sys.argv[1]), int(sys.argv[2])
reports = [sample().model_copy(update={"exit_code": mark + number}) for number in range(20)]
folder.joinpath(f"{mark}.ready").touch()
while len(list(folder.glob("*.ready"))) < 2:
    time.sleep(0.001)
for report in reports:
    save_record(report, folder / "history")
"""


def out_of_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(("failure", "raised"), [(out_of_space, OSError), (interrupted, KeyboardInterrupt)])
def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, failure, raised):
    path = tmp_path / "report.html"
    write_atomically(path, b"old")
    monkeypatch.setattr(os, "fsync", failure)
    with pytest.raises(raised):
        write_atomically(path, b"new, and cut in the middle")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]
    assert path.read_bytes() == b"old"


def test_a_name_that_cannot_be_taken_leaves_no_temporary_file(tmp_path):
    (tmp_path / "report.html").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(tmp_path / "report.html", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_a_written_file_may_be_read_by_whoever_may_read_the_folder(tmp_path):
    write_atomically(tmp_path / "new" / "folder" / "report.md", b"text")
    assert (tmp_path / "new" / "folder" / "report.md").stat().st_mode & 0o777 == 0o644


def test_a_failed_record_leaves_an_empty_history(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", out_of_space)
    with pytest.raises(OSError, match="No space left"):
        save_record(sample(), tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_record_comes_back_as_the_same_report_that_cannot_be_changed(tmp_path):
    loaded = load_record(save_record(sample(), tmp_path))
    assert loaded == sample()
    with pytest.raises(ValidationError, match="frozen"):
        loaded.exit_code = 1  # type: ignore[misc]


@pytest.mark.parametrize("links", ["with links", "without links"])
def test_two_processes_with_one_run_id_never_overwrite_each_other(tmp_path, links):
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), str(mark), links], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for mark in (100, 200)
    ]
    for writer in writers:
        _, told = writer.communicate(timeout=120)
        assert writer.returncode == 0, told
    kept = sorted(load_record(path).exit_code for path in records(tmp_path / "history"))
    assert kept == [*range(100, 120), *range(200, 220)]
    assert len(list((tmp_path / "history").iterdir())) == 41, "40 records and the folder of bodies"


def test_records_come_oldest_first_and_other_files_are_no_records(tmp_path):
    for identifier in ("20261103T000000Z-bbbbbbbb", "20261102T235959Z-cccccccc", "20251231T000000Z-dddddddd"):
        report = sample()
        save_record(report.model_copy(update={"run": report.run.model_copy(update={"id": identifier})}), tmp_path)
    (tmp_path / "notes.json").write_text("{}", encoding="utf-8")
    (tmp_path / ".writing-left-by-a-crash").write_bytes(b"half")
    assert [path.name[:8] for path in records(tmp_path)] == ["20251231", "20261102", "20261103"]


def test_a_folder_without_history_has_no_records(tmp_path):
    assert list(records(tmp_path / "history")) == []


@pytest.mark.parametrize(("old", "new"), [('"seed": 0', '"seed": 1'), ('"counts": ""', '"counts": "x"'), ('"language": "en"', '"language": "ja"')])
def test_one_changed_character_is_noticed(tmp_path, old, new):
    path = save_record(sample(), tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordError, match=r"does not match its checksum.*Restore it from a backup"):
        load_record(path)


def bodies(folder):
    return list((folder / "bodies").iterdir())


@pytest.mark.parametrize(
    ("old", "new"), [(b'"files_read":146', b'"files_read":150'), (b'"exit_code":0', b'"exit_code":1'), (b"encrypted", b"encryptet")]
)
def test_one_changed_character_of_the_report_is_noticed(tmp_path, old, new):
    path = save_record(sample(), tmp_path)
    (body,) = bodies(tmp_path)
    content = gzip.decompress(body.read_bytes())
    assert old in content
    body.write_bytes(gzip.compress(content.replace(old, new, 1)))
    with pytest.raises(RecordError, match=r"does not match its checksum.*Restore it from a backup"):
        load_record(path)


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-20], lambda _: b"", lambda data: data[:30] + b"xxxx" + data[34:]], ids=["cut", "empty", "altered"]
)
def test_a_damaged_or_missing_body_is_told_with_its_file(tmp_path, damage):
    path = save_record(sample(), tmp_path)
    (body,) = bodies(tmp_path)
    body.write_bytes(damage(body.read_bytes()))
    with pytest.raises(RecordError, match="bodies"):
        load_record(path)
    body.unlink()
    with pytest.raises(RecordError, match="cannot be read"):
        load_record(path)


def test_ten_audits_of_the_same_documents_add_kilobytes(tmp_path):
    report = sample()
    for number in range(10):
        run = report.run.model_copy(update={"id": f"2026110{number}T000000Z-aaaaaaaa", "started_at": f"2026-11-0{number}T00:00:00+00:00"})
        save_record(report.model_copy(update={"run": run}), tmp_path)
    assert len(bodies(tmp_path)) == 1
    assert sum(path.stat().st_size for path in records(tmp_path)) < 10 * 2_000
    assert len({load_record(path).run.id for path in records(tmp_path)}) == 10


def test_a_record_of_the_first_version_is_read(tmp_path):
    """As corpuskit wrote it before bodies were shared: the whole report in the record, pilots and changes without a shape."""
    body = sample().model_dump(mode="json", exclude={"track_record", "head"}) | {"pilots": [{"any": 1}], "drift": {"any": 1}, "lineage": []}
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path = tmp_path / f"20261101T000000Z-aaaaaaaa{SUFFIX}"
    path.write_text(json.dumps({"schema_version": 1, "sha256": hashlib.sha256(canonical).hexdigest(), "report": body}), encoding="utf-8")
    loaded = load_record(path)
    assert loaded.tasks == sample().tasks
    assert (loaded.pilots, loaded.drift, loaded.track_record) == ((), None, None)


def with_sentences(body):
    """Give a body as it was before methods had parts: each an English sentence, whatever the language of the report."""
    return body | {"estimates": [one | {"method": "Chao-Jost; Esty interval"} for one in body["estimates"]]}


def test_methods_of_the_second_version_stay_as_they_were_written(tmp_path):
    path = save_record(sample(), tmp_path)
    (body,) = bodies(tmp_path)
    content = json.dumps(with_sentences(json.loads(gzip.decompress(body.read_bytes()))), ensure_ascii=False).encode()
    digest = hashlib.sha256(content).hexdigest()
    (tmp_path / "bodies" / f"{digest}.json.gz").write_bytes(gzip.compress(content))
    record = json.loads(path.read_text(encoding="utf-8"))
    named = {key: record[key] for key in ("run", "drift", "body", "counts", "files")} | {"body": digest}
    canonical = json.dumps(named, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    path.write_text(json.dumps({"record_version": 2, "schema_version": 1, "sha256": hashlib.sha256(canonical).hexdigest(), **named}))
    loaded = load_record(path)
    for language in ("en", "ja"):
        book, report = phrasebook(language), localise(loaded, language)
        assert {book.method(estimate.method) for estimate in report.estimates} == {"Chao-Jost; Esty interval"}
        assert unknown_sentences(report) == ()
    assert [one.model_copy(update={"method": ()}) for one in loaded.estimates] == [
        one.model_copy(update={"method": ()}) for one in sample().estimates
    ]  # fmt: skip


def test_a_report_written_before_methods_had_parts_is_read(tmp_path):
    path = tmp_path / "report.json"
    path.write_text(json.dumps(with_sentences(sample().model_dump(mode="json"))), encoding="utf-8")
    assert {phrasebook("ja").method(estimate.method) for estimate in load_report(path).estimates} == {"Chao-Jost; Esty interval"}


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '"text"', '{"estimates": null}', '{"estimates": [1]}', '{"estimates": [{"method": 1}]}'])
def test_what_is_no_report_is_refused_with_what_to_do(tmp_path, content):
    path = tmp_path / "report.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(RecordError, match=r"report\.json: no report of .*Audit again"):
        load_report(path)


def test_another_layout_of_the_same_content_is_no_alteration(tmp_path):
    path = save_record(sample(), tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=True), encoding="utf-8")
    assert load_record(path) == sample()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (lambda text: text[: len(text) // 2], "not an audit record"),
        (lambda _: "", "not an audit record"),
        (lambda _: "[1, 2]", "not an audit record"),
        (lambda text: text.replace('"sha256"', '"sha257"', 1), "not an audit record"),
        (lambda text: text.replace('"schema_version": 1', '"schema_version": 99', 1), "schema version 99, this corpuskit reads 1"),
        (lambda text: text.replace('"record_version": 3', '"record_version": 99', 1), "record version 99, this corpuskit reads 3"),
    ],
    ids=["cut in half", "empty", "a list", "no checksum", "of a newer schema", "a newer record"],
)
def test_what_is_no_record_of_this_version_is_refused_by_name(tmp_path, damage, told):
    path = save_record(sample(), tmp_path)
    path.write_text(damage(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(RecordError, match=told) as caught:
        load_record(path)
    assert str(path) in str(caught.value)


def test_bytes_that_are_no_text_and_a_missing_file_are_refused(tmp_path):
    (tmp_path / f"x{SUFFIX}").write_bytes(b"\x80\x81\xff")
    for name in (f"x{SUFFIX}", f"missing{SUFFIX}"):
        with pytest.raises(RecordError, match="not an audit record"):
            load_record(tmp_path / name)
