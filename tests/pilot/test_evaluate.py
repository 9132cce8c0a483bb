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


def graded(folder, losses, tolerance, **more):
    ids = [f"c{number:03}" for number in range(len(losses))]
    truth = write(folder / "truth.csv", {"id": ids, **more})
    answers = write(folder / "answers.csv", {"id": ids, "score": [1 - loss for loss in losses]})
    return evaluate(put_together(read_sheet(truth), read_sheet(answers)), tolerance)


def test_graded_answers_are_decided_by_their_mean_loss(tmp_path):
    losses = np.random.default_rng(0).beta(1, 30, 300)
    passed, failed = graded(tmp_path, losses, 0.08).systems[0], graded(tmp_path, losses, 0.035).systems[0]
    assert codes(passed.decision.reasons) == ["pilot_loss_measured", "pilot_loss_within"]
    assert (passed.decision.code, failed.decision.code) == ("D2", "D4")
    assert passed.loss.value == pytest.approx(losses.mean())
    assert passed.loss.interval[0] < losses.mean() < passed.loss.upper <= 0.08
    told = graded(tmp_path, losses, 0.08, **{"slice.language": ["ja", "en"] * 150})
    assert codes(told.notes) == ["pilot_note_no_plan", "pilot_note_graded"]
    assert (told.systems[0].slices, told.systems[0].served, told.comparisons) == ((), None, ())


def test_graded_cases_of_unequal_weight_have_no_bound_and_of_one_document_count_once(tmp_path):
    losses = [0.0] * 100
    weighted = graded(tmp_path, losses, 0.1, weight=[1, 2] * 50).systems[0]
    assert (weighted.decision.code, weighted.loss.upper, codes(weighted.decision.reasons)) == ("D4", None, ["pilot_loss_weights"])
    clustered = graded(tmp_path, losses, 0.1, doc_id=[f"d{number // 10}" for number in range(100)]).systems[0]
    assert (clustered.loss.effective_n, clustered.decision.code) == (10, "D4")


def test_a_system_at_the_tolerance_on_graded_scores_seldom_passes(tmp_path):
    random = np.random.default_rng(1)
    went = [graded(tmp_path, random.beta(1, 9, 150), 0.1).systems[0].decision.code == "D2" for _ in range(150)]
    assert np.mean(went) <= 0.05 + 3 * 0.018


def test_labels_that_are_numbers_have_a_scale(tmp_path):
    random = np.random.default_rng(2)
    first = random.integers(1, 6, 120)
    second = np.clip(first + random.integers(-1, 2, 120), 1, 5)
    truth = write(tmp_path / "t.csv", {"id": range(120), "truth": first, "truth2": second})
    answers = write(tmp_path / "a.csv", {"id": range(120), "prediction": first})
    cases = put_together(read_sheet(truth), read_sheet(answers))
    alpha = {scale: evaluate(cases, 0.1, scale=scale).people.krippendorff_alpha.value for scale in ("nominal", "ordinal", "interval")}
    assert alpha["nominal"] < 0.6 < 0.8 < alpha["ordinal"]
    assert evaluate(cases, 0.1, scale="ordinal").people.scale == "ordinal"
    words = put_together(*(read_sheet(file) for file in pilot(tmp_path, truth2=["請求"] * 234)))
    with pytest.raises(UsageError, match="'ordinal' needs numbers as labels; '請求'"):
        evaluate(words, 0.1, scale="ordinal")


def test_equal_weights_of_a_draw_leave_thresholds_usable(tmp_path):
    truth, answers = pilot(tmp_path, wrong=8, weight=["2.5"] * 234)
    found = evaluate(put_together(read_sheet(truth), read_sheet(answers)), 0.05).systems[0]
    assert found.served is not None
    assert found.error.effective_n == 234


def test_on_average_a_share_can_be_served_that_leaves_few_wrong_answers_unreviewed(tmp_path):
    """Angelopoulos and others 2022 by hand: with 234 cases and no served error the bound is 1/235; each served error adds 1/235."""
    found = judged(tmp_path, wrong=30, tolerance=0.02).systems[0]
    assert found.decision.code in ("D3", "D4")
    assert found.controlled is not None
    served_wrong = round(found.controlled.risk * 234)
    assert found.controlled.bound == pytest.approx((served_wrong + 1) / 235)
    assert found.controlled.bound <= 0.02
    assert found.controlled.coverage >= 0.5
