import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.agreement import krippendorff_alpha
from corpuskit.estimators.labels.soft_labels import estimate_soft_labels, soft_labels
from corpuskit.synthetic import ring_messages
from tests.estimators.tables import inputs_of, requests, table


def measured(messages, **options):
    return estimate_soft_labels(inputs_of(messages, **options), EstimatorOptions(**options)).estimates


def ring_votes(seed, raters, n=200, noise=0.04):
    messages, random = ring_messages(n, noise, seed=seed), np.random.default_rng(seed)
    return messages, np.array([random.multinomial(raters, each / each.sum()) for each in messages.posterior])


def test_readings_by_hand():
    found = soft_labels(np.array([[8, 2, 0]]))
    assert found.within == pytest.approx(0.2)
    assert found.without == pytest.approx(0.2)  # eight of ten stay in the lead without any one of them
    assert soft_labels(np.array([[5, 5]])).within == pytest.approx(0.5)
    assert soft_labels(np.array([[5, 5]])).without == pytest.approx(1.0)  # the others' majority is always the other label
    # five to four: one of the five leaves four against four, which is right in half of the cases, one of the four is wrong
    assert soft_labels(np.array([[5, 4]])).without == pytest.approx(5 / 9 / 2 + 4 / 9)
    # 9 within - 8 (5/9 (1 - 4/8) + 4/9 (1 - 5/8)) = 9 4/9 - 8 (5/18 + 1/6) = 4 - 32/9
    assert soft_labels(np.array([[5, 4]])).corrected == pytest.approx(max(4 - 32 / 9, 4 / 9))


def test_raters_at_one_leave_no_error():
    assert soft_labels(np.array([[12, 0, 0], [0, 0, 10]])) == (0.0, 0.0, 0.0)


@given(
    st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(lambda votes: sum(votes) >= 2), min_size=1, max_size=8),
    st.permutations([0, 1, 2]),
)
def test_readings_are_ordered_and_know_no_names(votes, order):
    found = soft_labels(np.array(votes))
    assert 0 <= found.within <= found.corrected <= found.without <= 1 + 1e-12
    assert soft_labels(np.array(votes)[:, order]) == pytest.approx(found)


@pytest.mark.parametrize("raters", [10, 20])
def test_the_exact_error_of_the_ring_language_lies_between_the_readings(raters):
    truth = 0.1963
    found = np.array([soft_labels(ring_votes(seed, raters)[1]) for seed in range(40)])
    within, corrected, without = found.mean(axis=0)
    error = found.std(axis=0, ddof=1)[1] / np.sqrt(len(found))
    assert within + error < truth < without - error
    assert abs(corrected - truth) < 3 * error


def test_its_interval_holds_the_exact_error_and_is_narrower_than_that_of_two_coders():
    covered, widths = 0, []
    for seed in range(40):
        messages, votes = ring_votes(seed, 12)
        labels = [str(code) for code in votes.argmax(axis=1)]
        messages_of_table = table(messages.texts(), labels, votes=votes[:, sorted({int(label) for label in labels})])
        (ambiguity, *_) = measured(messages_of_table)
        covered += ambiguity.interval[0] <= 0.1963 <= ambiguity.interval[1]
        widths.append(ambiguity.interval[1] - ambiguity.interval[0])
    assert covered >= 38
    assert np.mean(widths) < 0.15  # [.11, .34] with two coders in the design study


def test_agreement_is_that_of_the_ratings():
    texts, labels = requests(60)
    random = np.random.default_rng(3)
    ratings = random.choice(3, (60, 10), p=[0.6, 0.3, 0.1])
    votes = np.stack([(ratings == code).sum(axis=1) for code in range(3)], axis=1)
    _, alpha = measured(table(texts, labels, votes=votes))
    assert alpha.id == "krippendorff_alpha@labels:table.csv#label"
    assert alpha.value == pytest.approx(krippendorff_alpha(ratings).value)


def test_copies_widen_the_interval():
    texts, labels = requests(60)
    votes = np.tile([[9, 1, 0], [2, 8, 0]], (30, 1))
    single = measured(table(texts, labels, votes=votes))[0]
    copied = measured(table([text for text in texts[:20] for _ in range(3)], labels, votes=votes))[0]
    assert copied.value == pytest.approx(single.value)
    assert copied.interval[0] < single.interval[0] < single.interval[1] < copied.interval[1]


def test_with_fewer_raters_or_messages_there_is_a_reason_and_without_raters_nothing():
    texts, labels = requests(60)
    nine = measured(table(texts, labels, votes=np.tile([[9, 0, 0]], (60, 1))))
    assert [estimate.undefined_because.code for estimate in nine] == ["undefined_too_few_rated"]
    assert measured(table(texts, labels)) == ()
    with pytest.raises(ValueError, match="two votes"):
        soft_labels(np.array([[1, 0]]))
