import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words.word_senses import FEWEST_TERMS, estimate_word_senses, unclear_occurrences
from tests.counts.build import counted, sentence

OPTIONS = EstimatorOptions()
LETTERS = "bcdfghjklm"


def test_an_occurrence_is_unclear_where_its_section_holds_neighbours_of_two_senses():
    # term, two neighbours of sense 0, two of sense 1
    sections = csr_matrix(np.array([[2, 9, 9, 0, 0], [1, 1, 0, 1, 0], [1, 0, 0, 0, 0], [0, 1, 0, 0, 1]]))
    sense, shares = np.array([0, 0, 1, 1]), np.array([0.5, 0.5, 0, 0])
    unclear = unclear_occurrences(sections, np.arange(3), np.array([2.0, 1, 1]), np.arange(1, 5), sense, shares)
    # (2 + .5) / 3 = .83: two neighbours of one sense are not yet enough for .9
    assert unclear.tolist() == [2, 1, 1]
    many = csr_matrix(np.array([[1, 1, 1, 1, 1, 1, 0]]))
    assert unclear_occurrences(many, np.array([0]), np.ones(1), np.arange(1, 7), np.array([0, 0, 0, 0, 0, 1]), shares).tolist() == [0]


def worlds(shared, change=lambda word: word, backwards=False):
    """Documents of two worlds, each with words of its own; ``shared`` words stand in both."""
    random = np.random.default_rng(0)
    words = [[f"{world}{a}{b}" for a in LETTERS for b in LETTERS[:6]] for world in ("axe", "oil")]
    documents = {}
    for number in range(120):
        own = words[number % 2]
        # each word has its circle within its world
        texts = []
        for _ in range(25):
            circle = random.integers(len(own) - 12)
            texts.append([*random.choice(own[circle : circle + 12], 7), random.choice(shared), *random.choice(own[circle : circle + 12], 7)])
        documents[f"{number:03}.txt"] = [sentence(*(change(str(word)) for word in text)) for text in texts]
    return counted(dict(reversed(documents.items())) if backwards else documents, groups=25)


def test_a_word_of_two_worlds_has_two_senses_and_the_words_of_one_have_fewer():
    shared = ["bank", "seal", "lead"]
    stats = worlds(shared)
    found = estimate_word_senses(Inputs(stats, OPTIONS), OPTIONS)
    estimates = {item.measure: item for item in found.estimates}
    share = estimates["ambiguous_terms"]
    assert share.n >= FEWEST_TERMS
    assert share.grade == "E"
    assert share.interval[0] < share.value < share.interval[1] < 0.6
    (series,) = found.series
    told = {row[0]: row for row in series.rows}
    assert set(shared) <= set(told)
    for word in shared:
        assert told[word][1] > 1.5
        groups = told[word][3].split(" / ")
        assert len(groups) > 1
        assert all(len({name[:3] for name in group.split(", ")}) == 1 for group in groups)
    assert found.findings[0].parameters["n"] == share.n


def test_few_terms_and_nothing_are_reasons():
    stats = counted({f"{number}.txt": [sentence("purchase", "order", "purchase", "invoice")] for number in range(40)})
    found = estimate_word_senses(Inputs(stats, OPTIONS), OPTIONS)
    assert {item.undefined_because.code for item in found.estimates} == {"undefined_too_few_frequent_terms"}
    assert (found.series, found.findings) == ((), ())
    assert estimate_word_senses(Inputs(count_nothing(CountOptions()), OPTIONS), OPTIONS).estimates == ()


def numbers(stats):
    found = estimate_word_senses(Inputs(stats, OPTIONS), OPTIONS)
    return [(item.value, item.interval, item.n) for item in found.estimates]


def test_names_and_order_of_words_and_documents_change_nothing():
    shared = ["bank", "seal", "lead"]
    plain = numbers(worlds(shared))
    assert plain[0][0] > 0
    assert numbers(worlds(shared, backwards=True)) == plain
    renamed = numbers(worlds(shared, change=lambda word: "zq" + word))
    assert [value for each in renamed for value in each] == [pytest.approx(value) for each in plain for value in each]
