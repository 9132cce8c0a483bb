"""The assessment of whole corpora: verdict, tier, sizes and reasons of each task, by itself."""

import re
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import UnknownName
from corpuskit.estimators import Estimate, Estimates
from corpuskit.finding import Message
from corpuskit.report.localise import messages
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.tasks import TASKS, OwnerAnswers, Prices, TaskOptions, assess
from corpuskit.tasks import assessing as floor
from corpuskit.tasks.signals import Signal, independent
from corpuskit.text import Edition
from tests.tasks.build import LABELS, Doc, assessed, codes, corpus, faqs, measured, said, tickets, two_signals

ROUTING, AMBIGUITY, CEILING = "ticket_routing@tickets.csv", f"language_ambiguity@{LABELS}", f"double_coding_ambiguity@{LABELS}"
CLEAR = measured(AMBIGUITY, 6, 400)
SEARCH = measured("retrieval_ambiguity@lang:en", 2, 600, "D")


def minutes(number, **options):
    return [two_signals("minutes_summary", f"minutes/{place}.txt", "minutes", "attendees", **options) for place in range(number)]


def applications(number):
    return [two_signals("hr_screening", f"cv/{place}.txt", "cv", "work experience") for place in range(number)]


def only(assessment):
    (task,) = assessment.tasks
    return task


def undefined(name):
    value = measured(name, 1, 100).model_dump()
    return Estimate.model_validate({**value, "value": None, "interval": None, "undefined_because": {"code": "undefined_no_labels"}})


def test_an_empty_corpus_holds_no_task_and_says_so():
    assessment = assessed([])
    assert (assessment.tasks, assessment.controls) == ((), ())
    assert [(finding.id, finding.parameters) for finding in assessment.findings] == [("no_task_found", {"documents": 0})]


def test_one_document_is_no_task():
    assessment = assessed(faqs(1))
    assert assessment.tasks == ()
    assert [finding.id for finding in assessment.findings] == ["tasks_in_too_few_documents", "no_task_found"]


def test_words_rare_in_public_stand_beside_a_task_and_move_nothing():
    rare = measured("rare_in_public_words@lang:en", 300, 1000, "E")
    plain, beside = only(assessed(faqs(5), SEARCH)), only(assessed(faqs(5), SEARCH, rare))
    assert rare.id in beside.estimates
    assert beside.model_copy(update={"estimates": plain.estimates}) == plain


def invoices(number, **options):
    return [two_signals("invoice_po", f"invoices/{place}.txt", "invoice", "po number", **options) for place in range(number)]


def test_names_of_fields_are_told_of_an_extraction_and_move_nothing():
    fields = measured("field_ambiguity@lang:en", 5, 40, "D")
    plain, told = only(assessed(invoices(5))), only(assessed(invoices(5), fields))
    assert codes(plain.reasons)[0] == "missing_measure_extract"
    assert told.reasons[0] == Message(code="missing_measure_extract_fields", parameters={"share": 0.125, "documents": 40})
    assert told.reasons[1:] == plain.reasons[1:]
    assert (plain.estimates, told.estimates) == ((), (fields.id,))
    assert told.model_copy(update={"estimates": plain.estimates, "reasons": plain.reasons, "description": plain.description}) == plain
    assert told.verdict == "insufficient_evidence"
    for sentence in said(told.reasons[0]):
        assert "12.5" in sentence
        assert "40" in sentence


def test_fields_without_a_number_or_of_another_language_say_nothing_of_an_extraction():
    undefined_fields, japanese = undefined("field_ambiguity@lang:en"), measured("field_ambiguity@lang:ja", 5, 40, "D")
    assert codes(only(assessed(invoices(5), undefined_fields, japanese)).reasons)[0] == "missing_measure_extract"
    assert only(assessed(invoices(5, language="ja"), japanese)).estimates == (japanese.id,)


def test_names_of_fields_bear_on_no_search():
    fields = measured("field_ambiguity@lang:en", 5, 40, "D")
    assert only(assessed(faqs(5), SEARCH, fields)) == only(assessed(faqs(5), SEARCH))


def test_a_pilot_of_an_extraction_speaks_instead_of_its_fields():
    piloted, fields = measured("pilot_error@task:invoice_po", 0, 400, "A"), measured("field_ambiguity@lang:en", 30, 40, "D")
    plain, told = only(assessed(invoices(5), piloted)), only(assessed(invoices(5), piloted, fields))
    assert plain.suitability is not None
    assert told.estimates == (piloted.id, fields.id)
    assert told.model_copy(update={"estimates": plain.estimates}) == plain


