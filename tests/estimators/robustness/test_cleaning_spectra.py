import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing, document_terms, spectrum
from corpuskit.estimators import spectra_before_cleaning
from corpuskit.estimators.robustness.cleaning_spectra import find_copies, spectra_of_stages, spectra_of_terms, together
from tests.counts.build import Part, counted, sentence
from tests.counts.test_cleaning import CONTRACT, document, stats_of
from tests.estimators.document_spectra import document_spectrum


def copies():
    """Two contracts that are equal, one that is nearly so, and others."""
    texts = {"a": CONTRACT, "b": CONTRACT, "c": CONTRACT + "x y z", **{f"d{number}": f"something else {number}" for number in range(20)}}
    return stats_of(*(document(name, text, modified="2025-01-01" if name == "c" else "") for name, text in texts.items()))


def same(one, other):
    pairs = ((one.words.k, other.words.k), (one.words.f_k, other.words.f_k), (one.documents.tokens, other.documents.tokens))
    return all(np.array_equal(*pair) for pair in pairs)


def test_spectra_without_a_group_are_those_of_the_other_rows():
    dense = np.random.default_rng(0).poisson(0.4, (12, 30))
    dense[3] = 0
    group = np.array([5, 5, 9, 7, 9, 2, 2, 2, 5, 9, 1, 1])
    stage = spectra_of_terms(csr_matrix(dense), group)
    assert sorted(stage.without) == [1, 2, 5, 9]  # 7 holds the empty document alone
    for number in (1, 2, 5, 9):
        assert same(stage.without[number], spectra_of_terms(csr_matrix(dense[group != number]), group[group != number]).whole)
    assert stage.without_each([7, 2]) == (stage.whole, stage.without[2])
    assert np.array_equal(stage.whole.documents.types, document_spectrum(csr_matrix(dense)).types)


def test_copies_stand_in_the_group_of_the_document_that_stays():
    stats = copies()
    exact, near = find_copies(stats, 0.8)
    assert (exact, near) == ((("a", "b"),), (("c", "a"),))
    group = dict(zip(stats.documents["document"], together(stats.documents, exact, near).tolist(), strict=True))
    own = dict(stats.documents.select("document", "group").iter_rows())
    assert group["a"] == group["b"] == group["c"] == own["c"]
    assert all(group[name] == own[name] for name in own if name.startswith("d"))


def test_the_stages_are_counts_without_the_copies():
    stats = copies()
    kept = spectra_before_cleaning(stats, 0.8, {"d0"}, True)
    rows = stats.documents["document"].to_list()
    terms = document_terms(stats, "en")
    for stage, left_out in ((kept.as_found, ""), (kept.without_exact, "b"), (kept.without_near, "ab")):
        left = [row for row, name in enumerate(rows) if name not in left_out]
        assert same(stage["en"].whole, spectra_of_terms(csr_matrix(terms[left]), np.zeros(len(left), np.int64)).whole)
    assert kept.without_left_out["en"].whole.words.n == spectrum(stats, "en").n - 3
    assert kept.groups_of(stats.documents["document"].reverse()).tolist() == kept.groups["group"].to_list()[::-1]


def test_a_language_that_no_copy_holds_has_only_the_stage_as_it_was_found():
    english = sentence("the", "same", "words")
    stats = counted({"a": [english], "b": [english], "c": [Part(paragraphs=[[["規程", "は"]]], language="ja")]})
    kept = spectra_of_stages(stats, find_copies(stats, 0.8))
    assert sorted(kept.as_found) == ["en", "ja"]
    assert list(kept.without_exact) == ["en"]
    assert dict(kept.without_near) == {}


@pytest.mark.parametrize("stats", [count_nothing(CountOptions()), counted({"a": [sentence("one")], "b": [sentence("two")]})])
def test_nothing_to_leave_out_costs_nothing(stats):
    kept = spectra_of_stages(stats, find_copies(stats, 0.8))
    assert (dict(kept.as_found), dict(kept.without_exact), dict(kept.without_left_out)) == ({}, {}, {})
    assert kept.groups.height == stats.documents.height
