import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.counts import chi_square, dice, g2, jaccard, joint_of_pairs, log_dice, npmi, pmi, ppmi, ppmi_matrix, smoothed_contexts, t_score
from corpuskit.errors import UsageError
from tests.counts.build import counted, sentence

# Jurafsky and Martin's toy of 19 counts: columns computer, data, pinch, result, sugar, Speech and Language Processing, chapter on vector semantics
TOY = np.array([[0, 0, 1, 0, 1], [0, 0, 1, 0, 1], [2, 1, 0, 1, 0], [1, 6, 0, 4, 0]])
APRICOT, PINEAPPLE, DIGITAL, INFORMATION = range(4)
COMPUTER, DATA, PINCH, RESULT, SUGAR = range(5)
# the same book, third edition: rows cherry, strawberry, digital, information; columns computer, data, result, pie, sugar (11716 counts)
FRUIT = np.array([[2, 8, 9, 442, 25], [0, 0, 1, 60, 19], [1670, 1683, 85, 5, 4], [3325, 3982, 378, 5, 13]])
NEW_COMPANIES = (8, 15828, 4675, 14307668)


def toy_ppmi(row, column, added=0):
    table = TOY + added
    return float(ppmi(table[row, column], table.sum(1)[row], table.sum(0)[column], table.sum()))


def test_ppmi_of_jurafsky_and_martin():
    assert toy_ppmi(INFORMATION, DATA) == pytest.approx(0.566, abs=0.001)
    assert toy_ppmi(DIGITAL, COMPUTER) == pytest.approx(1.66, abs=0.01)
    assert toy_ppmi(APRICOT, PINCH) == pytest.approx(2.25, abs=0.01)
    assert toy_ppmi(INFORMATION, COMPUTER) == 0


def test_ppmi_of_jurafsky_and_martin_with_two_added():
    assert toy_ppmi(INFORMATION, DATA, 2) == pytest.approx(0.58, abs=0.01)
    assert toy_ppmi(DIGITAL, COMPUTER, 2) == pytest.approx(0.62, abs=0.01)
    assert toy_ppmi(APRICOT, PINCH, 2) == pytest.approx(0.56, abs=0.01)


def test_ppmi_of_the_third_edition():
    assert FRUIT.sum() == 11716
    table = ppmi_matrix(csr_matrix(FRUIT), power=1.0)
    assert table[0, 3] == pytest.approx(4.38, abs=0.005)  # cherry, pie
    assert table[1, 4] == pytest.approx(5.51, abs=0.005)  # strawberry, sugar
    assert table[0, 0] == 0


@pytest.mark.parametrize(
    ("table", "value"),
    [((110, 2442, 111, 29114), 270.72), ((29, 13, 123, 31612), 263.90), ((31, 23, 139, 31584), 256.84), ((10, 0, 3, 31764), 167.23)],
)
def test_g2_of_dunning(table, value):
    # Dunning 1993, table of bigrams, recomputed from its counts
    a, b, c, d = table
    assert float(g2(a, a + b, a + c, a + b + c + d)) == pytest.approx(value, abs=0.005)


def test_new_companies():
    # Manning and Schuetze 1999, chapter 5: t = .999932; the other measures of the same counts computed by hand and equal to those of nltk
    assert float(t_score(*NEW_COMPANIES)) == pytest.approx(0.999932, abs=1e-6)
    assert float(g2(*NEW_COMPANIES)) == pytest.approx(1.3254, abs=5e-5)
    assert float(pmi(*NEW_COMPANIES)) == pytest.approx(0.6293, abs=5e-5)
    assert float(chi_square(*NEW_COMPANIES)) == pytest.approx(1.5489, abs=5e-5)
    assert float(dice(*NEW_COMPANIES[:3])) == pytest.approx(16 / 20503)
    assert float(jaccard(*NEW_COMPANIES[:3])) == pytest.approx(8 / 20495)
    assert float(log_dice(*NEW_COMPANIES[:3])) == pytest.approx(3.6765, abs=5e-5)


