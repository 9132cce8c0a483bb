"""Cases are drawn from files as an audit counts them; what cannot be drawn is refused with the reason."""

import json
from datetime import UTC, datetime

import pytest

from corpuskit.audit import Settings, audit, draw_cases
from corpuskit.errors import InputError, UnknownName, UsageError
from corpuskit.pilot import fix, plan
from corpuskit.pilot.sampling import Manifest
from tests.audit.mailboxes import INBOX, mailbox
from tests.audit.mailboxes import ROUTES as KINDS

NOW = datetime(2026, 11, 29, tzinfo=UTC)
TASK = "ticket_routing@support/tickets.csv"
ROUTES = {
    "delivery": "When is order {n} of {part} delivered to {place}? Reference {m}.",
    "repair": "The {part} number {n} leaks oil in {place}, case {m}; a fitter is needed.",
    "invoice": "Invoice {n} for the {part} names the wrong payer in {place}, see {m}.",
}
PARTS, PLACES = ("pump", "valve", "seal", "motor", "gauge", "filter", "bearing"), ("Hamburg", "Osaka", "Lyon", "Porto", "Gdansk")


def company(parent):
    """Write a ticket export of three queues, one row twice, and seven FAQs."""
    root = parent / "documents"
    (root / "support").mkdir(parents=True)
    rows = ["ticket id,message,assigned to"]
    for number in range(120):
        label = list(ROUTES)[number % 3]
        text = ROUTES[label].format(n=number * 7919 + 13, m=number * 104729 % 99991, part=PARTS[number % 7], place=PLACES[number % 5])
        rows.append(f'T{number},"{text} Mail jane.doe{number}@example.com.",{label}')
    rows.append(rows[5])
    (root / "support" / "tickets.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (root / "support" / "faq").mkdir()
    for number, part in enumerate(PARTS):
        answer = f"Close the line, wait {number} minutes and lift the {part} out of its {PLACES[number % 5]} seat."
        text = f"# FAQ: {part}\n\nQ: How do I replace the {part}?\n\nA: {answer}\n"
        (root / "support" / "faq" / f"faq {part}.md").write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def folder(tmp_path):
    return company(tmp_path)


def test_rows_are_drawn_masked_with_weights_and_copies_once(folder):
    cases, manifest = draw_cases([folder], TASK, n=30, now=NOW)
    assert len({case.id for case in cases}) == 30
    assert (manifest.found, manifest.exact_copies, manifest.population) == (121, 1, 120)
    assert {case.weight for case in cases} == {4.0}
    assert all("[email]" in case.input and "example.com" not in case.input for case in cases)
    assert all(case.input.startswith(ROUTES[case.recorded_label].split("{")[0]) for case in cases), "a text belongs to its label"
    assert manifest.labels == ("delivery", "invoice", "repair")
    assert sum(stratum.drawn for stratum in manifest.strata) == 30
    assert Manifest.model_validate_json(manifest.model_dump_json()) == manifest
    assert manifest.config_digest == Settings().digest()


def test_the_bare_name_of_a_task_is_enough_where_one_table_has_it(folder):
    assert draw_cases([folder], "ticket_routing", n=5, now=NOW)[1].task == TASK


def test_personal_data_are_shown_only_on_request_and_that_is_told(folder):
    cases, manifest = draw_cases([folder], TASK, n=5, masked=False, now=NOW)
    assert all("example.com" in case.input for case in cases)
    assert not manifest.masked
    assert "pilot_sample_unmasked" in {note.code for note in manifest.notes}


def test_documents_are_drawn_as_a_whole_with_their_headings(folder):
    cases, manifest = draw_cases([folder], "faq_answer", n=3, labels=("right", "wrong"), now=NOW)
    assert all(case.input.startswith("FAQ: ") and "A: Close the line" in case.input for case in cases)
    assert {case.doc_id.rsplit("/", 1)[0] for case in cases} == {"support/faq"}
    assert {"pilot_sample_no_clarity_places", "pilot_sample_questions"} <= {note.code for note in manifest.notes}


def test_the_same_cases_whatever_the_way_to_the_folder_and_with_a_cache(folder, tmp_path):
    cases, manifest = draw_cases([folder], TASK, n=20, now=NOW)
    cache = tmp_path / "cache"
    audit([folder], cache=cache, now=NOW)
    again, told = draw_cases([folder], TASK, n=20, cache=cache, now=NOW)
    assert (again, told) == (cases, manifest)
    other, _ = draw_cases([folder], TASK, Settings(seed=1), n=20, now=NOW)
    assert {case.id for case in other} != {case.id for case in cases}


def test_other_files_do_not_change_the_cases_and_more_rows_leave_most(folder):
    before = {case.id for case in draw_cases([folder], TASK, n=30, now=NOW)[0]}
    (folder / "rules.md").write_text("# Rules\n\nEverybody wears a helmet in hall 3.\n", encoding="utf-8")
    assert {case.id for case in draw_cases([folder], TASK, n=30, now=NOW)[0]} == before


def test_the_plan_is_kept_to(folder):
    fixed = fix(plan(0.1, 0.02), TASK, "2026-11-28")
    cases, manifest = draw_cases([folder], TASK, plan=fixed, now=NOW)
    assert (len(cases), manifest.plan_digest) == (fixed.plan.n, fixed.digest)


@pytest.mark.parametrize(
    ("task", "options", "error", "told"),
    [
        ("ticket_routin", {"n": 5}, UnknownName, "Valid: faq_answer, ticket_routing@support"),
        (TASK, {"n": 5000}, InputError, "5,000 cases are to be drawn, and the folder holds 120"),
        (TASK, {}, UsageError, "Give --plan"),
        ("faq_answer", {"n": 3}, InputError, "Give them with --labels"),
    ],
)
def test_what_cannot_be_drawn_is_refused(folder, task, options, error, told):
    with pytest.raises(error, match=told):
        draw_cases([folder], task, now=NOW, **options)


def test_a_folder_without_tasks_and_one_without_files_are_told(tmp_path):
    (tmp_path / "notes.txt").write_text("The weather was fine.", encoding="utf-8")
    with pytest.raises(InputError, match="No task was found"):
        draw_cases([tmp_path], "faq_answer", n=5, now=NOW)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no files found"):
        draw_cases([tmp_path / "empty"], "faq_answer", n=5, now=NOW)


def test_a_manifest_is_json_that_anybody_can_read(folder):
    _, manifest = draw_cases([folder], TASK, n=5, now=NOW)
    body = json.loads(manifest.model_dump_json())
    assert body["strata"][0]["name"].keys() == {"ambiguity", "label", "language", "date", "source"}
    assert (body["drawn_on"], body["seed"], body["allocation"]) == ("2026-11-29", 0, "proportional")


def test_categories_are_no_answers_to_questions(folder, tmp_path):
    """FAQs are searched and not sorted: the owner's categories neither divide them nor can be given to them."""
    (folder / "support" / "tickets.csv").unlink()
    (tmp_path / "categories.csv").write_text("category\nline\nseat\n", encoding="utf-8")
    settings = Settings.model_validate({"definitions": str(tmp_path / "categories.csv")})
    with pytest.raises(InputError, match="no table says which labels there are"):
        draw_cases([folder], "faq_answer", settings, n=5, now=NOW)


def test_mails_are_drawn_with_the_folders_as_labels_and_coders_do_not_see_them(tmp_path):
    root = mailbox(tmp_path)
    settings = Settings(tasks={"declared": [{"task": "ticket_routing", "filed_by": "mail_folders"}]})
    cases, manifest = draw_cases([root], "ticket_routing@mail_folders", settings, n=24, now=NOW)
    assert manifest.labels == tuple(sorted(KINDS))
    assert manifest.population == 120
    assert {case.recorded_label for case in cases} == {*KINDS, ""}
    for case in cases:
        assert case.recorded_label == ("" if case.doc_id.startswith(INBOX) else case.doc_id.split("/")[0])
    assert "pilot_sample_filed_clarity" in {note.code for note in manifest.notes}