def test_a_task_without_measurement_has_insufficient_evidence_and_no_invented_number():
    task = only(assessed(faqs(5)))
    assert (task.verdict, task.suitability, task.interval, task.grade, task.rank) == ("insufficient_evidence", None, None, None, None)
    assert codes(task.reasons)[0] == "missing_headings"
    assert (task.tier, task.next_step.code) == ("T2", "next_collect_questions")


def test_clear_labels_start():
    task = only(assessed([tickets()], CLEAR))
    assert (task.verdict, task.tier, task.rank, task.grade) == ("start", "T1", 1, "C")
    assert (task.pilot.n, task.pilot.max_errors) == (179, 11)
    assert task.next_step == Message(code="next_pilot", parameters={"n": 179, "max_errors": 11, "tier": "T1"})
    assert task.estimates == (AMBIGUITY,)


def test_search_that_finds_starts_with_the_controls_of_its_tier():
    task = only(assessed(faqs(5), SEARCH))
    assert (task.verdict, task.grade, task.next_step.code) == ("start_with_conditions", "D", "next_pilot_with_controls")
    assert {"condition_tier", "condition_grade", "remark_retrieval_step_only"} <= set(codes(task.reasons))


def test_confused_labels_are_fixed_first():
    task = only(assessed([tickets()], measured(AMBIGUITY, 120, 400)))
    assert (task.verdict, task.next_step.code, task.model_class.code) == ("fix_first", "next_fix_labels", "model_not_sized_error")


def test_the_ceiling_refuses_the_tolerance_and_is_a_finding():
    assessment = assessed([tickets()], CLEAR, measured(CEILING, 80, 400, "B"))
    task = only(assessment)
    assert (task.verdict, codes(task.reasons)[0]) == ("fix_first", "verdict_because_ceiling")
    (finding,) = assessment.findings
    assert (finding.id, finding.level) == (f"tolerance_below_ceiling@{LABELS}", "error")
    assert finding.parameters["tolerance"] == 0.1 < finding.parameters["least"]


def test_decisions_about_persons_are_not_started():
    assessment = assessed(applications(5))
    task = only(assessment)
    assert (task.verdict, task.tier, task.next_step.code) == ("do_not_start", "T4", "next_person_decides")
    assert (task.pilot, task.tolerance.max_error, task.rank) == (None, None, None)
    assert len(assessment.controls) == 24


def test_what_is_prohibited_is_stopped_without_controls_or_findings():
    answers = {"ticket_routing": OwnerAnswers(prohibited=True)}
    assessment = assessed([tickets()], CLEAR, measured(CEILING, 80, 400), answers=answers)
    task = only(assessment)
    assert (task.verdict, task.tier, task.next_step.code, task.rank) == ("do_not_start", "T0", "next_prohibited", None)
    assert (task.pilot, assessment.controls, assessment.findings) == (None, (), ())


def test_an_answer_for_a_task_that_does_not_exist_is_refused():
    with pytest.raises(UnknownName, match="Did you mean 'faq_answer'"):
        assessed(faqs(5), answers={"faq_answers": OwnerAnswers()})


def test_a_tolerance_of_the_owner_replaces_the_proposal():
    asked, proposed = (
        only(assessed([tickets()], measured(AMBIGUITY, 60, 400), answers=given)) for given in ({ROUTING: OwnerAnswers(max_error=0.3)}, {})
    )
    assert (asked.tolerance.status, asked.tolerance.max_error, asked.verdict) == ("owner", 0.3, "start")
    assert (proposed.tolerance.status, proposed.tolerance.max_error, proposed.verdict) == ("proposed", 0.1, "fix_first")
    assert ("because_owner" in codes(asked.reasons), "because_owner" in codes(proposed.reasons)) == (True, False)


def test_a_pilot_counts_before_what_the_labels_show():
    task = only(assessed([tickets()], measured(AMBIGUITY, 120, 400), measured(f"pilot_error@task:{ROUTING}", 6, 400, "A")))
    assert (task.verdict, task.grade) == ("start", "A")


