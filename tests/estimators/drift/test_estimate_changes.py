"""Changes beyond the intervals are found, those within are not, and many comparisons raise no more alarms than one."""

import numpy as np
import pytest

from corpuskit.estimators import Estimate, computed
from corpuskit.estimators.drift.estimate_changes import estimate_changes
from corpuskit.finding import Message


def estimate(value, half=0.02, subject="lang:ja", measure="coverage", **update):
    given = {
        "id": f"{measure}@{subject}",
        "measure": measure,
        "subject": subject,
        "value": value,
        "interval": (value - half, value + half) if value is not None else None,
        "n": 100,
        "unit": "tokens",
        "grade": "E",
        "method": computed("chao_jost"),
        "reference": "r",
        "undefined_because": None if value is not None else Message(code="x"),
    }
    return Estimate(**given | update)


def test_the_p_value_is_that_of_the_normal_difference():
    """Two intervals of +-.0196 (standard error .01) and a difference of .04: z = 2.828, p = .0047."""
    found = estimate_changes([estimate(0.80, 0.0196)], [estimate(0.84, 0.0196)])
    assert found[0].p == pytest.approx(0.00468, abs=2e-5)
    assert found[0].moved


@pytest.mark.parametrize(("after", "moved"), [(0.81, False), (0.90, True), (0.70, True)])
def test_a_change_within_the_intervals_is_none(after, moved):
    assert estimate_changes([estimate(0.80)], [estimate(after)])[0].moved is moved


def test_the_side_of_the_interval_that_faces_the_other_value_counts():
    wide_above = estimate(0.10, interval=(0.09, 0.30))
    assert not estimate_changes([wide_above], [estimate(0.20, 0.01)])[0].moved
    wide_below = estimate(0.10, interval=(0.00, 0.11))
    assert estimate_changes([wide_below], [estimate(0.20, 0.01)])[0].moved


def test_many_comparisons_are_held_together():
    generator = np.random.default_rng(0)
    alarms = 0
    for _ in range(300):
        values = generator.normal(0.5, 0.01, (30, 2))
        before = [estimate(float(v), 0.0196, f"labels:t#{n}") for n, v in enumerate(values[:, 0])]
        after = [estimate(float(v), 0.0196, f"labels:t#{n}") for n, v in enumerate(values[:, 1])]
        alarms += any(change.moved for change in estimate_changes(before, after))
    assert alarms / 300 <= 0.01 + 3 * (0.01 * 0.99 / 300) ** 0.5


def test_what_has_no_value_no_interval_or_no_partner_is_left_out():
    before = [
        estimate(0.5, subject="lang:en"),
        estimate(None),
        estimate(0.5, subject="corpus", interval=None),
        estimate(0.5, subject="x", measure="tokens"),
    ]
    after = [estimate(0.6, subject="lang:fr"), estimate(0.5), estimate(0.9, subject="corpus"), estimate(0.9, subject="x", measure="tokens")]
    assert estimate_changes(before, after) == ()
    assert estimate_changes([estimate(0.5, 0.0)], [estimate(0.6, 0.0)]) == ()
