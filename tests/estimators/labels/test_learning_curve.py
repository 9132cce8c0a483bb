import numpy as np
import pytest
from scipy.sparse import csr_matrix, random_array

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.labels.learning_curve import EXPONENT, FLOOR_SHARE, SHARES, extrapolate, learning_curve, message_space, ridge_labels


def two_clouds(n=200, apart=4.0, seed=0):
    random = np.random.default_rng(seed)
    labels = np.arange(n) % 2
    return random.normal(size=(n, 3)) + labels[:, None] * np.array([apart, 0, 0]), labels


def test_both_systems_of_equations_give_the_same_labels():
    # columns of zeros change no solution, but make more directions than messages and so the other system
    points, labels = two_clouds(60, 1.0)
    wide = np.hstack([points, np.zeros((60, 100))])
    assert (ridge_labels(points[:40], labels[:40], points[40:], 2) == ridge_labels(wide[:40], labels[:40], wide[40:], 2)).all()


def test_ridge_gives_the_least_squares_answer_of_a_known_case():
    # one dimension, points -1, 0, 0, 2: mean .25, so the border lies at the scores' crossing; with penalty 0 the slope is that of least squares
    points, labels = np.array([[-1.0], [0.0], [1.0], [2.0]]), np.array([0, 0, 1, 1])
    # slope of the indicator of class 1 on x: sum (x - .5)(y - .5) / sum (x - .5)^2 = 2 / 5; .5 + .4 (x - .5) is above one half from x = .5
    assert list(ridge_labels(points, labels, np.array([[0.49], [0.51]]), 2, penalty=0.0)) == [0, 1]


def test_a_label_without_a_known_message_is_never_given():
    points, labels = two_clouds(50)
    assert set(ridge_labels(points, labels * 2, points + 100, 3)) <= {0, 2}


def test_clear_labels_are_learned_and_random_ones_stay_at_chance():
    points, labels = two_clouds(400, 10.0)
    sizes, errors = learning_curve(points, labels, np.arange(400))
    assert sizes == pytest.approx(np.array(SHARES) * 400)
    assert errors.max() < 0.01
    chance = learning_curve(points, np.random.default_rng(1).permutation(labels), np.arange(400))[1]
    assert chance == pytest.approx(np.full(5, 0.5), abs=0.07)


def test_copies_are_never_parted():
    # each message stands four times with one label drawn at random: whoever may see a copy knows the label, all others guess
    random = np.random.default_rng(0)
    points, labels = np.repeat(np.eye(100), 4, axis=0), np.repeat(random.integers(0, 2, 100), 4)
    groups = np.repeat(np.arange(100), 4)
    assert learning_curve(points, labels, groups)[1].min() > 0.3
    assert learning_curve(points, labels, np.arange(400))[1][-1] < 0.05


def test_one_group_that_holds_nearly_everything_leaves_messages_on_either_side():
    points, labels = two_clouds(40)
    sizes, errors = learning_curve(points, labels, np.minimum(np.arange(40), 2))
    assert (sizes >= 1).all()
    assert (sizes < 40).all()
    assert np.isfinite(errors).all()


def test_the_space_does_not_depend_on_names_or_order_of_features():
    features = csr_matrix(random_array((60, 200), density=0.1, rng=np.random.default_rng(0), data_sampler=lambda size: np.ones(size)))
    order = np.random.default_rng(1).permutation(200)
    placed, moved = message_space(features, 10), message_space(csr_matrix(features[:, order]), 10)
    assert placed @ placed.T == pytest.approx(moved @ moved.T, abs=0.05)
    assert np.linalg.norm(placed, axis=1) == pytest.approx(np.ones(60))


def test_messages_without_a_shared_feature_stand_at_the_origin():
    assert not message_space(csr_matrix(np.eye(5))).any()
    assert not message_space(csr_matrix((3, 0))).any()


