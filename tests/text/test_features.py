import numpy as np

from corpuskit.text import FEATURES, hashed_features


def test_shape_and_counts():
    matrix = hashed_features(["ab", "", "見積書"])
    assert matrix.shape == (3, FEATURES)
    assert matrix.dtype == np.float32
    # " ab " has 4 + 3 + 2 + 1 n-grams of 1 to 4 characters; " 見積書 " has 5 + 4 + 3 + 2
    assert np.asarray(matrix.sum(axis=1)).ravel().tolist() == [10, 0, 14]


def test_variants_have_equal_features():
    one, other = hashed_features(["ＡＢＣ ｻｰﾊﾞｰ", "abc サーバー"])
    assert (one != other).nnz == 0


def test_no_texts():
    assert hashed_features([]).shape == (0, FEATURES)


def test_rows_do_not_depend_on_their_neighbours():
    assert (hashed_features(["請求書を送る", "invoice"])[1] != hashed_features(["invoice"])[0]).nnz == 0
