import pytest

from corpuskit.errors import InputError, UsageError
from corpuskit.pilot import choose, fix, label_cases, manifest_of, plan
from corpuskit.pilot.sampling import CUT, LONGEST_INPUT, case_id, digest_of_cases
from tests.pilot.frames import dated, frame
from tests.pilot.test_design import laid_out

TASK = "ticket_routing@support/tickets.csv"


def texts(chosen, **other):
    return {place: f"Message number {place}" for place in chosen.places} | other


def drawn(n=20, of=None, **options):
    chosen = choose(TASK, of or frame(), n, **options)
    cases = label_cases(chosen, texts(chosen))
    return cases, manifest_of(chosen, cases, labels=("delivery", "repair"), masked=True, drawn_on="2026-11-29", tool="corpuskit 1", config_digest="x")


def codes(manifest):
    return [note.code for note in manifest.notes]


def test_cases_carry_what_the_evaluation_needs_and_nothing_of_the_recorded_label_in_their_parts():
    cases, manifest = drawn()
    assert {case.weight for case in cases} == {3.0}
    assert all(case.inclusion_probability == pytest.approx(1 / 3) for case in cases)
    assert all(case.doc_id.startswith("support/tickets.csv#row ") for case in cases), "rows are cases of their own, no cluster"
    assert {name for case in cases for name in case.slices} == {"ambiguity", "language"}
    assert (manifest.n, manifest.population, manifest.found, manifest.exact_copies) == (20, 60, 61, 1)
    assert sum(stratum.drawn for stratum in manifest.strata) == 20
    assert sum(stratum.population for stratum in manifest.strata) == 60
    assert codes(manifest) == ["pilot_sample_proportional", "pilot_sample_copies", "pilot_note_no_plan"]


def test_a_plan_says_how_many_and_its_digest_travels_along():
    fixed = fix(plan(0.1, 0.02), TASK, "2026-11-29")
    chosen = choose(TASK, frame(120), None, fixed)
    cases = label_cases(chosen, texts(chosen))
    manifest = manifest_of(chosen, cases, labels=("a", "b"), masked=True, drawn_on="", tool="", config_digest="", plan=fixed)
    assert (manifest.n, manifest.plan_digest) == (fixed.plan.n, fixed.digest)
    assert "pilot_note_no_plan" not in codes(manifest)
    fewer = choose(TASK, frame(), 20, fixed)
    told = manifest_of(fewer, label_cases(fewer, texts(fewer)), labels=("a", "b"), masked=True, drawn_on="", tool="", config_digest="", plan=fixed)
    assert "pilot_sample_fewer" in codes(told)


def test_dates_become_periods_and_the_manifest_says_which_and_what_joined():
    cases, manifest = drawn(of=dated(["2025-01", "2025-02", "2025-04", "", "2025-10"]))
    # 16 of the 20 cases are dated, in three quarters: enough for 5 to each on average, but 4 are expected of the second and of the last
    assert manifest.period == "quarter"
    assert manifest.joined["date"] == {"2025-04–06": "2025-04–12", "2025-10–12": "2025-04–12"}
    assert {case.slices.get("date", "") for case in cases} == {"2025-01–03", "2025-04–12", ""}
    assert all("source" not in case.slices for case in cases), "one table: the whole is no part"
    told = {note.code: note.parameters for note in manifest.notes}
    assert told["pilot_sample_period"] == {"period": "quarter", "n": 20, "each": 5}
    assert told["pilot_sample_undated"] == {"n": 12, "population": 60}
    assert told["pilot_sample_one_part"] == {"division": "source"}


def test_too_few_cases_for_any_period_are_told_apart_from_equal_dates():
    few = {note.code: note.parameters for note in drawn(4, of=dated(["2025-01", "2025-10"]))[1].notes}
    assert few["pilot_sample_too_small"] == {"division": "date", "n": 4, "each": 5}
    same = [note.parameters["division"] for note in drawn(of=dated(["2025-01"]))[1].notes if note.code == "pilot_sample_one_part"]
    assert same == ["date", "source"]


