import numpy as np
import pytest

from corpuskit.estimators.labels.classifier_kinds import KindErrors, kind_errors, neighbour_labels


def on_a_circle(angles):
    return np.stack([np.cos(angles), np.sin(angles)], axis=1)


def test_the_nearest_ones_vote_and_the_nearer_weigh_more():
    # one of label 0 at .1 weighs 10, two of label 1 at .4 weigh 5 (chords are as long as arcs to a few thousandths)
    known, labels = on_a_circle(np.array([0.1, 0.4, -0.4, 2.0])), np.array([0, 1, 1, 1])
    assert list(neighbour_labels(known, labels, on_a_circle(np.zeros(1)), 2, neighbours=3)) == [0]
    # at .2 and .3 they weigh 5 and 6.7
    closer = on_a_circle(np.array([0.2, 0.3, -0.3, 2.0]))
    assert list(neighbour_labels(closer, labels, on_a_circle(np.zeros(1)), 2, neighbours=3)) == [1]


def test_fewer_known_messages_than_neighbours_all_vote():
    assert list(neighbour_labels(on_a_circle(np.array([0.1, 3.0])), np.array([1, 0]), on_a_circle(np.zeros(1)), 2)) == [1]


def test_what_a_plane_cannot_part_only_neighbours_learn():
    # eight groups around a circle with labels 0 1 0 1 ...: a plane through the circle is right for half of them
    random = np.random.default_rng(0)
    group = random.integers(0, 8, 400)
    points, labels = on_a_circle(group * np.pi / 4 + random.normal(0, 0.05, 400)), group % 2
    found = kind_errors(points, labels, np.arange(400) % 5, labels)
    assert found.neighbours == 0
    assert found.ridge > 0.3
    assert found.n_grams == 0


def test_nobody_sees_the_message_that_is_judged():
    labels = np.random.default_rng(0).integers(0, 2, 200)
    found = kind_errors(np.eye(200), labels, np.arange(200) % 5, labels)
    assert found.ridge > 0.4
    assert found.neighbours > 0.4


def test_one_fold_that_holds_all_leaves_nothing_to_learn_from():
    labels = np.arange(20) % 2
    assert kind_errors(np.ones((20, 1)), labels, np.zeros(20, int), np.full(20, -1)) == (1, 1, 1)


def test_ratios_are_of_errors_that_are_never_nought():
    # (20 + .5) / (10 + .5) and (0 + .5) / (10 + .5) of 100 messages
    assert KindErrors(0.1, 0.2, 0.0).ratios(100) == pytest.approx((20.5 / 10.5, 0.5 / 10.5))
    assert KindErrors(0.0, 0.0, 0.0).ratios(100) == (1, 1)


def test_few_messages_make_small_ratios():
    few, many = (KindErrors(0.1, 0.3, 0.1).ratios(independent)[0] for independent in (10, 10_000))
    assert few < many < 3
