import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.context_curve import (
    LENGTHS,
    MEASURES,
    estimate_context_curve,
    lengths_in_range,
    prefix_counts,
    prefix_errors,
    weighted_prefixes,
    words_enough,
)
from tests.estimators.tables import SUBJECT, inputs_of, table


def cued(n=600, place=5, length=16, noise=0.0, seed=0):
    """Messages of words that tell nothing but for one, at a known place."""
    random = np.random.default_rng(seed)
    texts, labels = [], []
    for _ in range(n):
        label = int(random.integers(3))
        words = [f"w{word}" for word in random.integers(0, 40, length)]
        words[place - 1] = f"cue{label if random.random() >= noise else random.integers(3)}"
        texts.append(" ".join(words))
        labels.append("abc"[label])
    return texts, labels


def growing(n=900, length=32, share=0.25, seed=0):
    """Each word tells the label with the same probability, wherever it stands."""
    random = np.random.default_rng(seed)
    texts, labels = [], []
    for _ in range(n):
        label = int(random.integers(3))
        told = random.random(length) < share
        texts.append(" ".join(f"c{label}x{random.integers(3)}" if tells else f"w{random.integers(30)}" for tells in told))
        labels.append("abc"[label])
    return texts, labels


def measured(*tables):
    return estimate_context_curve(inputs_of(*tables), EstimatorOptions())


def by_measure(found):
    return {item.measure: item for item in found.estimates}


def test_first_words_are_counted_in_order():
    first = np.array([[2, 0, 2, -1], [1, -1, -1, -1]], np.int32)
    assert prefix_counts(first, 1, 3).toarray().tolist() == [[0, 0, 1], [0, 1, 0]]
    assert prefix_counts(first, 4, 3).toarray().tolist() == [[1, 0, 2], [0, 1, 0]]


def test_whole_messages_have_length_one_and_a_part_never_more():
    first = np.random.default_rng(0).integers(0, 20, (50, 64)).astype(np.int32)
    whole, parts = weighted_prefixes(first, np.array(LENGTHS), 20)
    assert np.asarray(whole.multiply(whole).sum(axis=1)).ravel() == pytest.approx(np.ones(50))
    sizes = [np.asarray(part.multiply(part).sum(axis=1)).ravel() for part in parts]
    assert (sizes[0] < sizes[3]).all()
    assert max(size.max() for size in sizes) <= 1 + 1e-9


def test_lengths_are_those_that_half_of_the_messages_have():
    assert lengths_in_range(np.array([1, 4, 9, 9])).tolist() == [1, 2, 3, 4, 6, 8]
    assert lengths_in_range(np.array([0, 0, 0, 9])).tolist() == []


def test_the_error_falls_where_the_cue_stands():
    texts, labels = cued(place=5)
    found = by_measure(measured(table(texts, labels)))
    curve = {row[0]: row[1] for row in measured(table(texts, labels)).series[0].rows}
    assert curve[4] > 0.55  # guessing among three
    assert curve[6] < 0.05
    enough = found["context_words_enough"]
    assert 4 < enough.value <= 6
    assert (enough.id, enough.grade, enough.unit) == (f"context_words_enough@{SUBJECT}", "C", "messages")


def test_words_that_tell_a_little_each_make_an_exponential_curve():
    texts, labels = growing()
    found = by_measure(measured(table(texts, labels)))
    # a label stays unknown as long as no telling word was read: 2/3 * .75^t, which is 5 % at t = 9.0
    expected = np.log(0.05 / (2 / 3)) / np.log(0.75)
    needed = found["context_t_star"]
    assert needed.interval[0] - 1 <= expected <= needed.interval[1] + 1
    assert needed.value == pytest.approx(expected, abs=2)


def test_labels_with_noise_have_a_floor_that_is_claimed():
    texts, labels = growing(1500, seed=1)
    random = np.random.default_rng(2)
    noisy = [str(random.choice(list("abc"))) if random.random() < 0.3 else label for label in labels]
    found = by_measure(measured(table(texts, noisy)))
    floor = found["context_floor"]
    assert floor.interval[0] - 0.02 <= 0.2 <= floor.interval[1] + 0.02  # .3 (1 - 1/3)
    assert found["context_t_star"].undefined_because.code == "undefined_not_reachable"


def test_no_floor_is_claimed_where_there_is_none():
    assert by_measure(measured(table(*growing())))["context_floor"].undefined_because.code == "undefined_no_floor"


def test_labels_dealt_at_random_give_no_length():
    texts, labels = growing(400)
    found = measured(table(texts, list(np.random.default_rng(1).permutation(labels))))
    assert {item.value for item in found.estimates} == {None}
    assert {item.undefined_because.code for item in found.estimates} == {"undefined_words_tell_nothing"}
    assert len(found.series) == 1


def test_a_label_in_the_first_word_needs_one_word():
    found = by_measure(measured(table(*cued(place=1))))
    assert found["context_t_star"].value == found["context_words_enough"].value == 1
    assert found["context_t_star"].interval == (1, 1)


def test_an_error_that_still_falls_has_no_enough():
    found = by_measure(measured(table(*growing(900, length=12, share=0.08))))
    assert found["context_words_enough"].undefined_because.code == "undefined_still_falling"
    assert found["context_t_star"].value is None


def test_words_enough_lie_between_the_points():
    lengths, means = np.array([1, 2, 4]), np.array([[0.9, 0.5, 0.1], [0.3, 0.1, 0.1], [0.1, 0.1, 0.1]])
    assert words_enough(lengths, means, 0.02) == pytest.approx([4 - 2 * 0.02 / 0.4, 2 - 0.02 / 0.2, 1])


def test_a_table_given_twice_changes_little_and_narrows_nothing():
    texts, labels = cued(300, noise=0.3)
    once, twice = (by_measure(measured(table(texts * times, labels * times)))["context_words_enough"] for times in (1, 2))
    assert twice.value == pytest.approx(once.value, abs=0.3)
    first, second = (measured(table(texts * times, labels * times)).series[0].rows[-1] for times in (1, 2))
    assert second[3] - second[2] > 0.9 * (first[3] - first[2])


def test_only_long_messages_are_judged_and_all_are_learned_from():
    texts, labels = cued(200, length=16)
    short, of_short = cued(100, length=6, seed=1)
    tab = table(texts + short, labels + of_short)
    found = prefix_errors(tab.first_terms, len(tab.terms), tab.labels, tab.fold_groups)
    assert (found.lengths[-1], len(found.wrong)) == (16, 200)


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ((), "undefined_no_labels"),
        ((table(*cued(20)),), "undefined_too_few_messages"),
        ((table(*cued(200, place=1, length=3)),), "undefined_messages_too_short"),
    ],
)
def test_too_little_is_refused_with_the_reason(tables, code):
    found = measured(*tables)
    assert [item.measure for item in found.estimates] == [measure.name for measure in MEASURES]
    assert {item.undefined_because.code for item in found.estimates} == {code}
