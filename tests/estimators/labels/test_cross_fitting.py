import numpy as np

from corpuskit.estimators.labels.cross_fitting import cross_fit, folds_of
from corpuskit.text import hashed_features
from tests.estimators.tables import requests


def codes(labels):
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def test_the_predicted_class_has_the_highest_score():
    texts, labels = requests(120)
    found = cross_fit(hashed_features(texts), codes(labels), np.arange(120))
    assert found.scores.shape == (120, 3)
    assert (found.scores.argmax(axis=1) == found.predicted).all()
    assert (found.predicted == codes(labels)).mean() > 0.9
    assert sorted(set(found.fold.tolist())) == [0, 1, 2, 3, 4]


def test_two_classes_have_two_scores_of_equal_size():
    texts, labels = requests(90)
    found = cross_fit(hashed_features(texts), (codes(labels) > 0).astype(np.int64), np.arange(90))
    assert np.allclose(found.scores[:, 0], -found.scores[:, 1])


def test_a_class_that_stands_in_one_group_has_no_score_where_it_is_asked():
    texts, labels = requests(60)
    own = codes(labels)
    own[:4] = 3
    groups = np.concatenate([np.zeros(4, np.int64), np.arange(1, 57)])  # the four are copies: one fold holds them all
    found = cross_fit(hashed_features(texts), own, groups)
    assert np.isneginf(found.scores[:4, 3]).all()
    assert (found.predicted[:4] != 3).all()


def test_nothing_to_learn_from_gives_no_class():
    found = cross_fit(hashed_features(["a b", "a b"]), np.array([0, 1]), np.array([0, 0]))
    assert found.predicted.tolist() == [-1, -1]


def test_no_group_is_parted_and_every_message_is_asked_once():
    texts, labels = requests(60)
    groups = np.repeat(np.arange(20), 3)
    fold = cross_fit(hashed_features(texts), codes(labels), groups).fold
    assert all(len(set(fold[groups == group].tolist())) == 1 for group in range(20))
    parts = list(folds_of(hashed_features(texts), fold, groups))
    assert sorted(np.concatenate([part.asked for part in parts]).tolist()) == list(range(60))
    assert all(not set(part.known.tolist()) & set(part.asked.tolist()) for part in parts)
    assert all(abs(part.penalty - 1 / 3) < 1e-9 for part in parts)  # three copies count as one
