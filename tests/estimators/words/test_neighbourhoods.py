import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators.words.neighbourhoods import (
    company_in,
    content_terms,
    cosines,
    ego_networks,
    excess_pairs,
    mean_likeness,
    strongest,
    term_space,
    terms_of_sections,
)
from tests.counts.build import counted, sentence


def test_pairs_beyond_chance_by_hand():
    together = csr_matrix(np.array([[0, 4, 0, 0], [4, 0, 1, 1], [0, 1, 0, 4], [0, 1, 4, 0]], float))
    # N = 20, margins 4, 6, 5, 5: cell (0, 1) has 4 - 4 * 6 / 20; cells seen once are left out
    found = excess_pairs(together).toarray()
    assert found[0, 1] == pytest.approx(4 - 1.2)
    assert found[2, 3] == pytest.approx(4 - 1.25)
    assert (found > 0).sum() == 4


def test_cosines_of_equal_opposite_and_empty_rows():
    found = cosines(csr_matrix(np.array([[1, 2, 0], [2, 4, 0], [0, 0, 3], [0, 0, 0]], float)))
    assert found == pytest.approx(np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]]), abs=1e-6)


def test_strongest_neighbours_first_and_their_weights_sum_to_one():
    places, weights = strongest(csr_matrix(np.array([[0.0, 1, 3, 0], [0, 0, 0, 0], [2, 2, 2, 2]])), 3)
    assert places[0].tolist()[:2] == [2, 1]
    assert weights[0] == pytest.approx([0.75, 0.25, 0])
    assert weights[1].sum() == 0
    assert weights[2] == pytest.approx([1 / 3] * 3)


def test_mean_likeness_does_not_count_a_word_with_itself():
    networks = ego_networks(np.array([[1, 0.5], [0.5, 1]], np.float32), np.array([[0, 1]]))
    even = np.array([[0.5, 0.5]])
    assert mean_likeness(networks, even, even) == pytest.approx([0.5])
    assert np.isnan(mean_likeness(networks, np.array([[1.0, 0]]), np.array([[1.0, 0]])))


def test_content_terms_are_words_that_carry_content():
    stats = counted({"a.txt": [sentence("the", "order", "a1", "of", "order", "invoice")]})
    assert content_terms(stats, "en").select("form", "frequency").rows() == [("order", 2), ("invoice", 1)]
    japanese = counted({"a.txt": [sentence("請求書", "それ", "サーバー", "三月", "主に", language="ja")]})
    assert set(content_terms(japanese, "ja")["form"]) == {"請求書", "サーバー", "主に"}


def test_terms_of_sections_are_those_of_one_language():
    stats = counted({"a.txt": [sentence("order", "order", "invoice"), sentence("請求", language="ja")]})
    assert terms_of_sections(stats, "ja", np.array([0])).toarray().ravel().tolist() == [0, 1]
    assert terms_of_sections(stats, "en", np.array([1])).toarray().ravel().tolist() == [2, 0]


def test_the_company_of_a_term_of_the_space_is_its_row_there():
    random = np.random.default_rng(0)
    words = [f"{a}o{b}" for a in "bcdfghjk" for b in "lmnprs"]
    stats = counted({f"{number}.txt": [sentence(*map(str, random.choice(words, 12, p=None))) for _ in range(20)] for number in range(8)})
    space = term_space(stats, "en")
    assert space.size == len(words)
    columns = space.terms["column"].to_numpy().astype(np.int64)
    assert company_in(stats, "en", columns, space).toarray() == pytest.approx(space.excess.toarray())


def test_nothing_has_no_space():
    assert term_space(count_nothing(CountOptions()), "en").size == 0