def test_the_period_of_the_plan_is_kept_to():
    fixed = fix(plan(0.1, 0.02), TASK, "2026-11-29", laid_out().model_copy(update={"period": "year"}))
    chosen = choose(TASK, dated(["2024-01", "2024-07", "2025-01", "2025-07"], 400), None, fixed)
    assert chosen.parts.period == "year"
    assert {case.divisions[3] for case in chosen.frame.cases} == {"2024", "2025"}
    told = manifest_of(chosen, label_cases(chosen, texts(chosen)), labels=("a",), masked=True, drawn_on="", tool="", config_digest="", plan=fixed)
    assert "pilot_sample_period_planned" in codes(told)


def test_unequal_allocations_say_so():
    cases, manifest = drawn(allocation="optimum")
    weights = {value: sum(case.weight for case in cases if case.slices["ambiguity"] == value) for value in ("clear", "unclear")}
    assert weights == {"clear": pytest.approx(30, abs=1e-6), "unclear": pytest.approx(30, abs=1e-6)}
    assert sum(case.slices["ambiguity"] == "unclear" for case in cases) > 12, "errors are likelier there"
    assert manifest.own_numbers == ("ambiguity", "label")
    assert codes(manifest)[0] == "pilot_sample_optimum"
    assert sum(case.weight for case in cases) == pytest.approx(60, abs=1e-6)


def test_the_same_seed_gives_the_same_cases_and_manifest_and_another_one_others():
    assert drawn(seed=3) == drawn(seed=3)
    assert drawn(seed=3)[1].digest != drawn(seed=4)[1].digest
    assert {case.id for case in drawn(seed=3)[0]} != {case.id for case in drawn(seed=4)[0]}


def test_a_changed_case_changes_the_digest_and_order_does_not():
    cases, manifest = drawn()
    assert digest_of_cases(cases[::-1]) == manifest.cases_digest
    assert digest_of_cases([cases[0].model_copy(update={"weight": 1.0}), *cases[1:]]) != manifest.cases_digest


def test_long_cases_are_cut_and_named_and_control_characters_removed():
    chosen = choose(TASK, frame(), 2)
    cases = label_cases(chosen, dict(zip(chosen.places, ("x" * (LONGEST_INPUT + 1), "a\r\nb\x00\x0bc\ud800\u3042"), strict=True)))
    manifest = manifest_of(chosen, cases, labels=("a", "b"), masked=False, drawn_on="", tool="", config_digest="")
    assert len(cases[0].input) == LONGEST_INPUT
    assert cases[0].input.endswith(CUT)
    assert manifest.cut == (cases[0].id,)
    assert "pilot_sample_cut" in codes(manifest)
    assert cases[1].input == "a\nbc?あ"


def test_ids_tell_nothing_of_the_place_and_stay():
    one = frame().cases[7]
    assert case_id(TASK, one) == case_id(TASK, one)
    assert case_id(TASK, one) != case_id("other", one)
    assert "tickets" not in case_id(TASK, one)


@pytest.mark.parametrize(
    ("n", "options", "error", "told"),
    [
        (61, {}, InputError, r"61 cases are to be drawn, and the folder holds 60 \(61 with 1 copies"),
        (None, {}, UsageError, "Give --plan"),
        (0, {}, UsageError, "Give --plan"),
        (None, {"plan": fix(plan(), "faq_answer", "2026-11-29")}, UsageError, "The plan is for faq_answer"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_the_reason(n, options, error, told):
    with pytest.raises(error, match=told):
        choose(TASK, frame(), n, **options)


def test_the_optimum_needs_errors_to_go_by():
    bare = frame()
    without = type(bare)(tuple(type(c)(c.document, c.ordinal, c.locator, c.key, c.divisions) for c in bare.cases), bare.divisions, 60, 0, 0)
    with pytest.raises(UsageError, match="the optimum goes by the errors"):
        choose(TASK, without, 20, allocation="optimum")


def test_a_case_that_is_gone_is_told_with_its_place():
    chosen = choose(TASK, frame(), 5)
    with pytest.raises(InputError, match=r"1 cases that were counted cannot be read again \(first: support/tickets.csv row"):
        label_cases(chosen, texts(chosen) | {chosen.places[0]: "  "})
