import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.retrieval_ambiguity import bm25_weights, estimate_retrieval_ambiguity, ranks_of_own
from tests.counts.build import Part, counted

OPTIONS = EstimatorOptions()


def measured(documents):
    return estimate_retrieval_ambiguity(Inputs(counted(documents), OPTIONS), OPTIONS).estimates


def handbook(sections, heading, text):
    """Ten sections a document, each with a heading and thirty words of text."""
    return {
        f"book{start}.md": [Part(paragraphs=[[text(number)]], heading=heading(number)) for number in range(start, min(start + 10, sections))]
        for start in range(0, sections, 10)
    }


def own_words(number):
    return [f"topic{number}", *[f"filler{place}" for place in range(29)]]


def test_known_scores():  # one term in one of two sections of equal length: log(1 + (2 - 1 + .5) / (1 + .5)) * 2.2 * 3 / (3 + 1.2)
    weights = bm25_weights(csr_matrix(np.array([[3, 0], [0, 3]])))
    assert weights.toarray()[0, 0] == pytest.approx(np.log(2) * 2.2 * 3 / 4.2)


def test_ranks_count_ties_half_and_copies_not_at_all():
    weights = csr_matrix(np.array([[1.0, 0], [2.0, 0], [1.0, 0], [0, 1.0], [1.0, 0]]))
    queries = csr_matrix(np.array([[1.0, 0], [1.0, 0], [1.0, 0]]))
    same = np.array([0, 1, 2, 3, 0])
    assert ranks_of_own(queries, weights, np.array([0, 1, 3]), same).tolist() == [2.5, 1.0, np.inf]


def test_headings_that_name_their_section_find_it():
    found = measured(handbook(60, lambda number: [f"topic{number}"], own_words))[0]
    assert found.id == "retrieval_ambiguity@lang:en"
    assert (found.value, found.n, found.unit, found.grade) == (0.0, 60, "headings", "D")
    assert found.interval[0] == 0.0


def test_headings_that_all_say_the_same_find_nothing():
    found = measured(handbook(60, lambda _: ["overview"], lambda number: [*own_words(number), "overview"]))[0]
    assert found.value == found.interval[1] == 1.0
    assert found.interval[0] > 0.9


def test_the_heading_is_not_part_of_the_text():
    found = measured(handbook(60, lambda number: [f"name{number}"], own_words))[0]
    assert found.value == 1.0


def test_few_headings_are_refused():
    found = measured(handbook(20, lambda number: [f"topic{number}"], own_words))[0]
    assert (found.value, found.undefined_because.code) == (None, "undefined_too_few_headings")
    assert found.undefined_because.parameters == {"n": 20, "needed": 30}


def test_rows_and_short_sections_are_not_searched():
    documents = handbook(40, lambda number: [f"topic{number}"], own_words)
    documents["table.csv"] = [Part(paragraphs=[[own_words(0)]], heading=["topic0"], kind="row") for _ in range(50)]
    documents["short.md"] = [Part(paragraphs=[["topic1"]], heading=["topic1"])]
    assert measured(documents)[0].n == 40
