import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.pilot import evaluate, fix, plan, put_together, read_sheet
from tests.pilot.sheets import pilot, write


def judged(folder, tolerance=0.05, fixed=None, **given):
    truth, answers = pilot(folder, **given)
    return evaluate(put_together(read_sheet(truth), read_sheet(answers)), tolerance, plan=fixed)


def codes(messages):
    return [message.code for message in messages]


def test_a_system_within_the_plan_passes_and_one_error_more_does_not(tmp_path):
    passed, failed = judged(tmp_path, wrong=6).systems[0], judged(tmp_path, wrong=7).systems[0]
    assert (passed.decision.code, passed.error.errors, passed.error.n) == ("D2", 6, 234)
    assert passed.error.upper == pytest.approx(0.04997, abs=5e-5)
    assert failed.decision.code == "D3"
    assert (failed.served.served, failed.served.errors) == (232, 5), "the two least sure of its seven errors are reviewed"


def test_without_confidence_a_system_may_only_assist(tmp_path):
    truth, _ = pilot(tmp_path, wrong=0)
    ids = read_sheet(truth).columns
    answers = write(tmp_path / "b.csv", {"id": ids["id"], "prediction": ["返品"] * 234})
    result = evaluate(put_together(read_sheet(truth), read_sheet(answers)), 0.05).systems[0]
    assert result.decision.code == "D4"
    assert codes(result.decision.reasons) == ["pilot_measured", "pilot_above", "pilot_d4_no_confidence"]
    assert result.served is None


def test_people_who_differ_too_much_stop_the_pilot_whatever_the_system(tmp_path):
    truth, answers = pilot(tmp_path, wrong=0)
    sheet = read_sheet(truth)
    second = ["返品" if place % 3 == 0 else label for place, label in enumerate(sheet.columns["truth"])]
    write(truth, {**sheet.columns, "truth2": second})
    found = evaluate(put_together(read_sheet(truth), read_sheet(answers)), 0.05)
    assert found.people.n == 234
    assert found.people.least_error_interval[0] > 0.05
    assert found.people.krippendorff_alpha.interval is not None
    assert found.systems[0].decision.code == "D1"
    assert found.systems[0].error.errors == 0


def test_parts_above_the_tolerance_are_shown_after_holm(tmp_path):
    language = ["ja" if place < 60 else "en" for place in range(234)]
    truth, answers = pilot(tmp_path, wrong=0, **{"slice.language": language, "slice.desk": ["a", "b"] * 117})
    sheet = read_sheet(answers)
    worse = ["その他" if int(case[1:]) < 15 else label for case, label in zip(sheet.columns["id"], sheet.columns["prediction"], strict=True)]
    write(answers, {**sheet.columns, "prediction": worse})
    parts = evaluate(put_together(read_sheet(truth), read_sheet(answers)), 0.05).systems[0].slices
    assert [(row.part, row.above_tolerance) for row in parts] == [("ja", True), ("a", False), ("b", False), ("en", False)]


def test_systems_are_compared_on_the_same_cases(tmp_path):
    truth, answers = pilot(tmp_path, wrong=0)
    sheet = read_sheet(answers)
    label = sheet.columns["prediction"]
    other = ["その他" if place < 12 else given for place, given in enumerate(label)]
    both = write(tmp_path / "both.csv", {"id": sheet.columns["id"] * 2, "prediction": [*label, *other], "model": ["a"] * 234 + ["b"] * 234})
    found = evaluate(put_together(read_sheet(truth), read_sheet(both)), 0.05)
    (pair,) = found.comparisons
    assert (pair.only_first_wrong, pair.only_second_wrong) == (0, 12)
    assert pair.p == pytest.approx(2 / 2**12)
    assert pair.interval[1] < 0


def test_repeats_show_flips(tmp_path):
    truth, answers = pilot(tmp_path, wrong=0)
    sheet = read_sheet(answers)
    label = sheet.columns["prediction"]
    changed = ["その他" if place < 9 else given for place, given in enumerate(label)]
    twice = write(tmp_path / "twice.csv", {"id": sheet.columns["id"] * 2, "prediction": [*label, *changed], "repeat": ["1"] * 234 + ["2"] * 234})
    flips = evaluate(put_together(read_sheet(truth), read_sheet(twice)), 0.05).systems[0].flips
    assert (flips.value, flips.n) == (9 / 234, 234)


def test_alike_cases_count_as_fewer(tmp_path):
    found = judged(tmp_path, wrong=6, doc_id=[f"d{place // 3}" for place in range(234)])
    assert found.documents == 78
    assert found.systems[0].error.effective_n < 234
    assert found.systems[0].decision.code != "D2"
    assert "pilot_note_clusters" in codes(found.notes)


def test_a_fixed_plan_sets_the_tolerance_and_fewer_cases_are_noted(tmp_path):
    fixed = fix(plan(0.05, 0.02), "ticket_routing", "2026-11-29")
    found = judged(tmp_path, tolerance=0.5, fixed=fixed, n=200, wrong=2)
    assert found.tolerance == 0.05
    assert found.plan_digest == fixed.digest
    assert codes(found.notes) == ["pilot_note_fewer_cases", "pilot_note_single_labels"]
    assert codes(judged(tmp_path, wrong=2).notes) == ["pilot_note_no_plan", "pilot_note_single_labels"]


def test_weighted_cases_show_no_share_to_be_served(tmp_path):
    equal = judged(tmp_path, n=400, wrong=30).systems[0]
    weighted = judged(tmp_path, n=400, wrong=30, weight=[1 + place % 2 for place in range(400)]).systems[0]
    assert equal.decision.code == "D3"
    assert (weighted.decision.code, weighted.served, weighted.risk_coverage) == ("D4", None, ())
    assert codes(weighted.decision.reasons)[-1] == "pilot_d4_weights"


def test_a_comparison_of_alike_cases_says_what_it_leaves_out(tmp_path):
    truth, answers = pilot(tmp_path, wrong=0, doc_id=[f"d{place // 3}" for place in range(234)])
    sheet = read_sheet(answers)
    both = {name: cells * 2 for name, cells in sheet.columns.items()} | {"model": ["a"] * 234 + ["b"] * 234}
    found = evaluate(put_together(read_sheet(truth), read_sheet(write(tmp_path / "both.csv", both))), 0.05)
    assert "pilot_note_comparison" in codes(found.notes)


@pytest.mark.parametrize(("tolerance", "told"), [(1.0, "between 0 and 1"), (None, "or a tolerance")])
def test_a_tolerance_that_is_none_is_refused(tmp_path, tolerance, told):
    with pytest.raises(UsageError, match=told):
        judged(tmp_path, tolerance=tolerance)


@pytest.mark.parametrize(("tolerance", "expected"), [(0.05, 0.02), (0.10, 0.05)])
def test_simulated_pilots_keep_both_risks(tolerance, expected):
    from corpuskit.estimators import Outcomes, rate_of

    made, random = plan(tolerance, expected), np.random.default_rng(0)

    def share_passed(rate):
        return np.mean([rate_of(Outcomes(wrong=(random.random(made.n) < rate).tolist())).upper <= tolerance for _ in range(2000)])

    assert share_passed(tolerance) <= 0.05 + 3 * 0.0049
    assert share_passed(expected) == pytest.approx(made.power, abs=3 * 0.009)
