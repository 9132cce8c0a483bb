import numpy as np
import pytest
from hypothesis import given, settings

from corpuskit.counts import (
    CountOptions,
    bigram_groups,
    count_nothing,
    document_terms,
    facts_only,
    group_terms,
    languages,
    load,
    merge,
    pair_group,
    pair_groups,
    pairs,
    pairs_between,
    save,
    spectrum,
    texts_only,
    views,
    vocabulary,
)
from tests.counts.build import Part, counted, sentence
from tests.counts.strategies import CORPORA

DOCUMENTS = {
    "one": [sentence("a", "b", "a", heading=["b"]), sentence("日本", "a", language="ja")],
    "two": [sentence("c", "a")],
    "silent": [Part()],
}


def test_languages_come_by_number_of_tokens():
    assert languages(counted(DOCUMENTS)) == ("en", "ja")
    assert languages(counted({})) == ()


def test_document_terms_hold_text_and_headings():
    stats = counted(DOCUMENTS)
    assert stats.documents["document"].to_list() == ["one", "silent", "two"]
    assert document_terms(stats, "en").toarray().tolist() == [[2, 2, 0], [0, 0, 0], [1, 0, 1]]
    assert document_terms(stats, "ja").toarray().tolist() == [[1, 1], [0, 0], [0, 0]]


def test_a_language_that_is_not_there_has_empty_views():
    stats = counted(DOCUMENTS)
    assert vocabulary(stats, "ko").height == 0
    assert pairs(stats, "ko").shape == (0, 0)
    assert document_terms(stats, "ko").shape == (3, 0)
    assert spectrum(stats, "ko").n == 0


def test_views_of_nothing():
    zero = count_nothing(CountOptions())
    assert pairs(zero, "en").shape == (0, 0)
    assert len(pair_groups(zero, "en")) == 25
    assert document_terms(zero, "en").shape == (0, 0)
    assert {matrix.shape for matrix in bigram_groups(zero, "en")} == {(0, 0)}
    assert group_terms(zero, "en").shape == (25, 0)
    assert spectrum(zero, "en").types == 0


def test_harmonic_weights_are_turned_into_pairs_again():
    stats = counted({name: [sentence("a", "b", ",", "c")] for name in "0123"}, window=4, weights="harmonic")
    whole = pairs(stats, "en")
    assert whole.toarray() == pytest.approx(np.array([[0, 4, 4 / 3], [0, 0, 2], [0, 0, 0]]))
    assert pairs(stats, "en", minimum=2).toarray().tolist() == [[0, 4, 0], [0, 0, 2], [0, 0, 0]]
    assert sum(group.toarray() for group in pair_groups(stats, "en")) == pytest.approx(whole.toarray())
    assert not whole.data.flags.writeable
    assert pairs(stats, "ko").shape == (0, 0)


def test_a_minimum_is_applied_to_the_sum_over_groups():
    stats = counted({name: [sentence("a", "b"), sentence("b", "c")] if name == "0" else [sentence("a", "b")] for name in "0123"})
    assert sum(matrix.nnz > 0 for matrix in pair_groups(stats, "en")) > 1
    assert pairs(stats, "en").toarray().tolist() == [[0, 4, 0], [0, 0, 1], [0, 0, 0]]
    assert pairs(stats, "en", minimum=4).toarray().tolist() == [[0, 4, 0], [0, 0, 0], [0, 0, 0]]
    assert pairs(stats, "en").nnz == 2


def test_document_terms_do_not_depend_on_how_many_documents_are_added_up_at_a_time(monkeypatch):
    stats = counted(DOCUMENTS)
    whole = document_terms(stats, "en").toarray()
    groups = group_terms(stats, "en").toarray()
    monkeypatch.setattr(views, "DOCUMENTS", 1)
    monkeypatch.setattr(views, "SECTIONS", 1)
    assert group_terms(stats, "en").toarray().tolist() == groups.tolist()
    assert document_terms(stats, "en").toarray().tolist() == whole.tolist()
    assert not document_terms(stats, "en").data.flags.writeable


