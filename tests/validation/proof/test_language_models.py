import numpy as np
import pytest

from tests.validation.proof.language_models import PAIRS, BackOff, Network, _bag, _inputs, _memories
from tests.validation.proof.prompts import SYMBOLS, divergence, draw_prompts, ring_text


class Always:
    """A random generator that shows every message with all that its memory holds."""

    def integers(self, most, size):
        return np.full(size, most - 1)


def test_absolute_discounting_by_hand():
    model = BackOff(np.tile([0, 1, 2], (100, 2)))  # 90 messages are learned from: each letter 180 times, 539 pairs
    model.order = 2
    # no pair is seen once or twice, so that the discount is .5; 20 is followed 179 times
    alone = (180 - 0.5) / 540 + 0.5 * 3 / 540 / SYMBOLS
    expected = (180 - 0.5) / 180 + 0.5 / 180 * alone
    found = model.next_letters(np.array([[0, 0, 0, 0, 0]]))[0]
    assert found[1] == pytest.approx(expected)
    assert found.sum() == pytest.approx(1)
    assert found[5] == pytest.approx(0.5 / 180 * 0.5 * 3 / 540 / SYMBOLS)


def test_letters_without_a_memory_need_no_long_n_grams():
    random = np.random.default_rng(0)
    model = BackOff(random.integers(SYMBOLS, size=(300, 22)))
    assert model.order <= 2
    assert model.loss == pytest.approx(np.log(SYMBOLS), abs=0.02)


def test_n_grams_give_distributions_and_know_nothing_of_earlier_messages():
    model, prompts = BackOff(ring_text(500, 0.02, seed=1)), draw_prompts(40, 0.02, seed=2)
    found = [model.next_letters(prompts.written(m)) for m in (1, 4)]
    assert found[0].sum(axis=1) == pytest.approx(np.ones(40))
    assert found[0].min() > 0
    assert (found[0] == found[1]).all()


def test_the_network_learns_and_the_seed_decides():
    text, prompts = ring_text(250, 0.0, seed=1), draw_prompts(60, 0.0, seed=2)
    first, same = Network(text, seed=3), Network(text, seed=3)
    found = first.next_letters(prompts.written(2))
    assert (found == same.next_letters(prompts.written(2))).all()
    assert found.sum(axis=1) == pytest.approx(np.ones(60), abs=1e-5)
    assert first.loss < 1.6  # 2.94 without any knowledge, .97 for an exact reader
    assert divergence(prompts.truth, found).mean() < 0.5  # the letter after the first is one of three: even chances of 19 letters are 1.8 off


def test_inputs_hold_nothing_of_letters_to_come():
    text = ring_text(20, 0.04, seed=4)
    changed = text.copy()
    changed[:, 10:-1] = (changed[:, 10:-1] + 1) % 18
    memory = [np.zeros((20, PAIRS), np.float32)] * 2
    before, after = (_inputs(messages, memory).reshape(20, 22, -1) for messages in (text, changed))
    assert (before[:, :11] == after[:, :11]).all()
    assert (before[:, 11:] != after[:, 11:]).any(axis=2).all()


def test_memories_are_those_of_the_messages_before():
    text = ring_text(8, 0.04, seed=5)
    bags = _bag(text)
    assert bags.sum(axis=1).tolist() == [20] * 8
    last, earlier = _memories(text, Always())
    assert not last[0].any()
    assert (last[1:] == bags[:-1]).all()
    assert earlier[5] == pytest.approx((bags[3] + bags[2] + bags[1]) / 3)
    assert earlier[2] == pytest.approx(bags[0] / 3)


def test_prompts_are_read_as_the_text_was():
    text = ring_text(6, 0.04, seed=6)
    memories = _memories(text, Always())
    learned = _inputs(text, memories).reshape(6, 22, -1)[5, 1]
    seen = []

    class Spy:
        def predict_proba(self, inputs):
            seen.append(inputs)
            return np.full((len(inputs), SYMBOLS), 1 / SYMBOLS)

    network = Network.__new__(Network)
    network.model = Spy()
    network.next_letters(np.concatenate([text[1:5].ravel(), text[5, :1]])[None])
    assert seen[0][0] == pytest.approx(learned)
