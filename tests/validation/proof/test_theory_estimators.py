import numpy as np
import pytest

from corpuskit.synthetic import FeatureTable, ring_messages
from tests.validation.proof.prompts import messages_of
from tests.validation.proof.screening import screen
from tests.validation.proof.theory_estimators import Held, determination_of_letters, determination_of_messages, one_draw, share_held


def entry(low, high, truth=0.1):
    return Held("bracket", 0.02, 200, (low + high) / 2, (low, high), truth)


def test_shares_count_what_holds_and_leave_refusals_out():
    refused = Held("bracket", 0.02, 200, None, None, 0.1)
    found = share_held([entry(0.05, 0.2), entry(0.1, 0.2), entry(0.11, 0.2), refused])
    assert found is not None
    value, (low, high), n = found
    assert (value, n) == (pytest.approx(2 / 3), 3)
    assert (low, high) == (pytest.approx(0.0943, abs=1e-4), pytest.approx(0.9916, abs=1e-4))  # Clopper and Pearson, 2 of 3
    assert share_held([refused]) is None


@pytest.mark.parametrize("ambiguity", [0.02, 0.04])
def test_u_of_letters_is_that_of_a_large_sample(ambiguity):
    messages = ring_messages(60_000, ambiguity, seed=1)
    cells = np.zeros((18, 6))
    np.add.at(cells, (messages.letters.ravel(), np.repeat(messages.intentions, messages.letters.shape[1])), 1)
    assert determination_of_letters(ambiguity) == pytest.approx(FeatureTable(cells / cells.sum()).determination, abs=0.001)


def test_u_without_noise_is_one_and_that_of_messages_as_computed_apart():
    assert determination_of_letters(0.0) == 1.0
    assert determination_of_messages(messages_of(30_000, 0.02, seed=2)) == pytest.approx(0.858, abs=0.005)  # theory 5.1


def test_one_draw_asks_every_estimator_and_whole_messages_are_refused():
    found = {entry.estimator: entry for entry in one_draw(0.02, 100, 150, seed=3)}
    assert sorted(found) == ["bracket", "cross_fitted", "extrapolated", "u_of_letters", "u_of_messages"]
    assert found["u_of_messages"].interval is None
    assert found["bracket"].truth == found["extrapolated"].truth == 0.0893
    assert found["extrapolated"].measured is not None
    assert all(entry.interval for name, entry in found.items() if name != "u_of_messages")


def test_an_audit_of_the_same_table_says_the_same():
    messages = messages_of(120, 0.02, seed=9)
    found = {entry.estimator: entry for entry in one_draw(0.02, 80, 120, seed=9)}
    labels = [f"intention {code}" if row < 80 else "" for row, code in enumerate(messages.intentions)]
    audited = screen(messages.texts(), labels, level=0.9)
    assert audited.ambiguity == pytest.approx(found["cross_fitted"].value)
    assert audited.error == pytest.approx(found["extrapolated"].value)
    assert audited.interval == pytest.approx(found["extrapolated"].interval)
