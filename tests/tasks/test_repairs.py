"""Repairs: each with how far it moves the task, or why that cannot be computed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.finding import Evidence, Finding
from corpuskit.tasks import TaskOptions
from corpuskit.tasks.contradictions import Contradiction
from corpuskit.tasks.ranking import suitability
from corpuskit.tasks.repairs import State, after_repair, efforts, repairs
from tests.tasks.build import LABELS, Doc, evidence_of, measured, said, table_of

DEFAULTS = TaskOptions()
AMBIGUITY = f"language_ambiguity@{LABELS}"
PAIR = Contradiction("side_by_side", "v2.pdf", ("v1.docx",))


def labelled(names=("General", "Other", "Product"), rows=60):
    return Doc("tickets.csv", labels={"queue": [names[row % len(names)] for row in range(rows)]}, sections=rows)


def state(evidence, tolerance=0.1, contradictions=(), tier="T2", lighter=None):
    error = evidence.error
    suited = suitability(error, tolerance, DEFAULTS) if error is not None and error.value is not None else None
    return State(tolerance, suited, tuple(contradictions), tier, lighter or tier)


def of_labels(*estimates, series=(), findings=(), names=("General", "Other", "Product")):
    evidence = evidence_of("ticket_routing", [labelled(names)], *estimates, series=series, findings=findings, table=LABELS)
    return {repair.id: repair for repair in repairs(evidence, state(evidence), DEFAULTS)}


def of_search(*estimates, series=(), findings=(), contradictions=(), tier="T2", lighter=None):
    evidence = evidence_of("policy_qa", [Doc("v2.pdf"), Doc("v1.docx")], *estimates, series=series, findings=findings)
    return {repair.id: repair for repair in repairs(evidence, state(evidence, 0.02, contradictions, tier, lighter), DEFAULTS)}


CONFUSED = table_of("confusions", LABELS, ("General", "Other", 25), ("Other", "General", 15), ("Product", "Other", 3))


def test_merging_two_labels_takes_their_confusions_away():
    """120 errors in 400, 40 of them between the two: 80 are left."""
    merged = of_labels(measured(AMBIGUITY, 120, 400), series=[CONFUSED])["merge_labels:General/Other"]
    assert (merged.before, merged.after) == (0.3, pytest.approx(0.2))
    assert merged.interval[0] < 0.2 < merged.interval[1]
    assert merged.suitability > suitability(measured(AMBIGUITY, 120, 400), 0.1, DEFAULTS).value


def test_few_confusions_and_two_labels_leave_nothing_to_merge():
    found = of_labels(measured(AMBIGUITY, 120, 400), series=[table_of("confusions", LABELS, ("General", "Other", 4))])
    assert not any(id.startswith("merge_labels") for id in found)
    assert not any(id.startswith("merge_labels") for id in of_labels(measured(AMBIGUITY, 120, 400), series=[CONFUSED], names=("General", "Other")))


def test_a_merge_mends_the_finding_that_the_labels_overlap():
    overlap = Finding(id=f"labels_overlap@{LABELS}:General/Other", level="warning", code="labels_overlap")
    merged = of_labels(measured(AMBIGUITY, 120, 400), series=[CONFUSED], findings=[overlap])["merge_labels:General/Other"]
    assert merged.findings == (overlap.id,)
    of_places = overlap.model_copy(update={"id": f"places_overlap@{LABELS}:General/Other", "code": "places_overlap"})
    assert of_labels(measured(AMBIGUITY, 120, 400), series=[CONFUSED], findings=[of_places])["merge_labels:General/Other"].findings == (of_places.id,)


def test_a_merge_mends_the_finding_that_names_are_alike_where_it_is_of_these_two():
    told = Finding(
        id=f"label_names_alike@{LABELS}", level="warning", code="label_names_alike", parameters={"labels": "Other request = request other"}
    )
    pairs = table_of("confusions", LABELS, ("Other request", "request other", 30), ("General", "Product", 20))
    found = of_labels(measured(AMBIGUITY, 120, 400), series=[pairs], findings=[told], names=("Other request", "request other", "General", "Product"))
    assert found["merge_labels:Other request/request other"].findings == (told.id,)
    assert found["merge_labels:General/Product"].findings == ()


CURVE = table_of("learning_curve", LABELS, (80, 0.5), (160, 0.4), (240, 0.35), (320, 0.3), (360, 0.29), (400, 0.3))


def test_more_labels_carry_the_last_doubling_on_and_no_further():
    """From 160 to 320 labels .4 became .3: three quarters; so .3 at 400 becomes .225 at 800."""
    added = of_labels(measured(AMBIGUITY, 120, 400), series=[CURVE])["add_labels"]
    assert added.after == pytest.approx(0.225)
    assert (added.moves.parameters["few"], added.moves.parameters["many"]) == (160, 320)
    assert added.action.parameters == {"n": 400}


def test_a_curve_at_rest_says_that_more_labels_hardly_help():
    flat = table_of("learning_curve", LABELS, (80, 0.3), (160, 0.3), (240, 0.3), (320, 0.3), (360, 0.3), (400, 0.3))
    assert of_labels(measured(AMBIGUITY, 120, 400), series=[flat])["add_labels"].moves.code == "moves_add_labels_hardly"


def test_a_curve_that_reached_zero_foretells_nothing():
    zero = table_of("learning_curve", LABELS, (80, 0.1), (160, 0.02), (240, 0.0), (320, 0.0), (360, 0.0), (400, 0.0))
    added = of_labels(measured(AMBIGUITY, 30, 400), series=[zero])["add_labels"]
    assert (added.moves.code, added.after, added.suitability) == ("moves_add_labels_none_left", None, None)


def test_where_the_verdict_is_sure_more_labels_are_not_asked_for():
    assert "add_labels" not in of_labels(measured(AMBIGUITY, 2, 400), series=[CURVE])


def test_naming_a_category_well_is_told_at_best_and_moves_no_suitability():
    """60 of 400 messages are called Other and none is nearest to that name: at best 60 fewer of 200 go astray."""
    ambiguity = measured(f"definition_ambiguity@{LABELS}", 200, 400)
    match = table_of("definition_match", LABELS, ("Other", 0.0, 0.0, 0.1, 60, "General", 0.5), ("General", 0.9, 0.8, 1.0, 100, "Other", 0.1))
    silent = Finding(id=f"label_names_say_nothing@{LABELS}", level="warning", code="label_names_say_nothing")
    named = of_labels(measured(AMBIGUITY, 120, 400), ambiguity, series=[match], findings=[silent])["define_label:Other"]
    assert (named.before, named.after, named.suitability) == (0.5, pytest.approx(0.35), None)
    assert named.findings == (silent.id,)
    alike = Finding(id=f"label_names_alike@{LABELS}", level="warning", code="label_names_alike")  # perhaps of two other labels
    for others in ([], [alike]):
        assert "define_label:Other" not in of_labels(measured(AMBIGUITY, 120, 400), ambiguity, series=[match], findings=others)


def test_names_that_find_nothing_are_to_be_described_and_nothing_is_computed():
    table = "names:tickets.csv"
    ids = [f"category_names_share_nothing@{table}", f"category_names_mark_little@{table}", "category_names_say_nothing@definitions"]
    told = [Finding(id=id, level="note", code=id.partition("@")[0]) for id in ids]
    evidence = evidence_of("ticket_routing", [labelled()], findings=told, table=table)
    described = {repair.id: repair for repair in repairs(evidence, state(evidence), DEFAULTS)}["describe_categories"]
    assert (described.findings, described.before, described.suitability) == (tuple(ids), None, None)
    assert "describe_categories" not in of_labels(findings=told[2:])  # the labels of a table are another list


def test_a_second_labeller_is_asked_for_until_there_is_one():
    assert of_labels(measured(AMBIGUITY, 120, 400))["double_label"].moves.code == "moves_double_label_unknown"
    for known in ("double_coding_ambiguity", "soft_label_ambiguity"):
        assert "double_label" not in of_labels(measured(AMBIGUITY, 120, 400), measured(f"{known}@{LABELS}", 8, 400, "B"))


FIRST, MENDED = measured("retrieval_recall_1@lang:en", 40, 100, "D"), measured("retrieval_misses_mended@lang:en", 30, 60, "D")


def test_picking_the_valid_version_is_computed_on_the_search_and_on_the_tier():
    """40 % find their section first; half of the misses would without copies and versions: 70 %."""
    picked = of_search(FIRST, MENDED, contradictions=[PAIR], tier="T3", lighter="T2")["pick_version:v2.pdf"]
    assert (picked.before, picked.after) == (0.4, pytest.approx(0.7))
    assert picked.interval[0] < 0.7 < picked.interval[1]
    assert (picked.moves.code, picked.moves.parameters["lighter"]) == ("moves_pick_version_and_tier", "T2")


def test_what_picking_brings_is_told_as_far_as_it_is_known():
    assert of_search(contradictions=[PAIR], tier="T3", lighter="T2")["pick_version:v2.pdf"].moves.code == "moves_pick_version_tier"
    assert of_search(contradictions=[PAIR])["pick_version:v2.pdf"].moves.code == "moves_pick_version_unknown"
    assert of_search(FIRST, MENDED, contradictions=[PAIR])["pick_version:v2.pdf"].moves.code == "moves_pick_version"


def test_copies_are_only_worth_deleting_where_they_hide_sections():
    copies = measured("retrieval_misses_with_copies@lang:en", 6, 60, "D")
    hidden = Finding(id="copies_hide_sections@lang:en", level="warning", code="copies_hide_sections", evidence=(Evidence(document="v1.docx"),))
    assert "deduplicate" not in of_search(FIRST, copies)
    assert of_search(FIRST, copies, findings=[hidden])["deduplicate"].after == pytest.approx(0.46)


def test_headings_that_sections_share_are_told_at_best():
    """30 of 100 headings fail; 12 of them share their words with others."""
    rows = table_of("generic_headings", "lang:en", ("overview", 5, 10, 8), ("notes", 4, 6, 4))
    renamed = of_search(measured("retrieval_ambiguity@lang:en", 30, 100, "D"), series=[rows])["rename_headings"]
    assert (renamed.before, renamed.after) == (0.3, pytest.approx(0.18))


def test_an_acronym_is_no_number():
    rows = table_of("acronyms", "lang:en", ("PR", "press release / pull request", 2))
    evidence = evidence_of("proofread_style", [Doc("a.txt")], series=[rows])
    (repair,) = repairs(evidence, state(evidence), DEFAULTS)
    assert (repair.after, repair.suitability, repair.moves.code) == (None, None, "moves_expand_acronym_unknown")


def test_lost_pages_of_the_tasks_own_documents_are_to_be_recognised_again():
    evidence = evidence_of("policy_qa", [Doc("a.pdf"), Doc("b.pdf")])
    assert "recognise_again" not in {repair.id for repair in repairs(evidence, state(evidence), DEFAULTS)}
    elsewhere = replace(evidence, with_lost_pages=frozenset({"other.pdf"}))
    assert "recognise_again" not in {repair.id for repair in repairs(elsewhere, state(elsewhere), DEFAULTS)}
    lost = replace(evidence, with_lost_pages=frozenset({"b.pdf", "other.pdf"}))
    (again,) = [repair for repair in repairs(lost, state(lost), DEFAULTS) if repair.id == "recognise_again"]
    assert again.action.parameters == {"document": "b.pdf", "n": 1, "of": 2}
    assert (again.after, again.suitability) == (None, None)
    assert all(len(said(message)) == 2 for message in (again.action, again.moves))


def test_the_largest_gain_comes_first_and_what_cannot_be_computed_last():
    found = list(of_labels(measured(AMBIGUITY, 60, 400), series=[CONFUSED, CURVE]).values())
    gains = [repair.suitability for repair in found if repair.suitability is not None]
    assert gains == sorted(gains, reverse=True)
    assert found[-1].id == "double_label"


@given(st.integers(1, 399), st.integers(0, 200))
def test_no_repair_makes_an_error_negative_or_larger(errors, between):
    confusions = table_of("confusions", LABELS, ("General", "Other", between))
    for repair in of_labels(measured(AMBIGUITY, errors, 400), series=[confusions, CURVE]).values():
        if repair.after is not None:
            assert 0 <= repair.after <= repair.before


@given(st.floats(0, 1))
def test_a_smaller_error_is_never_less_suitable(ratio):
    error = measured(AMBIGUITY, 60, 400)
    before, after = (suitability(one, 0.1, DEFAULTS, cases=400).value for one in (error, after_repair(error, ratio)))
    assert after >= before - 1e-12


def test_every_repair_is_said_in_both_languages_and_says_how_much_work_it_is():
    named = Finding(id=f"definitions_rename@{LABELS}:a/b", level="note", code="definitions_rename")
    match = table_of("definition_match", LABELS, ("Other", 0.0, 0.0, 0.1, 60, "General", 0.5))
    labels = of_labels(
        measured(AMBIGUITY, 120, 400), measured(f"definition_ambiguity@{LABELS}", 200, 400), series=[CONFUSED, CURVE, match], findings=[named]
    )
    search = of_search(FIRST, MENDED, contradictions=[PAIR, PAIR], tier="T3", lighter="T2")
    for repair in (*labels.values(), *search.values()):
        assert efforts()[repair.id.split(":")[0]]["effort"] == repair.effort
        for message in (repair.action, repair.moves):
            english, japanese = said(message)
            assert english != japanese


def test_every_effort_says_why():
    assert all(
        set(entry) == {"effort", "because"} and entry["effort"] in ("low", "medium", "high") and entry["because"] for entry in efforts().values()
    )
