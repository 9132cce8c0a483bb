import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.robustness.character_noise import (
    CONFUSIONS,
    EXACT,
    NAMES,
    RATES,
    Kinds,
    estimate_character_noise,
    extrapolated_to_none,
    noise_on,
    per_unit,
    statistics,
    under_noise,
)
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from tests.counts.build import counted, sentence
from tests.estimators.corpora import by_measure, corpus, drawn
from tests.estimators.method_words import method_of

TYPES = st.lists(st.tuples(st.integers(1, 400), st.integers(1, 12)), min_size=2, max_size=30)


def simulate(counts, lengths, rate, random):
    """Let characters go wrong one by one: give how often each form stands there, the right ones first. What the expectations are held against."""
    forms = []
    for total, length in zip(counts, lengths, strict=True):
        wrong = (random.random((total, length)) < rate) * random.integers(1, CONFUSIONS + 1, (total, length))
        forms.append(np.unique(wrong, axis=0, return_counts=True)[1])
    return np.concatenate(forms)


def plain_statistics(frequencies):
    spectrum = spectrum_of(frequencies)
    n, once, twice = frequencies.sum(), np.sum(frequencies == 1), np.sum(frequencies == 2)
    return np.array([chao_jost_coverage(once, twice, n), chao_wang_jost(*spectrum), once / len(frequencies), len(frequencies)])


def after_noise(counts, lengths, rate):
    kinds = Kinds.of(counts, lengths)
    found = kinds.count(counts, lengths)
    return noise_on(kinds, found > 0, rate) @ found


def zipf(types=1500, tokens=20_000, seed=0):
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, types + 1) ** 1.05
    counts = random.multinomial(tokens, share / share.sum())
    return counts[counts > 0], random.integers(2, 12, np.count_nonzero(counts))


@pytest.mark.parametrize("rate", RATES[1:])
def test_expectations_are_the_means_of_simulated_errors(rate):
    counts, lengths = zipf()
    random = np.random.default_rng(0)
    simulated = [plain_statistics(simulate(counts, lengths, rate, random)) for _ in range(12)]
    spread = np.std(simulated, axis=0) / np.sqrt(12)
    expected = statistics(after_noise(counts, lengths, rate))
    # three standard errors, and what the simplest of forms with two errors (not three) and the grid leave
    assert np.all(np.abs(np.mean(simulated, axis=0) - expected) <= 3 * spread + np.array([2e-4, 1e-3, 2e-3, 0.003 * expected[3]]))


@given(TYPES)
def test_no_noise_changes_nothing(types):
    counts, lengths = (np.array(side) for side in zip(*types, strict=True))
    n, once, twice, number, _ = after_noise(counts, lengths, 0.0)
    assert (n, once, twice, number) == pytest.approx((counts.sum(), *(np.sum(counts == 1), np.sum(counts == 2)), len(counts)))
    if max(counts) <= EXACT and once < n:  # on the grid, so the entropy is exact too
        assert statistics(after_noise(counts, lengths, 0.0)) == pytest.approx(plain_statistics(counts))


@given(TYPES)
def test_noise_loses_no_token_and_brings_ever_more_forms(types):
    counts, lengths = (np.array(side) for side in zip(*types, strict=True))
    sums = np.array([after_noise(counts, lengths, rate) for rate in RATES])
    assert sums[:, 0] == pytest.approx(counts.sum())
    assert np.all(np.diff(sums[:, 3]) >= -1e-9)


def test_all_four_statistics_move_one_way_as_noise_grows():
    inputs = corpus(drawn(60))
    values = under_noise(inputs.document_terms["en"], inputs.document_groups, inputs.term_lengths["en"])
    steps = np.sign(np.diff(values, axis=0))
    assert np.all(steps == np.array([-1, 1, 1, 1])[None, :, None])


def test_one_word_by_hand():
    # a word of 2 characters seen once goes wrong with 1 - .99^2 = .0199; whatever it becomes, it is one form seen once
    assert after_noise(np.array([1]), np.array([2]), 0.01)[1:4] == pytest.approx([1, 0, 1])
    # of one character, seen twice: right twice .99^2, one of 3 forms twice 3 (.01/3)^2, so twice .98013, else two forms seen once
    n, once, twice, forms, _ = after_noise(np.array([2]), np.array([1]), 0.01)
    assert (n, twice) == pytest.approx((2, 0.99**2 + 3 * (0.01 / 3) ** 2))
    assert (once, forms) == pytest.approx((2 * (1 - twice), twice + 2 * (1 - twice)))