def test_limits():
    assert float(log_dice(7, 7, 7)) == 14
    assert float(npmi(7, 7, 7, 7)) == 1
    assert float(npmi(7, 7, 7, 100)) == pytest.approx(1)
    assert float(npmi(0, 7, 7, 100)) == -1
    assert float(pmi(0, 7, 7, 100)) == -math.inf
    assert float(ppmi(0, 7, 7, 100)) == 0
    assert float(t_score(0, 7, 7, 100)) == -math.inf
    assert float(g2(0, 7, 7, 100)) < 0
    assert float(g2(1, 10, 10, 100)) == pytest.approx(0, abs=1e-9)
    assert float(g2(4, 4, 4, 4)) == 0


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_signs_and_ranges(a, b, c, d):
    if not (a + b and a + c):
        return
    o, x, y, n = a, a + b, a + c, a + b + c + d
    assert -1 - 1e-12 <= float(npmi(o, x, y, n)) <= 1 + 1e-12
    assert float(log_dice(o, x, y)) <= 14
    above = o * n - x * y
    for measure in (g2, t_score, pmi):
        value = float(measure(o, x, y, n))
        assert abs(value) < 1e-9 or above == 0 or (value > 0) == (above > 0)
    assert float(g2(o, x, y, n)) == pytest.approx(float(g2(o, y, x, n)))
    assert float(dice(o, x, y)) >= float(jaccard(o, x, y)) >= 0
    assert float(jaccard(o, x, y)) == pytest.approx(float(dice(o, x, y)) / (2 - float(dice(o, x, y))))
    pearson = float(chi_square(o, x, y, n))
    assert math.isnan(pearson) if n in (x, y) else abs(pearson) <= n * (1 + 1e-9)


def test_set_measures_and_their_limits():
    assert (float(dice(7, 7, 7)), float(jaccard(7, 7, 7)), float(dice(0, 7, 7)), float(jaccard(0, 7, 7))) == (1, 1, 0, 0)
    assert jaccard([1, 2], [2, 2], [2, 4]).tolist() == [1 / 3, 0.5]
    for measure in (dice, jaccard):
        for wrong in ((3, 2, 5), (3, 5, 2), (-1, 2, 2), (0, 0, 2)):
            with pytest.raises(UsageError):
                measure(*wrong)


def test_chi_square_has_the_sign_of_the_association():
    assert float(chi_square(0, 10, 10, 40)) == pytest.approx(-40 * (40 * 0 - 100) ** 2 / (10 * 10 * 30 * 30) / 1)
    with pytest.raises(UsageError):
        chi_square(3, 2, 5, 9)


def test_smoothing_with_power_one_changes_nothing():
    counts = np.array([5, 3, 0, 1])
    assert smoothed_contexts(counts, 1.0).tolist() == [5, 3, 0, 1]
    rows, columns = TOY.sum(1)[:, None], TOY.sum(0)
    plain = npmi(TOY, rows, columns, TOY.sum())
    assert np.allclose(npmi(TOY, rows, smoothed_contexts(columns, 1.0), TOY.sum()), plain)
    rare = npmi(TOY, rows, smoothed_contexts(columns), TOY.sum())[APRICOT, PINCH]
    assert 0 < rare < plain[APRICOT, PINCH]
    smoothed = smoothed_contexts(counts)
    assert smoothed.sum() == pytest.approx(9)
    assert smoothed[0] < 5
    assert smoothed[3] > 1
    matrix = csr_matrix(TOY)
    plain = ppmi_matrix(matrix, power=1.0)
    assert plain[DIGITAL, COMPUTER] == pytest.approx(toy_ppmi(DIGITAL, COMPUTER))
    assert plain[INFORMATION, COMPUTER] == 0
    assert plain.nnz == (plain.toarray() > 0).sum()


def test_smoothing_lowers_rare_contexts():
    matrix = csr_matrix(TOY)
    assert ppmi_matrix(matrix)[APRICOT, PINCH] < ppmi_matrix(matrix, power=1.0)[APRICOT, PINCH]


def test_ppmi_of_nothing_and_of_pairs():
    assert ppmi_matrix(csr_matrix((0, 0), dtype=np.int64)).shape == (0, 0)
    joint = joint_of_pairs(counted({"d": [sentence("a", "b"), sentence("c", "d")]}), "en")
    assert ppmi_matrix(joint.counts, power=1.0).toarray().tolist() == [[0, 2, 0, 0], [2, 0, 0, 0], [0, 0, 0, 2], [0, 0, 2, 0]]


@pytest.mark.parametrize("measure", [pmi, npmi, ppmi, g2, t_score])
def test_counts_that_cannot_be_are_refused(measure):
    for wrong in ((-1, 2, 2, 9), (1, 0, 2, 9), (1, 2, 2, 0)):
        with pytest.raises(UsageError):
            measure(*wrong)
    with pytest.raises(UsageError):
        g2(3, 2, 5, 9)
    with pytest.raises(UsageError):
        smoothed_contexts([1, 2], 0)
