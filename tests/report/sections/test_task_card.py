import pytest

from corpuskit.estimators import Estimate, Series, computed
from corpuskit.finding import Message
from corpuskit.report import localise, phrasebook
from corpuskit.report.blocks import Facts
from corpuskit.report.sections.task_card import task_card
from tests.report.sample import ASSESSMENT, sample

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
TASKS = ASSESSMENT.tasks


def card(language, task, series=(), **changes):
    report = sample().model_copy(update={"tasks": (task.model_copy(update=changes),), "series": series})
    localised = localise(report, language)
    short, long = task_card(localised, localised.tasks[0], phrasebook(language))
    assert isinstance(short, Facts)
    assert (short.wide, long.wide) == (False, True)
    return dict((*short.items, *long.items))


@LANGUAGES
def test_the_facts_of_a_task(language):
    book = phrasebook(language)
    facts = card(language, TASKS[0])
    assert facts[book.label("column_id")] == "ticket_routing"
    assert facts[book.label("column_grade")] == book.label("grade_C")
    assert facts[book.label("column_tier")] == book.label("tier_T2")
    assert book.label("in_documents", n=12) in facts[book.label("column_documents")]
    assert book.percent(0.05) in facts[book.label("column_tolerance")]
    assert book.label("tolerance_proposed") in facts[book.label("column_tolerance")]
    for figure in ("234", "6", book.percent(0.8004), book.percent(0.02)):
        assert figure in facts[book.label("column_pilot_n")]


@LANGUAGES
def test_a_card_says_what_for_what_not_for_and_who_owns_it(language):
    book = phrasebook(language)
    facts = card(language, TASKS[0], tier="T3")
    assert facts[book.label("card_use")] == book.label("use_classify")
    assert facts[book.label("card_other_use")] == book.label("not_for_sending")
    assert facts[book.label("card_owner")] == book.label("to_be_filled_in")


@LANGUAGES
@pytest.mark.parametrize(("tier", "key"), [("T4", "not_for_decisions"), ("T3", "not_for_sending")])
def test_what_a_person_must_do_is_out_of_scope(language, tier, key):
    book = phrasebook(language)
    assert facts_of(language, tier).startswith(book.label(key))
    assert book.label(key) not in facts_of(language, "T1")


def facts_of(language, tier):
    return card(language, TASKS[0], tier=tier).get(phrasebook(language).label("card_other_use"), "")


@LANGUAGES
@pytest.mark.parametrize("kind", ["classify", "retrieve", "extract", "generate", "summarise", "translate", "decide"])
def test_every_kind_of_task_has_a_use(language, kind):
    book = phrasebook(language)
    assert card(language, TASKS[0], kind=kind)[book.label("card_use")] == book.label(f"use_{kind}")


@LANGUAGES
def test_the_worst_and_the_best_slice_are_named_with_interval_and_n(language):
    subject = "labels:tickets/support.csv#queue"
    rows = (("length", "0–20", 0.05, 0.01, 0.1, 90), ("language", "ja", 0.4, 0.3, 0.5, 60), ("length", "21–40", 0.2, 0.1, 0.3, 70))
    columns = ("kind", "slice", "error", "low", "high", "n")
    series = (Series(id=f"slice_error@{subject}", name="slice_error", subject=subject, columns=columns, rows=rows),)
    book = phrasebook(language)
    told = card(language, TASKS[0], series)[book.label("card_slices")]
    worst, best = told.index(book.percent(0.4)), told.index(book.percent(0.05))
    assert worst < best
    assert book.label("language_ja") in told
    assert "60" in told
    assert book.percent(0.2) not in told.replace(book.interval(0.3, 0.5, "language_ambiguity"), "")
    assert card(language, TASKS[0])[book.label("card_slices")] == book.label("slices_none")


@LANGUAGES
def test_volume_is_told_with_its_interval_or_with_the_reason_why_not(language):
    book = phrasebook(language)
    known = volume(12, 3.0, (1.5, 5.25), None)
    unknown = volume(2, None, None, Message(code="volume_of_rows"))
    told = [card(language, TASKS[0], volume=one)[book.label("column_volume")] for one in (known, unknown, None)]
    assert all(figure in told[0] for figure in ("3", "1.5", "5.25", "12", "D"))
    assert book.message(Message(code="volume_of_rows")) in told[1]
    assert told[2] == book.label("not_applicable")


def volume(n, value, interval, reason):
    return Estimate(
        id="documents_per_month@task:x",
        measure="documents_per_month",
        subject="task:x",
        value=value,
        interval=interval,
        n=n,
        unit="documents",
        grade="D",
        method=computed("counted_in_full"),
        reference="Garwood 1936",
        undefined_because=reason,
    )


@LANGUAGES
@pytest.mark.parametrize(("declared", "key"), [(False, "found_by_signals"), (True, "found_by_declaration")])
def test_it_is_told_whether_a_task_was_found_or_declared(language, declared, key):
    book = phrasebook(language)
    assert book.label(key) in card(language, TASKS[0], declared=declared)[book.label("column_documents")]


@LANGUAGES
def test_what_is_not_known_is_said_in_words(language):
    # the summary task of the sample: no error rate, no evidence, no pilot
    book = phrasebook(language)
    facts = card(language, TASKS[4])
    assert facts[book.label("column_suitability")] == book.label("not_scored")
    assert facts[book.label("column_grade")] == book.label("grade_none")
    assert facts[book.label("column_tolerance")].startswith(book.label("no_error_rate"))
    assert facts[book.label("column_pilot_n")] == book.label("pilot_open")
