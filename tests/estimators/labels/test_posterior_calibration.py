import numpy as np
import pytest

from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.posterior_calibration import (
    Calibrated,
    bin_by_confidence,
    calibrate,
    calibration_error,
    calibration_estimate,
    fit_scale,
    posteriors,
)
from corpuskit.synthetic import ring_messages
from corpuskit.text import hashed_features


def test_posteriors_by_hand():
    found = posteriors(np.array([[0.0, np.log(3)], [-np.inf, 2.0], [-np.inf, -np.inf]]))
    assert found.tolist() == [[pytest.approx(0.25), pytest.approx(0.75)], [0.0, 1.0], [0.5, 0.5]]


def test_the_scale_that_made_the_labels_is_found():
    random = np.random.default_rng(0)
    scores = random.normal(size=(20_000, 4))
    labels = (scores * 3 + random.gumbel(size=scores.shape)).argmax(axis=1)  # drawn from softmax(3 * scores)
    assert fit_scale(scores, labels) == pytest.approx(3, rel=0.03)


def test_a_class_without_score_does_not_break_the_fit():
    scores = np.array([[1.0, -1.0, -np.inf], [-1.0, 1.0, -np.inf], [1.0, -1.0, -np.inf]])
    assert np.isfinite(fit_scale(scores, np.array([0, 1, 2])))
    assert fit_scale(scores, np.array([2, 2, 2])) == 1.0


@pytest.mark.parametrize(("n", "way"), [(500, "temperature"), (3000, "isotonic")])
def test_calibrated_confidences_approach_the_exact_posterior(n, way):
    messages = ring_messages(n, 0.04, seed=1)
    labels, groups = messages.intentions, np.arange(n)
    fitted = cross_fit(hashed_features(messages.texts()), labels, groups)
    found = calibrate(fitted, labels, groups)
    plain = posteriors(fitted.scores).max(axis=1)
    truth = messages.posterior[np.arange(n), fitted.predicted]
    assert found.way == way
    assert np.abs(found.confidence - truth).mean() < np.abs(plain - truth).mean() / 2
    assert found.confidence.mean() == pytest.approx((fitted.predicted == labels).mean(), abs=0.03)
    assert np.allclose(found.posterior.sum(axis=1), 1)
    assert np.allclose(found.posterior[np.arange(n), fitted.predicted], found.confidence)
    assert found.posterior.min() >= 0


def test_more_messages_bring_the_posterior_nearer_to_the_exact_one():
    gaps = []
    for n in (300, 3000):
        messages = ring_messages(n, 0.04, seed=2)
        found = calibrate(cross_fit(hashed_features(messages.texts()), messages.intentions, np.arange(n)), messages.intentions, np.arange(n))
        gaps.append(float(np.abs(found.posterior - messages.posterior).mean()))
    assert gaps[1] < gaps[0]


def test_equal_confidences_share_a_bin():
    confidence = np.array([0.5] * 30 + [0.9] * 10)
    place = bin_by_confidence(confidence, 8)
    assert len(set(place[:30].tolist())) == len(set(place[30:].tolist())) == 1
    assert place[0] < place[-1]
    assert np.bincount(bin_by_confidence(np.arange(100) / 100, 10)).tolist() == [10] * 10


@pytest.mark.parametrize("gap", [0.0, 0.05, 0.15])
def test_the_debiased_error_and_its_interval_hold_the_truth(gap):
    # confidences that are off by a constant: the root mean square is the gap itself
    values, held = [], []
    for seed in range(150):
        random = np.random.default_rng(seed)
        confidence = random.uniform(0.4, 0.85, 600)
        found = calibration_error(confidence, random.random(600) < confidence + gap, np.arange(600), seed=seed)
        values.append(found.value)
        held.append(found.interval[0] <= gap <= found.interval[1])
    assert np.mean(held) > 0.91
    assert np.mean(values) == pytest.approx(gap, abs=0.025)


def test_without_the_correction_chance_alone_would_show():
    random = np.random.default_rng(5)
    confidence = random.uniform(0.4, 0.85, 300)
    correct = random.random(300) < confidence
    place = bin_by_confidence(confidence, 15)
    plain = sum((place == b).mean() * (confidence[place == b].mean() - correct[place == b].mean()) ** 2 for b in range(15)) ** 0.5
    assert plain > 0.07
    assert calibration_error(confidence, correct, np.arange(300)).value < 0.05


def test_copies_neither_move_the_error_nor_narrow_its_interval():
    random = np.random.default_rng(3)
    confidence = random.uniform(0.3, 0.9, 400)
    correct = random.random(400) < confidence - 0.1
    once = calibration_error(confidence, correct, np.arange(400))
    twice = calibration_error(np.tile(confidence, 2), np.tile(correct, 2), np.tile(np.arange(400), 2))
    assert twice.value == pytest.approx(once.value)
    assert twice.interval == pytest.approx(once.interval)
    assert twice.bins == once.bins


def test_seven_groups_give_no_interval():
    found = calibration_error(np.full(70, 0.5), np.arange(70) % 2 == 0, np.repeat(np.arange(7), 10))
    assert found.interval is None
    assert found.value == pytest.approx(0, abs=1e-9)


def test_hardly_an_error_is_refused():
    calibrated = Calibrated(np.eye(2)[np.zeros(100, np.int64)], np.full(100, 0.9), "temperature")
    correct = np.arange(100) >= 9
    refused = calibration_estimate("labels:t#c", calibrated, correct, np.arange(100), 0.95, 0)
    assert (refused.id, refused.undefined_because.code) == ("calibration_error@labels:t#c", "undefined_too_few_errors")
    correct[9] = False
    assert calibration_estimate("labels:t#c", calibrated, correct, np.arange(100), 0.95, 0).value == pytest.approx(0, abs=1e-9)
