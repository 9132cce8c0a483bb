"""The whole chain on small folders: nothing silent, the same JSON twice, an empty folder never passes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpuskit.audit import Settings, audit, describe, load_record, write_reports
from corpuskit.errors import InputError
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


def test_what_is_written_to_the_history_is_the_report_of_the_run(folder, tmp_path):
    settings = Settings.model_validate({"output": {"folder": str(tmp_path / "out")}})
    report = audit([folder], settings, now=NOW)
    assert load_record(write_reports(report, settings)[-1]) == report


def test_the_folder_above_is_called_by_its_name(folder, monkeypatch):
    monkeypatch.chdir(folder / "policies")
    assert audit([Path("..")], now=NOW).corpus.root == "documents"
    assert audit([Path()], now=NOW).corpus.root == "policies"
