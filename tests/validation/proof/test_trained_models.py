import numpy as np
import pytest
from scipy.sparse import csr_matrix

from tests.validation.proof.made_tasks import made_tasks
from tests.validation.proof.trained_models import Errors, ppmi, trained_errors


def errors_of(texts, labels) -> Errors:
    return trained_errors(list(texts), list(labels), "en")


def test_messages_that_tell_their_kind_are_learned_by_all_three():
    task = made_tasks(150)[0].task
    found = errors_of(*zip(*((row.text, row.label) for row in task.rows), strict=True))
    assert max(found.svm, found.neighbours, found.network) < 0.05
    assert found.mean == pytest.approx((found.svm + found.neighbours + found.network) / 3)
    assert found.rows == 150


def test_labels_drawn_by_lot_are_learned_by_none():
    task, random = made_tasks(240)[0].task, np.random.default_rng(0)
    found = errors_of([row.text for row in task.rows], random.choice(["a", "b"], 240))
    assert min(found.svm, found.neighbours, found.network) > 0.35  # .5, and five standard deviations of .03 below


def test_near_copies_give_no_answer_away():
    """Each message stands twice, with one label that was drawn by lot: who saw the copy would make no error."""
    random = np.random.default_rng(1)
    words = ["".join(random.choice(list("abcdefghijklmnopqrstuvwxyz"), 7)) for _ in range(600)]
    texts = [" ".join(random.choice(words, 8)) for _ in range(120)]
    labels = random.choice(["a", "b"], 120)
    found = errors_of([*texts, *(f"{text} again" for text in texts)], [*labels, *labels])
    assert min(found.svm, found.neighbours, found.network) > 0.3


def test_a_known_value_of_positive_information():
    """Words by documents of Jurafsky and Martin (2009): PPMI(information, data) is .57 bits, (digital, computer) 1.66."""
    counts = csr_matrix(np.array([[0, 0, 1, 0, 1], [0, 0, 1, 0, 1], [2, 1, 0, 1, 0], [1, 6, 0, 4, 0]], float).T)  # documents by words
    found = ppmi(counts, np.asarray(counts.sum(axis=0)).ravel()).toarray().T / np.log(2)
    assert found[3, 1] == pytest.approx(0.566, abs=0.001)
    assert found[2, 0] == pytest.approx(1.66, abs=0.005)
    assert (found >= 0).all()


def test_words_that_are_not_known_weigh_nothing():
    assert ppmi(csr_matrix([[1.0, 2.0]]), np.array([0.0, 5.0])).toarray()[0, 0] == 0