@pytest.mark.parametrize(("n", "verdict"), [(29, "insufficient_evidence"), (30, "start_with_conditions")])
def test_fewer_than_thirty_cases_give_no_suitability(n, verdict):
    task = only(assessed([tickets()], measured(AMBIGUITY, 1, n)))
    assert task.verdict == verdict
    assert ("missing_cases" in codes(task.reasons)) is (task.suitability is None)


def test_an_undefined_estimate_is_reported_with_its_reason():
    task = only(assessed([tickets()], undefined(AMBIGUITY)))
    assert (task.verdict, codes(task.reasons)[:2]) == ("insufficient_evidence", ["missing_value", "undefined_no_labels"])


def test_an_error_measured_over_all_cases_is_not_taken_for_that_of_the_rare_ones():
    complaints = replace(tickets(), signals=[("complaint_triage", "path", "complaints", None), ("complaint_triage", "column", "refund", 0)])
    task = only(assessed([complaints], measured(AMBIGUITY, 1, 2000)))
    assert task.verdict == "start_with_conditions"
    assert {"condition_part_serious", "pilot_part_serious"} <= set(codes(task.reasons))


@pytest.mark.parametrize(("holding", "tier"), [(1, "T1"), (2, "T2"), (20, "T2")])
def test_personal_data_in_a_tenth_of_the_documents_raise_the_tier(holding, tier):
    papers = [replace(paper, personal=int(place < holding)) for place, paper in enumerate(minutes(20))]
    assert only(assessed(papers)).tier == tier


def test_an_error_that_may_be_above_the_tolerance_raises_the_tier():
    sure, unsure = (only(assessed([tickets()], measured(AMBIGUITY, errors, 400))) for errors in (6, 36))
    assert (sure.tier, unsure.tier) == ("T1", "T2")
    assert "tier_step_error" in codes(unsure.tier_reasons)


@pytest.mark.parametrize(("seen", "tier"), [(7_000, "T2"), (9_000, "T1")])
def test_much_unseen_text_in_the_language_of_the_task_raises_its_tier(seen, tier):
    task = only(assessed(minutes(5), measured("coverage@lang:en", seen, 10_000), measured("coverage@lang:ja", 1, 10_000)))
    assert task.tier == tier
    assert (task.model_class.code == "model_not_sized_documents") is (tier == "T2")


def test_mixed_documents_count_as_japanese():
    japanese = measured("retrieval_ambiguity@lang:ja", 2, 600, "D")
    papers = [*faqs(3, language="mixed"), *[replace(paper, name=f"{paper.name}2") for paper in faqs(2, language="en")]]
    assert only(assessed(papers, SEARCH, japanese)).estimates == ("retrieval_ambiguity@lang:ja",)


@pytest.mark.parametrize("column", ["queue", "queue #2"])
def test_labels_per_class_are_those_of_the_column_whatever_its_name(column):
    task = only(assessed([tickets(rows=400, columns=(column,))], measured(f"language_ambiguity@labels:tickets.csv#{column}", 6, 400)))
    assert (task.model_class.code, task.model_class.parameters["labels"]) == ("model_small_encoder", 200)


GROUPS = {"faq": faqs(5), "tickets": [tickets()], "minutes": minutes(6, personal=1), "cv": applications(5)}
ESTIMATES = (CLEAR, SEARCH, measured(CEILING, 4, 400, "B"), measured("coverage@lang:en", 7_000, 10_000))


def judged(names):
    assessment = assessed([paper for name in names for paper in GROUPS[name]], *ESTIMATES)
    return {task.id: task.model_copy(update={"rank": None, "tied_with": ()}) for task in assessment.tasks}


@pytest.mark.parametrize("names", [names for size in (2, 3) for names in combinations(GROUPS, size)], ids="+".join)
def test_a_task_is_judged_the_same_whatever_else_is_in_the_corpus(names):
    alone = {id: task for name in names for id, task in judged([name]).items()}
    assert judged(names) == alone
    assert len(alone) == len(names)


@settings(max_examples=20, deadline=None)
@given(st.permutations([paper for group in GROUPS.values() for paper in group]))
def test_the_order_of_the_documents_changes_nothing(papers):
    assert assessed(papers, *ESTIMATES) == assessed(sorted(papers, key=lambda paper: paper.name), *ESTIMATES)


