"""Hits, calibration and intervals of the predictions, by hand."""

import pytest

from corpuskit.report.track_record import PilotOutcome, Prediction, track_record


def outcome(suitability, kept, value=0.03, error_interval=(0.02, 0.06)):
    prediction = Prediction(
        run_id="r",
        made_on="2026-01-01",
        verdict="start",
        suitability=suitability,
        interval=None,
        error=0.04,
        error_interval=error_interval,
        grade="C",
    )
    return PilotOutcome(
        task="t",
        system="s",
        evaluated_on="2026-02-01",
        plan_digest="",
        tolerance=0.05,
        value=value,
        interval=(0.01, 0.05),
        upper=0.045,
        n=234,
        decision="D2",
        kept=kept,
        prediction=prediction,
    )


def test_hits_and_calibration():
    """Three of four agree; Clopper-Pearson of 3 in 4 is (.194, .994)."""
    found = track_record([outcome(0.9, True), outcome(0.8, False), outcome(0.1, False), outcome(0.6, True)])
    assert found is not None
    assert (found.pilots, found.hits, found.hit_rate) == (4, 3, 0.75)
    assert found.hit_interval == pytest.approx((0.1941, 0.9937), abs=1e-4)
    assert found.mean_suitability == pytest.approx(0.6)
    assert found.kept_share == 0.5


def test_the_measured_error_against_the_predicted_interval():
    found = track_record([outcome(0.9, True, value=0.03), outcome(0.9, True, value=0.07), outcome(0.9, True, error_interval=None)])
    assert found is not None
    assert (found.errors, found.inside) == (2, 1)


def test_without_a_prediction_there_is_no_record():
    assert track_record([]) is None
    assert track_record([outcome(0.9, True).model_copy(update={"prediction": None})]) is None
    assert track_record([outcome(None, True)]) is None
