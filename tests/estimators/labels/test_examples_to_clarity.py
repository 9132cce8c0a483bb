import numpy as np
import pytest

from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.estimators.labels.examples_to_clarity import CLOSE, clarity_estimates, examples_needed
from corpuskit.estimators.labels.learning_curve import SHARES
from corpuskit.estimators.options import EstimatorOptions
from tests.estimators.tables import inputs_of, requests, table

SIZES = np.array(SHARES) * 1000


def power(exponent, at_hand=0.2):
    return at_hand * (SIZES / 1000) ** -exponent


def test_a_power_law_is_solved_for_the_number():
    # with all labels at hand the goal is e(n) + .02, so m = n (1.1)^(-1/b)
    needed = examples_needed(SIZES, power(0.5), 1000, 1000, 1e9)
    assert needed.goal == pytest.approx(0.2 + CLOSE, abs=1e-3)
    assert needed.examples == pytest.approx(1000 * 1.1 ** (-1 / 0.5), rel=0.05)


def test_steeper_curves_need_more_of_the_labels_at_hand():
    found = [examples_needed(SIZES, power(exponent), 1000, 1000, 5000).examples for exponent in (0.1, 0.3, 0.6)]
    assert found == sorted(found)


def test_a_curve_at_rest_needs_no_more_than_its_smallest_part():
    assert examples_needed(SIZES, power(0.0), 1000, 1000, 5000).examples == SIZES[0]


def test_many_messages_without_a_label_are_refused():
    estimates = clarity_estimates("labels:t#c", SIZES, power(0.6, 0.4), 1000, 50_000, 1000, 5, 0.95, 0)
    assert {item.undefined_because.code for item in estimates} == {"undefined_examples_beyond"}
    assert estimates[0].undefined_because.parameters["limit"] == 2000


def test_per_label_is_the_share_of_each():
    total, each = clarity_estimates("labels:t#c", SIZES, power(0.3), 1000, 1000, 1000, 5, 0.95, 0)
    assert each.value == pytest.approx(total.value / 5)
    assert each.interval == pytest.approx([end / 5 for end in total.interval])
    assert total.interval[0] <= total.value <= total.interval[1] <= 2000


def test_fewer_independent_messages_are_less_sure():
    sure, unsure = (examples_needed(SIZES, power(0.3), 1000, 1200, worth).interval for worth in (1000, 50))
    assert unsure[1] / unsure[0] > sure[1] / sure[0]


def test_a_clear_table_needs_few():
    texts, labels = requests(400)
    found = {item.measure: item for item in estimate_attainable_error(inputs_of(table(texts, labels)), EstimatorOptions()).estimates}
    assert found["examples_to_clarity"].value < 200
    assert found["examples_per_label"].value == pytest.approx(found["examples_to_clarity"].value / 3)
