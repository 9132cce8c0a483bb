import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators import document_groups
from corpuskit.estimators.document_groups import (
    document_spectra_without_each_group,
    document_spectrum_of_groups,
    group_sums,
    spectra_without_each_group,
    sum_by_group,
)
from tests.estimators.document_spectra import document_spectrum

ROWS = st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=1, max_size=12)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one.__dataclass_fields__)


@given(ROWS, st.integers(1, 5), st.randoms(use_true_random=False))
def test_leaving_a_group_out_equals_counting_without_it(rows, groups, random):
    counts = np.array(rows)
    group = np.array([random.randrange(groups) for _ in rows])
    present = [number for number in np.unique(group) if counts[group == number].sum() > 0]
    fast = spectra_without_each_group(group_sums(csr_matrix(counts), group))
    documents = document_spectra_without_each_group(group_sums(csr_matrix(counts), group))
    assert len(fast) == len(documents) == len(present)
    for number, spectrum, by_document in zip(present, fast, documents, strict=True):
        left = counts[group != number]
        assert same(spectrum, FrequencySpectrum.of(left.sum(axis=0)))
        assert same(by_document, document_spectrum(csr_matrix(left)))


@given(ROWS, st.randoms(use_true_random=False))
def test_documents_of_groups_below_0_are_left_out(rows, random):
    counts = csr_matrix(np.array(rows))
    group = np.array([random.randrange(-1, 3) for _ in rows])
    sums, kept = group_sums(counts, group), counts[np.flatnonzero(group >= 0)]
    assert sums.tokens_of_types.tolist() == np.asarray(kept.sum(axis=0)).ravel().tolist()
    assert (sums.numbers >= 0).all()
    assert same(document_spectrum_of_groups(sums), document_spectrum(kept))
    assert all(
        same(one, other)
        for one, other in zip(spectra_without_each_group(sums), spectra_without_each_group(group_sums(kept, group[group >= 0])), strict=True)
    )


def test_the_spectrum_of_documents_by_hand():
    found = document_spectrum(csr_matrix(np.array([[2, 1, 0, 0], [0, 0, 0, 0], [5, 0, 1, 0]])))
    assert found.documents == 2  # the second has no word
    assert (found.k.tolist(), found.types.tolist(), found.tokens.tolist()) == ([1, 2], [2, 1], [2, 7])
    assert found.of(2) == (1, 7)
    assert found.of(3) == (0, 0)


def test_groups_without_an_entry_are_left_out():
    summed = sum_by_group(csr_matrix(np.array([[1, 0], [0, 0], [2, 3]])), np.array([4, 7, 4]))
    assert summed.toarray().tolist() == [[3, 3]]


@pytest.mark.parametrize("present", [False, True])
def test_rows_of_groups_are_added_up_whether_the_groups_are_few_or_many(present, monkeypatch):
    random = np.random.default_rng(0)
    counts, group = csr_matrix(random.poisson(0.3, (40, 12))), random.integers(0, 9, 40) * 3
    counted = (counts.toarray() > 0) if present else counts.toarray()
    expected = np.array([counted[group == number].sum(axis=0) for number in np.unique(group)])
    for few in (document_groups.FEW, 2):
        monkeypatch.setattr(document_groups, "FEW", few)
        assert document_groups.sum_by_group(counts, group, present).toarray().tolist() == expected.tolist()
    assert document_groups.sum_by_group(csr_matrix((3, 4), dtype=np.int64), np.arange(3)).shape == (0, 4)


def test_blocks_of_rows_hold_every_entry_once_with_its_row(monkeypatch):
    monkeypatch.setattr(document_groups, "BLOCK", 7)
    counts = csr_matrix(np.random.default_rng(1).poisson(0.4, (30, 9)))
    counts = csr_matrix(np.vstack([counts.toarray(), np.zeros((3, 9)), np.ones((2, 9))]).astype(int))
    rows, entries, until = [], [], 0
    for first, stop, part, own in document_groups.blocks_of_rows(counts):
        assert first == until
        until = stop
        rows += (first + own).tolist()
        entries += list(range(part.start, part.stop))
    assert until == counts.shape[0]
    assert entries == list(range(counts.nnz))
    assert rows == np.repeat(np.arange(35), np.diff(counts.indptr)).tolist()
    assert list(document_groups.blocks_of_rows(counts[:0])) == []


def test_empty_rows_are_left_out_without_a_copy():
    counts = csr_matrix(np.array([[0, 0], [1, 2], [0, 0], [0, 3], [0, 0]]))
    found = document_groups.filled_rows(counts)
    assert found.toarray().tolist() == [[1, 2], [0, 3]]
    assert np.shares_memory(found.data, counts.data)
    assert document_groups.filled_rows(counts[:1]).shape == (0, 2)