def test_some_rows_and_columns_and_single_groups_are_those_of_the_whole():
    documents = {f"{number}.txt": [sentence("one", "two", "three", "two", "four", "one")] for number in range(9)}
    for options in ({}, {"weights": "harmonic"}, {"ordered": True}):
        stats = counted(documents, **options)
        whole, rows, columns = pairs(stats, "en").toarray(), np.array([3, 0]), np.array([2, 1, 3])
        assert pairs_between(stats, "en", rows, columns).toarray() == pytest.approx(whole[rows][:, columns])
        for group, table in enumerate(pair_groups(stats, "en")):
            assert (pair_group(stats, "en", group) != table).nnz == 0


@settings(max_examples=40, deadline=None)
@given(CORPORA)
def test_views_of_all_languages_add_up_to_the_whole(documents):
    stats = counted(documents)
    found = languages(stats)
    assert sum(spectrum(stats, language).n for language in found) == stats.documents["tokens"].sum()
    assert sum(document_terms(stats, language).sum() for language in found) == stats.terms["frequency"].sum()
    assert sum(pairs(stats, language).sum() for language in found) == sum(matrix.sum() for matrix in stats.cooccurrence)
    for language in found:
        matrix = document_terms(stats, language)
        assert np.asarray(matrix.sum(axis=0)).ravel().tolist() == vocabulary(stats, language)["frequency"].to_list()
        assert np.asarray((matrix > 0).sum(axis=0)).ravel().tolist() == vocabulary(stats, language)["document_frequency"].to_list()


@settings(max_examples=60, deadline=None)
@given(CORPORA)
def test_every_bigram_lies_in_the_group_of_its_words(documents):
    stats = counted(documents, groups=3)
    for language in languages(stats):
        words, bigrams = group_terms(stats, language).toarray(), tuple(bigram_groups(stats, language))
        assert words.sum(axis=0).tolist() == vocabulary(stats, language)["frequency"].to_list()
        for group, matrix in enumerate(bigrams):
            assert (matrix.toarray().sum(axis=0) <= words[group]).all()
            assert (matrix.toarray().sum(axis=1) <= words[group]).all()


def test_bigrams_are_those_of_one_language():
    stats = counted(DOCUMENTS, groups=1)
    assert next(bigram_groups(stats, "en")).toarray().tolist() == [[0, 1, 0], [1, 0, 0], [1, 0, 0]]
    assert next(bigram_groups(stats, "ja")).toarray().tolist() == [[0, 0], [1, 0]]
    assert next(bigram_groups(stats, "ko")).shape == (0, 0)


def test_the_facts_of_a_first_pass_are_kept_without_its_words():
    stats = counted(DOCUMENTS)
    facts = facts_only(stats)
    assert facts.documents.equals(stats.documents)
    assert facts.lines.equals(stats.lines)
    assert facts.personal_data.equals(stats.personal_data)
    assert facts.notices.equals(stats.notices)
    assert (facts.terms.height, facts.sections.height, facts.section_terms.nnz) == (0, 0, 0)


def test_texts_only_keep_words_and_merge_like_all_counts(tmp_path):
    parts = [counted({f"{name}.txt": [sentence("invoice", "late"), sentence("invoice", name)]}) for name in ("a", "b")]
    slim = texts_only(merge(parts))
    assert slim.terms.equals(merge(parts).terms)
    assert (slim.section_terms != merge(parts).section_terms).nnz == 0
    assert sum(matrix.nnz for matrix in (*slim.cooccurrence, *slim.bigrams, slim.heading_terms, slim.features)) == 0
    again = merge([texts_only(part) for part in parts])
    assert again.documents.equals(slim.documents)
    assert (again.section_terms != slim.section_terms).nnz == 0
    save(slim, tmp_path / "kept")
    assert load(tmp_path / "kept").sections.equals(slim.sections)