def test_without_each_group_is_as_if_the_group_were_not_there():
    inputs = corpus(drawn(40), groups=10)
    terms, group, lengths = inputs.document_terms["en"], inputs.document_groups, inputs.term_lengths["en"]
    values = under_noise(terms, group, lengths)
    for place in (0, 7):
        alone = under_noise(csr_matrix(terms[np.flatnonzero(group != place)]), group[group != place], lengths)
        assert alone[:, :, 0] == pytest.approx(values[:, :, 1 + place], rel=2e-4)  # the grid hangs on the largest frequency


def test_a_straight_line_is_extrapolated_straight_and_a_parabola_exactly():
    rates = np.array(RATES)[:, None]
    assert extrapolated_to_none(0.9 - 3 * rates) == pytest.approx(0.93)
    assert extrapolated_to_none(0.9 - 3 * rates + 50 * rates**2) == pytest.approx(0.9 + 0.03 + 0.005)
    assert per_unit(0.9 - 3 * rates) == pytest.approx(-0.03)


def test_what_noise_did_is_taken_back_for_the_most_part():
    counts, lengths = zipf(4000, 60_000)
    clean = plain_statistics(counts)
    kinds = Kinds.of(counts, lengths)
    found = kinds.count(counts, lengths)
    values = np.array([statistics(noise_on(kinds, found > 0, 0.01 + rate) @ found) for rate in RATES])
    left = (extrapolated_to_none(values) - clean) / (values[0] - clean)
    assert np.all((left > -0.1) & (left < 0.5))


def measured(counts, **options):
    inputs = corpus(counts, **options)
    return by_measure(estimate_character_noise(inputs, inputs.options))


def test_slopes_have_intervals_and_say_what_they_assume():
    found = measured(drawn(60))
    for name in NAMES:
        item = found[f"{name}_noise_slope"]
        assert item.interval[0] < item.value < item.interval[1]
        assert "confusions" in method_of(item)
    assert found["coverage_noise_slope"].value < 0 < found["types_noise_slope"].value


def test_texts_that_cannot_hold_such_errors_are_told_so():
    # every word is used many times: were one character in a hundred wrong, some words would stand there once
    found = measured(np.full((30, 20), 5))
    assert found["coverage_without_noise"].undefined_because.code == "undefined_noise_impossible"
    assert found["coverage_noise_slope"].value < 0


def test_what_is_given_without_noise_is_conditional():
    counts, lengths = zipf()
    random = np.random.default_rng(1)
    noisy = simulate(counts, lengths, 0.02, random)
    rows = np.array([random.multinomial(600, noisy / noisy.sum()) for _ in range(30)])
    found = measured(rows)["coverage_without_noise"]
    if found.value is not None:
        assert "which is not known" in method_of(found)
        assert 0 <= found.interval[0] <= found.value <= found.interval[1] <= 1


def test_few_words_give_none():
    for counts, code in (
        (np.zeros((1, 1), int), "undefined_too_few_tokens"),
        (np.eye(30, dtype=int), "undefined_all_hapax"),
        (np.full((2, 5), 3), "undefined_too_few_tokens_for_forecast"),
    ):
        found = measured(counts)
        assert len(found) == 8
        assert {item.undefined_because.code for item in found.values()} == {code}


def test_names_of_words_and_order_of_documents_do_not_matter_but_lengths_do():
    random = np.random.default_rng(0)
    documents = {f"d{number}": [sentence(*(f"w{word:03}" for word in random.zipf(1.4, 80) % 300))] for number in range(30)}

    def of(texts, rename):
        parts = {name: [sentence(*(rename(word) for word in part.paragraphs[0][0])) for part in found] for name, found in texts.items()}
        return by_measure(estimate_character_noise(Inputs(counted(parts), EstimatorOptions()), EstimatorOptions()))

    plain = of(documents, str)
    for same in (of(documents, lambda word: word[::-1]), of(dict(reversed(documents.items())), str)):
        for name, item in plain.items():
            assert same[name].value == (None if item.value is None else pytest.approx(item.value))
            assert same[name].interval == (None if item.interval is None else pytest.approx(item.interval))
    longer = of(documents, lambda word: word * 3)
    assert longer["types_noise_slope"].value > plain["types_noise_slope"].value
