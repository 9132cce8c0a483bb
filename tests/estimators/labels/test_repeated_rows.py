import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.estimators.labels.repeated_rows import BANDS, COPY, ROWS, repeated_rows
from corpuskit.text import hashed_features


def groups(texts, equal=None):
    found = repeated_rows(hashed_features(texts), np.arange(len(texts)) if equal is None else np.array(equal))
    return found.tolist()


MESSAGES = [
    "The pump in hall 3 leaks oil since this morning, please send a fitter.",
    "When will order 4711 be delivered to the works in Osaka?",
    "請求書の宛名を変更していただけますか。締め日は月末です。",
]


def test_a_sign_or_a_greeting_more_makes_a_copy_and_another_message_does_not():
    one, two, three = MESSAGES
    assert groups([one, two, three, one + "!", three + "。", two.upper()][:5]) == [0, 1, 2, 0, 2]


def test_equal_rows_stay_together_whatever_their_letters():
    assert groups(["a pump", "a valve of brass", "", ""], equal=[0, 1, 2, 2]) == [0, 1, 2, 2]


def test_every_planted_copy_is_found_and_no_other():
    random = np.random.default_rng(0)
    words = ["".join(random.choice(list("abcdefghiklmnoprstuvw"), 6)) for _ in range(2000)]
    texts = [" ".join(random.choice(words, 25)) for _ in range(1500)]
    texts[::50] = [text + " thanks" for text in texts[1::50]]
    found = repeated_rows(hashed_features(texts), np.arange(1500))
    assert len(set(found.tolist())) == 1500 - 30
    assert all(found[place] == found[place + 1] for place in range(0, 1500, 50))


def test_the_bands_find_what_is_as_alike_as_a_copy():
    assert 1 - (1 - COPY**ROWS) ** BANDS > 0.99


def test_nothing_one_row_and_rows_without_letters():
    assert groups([]) == []
    assert groups(["a pump"]) == [0]
    assert repeated_rows(csr_matrix((3, 8)), np.arange(3)).tolist() == [0, 1, 2]