def test_ranked_tasks_come_first_then_the_others_in_the_order_of_the_catalogue():
    assessment = assessed([*applications(5), *minutes(5), *faqs(5), tickets()], SEARCH, measured(AMBIGUITY, 39, 400))
    assert [(task.catalogue_id, task.rank) for task in assessment.tasks] == [
        ("faq_answer", 1),
        ("ticket_routing", 2),
        ("minutes_summary", None),
        ("hr_screening", None),
    ]


def pair(task):
    """A name for the path and a word of the work that are independent signals."""
    pairs = [(name, cue) for name in task.names.en for cue in task.cues.en]
    return next(p for p in pairs if independent(task, [Signal("path", p[0], 1, ""), Signal("body", p[1], 1, "")]))


EVERYTHING = [
    Doc(f"{task.id}/{place}", two_signals(task.id, "", *pair(task)).signals, personal=place) for task in TASKS.values() for place in range(5)
]
ANSWERS = [
    OwnerAnswers(),
    OwnerAnswers(max_error=0.2, autonomy="automatic", audience="public", data="special", impact="I4", reversible="no"),
    OwnerAnswers(person_effect="decides"),
    OwnerAnswers(prohibited=True),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=["none", "all", "persons", "prohibited"])
@pytest.mark.parametrize("errors", [None, 5, 150, 300])
def test_everything_that_is_said_of_any_task_is_said_in_both_languages(answer, errors):
    pilots = [] if errors is None else [measured(f"pilot_error@task:{task}", errors, 1000, "A") for task in TASKS]
    assessment = assessed(EVERYTHING, *pilots, answers=dict.fromkeys(TASKS, answer))
    assert {task.id for task in assessment.tasks} == set(TASKS)
    for task in assessment.tasks:
        for message in messages(task):
            english, japanese = said(message)
            assert english != japanese
    for finding in assessment.findings:
        assert all(phrasebook(language).finding(finding.code, finding.parameters) for language in LANGUAGES)


def test_every_sentence_that_the_floor_names_in_full_exists_in_both_languages():
    written = "".join(file.read_text(encoding="utf-8") for file in Path(floor.__file__).parent.glob("*.py"))
    beginnings = (
        "next|model|failure|verdict|condition|conversion|missing|tier|pilot|because|remark|tasks_in|no_task|labelled|tolerance_below|suitability_counted|"
        "repair|moves|change|describe|fits|cost|review|stage"
    )
    named = set(re.findall(rf'_?say\("((?:{beginnings})_[a-z_]+)"|code="((?:{beginnings})_[a-z_]+)"', written))
    named = {one or other for one, other in named}
    assert {"tier_floor", "missing_tolerance", "repair_merge_labels", "review_protects", "no_task_found"} <= named
    for language in LANGUAGES:
        known = {*phrasebook(language).sentences["messages"], *phrasebook(language).sentences["findings"]}
        assert named - known == set()


def policies(*further):
    return [
        two_signals("policy_qa", f"policies/{place}.txt", "policy", "shall", **further[place] if place < len(further) else {}) for place in range(6)
    ]


OLD, NEW = ({"series": "travel", "edition": str(Edition(number=(n, 0, 0)))} for n in (1, 2))


def test_contradicting_policies_lower_policy_questions():
    calm, contradicting = (only(assessed(policies(*marks), SEARCH)) for marks in ((), (OLD, NEW)))
    assert (calm.verdict, calm.tier) == ("start_with_conditions", "T2")
    assert (contradicting.verdict, contradicting.tier) == ("start_with_conditions", "T3")
    assert "condition_contradictions" in codes(contradicting.reasons)
    assert contradicting.model_class.code == "model_not_sized_documents"
    assert contradicting.repairs[0].id == "pick_version:policies/1.txt"
    assert {calm.tier} == {contradicting.repairs[0].moves.parameters["lighter"]}


def test_where_nothing_was_measured_contradictions_come_first():
    task = only(assessed(policies(OLD, NEW)))
    assert (task.verdict, task.next_step.code) == ("fix_first", "next_pick_versions")
    assert codes(task.reasons)[:2] == ["verdict_because_contradictions", "missing_headings"]


def test_little_agreement_of_two_labellers_raises_the_tier():
    low, high = (measured(f"cohen_kappa@{LABELS}", kappa, 100, "B") for kappa in (40, 70))
    assert only(assessed([tickets()], CLEAR, low)).tier == "T2"
    assert only(assessed([tickets()], CLEAR, high)).tier == "T1"
    assert only(assessed([tickets()], CLEAR, low)).tier_reasons[1] == Message(code="tier_step_agreement", parameters={"kappa": 0.4})


