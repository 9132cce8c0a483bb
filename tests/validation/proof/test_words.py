import numpy as np

from tests.validation.proof.words import words_of


def test_texts_become_rows_of_counts():
    words = words_of(["a cat and a dog", "", "A cat\nsat"], "en")
    assert words.lengths.tolist() == [5, 0, 3]
    counts = words.counts().toarray()
    assert counts.sum(axis=1).tolist() == [5, 0, 3]
    # "a", "cat", "and", "dog", "sat" in the order in which they are first seen; "A" is "a"
    assert counts.tolist() == [[2, 1, 1, 1, 0], [0, 0, 0, 0, 0], [1, 1, 0, 0, 1]]


def test_japanese_is_cut_into_words():
    words = words_of(["請求書を確認する", "請求書"], "ja")
    assert words.lengths[0] > words.lengths[1] >= 1
    assert set(words.tokens[-words.lengths[1] :]) <= set(words.tokens[: words.lengths[0]])


def test_numbers_do_not_depend_on_what_was_cut_before():
    words_of(["other words come first"], "en")
    assert np.array_equal(words_of(["one two"], "en").tokens, [0, 1])
    assert words_of([""], "en").counts().shape == (1, 1)
