"""Audits in a row: what was planted is named, and nothing else."""

import shutil
from datetime import UTC, datetime

import pytest

from corpuskit.audit import Settings, audit_with_counts, compare_audits, counts_kept, find, save_record, with_change
from tests.audit.company import company, tickets


def audited(folder, reports, day, **more):
    settings = Settings.model_validate({"output": {"folder": str(reports), "language": "en"}, "read": {"label_columns": ["queue"]}} | more)
    made = audit_with_counts([folder], settings, cache=reports / "cache", now=datetime(2026, 11, day, 6, tzinfo=UTC))
    report = with_change(made, settings)
    save_record(report, reports / "history", counts_kept(made, settings))
    return report


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """A company and its first audit."""
    root = tmp_path_factory.mktemp("first")
    folder = company(root / "company")
    assert audited(folder, root / "reports", 2).drift is None, "there is nothing to compare with"
    return root


@pytest.fixture
def again(first, tmp_path):
    """A copy to be changed."""
    shutil.copytree(first, tmp_path / "copy")
    return tmp_path / "copy"


def test_an_unchanged_folder_shows_no_change(again):
    change = audited(again / "company", again / "reports", 9).drift
    assert change is not None
    assert (change.documents.share, change.tasks, change.estimates, change.alarms, change.notes) == (0.0, (), (), (), ())
    assert change.findings.new == change.findings.resolved == ()
    assert change.base_date == "2026-11-02"


def test_planted_changes_are_named_and_nothing_else(again):
    folder = again / "company"
    tickets(folder, vague=60)
    old = (folder / "policies" / "travel policy.md").read_text(encoding="utf-8")
    (folder / "policies" / "travel policy v2.md").write_text(old.replace("ten days", "five days"), encoding="utf-8")
    (folder / "policies" / "cars policy.md").rename(folder / "policies" / "vehicles policy.md")
    (folder / "policies" / "energy policy.md").unlink()
    (folder / "contacts.txt").write_text("Passport TK1234567 of Ms Mori, card 4111 1111 1111 1111.\n", encoding="utf-8")
    change = audited(folder, again / "reports", 9).drift
    assert change is not None
    found = change.documents
    assert found.new.names == ("contacts.txt", "policies/travel policy v2.md")
    assert found.changed.names == ("tickets.csv",)
    assert found.gone.names == ("policies/energy policy.md",)
    assert found.moved.names == ("policies/cars policy.md → policies/vehicles policy.md",)
    assert found.superseded.names == ("policies/travel policy.md",)
    moved = {(mix.measure, mix.subject) for mix in change.mixes if mix.moved}
    assert moved == {("terms", "en"), ("labels", "queue")}
    labels = next(mix for mix in change.mixes if mix.measure == "labels")
    assert labels.terms[0].form == "other"
    sensitive = [alarm.parameters["finding"] for alarm in change.alarms if alarm.code == "change_sensitive"]
    assert all(str(finding).split("@")[0] in ("personal_data", "personal_numbers", "secrets") for finding in sensitive)
    assert sensitive
    assert all(alarm.text for alarm in change.alarms)


def test_any_two_audits_can_be_compared_later(again):
    audited(again / "company", again / "reports", 9)
    tickets(again / "company", vague=60)
    audited(again / "company", again / "reports", 16)
    history = again / "reports" / "history"
    report, change = compare_audits(find(history, "2026-11-02"), find(history, "last"))
    assert change.base_date == "2026-11-02"
    assert change.documents.changed.names == ("tickets.csv",)
    assert report.drift == change
    backwards = compare_audits(find(history, "last"), find(history, "2026-11-02"))[1]
    assert backwards.findings.new == change.findings.resolved


def test_without_kept_counts_words_are_not_compared_and_that_is_said(again):
    tickets(again / "company", vague=60)
    shutil.rmtree(again / "reports" / "history" / "counts")
    change = audited(again / "company", again / "reports", 9).drift
    assert change is not None
    assert change.mixes == ()
    assert "change_note_no_counts" in {note.code for note in change.notes}


def test_other_settings_are_noted(again):
    change = audited(again / "company", again / "reports", 9, seed=5).drift
    assert change is not None
    assert "change_note_settings" in {note.code for note in change.notes}


def test_comparing_and_keeping_can_be_switched_off(again):
    report = audited(again / "company", again / "reports", 9, history={"compare": False, "counts": False})
    assert report.drift is None
    assert find(again / "reports" / "history", "last").counts == ""


def test_a_gate_beside_its_baseline_counts_only_what_is_new(again):
    from corpuskit.audit import judged

    tickets(again / "company", vague=60)
    report = audited(again / "company", again / "reports", 9, gate={"fail_on": "note"})
    settings = Settings.model_validate({"output": {"folder": str(again / "reports")}, "gate": {"fail_on": "note", "baseline": "2026-11-02"}})
    found, reasons = judged(report, settings)
    assert found.exit_code == 1
    assert report.drift is not None
    assert len(reasons) == len(report.drift.findings.new)
    assert all(reason.startswith("Fails the gate: ") for reason in reasons)
    itself = settings.model_copy(update={"gate": settings.gate.model_copy(update={"baseline": report.run.id})})
    assert judged(report, itself) == (report.model_copy(update={"exit_code": 0}), ())


@pytest.mark.parametrize(("root", "day", "opens"), [("company", 9, True), ("company", 1, True), ("elsewhere", 9, False)])
def test_the_last_baseline_is_of_the_same_documents_whatever_the_clock_shows(again, root, day, opens):
    """Two folders share a history; and a clock was set back to before the first audit."""
    from corpuskit.audit import judged, load_record, records

    known = load_record(next(records(again / "reports" / "history")))
    run = known.run.model_copy(update={"id": f"202611{day:02}T060000Z-eeeeeeee", "started_at": f"2026-11-{day:02}T06:00:00+00:00"})
    report = known.model_copy(update={"run": run, "corpus": known.corpus.model_copy(update={"root": root})})
    settings = Settings.model_validate({"output": {"folder": str(again / "reports")}, "gate": {"fail_on": "note", "baseline": "last"}})
    found, reasons = judged(report, settings)
    assert report.findings
    assert (found.exit_code, len(reasons)) == ((0, 0) if opens else (1, len(report.findings)))


def test_before_the_first_audit_every_finding_is_new(first, tmp_path):
    from corpuskit.audit import judged

    settings = Settings.model_validate({"output": {"folder": str(tmp_path)}, "gate": {"fail_on": "note", "baseline": "last"}})
    report = audited(first / "company", tmp_path, 2)
    (tmp_path / "history").rename(tmp_path / "elsewhere")
    found, reasons = judged(report, settings)
    assert (found.exit_code, len(reasons)) == (1, len(report.findings))
