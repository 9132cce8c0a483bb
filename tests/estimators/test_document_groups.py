import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.counts import FrequencySpectrum
from corpuskit.estimators.document_groups import (
    document_spectra_without_each_group,
    document_spectrum,
    spectra_without_each_group,
    sum_by_group,
)

ROWS = st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=1, max_size=12)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in one.__dataclass_fields__)


@given(ROWS, st.integers(1, 5), st.randoms(use_true_random=False))
def test_leaving_a_group_out_equals_counting_without_it(rows, groups, random):
    counts = np.array(rows)
    group = np.array([random.randrange(groups) for _ in rows])
    present = [number for number in np.unique(group) if counts[group == number].sum() > 0]
    fast = spectra_without_each_group(csr_matrix(counts), group)
    documents = document_spectra_without_each_group(csr_matrix(counts), group)
    assert len(fast) == len(documents) == len(present)
    for number, spectrum, by_document in zip(present, fast, documents, strict=True):
        left = counts[group != number]
        assert same(spectrum, FrequencySpectrum.of(left.sum(axis=0)))
        assert same(by_document, document_spectrum(csr_matrix(left)))


def test_the_spectrum_of_documents_by_hand():
    found = document_spectrum(csr_matrix(np.array([[2, 1, 0, 0], [0, 0, 0, 0], [5, 0, 1, 0]])))
    assert found.documents == 2  # the second has no word
    assert (found.k.tolist(), found.types.tolist(), found.tokens.tolist()) == ([1, 2], [2, 1], [2, 7])
    assert found.of(2) == (1, 7)
    assert found.of(3) == (0, 0)


def test_groups_without_an_entry_are_left_out():
    summed = sum_by_group(csr_matrix(np.array([[1, 0], [0, 0], [2, 3]])), np.array([4, 7, 4]))
    assert summed.toarray().tolist() == [[3, 3]]
