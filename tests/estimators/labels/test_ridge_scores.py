import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.message_groups import deal_folds
from corpuskit.estimators.labels.ridge_scores import PENALTY, ridge_scores


def points(n=120, seed=0):
    random = np.random.default_rng(seed)
    labels = np.arange(n) % 3
    return csr_matrix(np.eye(3)[labels] + 0.3 * random.random((n, 3))), labels


def test_the_dual_form_is_ridge_regression():
    known, labels = points()
    (found,) = ridge_scores(known, [known], labels, np.arange(120))
    fold = deal_folds(labels, np.arange(120), 5, 0)
    rows, asked = np.flatnonzero(fold != 2), np.flatnonzero(fold == 2)
    x, shares = known[rows].toarray(), np.bincount(labels[rows]) / len(rows)
    slopes = np.linalg.solve(x.T @ x + PENALTY * np.eye(3), x.T @ (np.eye(3)[labels[rows]] - shares))
    assert found[asked] == pytest.approx(known[asked].toarray() @ slopes + shares)
    assert (found.argmax(axis=1) == labels).all()


def test_copies_change_nothing():
    known, labels = points(60)
    twice = csr_matrix(np.repeat(known.toarray(), 2, axis=0))
    (once,) = ridge_scores(known, [known], labels, np.arange(60))
    (found,) = ridge_scores(twice, [twice], np.repeat(labels, 2), np.repeat(np.arange(60), 2))
    fold, doubled = deal_folds(labels, np.arange(60), 5, 0), deal_folds(np.repeat(labels, 2), np.repeat(np.arange(60), 2), 5, 0)[::2]
    assert (fold == doubled).all()
    assert found[::2] == pytest.approx(once, rel=1e-9)


def test_a_message_never_judges_itself():
    # every message has a feature of its own and a label drawn at random: whoever has seen it knows the label
    labels = np.random.default_rng(0).integers(0, 2, 200)
    (found,) = ridge_scores(csr_matrix(np.eye(200)), [csr_matrix(np.eye(200))], labels, np.arange(200))
    assert np.mean(found.argmax(axis=1) != labels) > 0.4
    pairs = csr_matrix(np.repeat(np.eye(100), 2, axis=0))
    own = np.repeat(labels[:100], 2)
    assert np.mean(ridge_scores(pairs, [pairs], own, np.repeat(np.arange(100), 2))[0].argmax(axis=1) != own) > 0.4


def test_a_label_in_one_group_is_never_given_to_it():
    known, labels = points(61)
    labels = labels.copy()
    labels[60] = 3
    (found,) = ridge_scores(known, [known], labels, np.arange(61))
    assert found[60, 3] == -np.inf
    assert np.isfinite(np.delete(found, 60, axis=0)[:, :3]).all()
