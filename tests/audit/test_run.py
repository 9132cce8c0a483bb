"""The whole chain on small folders: nothing silent, the same JSON twice, an empty folder never passes."""

import json
from datetime import UTC, datetime

import pytest

from corpuskit.audit import Settings, audit, describe, load_record, records, write_reports
from corpuskit.errors import InputError, RecordError
from corpuskit.report import to_json

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "documents"
    (root / "policies").mkdir(parents=True)
    (root / "policies" / "travel policy.md").write_text(
        "# Travel policy\n\n## Daily allowance\n\nThe daily allowance is 40 euros.\n", encoding="utf-8"
    )
    (root / "旅費規程.txt").write_text("第1条 この規程は、出張旅費について定める。\n第2条 日当は三千円とする。\n", encoding="cp932")
    (root / "broken.docx").write_bytes(b"PK\x03\x04 this is not a zip")
    (root / "empty.txt").write_bytes(b"")
    (root / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def test_what_was_read_and_what_was_not_is_told_with_reasons(folder):
    report = audit([folder], now=NOW)
    corpus = report.corpus
    assert (corpus.files_found, corpus.files_read, corpus.documents) == (5, 2, 2)
    assert {item.path: item.code for item in corpus.files_skipped} == {"broken.docx": "broken", "empty.txt": "empty", "picture.png": "unsupported"}
    assert all(item.reason for item in corpus.files_skipped)
    assert corpus.languages == {"en": 1, "ja": 1}
    ids = {finding.id for finding in report.findings}
    assert {"files_skipped@broken", "files_skipped@empty", "files_skipped@unsupported"} <= ids


def test_every_sentence_is_filled_in(folder):
    report = audit([folder], Settings.model_validate({"output": {"language": "ja"}}), now=NOW)
    assert all(finding.title and finding.fix for finding in report.findings)
    assert report.summary.sentence.text
    assert all(estimate.undefined_because is None or estimate.undefined_because.text for estimate in report.estimates)


def test_two_runs_give_the_same_json_apart_from_the_run(folder):
    def body() -> dict:
        report = json.loads(to_json(audit([folder], now=NOW)))
        for key in ("id", "started_at", "seconds"):
            del report["run"][key]
        return report

    assert body() == body()


def test_the_cache_changes_nothing(folder, tmp_path):
    plain = audit([folder], now=NOW)
    first = audit([folder], cache=tmp_path / "cache", now=NOW)
    second = audit([folder], cache=tmp_path / "cache", now=NOW)
    assert plain.model_copy(update={"run": None}) == first.model_copy(update={"run": None}) == second.model_copy(update={"run": None})
    assert any((tmp_path / "cache").rglob("*"))


def test_an_empty_folder_never_passes(tmp_path):
    with pytest.raises(InputError, match="no files found"):
        audit([tmp_path])


def test_a_wholly_unreadable_folder_never_passes(tmp_path):
    (tmp_path / "x.docx").write_bytes(b"no zip")
    with pytest.raises(InputError, match="None of the 1 files could be read"):
        audit([tmp_path])


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        audit([tmp_path / "nowhere"])


def test_the_gate_sets_the_exit_code_inside_the_json(folder):
    gated = audit([folder], Settings.model_validate({"gate": {"fail_on": "note"}}), now=NOW)
    assert (gated.exit_code, audit([folder], now=NOW).exit_code) == (1, 0)


def test_no_excerpts_leaves_no_quote(folder):
    report = audit([folder], Settings.model_validate({"output": {"excerpts": False}}), now=NOW)
    assert not any(item.quote for finding in report.findings for item in finding.evidence)
    assert not any(item.quote for task in report.tasks for item in task.evidence)


def test_labels_give_an_ambiguity_with_an_interval(tmp_path):
    rows = ["text,label"]
    rows += [f"the invoice number {n} has a wrong total amount,billing\nthe valve {n} is leaking since monday,repair" for n in range(40)]
    table = tmp_path / "tickets.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    settings = Settings.model_validate({"read": {"text_columns": ["text"], "label_columns": ["label"]}})
    _, estimates = describe([table], settings)
    error = next(item for item in estimates.estimates if item.measure == "language_ambiguity")
    assert error.subject == "labels:tickets.csv#label"
    assert error.value is not None
    assert error.interval is not None
    assert error.interval[0] <= error.value <= error.interval[1] < 0.1
    assert (error.n, error.unit, error.grade) == (80, "messages", "C")


def test_reports_and_record_are_written_and_never_overwritten(folder, tmp_path):
    settings = Settings.model_validate({"output": {"folder": str(tmp_path / "out"), "language": "both"}})
    report = audit([folder], settings, now=NOW)
    first = [path.name for path in write_reports(report, settings)]
    assert first[:5] == [
        "documents-2026-11-02.en.html",
        "documents-2026-11-02.en.md",
        "documents-2026-11-02.ja.html",
        "documents-2026-11-02.ja.md",
        "documents-2026-11-02.json",
    ]
    second = [path.name for path in write_reports(report, settings)]
    assert second[0] == "documents-2026-11-02-2.en.html"
    stored = list(records(tmp_path / "out" / "history"))
    assert len(stored) == 2
    assert load_record(stored[0]) == report


def test_a_damaged_record_is_refused(folder, tmp_path):
    settings = Settings.model_validate({"output": {"folder": str(tmp_path / "out")}})
    path = write_reports(audit([folder], settings, now=NOW), settings)[-1]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"files_read": 2', '"files_read": 3'), encoding="utf-8")
    with pytest.raises(RecordError, match="checksum"):
        load_record(path)
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(RecordError, match="not an audit record"):
        load_record(path)
    path.write_text(text.replace('"schema_version": 1', '"schema_version": 99', 1), encoding="utf-8")
    with pytest.raises(RecordError, match="schema version 99"):
        load_record(path)
