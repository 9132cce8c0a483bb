"""The sample company a quarter later: a newer policy, a vague category, a third more English tickets, personal data; exactly these show."""

import csv
import io
import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from corpuskit.audit import Settings, audit_with_counts, counts_kept, save_record, with_change

SAMPLE = Path(__file__).parents[2] / "sample_data"
TICKETS = "support/tickets_2025_en.csv"
VAGUE = (
    "Please have a look at this when you can",
    "There is a question about the usual matter",
    "Could you help us with this topic again",
    "As discussed, something has to be done here",
)


def audited(folder, reports, day, cache):
    settings = Settings.model_validate({"output": {"folder": str(reports), "language": "en"}})
    made = audit_with_counts([folder], settings, cache=cache, now=datetime(2026, *day, tzinfo=UTC))
    report = with_change(made, settings)
    save_record(report, reports / "history", counts_kept(made, settings))
    return report


def plant(folder):
    path, generator = folder / TICKETS, np.random.default_rng(1)
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
    message, category, number = head.index("message"), head.index("category"), head.index("ticket_id")
    for place in range(130):
        row = list(rows[int(generator.integers(len(rows)))])
        row[number] = f"T-2{place:04}"
        if place < 50:
            row[message] = f"{VAGUE[place % 4]}, reference {generator.integers(1000, 9999)}."
            row[category] = "Miscellaneous"
        else:
            row[message] += f" Our reference is {generator.integers(1000, 9999)}."
        rows.append(row)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    policy = (folder / "it" / "information_security_policy.md").read_text(encoding="utf-8")
    newer = policy.replace("twelve characters", "sixteen characters")
    assert newer != policy
    (folder / "it" / "information_security_policy_v2.md").write_text(newer, encoding="utf-8")
    contacts = "".join(f"Contact {place}: passport TK12345{place:02}, mobile 090-1234-56{place:02}\n" for place in range(12))
    (folder / "hr" / "emergency_contacts.txt").write_text(contacts, encoding="utf-8")


@pytest.fixture(scope="module")
def change(tmp_path_factory, shared_cache):
    place = tmp_path_factory.mktemp("quarter")
    folder = shutil.copytree(SAMPLE, place / "company")
    assert audited(folder, place / "reports", (9, 1, 6), shared_cache).drift is None
    assert audited(folder, place / "reports", (9, 2, 6), shared_cache).drift.alarms == (), "nothing had changed"
    plant(folder)
    found = audited(folder, place / "reports", (12, 1, 6), shared_cache).drift
    assert found is not None
    return found


def test_the_documents_are_named(change):
    documents = change.documents
    assert documents.new.names == ("hr/emergency_contacts.txt", "it/information_security_policy_v2.md")
    assert documents.changed.names == (TICKETS,)
    assert documents.superseded.names == ("it/information_security_policy.md",)
    assert (documents.gone.n, documents.moved.n) == (0, 0)


def test_the_vague_category_and_the_english_are_named_and_no_other_mix(change):
    moved = {(mix.measure, mix.subject): mix for mix in change.mixes if mix.moved}
    assert set(moved) == {("labels", "category"), ("languages", ""), ("terms", "en")}
    assert moved["labels", "category"].terms[0].form == "Miscellaneous"
    english = next(term for term in moved["languages", ""].terms if term.form == "en")
    assert english.after > english.before


def test_the_personal_data_are_named(change):
    sensitive = {str(alarm.parameters["finding"]) for alarm in change.alarms if alarm.code == "change_sensitive"}
    assert {finding.partition("@")[2] for finding in sensitive} == {"passport"}, "telephone numbers were there before"


def test_nothing_else_alarms(change):
    assert {alarm.code for alarm in change.alarms} <= {
        "change_mix_labels",
        "change_mix_languages",
        "change_mix_terms",
        "change_sensitive",
    }
    assert all(task.documents == (TICKETS,) for task in change.tasks), "only tasks of the changed table may change"
