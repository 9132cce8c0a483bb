"""Retention: what is old and ours goes; what is foreign, changed, linked or needed stays, and is said."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from corpuskit.audit import Settings, past_audits, retain, save_record, write_reports
from corpuskit.audit.gate import Accepted
from corpuskit.audit.retention import old_cache_entries, protected
from corpuskit.errors import UsageError
from corpuskit.finding import Finding
from corpuskit.report import AuditReport, localise
from tests.report.sample import sample

NOW = datetime(2026, 11, 30, tzinfo=UTC)
WEEKS = [f"2026110{day}T060000Z-{letter * 8}" for day, letter in zip((1, 3, 5, 7), "abcd", strict=True)]


def report_of(identifier: str, root: str = "documents", **update: object) -> AuditReport:
    report = localise(sample(), "en")
    started = f"{identifier[:4]}-{identifier[4:6]}-{identifier[6:8]}T06:00:00+00:00"
    run = report.run.model_copy(update={"id": identifier, "started_at": started})
    return report.model_copy(update={"run": run, "corpus": report.corpus.model_copy(update={"root": root}), **update})


def settings_for(folder: Path, **sections: object) -> Settings:
    return Settings.model_validate({"output": {"folder": str(folder), "formats": ["md", "json"]}, **sections})


@pytest.fixture
def folder(tmp_path):
    """Four weekly audits, each with pages, pictures in a folder of companions, JSON and record."""
    for identifier in WEEKS:
        write_reports(report_of(identifier), settings_for(tmp_path))
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"history"}


def files_of(*days: str) -> set[str]:
    return {f"documents-2026-11-0{day}{rest}" for day in days for rest in (".files", ".en.md", ".json")}


def test_without_limits_nothing_is_touched(folder):
    removal = retain(settings_for(folder), None, NOW)
    assert removal.paths == ()
    assert names(folder) == files_of("1", "3", "5", "7")


def test_the_newest_reports_stay_and_records_outlast_them(folder):
    removal = retain(settings_for(folder, retention={"reports": 2}), None, NOW)
    assert names(folder) == files_of("5", "7")
    assert len(past_audits(folder / "history")) == 4
    assert {path.name for path in removal.reports} >= {"documents-2026-11-01.en.md", "documents-2026-11-03.json"}
    assert removal.records == ()
    assert retain(settings_for(folder, retention={"reports": 2}), None, NOW).paths == ()


def test_age_counts_from_the_audit_and_spares_the_last_one(folder):
    limits = {"reports_days": 26}
    retain(settings_for(folder, retention=limits), None, NOW)
    assert names(folder) == files_of("5", "7")
    retain(settings_for(folder, retention=limits), None, NOW + timedelta(days=400))
    assert names(folder) == files_of("7")


def test_a_dry_run_says_the_same_and_removes_nothing(folder):
    limits = settings_for(folder, retention={"reports": 1, "records": 2})
    before = sorted(folder.rglob("*"))
    told = retain(limits, None, NOW, dry_run=True, settled=timedelta(0))
    assert sorted(folder.rglob("*")) == before
    done = retain(limits, None, NOW, settled=timedelta(0))
    assert (done.reports, done.records) == (told.reports, told.records)
    assert len(past_audits(folder / "history")) == 2


def test_each_audited_folder_keeps_its_own(tmp_path):
    for identifier in WEEKS[:3]:
        write_reports(report_of(identifier, "hr"), settings_for(tmp_path))
    write_reports(report_of(WEEKS[0], "sales"), settings_for(tmp_path))
    retain(settings_for(tmp_path, retention={"reports": 1}), None, NOW)
    assert {name.partition(".")[0] for name in names(tmp_path)} == {"hr-2026-11-05", "sales-2026-11-01"}


def test_the_baseline_and_what_shows_an_accepted_finding_stay(tmp_path):
    shown = Finding(id="personal_data@phone", level="warning", code="stale_documents", parameters={"n": 1, "years": 5})
    for number, identifier in enumerate(WEEKS):
        write_reports(report_of(identifier, findings=(shown,) if number == 1 else ()), settings_for(tmp_path))
    accepted = {"finding": "personal_data@*", "reason": "r", "author": "a", "until": "2026-12-31"}
    gate = {"baseline": WEEKS[0], "accepted": [accepted]}
    retain(settings_for(tmp_path, retention={"reports": 1, "records": 1}, gate=gate), None, NOW, settled=timedelta(0))
    assert names(tmp_path) == files_of("1", "3", "7")
    assert [past.run_id for past in past_audits(tmp_path / "history")] == [WEEKS[0], WEEKS[1], WEEKS[3]]
    over = accepted | {"until": "2026-11-29"}
    assert protected(tmp_path / "history", "", [Accepted.model_validate(over)], today=date(2026, 11, 30)) == {
        tmp_path / "history" / f"{WEEKS[3]}.record.json"
    }


def test_a_baseline_that_is_not_there_removes_nothing(folder):
    with pytest.raises(UsageError, match="no audit 'gone'"):
        retain(settings_for(folder, retention={"reports": 1}, gate={"baseline": "gone"}), None, NOW)
    assert names(folder) == files_of("1", "3", "5", "7")


def test_what_people_did_stays_and_is_told(folder):
    filled_in = folder / "documents-2026-11-01.en.md"
    os.utime(filled_in, (filled_in.stat().st_mtime + 60,) * 2)
    (folder / "documents-2026-11-01.notes.txt").write_text("theirs", encoding="utf-8")
    note = folder / "documents-2026-11-01.files" / "note.txt"
    note.write_text("theirs", encoding="utf-8")
    os.utime(note, (note.stat().st_mtime + 60,) * 2)
    removal = retain(settings_for(folder, retention={"reports": 3}), None, NOW)
    assert names(folder) == files_of("3", "5", "7") | {filled_in.name, "documents-2026-11-01.notes.txt", "documents-2026-11-01.files"}
    assert [path.name for path in (folder / "documents-2026-11-01.files").iterdir()] == ["note.txt"]
    assert set(removal.kept) == {(filled_in, "it was changed after its audit"), (note, "it was changed after its audit")}


def test_a_hostile_record_and_links_lead_nowhere(tmp_path):
    reports, outside = tmp_path / "reports", tmp_path / "outside"
    outside.mkdir()
    secret = outside / "secret-2026-11-01.txt"
    secret.write_text("keep me", encoding="utf-8")
    reports.mkdir()
    (reports / "index.html").write_text("page", encoding="utf-8")
    (reports / "documents-2026-11-01.files").symlink_to(outside)
    (reports / "linked-2026-11-01.md").symlink_to(secret)
    (reports / "budget-2025-01-01.xlsx").write_text("theirs", encoding="utf-8")
    hostile = [
        "../outside/secret-2026-11-01.txt",
        str(secret),
        "..",
        ".",
        "",
        "history",
        "index.html",
        "budget-2025-01-01.xlsx",
        "documents-2026-11-01.files",
        "linked-2026-11-01.md",
    ]
    save_record(report_of(WEEKS[0]), reports / "history", files=hostile)
    save_record(report_of(WEEKS[1]), reports / "history")
    before = sorted(tmp_path.rglob("*"))
    removal = retain(settings_for(reports, retention={"reports": 1, "reports_days": 1}), None, NOW)
    assert sorted(tmp_path.rglob("*")) == before
    assert removal.paths == ()
    assert {path.name for path, _ in removal.kept} == {"documents-2026-11-01.files", "linked-2026-11-01.md"}


def test_a_file_that_a_newer_record_names_too_stays(folder):
    save_record(report_of("20261109T060000Z-eeeeeeee"), folder / "history", files=["documents-2026-11-01.json"])
    retain(settings_for(folder, retention={"reports": 1}), None, NOW)
    assert "documents-2026-11-01.json" in names(folder)


def test_two_audits_of_a_day_never_have_one_name_even_where_the_first_is_removed(tmp_path):
    limits = settings_for(tmp_path, retention={"reports": 1})
    written = []
    for hour in range(3):
        report = report_of(WEEKS[0])
        run = report.run.model_copy(update={"id": f"20261101T0{hour}0000Z-aaaaaaaa", "started_at": f"2026-11-01T0{hour}:00:00+00:00"})
        written.append(write_reports(report.model_copy(update={"run": run}), limits)[0].name)
        retain(limits, None, NOW)
    assert [name.partition(".")[0] for name in written] == [f"documents-2026-11-01{rest}" for rest in ("", "-2", "-3")]
    assert {name.partition(".")[0] for name in names(tmp_path)} == {"documents-2026-11-01-3"}


def test_a_damaged_record_stays_with_its_files(folder):
    (record,) = (folder / "history").glob(f"{WEEKS[0]}*")
    record.write_text("{", encoding="utf-8")
    retain(settings_for(folder, retention={"reports": 1, "records": 1}), None, NOW, settled=timedelta(0))
    assert names(folder) == files_of("1", "7")
    assert record.exists()


def test_counts_that_a_running_audit_may_be_about_to_name_stay_for_a_day(folder):
    fresh = folder / "history" / "counts" / ("0" * 32)
    fresh.mkdir(parents=True)
    limits = settings_for(folder, retention={"records": 1})
    retain(limits, None, datetime.now(UTC))
    assert fresh.is_dir()
    os.utime(fresh, (datetime.now(UTC).timestamp() - 90_000,) * 2)
    write_reports(report_of("20261109T060000Z-eeeeeeee"), limits)
    retain(limits, None, datetime.now(UTC))
    assert not fresh.exists()


DIGEST = "ab" + "0" * 62


@pytest.fixture
def cache(tmp_path):
    """Entries as corpuskit names them, each twice: old and fresh; and what others put there."""
    ours = [f"ab/{DIGEST}.json.gz", f"counts/ab/{DIGEST}/stats.parquet", f"estimates/{DIGEST}.json"]
    for name in (
        *ours,
        *(one.replace(DIGEST, "ab" + "1" * 62) for one in ours),
        "ab/notes.txt",
        "ab/thesis.json.gz",
        "counts/mine/x",
        "estimates/my.json",
    ):
        path = tmp_path / "cache" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    old = NOW.timestamp() - 40 * 86_400
    for path in (tmp_path / "cache").rglob("*"):
        fresh = "1" * 62 in str(path)
        os.utime(path, (NOW.timestamp() if fresh else old,) * 2)
    return tmp_path / "cache"


def test_entries_that_nobody_used_for_days_go_and_nothing_foreign(cache):
    before = {path for path in cache.rglob("*") if path.is_file()}
    told = old_cache_entries(cache, 30, NOW, dry_run=True)
    assert {path for path in cache.rglob("*") if path.is_file()} == before
    assert old_cache_entries(cache, 30, NOW) == told
    assert [path.relative_to(cache).parts[0] for path in told] == ["ab", "counts", "estimates"]
    left = before - {path for path in cache.rglob("*") if path.is_file()}
    assert len(left) == 3
    assert all(DIGEST in str(path) for path in left)
    assert old_cache_entries(cache, 30, NOW) == ()


def test_caches_are_looked_at_only_where_days_are_set(cache, folder):
    assert retain(settings_for(folder, retention={"reports": 9}), cache, NOW).caches == ()
    assert len(retain(settings_for(folder, retention={"caches_days": 30}), cache, NOW).caches) == 3
    assert retain(settings_for(folder, retention={"caches_days": 1}), None, NOW).caches == ()