def test_of_three_labellers_the_agreement_of_all_counts():
    of_two, of_all = measured(f"cohen_kappa@{LABELS}", 40, 100, "B"), measured(f"fleiss_kappa@{LABELS}", 70, 100, "B")
    task = only(assessed([tickets()], CLEAR, of_two, of_all))
    assert task.tier == "T1"
    assert of_all.id in task.estimates
    unequal = of_all.model_copy(update={"value": None, "interval": None, "undefined_because": Message(code="undefined_unequal_raters")})
    assert only(assessed([tickets()], CLEAR, of_two, unequal)).tier == "T2"


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 120), st.integers(0, 80))
def test_a_worse_estimate_never_improves_a_rank(errors, more):
    def rank_of_tickets(wrong):
        tasks = assessed([*faqs(5), tickets()], measured("retrieval_ambiguity@lang:en", 2, 600, "D"), measured(AMBIGUITY, wrong, 400)).tasks
        return next(task.rank for task in tasks if task.catalogue_id == "ticket_routing")

    assert rank_of_tickets(errors) <= rank_of_tickets(errors + more)


def test_a_model_is_sized_by_the_upper_end_of_the_error():
    """12 errors in 400 are 3 % and at most 5.2 %, above half of the tolerance of 10 %; 6 are at most 3.3 %."""
    unsure, clear = (only(assessed([tickets()], measured(AMBIGUITY, errors, 400))) for errors in (12, 6))
    assert (unsure.model_class.code, clear.model_class.code) == ("model_cascade", "model_small_language_model")


def test_a_cross_fitted_error_never_fires_the_ceiling():
    assessment = assessed([tickets()], measured(AMBIGUITY, 390, 400), measured(f"attainable_error@{LABELS}", 390, 400))
    assert assessment.findings == ()
    assert "verdict_because_ceiling" not in codes(only(assessment).reasons)


def test_every_task_that_may_run_has_plan_review_comparison_and_what_would_change():
    task = only(assessed([tickets()], measured(AMBIGUITY, 40, 400)))
    assert [stage.id for stage in task.stages] == ["G0", "G1", "G2", "G3", "G4", "G5"]
    assert [one.id for one in task.alternatives] == ["do_nothing", "rules_only", "small_model", "large_model"]
    assert {one.id for one in task.numbers} >= {"review_share", "log_level", "log_days", "reaudit_months", "double_labelling_share"}
    assert codes(task.changes) == ["change_twice_the_cases"]
    assert codes(task.review)[-1] == "review_chow_open"


def test_where_a_person_decides_nothing_is_planned():
    task = only(assessed(applications(5)))
    assert (task.group, task.stages, task.review, task.repairs, task.changes) == ("person", (), (), (), ())
    assert [one.id for one in task.alternatives] == ["do_nothing"]


def test_costs_follow_the_users_prices():
    prices = Prices(currency="EUR", date="2026-11-01", person_hour=60, small_input=1, small_output=1, large_input=10, large_output=10)
    answers = {"ticket_routing": OwnerAnswers(cases_per_month=100, minutes_per_case=3, review_minutes=1)}
    stats = corpus(tickets(characters=6000))
    options = TaskOptions(answers=answers, prices=prices)
    (task,) = assess(stats, Estimates(estimates=(CLEAR,)), options).tasks
    assert {one.id: one.currency for one in task.alternatives if one.low is not None} == dict.fromkeys(
        ("do_nothing", "small_model", "large_model"), "EUR"
    )
    assert task.alternatives[0].low == 300


def test_a_table_that_names_alone_were_read_in_is_a_task_that_needs_labels():
    table = replace(tickets(), labels={}, message_columns="text")
    by_name = measured("unlabelled_definition_ambiguity@names:tickets.csv", 12, 60, "D")
    (task,) = assessed([table], by_name).tasks
    assert (task.id, task.documents, task.verdict) == ("ticket_routing@tickets.csv", 60, "insufficient_evidence")
    assert (task.estimates, task.next_step.code) == ((by_name.id,), "next_label_cases")
    assert task.repairs == ()  # the next step asks two people to label: nobody is a second one yet
    assert assessed([table]).tasks == ()