def test_an_exact_power_law_is_continued_down_to_the_share_that_stays():
    sizes = np.array(SHARES) * 200
    errors = 0.3 * (sizes / 200) ** -EXPONENT
    for target in (200, 400, 20_000):
        expected = 0.3 * (FLOOR_SHARE + (1 - FLOOR_SHARE) * (target / 200) ** -EXPONENT)
        assert extrapolate(sizes, errors, 200, target).error == pytest.approx(expected, rel=0.02)


def test_further_away_is_less_error_and_less_known():
    sizes, errors = np.array(SHARES) * 200, np.array([0.5, 0.42, 0.37, 0.33, 0.31])
    near, far = extrapolate(sizes, errors, 200, 400), extrapolate(sizes, errors, 200, 10_000)
    assert far.error < near.error < errors[-1]
    ratios = [given.interval[1] / given.interval[0] for given in (near, far)]
    assert ratios[1] > ratios[0] > 1
    assert extrapolate(sizes, errors, 200, 50) == extrapolate(sizes, errors, 200, 200)


def test_fewer_independent_messages_are_less_sure():
    sizes, errors = np.array(SHARES) * 200, np.array([0.5, 0.42, 0.37, 0.33, 0.31])
    sure, unsure = extrapolate(sizes, errors, 200, 400), extrapolate(sizes, errors, 200, 400, independent=50.0)
    assert unsure.interval[1] / unsure.interval[0] > sure.interval[1] / sure.interval[0]


def test_no_error_seen_may_be_no_error_at_all():
    sizes = np.array(SHARES) * 200
    given = extrapolate(sizes, np.zeros(5), 200, 400)
    assert 0 < given.error < 0.01
    assert given.interval[0] == 0
    assert given.error <= given.interval[1] < 0.1
    # one error in 200 may be less than one to be expected, two are not
    assert extrapolate(sizes, np.full(5, 0.004), 200, 400).interval[0] == 0
    assert extrapolate(sizes, np.full(5, 0.02), 200, 400).interval[0] > 0


def test_with_all_labels_at_hand_the_interval_is_no_narrower_than_the_exact_one():
    sizes, worth = np.array(SHARES) * 200, 200
    for rate in (0.02, 0.1, 0.5):
        given = extrapolate(sizes, np.full(5, rate), 200, 200, worth)
        least, most = clopper_pearson(given.error * worth, worth)
        assert given.interval[0] < least
        assert given.interval[1] > most


@pytest.mark.parametrize("level", [0.9, 0.95])
def test_a_curve_that_falls_no_further_is_within_the_interval(level):
    # as of sms_spam and of the ring language: the error at hand stays, whatever the number of labels
    sizes = np.array(SHARES) * 200
    for rate in (0.025, 0.1, 0.3):
        for target in (400, 5_000, 100_000):
            given = extrapolate(sizes, np.full(5, rate), 200, target, level=level)
            assert given.error < rate < given.interval[1]


def test_kinds_that_err_more_move_the_upper_end_and_kinds_that_err_less_the_lower_one():
    sizes, errors = np.array(SHARES) * 200, np.array([0.5, 0.42, 0.37, 0.33, 0.31])
    alone, worse, better, alike = (extrapolate(sizes, errors, 200, 400, kinds=kinds) for kinds in ((), (1.6,), (0.6, 0.9), (1.0, 1.0)))
    assert alone == alike
    assert alone.error == worse.error == better.error
    assert worse.interval[1] > alone.interval[1]
    assert worse.interval[0] == alone.interval[0]
    assert better.interval[0] < alone.interval[0]
    assert better.interval[1] == alone.interval[1]


def test_a_higher_level_is_wider_on_both_sides():
    sizes, errors = np.array(SHARES) * 200, np.array([0.5, 0.42, 0.37, 0.33, 0.31])
    lows, highs = zip(*(extrapolate(sizes, errors, 200, 400, level=level, kinds=(1.2, 0.9)).interval for level in (0.6, 0.9, 0.99)), strict=True)
    assert list(lows) == sorted(lows, reverse=True)
    assert list(highs) == sorted(highs)
