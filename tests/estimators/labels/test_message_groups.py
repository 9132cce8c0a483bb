import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators.labels.message_groups import deal_folds, link_near_copies, sample_groups
from corpuskit.text import hashed_features
from tests.estimators.tables import requests

PAIRS = [
    ("the light was red so i pressed the brake", "the light was red so i pressed the gas"),
    ("大通りで財布を拾ったので交番に届けた", "大通りで財布を拾ったので自分の物にした"),
]


def test_copies_and_minimal_pairs_are_linked_and_other_messages_are_not():
    texts, _ = requests(40)
    texts = [*PAIRS[0], *PAIRS[1], PAIRS[0][0], *texts]
    groups = link_near_copies(hashed_features(texts), np.unique(texts, return_inverse=True)[1])
    assert groups[0] == groups[1] == groups[4]
    assert groups[2] == groups[3] != groups[0]
    assert len(np.unique(groups[5:])) > 30


def test_a_corpus_given_twice_has_the_same_groups():
    texts = [*PAIRS[0], *PAIRS[1], *requests(30)[0]]
    once = link_near_copies(hashed_features(texts), np.unique(texts, return_inverse=True)[1])
    twice = link_near_copies(hashed_features(texts * 2), np.unique(texts * 2, return_inverse=True)[1])
    assert (twice == np.tile(once, 2)).all()


def test_no_and_one_message():
    assert len(link_near_copies(hashed_features([]), np.zeros(0, np.int64))) == 0
    assert link_near_copies(hashed_features(["a"]), np.zeros(1, np.int64)).tolist() == [0]


tables = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=80)


@given(tables, st.integers(2, 6), st.integers(0, 5))
def test_folds_never_part_a_group(rows, folds, seed):
    labels = np.array([label for label, _ in rows])
    groups = np.unique([group for _, group in rows], return_inverse=True)[1]
    fold = deal_folds(labels, groups, folds, seed)
    assert all(len(set(fold[groups == group])) == 1 for group in set(groups))
    assert (deal_folds(labels, groups, folds, seed) == fold).all()


def test_folds_spread_every_label():
    labels = np.repeat([0, 1, 2], [50, 30, 5])
    fold = deal_folds(labels, np.arange(85), 5, 0)
    assert np.bincount(fold * 3 + labels).reshape(5, 3).tolist() == [[10, 6, 1]] * 5


def test_samples_take_whole_groups_in_proportion():
    labels = np.repeat([0, 1], [3000, 1000])
    groups = np.arange(4000) // 2
    chosen = sample_groups(labels, groups, 1000, seed=1)
    assert 990 <= len(chosen) <= 1002
    assert abs((labels[chosen] == 1).mean() - 0.25) < 0.01
    assert (np.bincount(groups[chosen])[np.unique(groups[chosen])] == 2).all()
    assert (chosen == sample_groups(labels, groups, 1000, seed=1)).all()
    assert (chosen != sample_groups(labels, groups, 1000, seed=2)[: len(chosen)]).any()


def test_groups_of_a_part_of_a_table_may_have_gaps_in_their_numbers():
    labels, groups = np.tile([0, 0, 1, 2], 30), np.repeat(np.arange(40), 3)
    assert (deal_folds(labels, groups * 7 + 1, 5, 0) == deal_folds(labels, groups, 5, 0)).all()
    assert (sample_groups(labels, groups * 7 + 1, 60, 0) == sample_groups(labels, groups, 60, 0)).all()


def test_small_tables_are_not_sampled():
    assert sample_groups(np.zeros(5, int), np.arange(5), 5, 0).tolist() == [0, 1, 2, 3, 4]
