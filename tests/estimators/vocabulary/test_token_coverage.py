import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage, leave_one_document_out


def coverage_of(counts):
    return chao_jost_coverage(float((counts == 1).sum()), float((counts == 2).sum()), float(counts.sum()))


@pytest.mark.parametrize("counts", [np.array([], int), np.array([1]), np.ones(7, int)])
def test_undefined_without_a_repeated_token(counts):
    assert coverage_of(counts) is None


def test_everything_repeated_is_wholly_covered():
    assert coverage_of(np.array([3, 2, 5])) == 1.0


@given(st.lists(st.lists(st.integers(0, 4), min_size=6, max_size=6), min_size=8, max_size=12))
def test_leaving_a_document_out_equals_counting_without_it(rows):
    counts = np.array(rows)
    kept = counts[counts.sum(axis=1) > 0]
    fast = leave_one_document_out(csr_matrix(counts))
    if len(kept) < 8:
        assert len(fast) == 0
        return
    slow = [coverage_of(np.delete(kept, document, axis=0).sum(axis=0)) for document in range(len(kept))]
    assert fast == pytest.approx(np.array([np.nan if value is None else value for value in slow]), nan_ok=True)
