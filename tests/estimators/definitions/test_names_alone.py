from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.definitions.definition_space import DefinitionView, named_wrong, written_alike
from corpuskit.estimators.definitions.names_alone import (
    STRANGE,
    CloseCalls,
    between_readings,
    close_calls,
    expected_error,
    nearest_of,
    read_by_names,
    shared_wording,
    unsettled,
)
from tests.estimators.definitions.messages import KINDS, unlabelled, written


def view(*rows):
    reading = np.array(rows, float)
    return DefinitionView(np.log(np.maximum(reading, 1e-9)), reading, np.ones(reading.shape[1], np.bool_))


def told(texts, **given):
    read = read_by_names(unlabelled(texts, **given), len(texts))
    return read, expected_error(read.view.reading), between_readings(read)


def test_the_expected_error_by_hand():
    # 1 - (.8^2.5 / (.8^2.5 + .2^2.5)) = .0303, and one half where two names are equal
    assert expected_error(np.array([[0.8, 0.2]])) == pytest.approx(1 / (1 + 4**2.5))
    assert expected_error(np.array([[0.8, 0.2], [0.5, 0.5]])) == pytest.approx((1 / 33 + 0.5) / 2)
    assert expected_error(np.array([[1.0, 0.0], [0.0, 1.0]])) == 0.0
    assert expected_error(np.full((7, 4), 0.25)) == pytest.approx(0.75)


@pytest.mark.parametrize("between", [0.15, 0.3, 0.6])
def test_the_interval_holds_what_the_labels_tell_where_names_speak_of_the_topic(between):
    texts, labels = written(400, seed=1, between=between)
    read, _, (low, high) = told(texts)
    kinds = sorted(KINDS)
    wrong = float(named_wrong(read.view.scores, np.array([kinds.index(label) for label in labels])).mean())
    assert low <= wrong <= high


def test_messages_between_two_kinds_raise_both_readings():
    (_, clear, (_, clear_high)), (_, mixed, (_, mixed_high)) = (told(written(400, seed=1, between=between)[0]) for between in (0.0, 0.5))
    assert mixed > clear + 0.05
    assert mixed_high > clear_high + 0.05


def test_copies_are_worth_one_message_and_stay_in_one_half():
    texts, _ = written(120, seed=2)
    alone, twice = told(texts), told([text for text in texts for _ in range(3)])
    assert twice[0].effective_n == pytest.approx(alone[0].effective_n, rel=0.01)
    assert twice[2][1] == pytest.approx(alone[2][1], abs=0.06)
    changed = unsettled(twice[0])
    assert all(len(set(changed[3 * place : 3 * place + 3].tolist())) == 1 for place in range(120))


def test_the_order_of_messages_and_of_names_changes_nothing_that_is_expected():
    texts, _ = written(200, seed=3)
    order = np.random.default_rng(0).permutation(200)
    _, expected, (_, high) = told(texts)
    assert told([texts[place] for place in order])[1:] == (pytest.approx(expected), (pytest.approx(told(texts)[2][0], abs=0.05), pytest.approx(high)))
    assert told(texts, names=tuple(sorted(KINDS, reverse=True)))[1] == pytest.approx(expected, abs=1e-6)


def test_of_more_messages_than_are_read_as_many_are_drawn():
    texts, _ = written(120, seed=2)
    read = read_by_names(unlabelled(texts), 50, seed=4)
    assert (read.n, len(set(read.chosen.tolist())), read.chosen.tolist() == sorted(read.chosen.tolist())) == (50, 50, True)
    assert (read.features != read.messages.features[read.chosen]).nnz == 0
    assert read_by_names(unlabelled(texts), 120).chosen.tolist() == list(range(120))


def test_two_names_equally_near_place_nothing():
    assert nearest_of(view([0.6, 0.4], [0.5, 0.5], [0.3, 0.7])).tolist() == [0, -1, 1]


def test_a_name_that_is_written_twice_settles_nothing():
    texts, _ = written(120, seed=2)
    read, _, (low, _) = told(texts, names=("parcel delivery", "parcel delivery", "invoice payment"))
    assert unsettled(read)[read.nearest < 0].all()
    assert low > 0.1


def test_close_calls_are_those_with_a_second_name_half_as_near():
    read = read_by_names(unlabelled(["a"] * 5), 5)
    rows = [[0.6, 0.3, 0.1], [0.6, 0.29, 0.11], [0.4, 0.35, 0.25], [0.3, 0.6, 0.1], [0.45, 0.45, 0.1]]
    read.__dict__["view"] = view(*rows)
    found = close_calls(read)
    # the last message lies between two names and is a close call for both
    assert found.tied.tolist() == [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    assert found.drawn.tolist() == [4, 2, 0]
    assert found.counts.tolist() == [[0, 3, 0], [2, 0, 0], [0, 0, 0]]
    assert found.share()[0, 1] == pytest.approx(3 / 4)


def test_two_names_compete_when_a_quarter_of_either_is_close_to_the_other():
    counts = np.array([[0, 30, 30], [20, 0, 0], [9, 0, 0]])
    drawn, none = np.array([100, 80, 50]), np.zeros((3, 3), np.int64)
    # 30 of 100 and 20 of 80 reach a quarter, 9 of 50 do not
    assert CloseCalls(counts, none, drawn).competing() == ((0, 1, 50, 50 / 180),)
    assert CloseCalls(counts // 6, none, drawn // 6).competing() == ()  # 8 close calls are too few


def test_messages_equally_near_to_both_names_are_told_once():
    both = np.array([[0, 12], [12, 0]])
    assert CloseCalls(both, both, np.array([12, 12])).competing() == ((0, 1, 12, 1.0),)


def test_without_messages_there_is_nothing_to_read():
    read = read_by_names(replace(unlabelled([]), features=csr_matrix((0, 4))), 10)
    assert (read.n, read.effective_n) == (0, 0.0)


def test_a_name_that_no_message_is_worded_like_shares_little_with_what_it_draws():
    texts, _ = written(300)
    names = (*sorted(KINDS), "hotel booking")
    read = read_by_names(unlabelled(texts, names=names), 300)
    shared = shared_wording(read)
    assert shared.keys() == {0, 1, 2, 3}
    assert shared[3] < STRANGE < min(shared[code] for code in range(3))
    alike = written_alike(read.features, read.names)  # by hand, from the definition
    own = alike[read.nearest == 3, 3]
    assert shared[3] == pytest.approx(own.mean() / alike.max(axis=1).mean())


def test_wording_is_judged_of_enough_messages_and_of_names_that_share_anything():
    texts, _ = written(300)
    read = read_by_names(unlabelled(texts, names=(*sorted(KINDS), "ζηω")), 300)
    assert shared_wording(read).keys() == {0, 1, 2}
    few = read_by_names(unlabelled(texts[:25]), 25)
    drawn = np.bincount(few.nearest[few.nearest >= 0], minlength=3)
    assert shared_wording(few).keys() == set(np.flatnonzero(drawn >= 10).tolist()) != {0, 1, 2}
    assert shared_wording(read_by_names(unlabelled([]), 10)) == {}
