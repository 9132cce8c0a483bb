import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.tokenizers.term_search import TermSearch

FORMS = ["a", "b", "ab", "ba", "c", "abc"]
SPELLINGS = st.lists(st.lists(st.sampled_from(FORMS), min_size=1, max_size=4), min_size=1, max_size=6)
LINES = st.lists(st.lists(st.integers(0, len(FORMS) - 1), max_size=12), max_size=4)


def by_hand(spellings, divided, lines):
    """Try every length at every place, the longest first."""
    after = "\n" if divided else ""
    keys = {}
    for number, spelling in enumerate(spellings):
        keys.setdefault("".join(form + after for form in spelling), number)
    found, before = [], 0
    for line in lines:
        at = 0
        while at < len(line):
            for length in range(len(line) - at, 0, -1):
                number = keys.get("".join(FORMS[token] + after for token in line[at : at + length]))
                if number is not None:
                    found.append((before + at, length, number))
                    break
            else:
                length = 1
            at += length
        before += len(line)
    return found


@given(SPELLINGS, st.booleans(), LINES)
def test_the_longest_term_at_each_place_as_by_hand(spellings, divided, lines):
    search = TermSearch([(spelling, number) for number, spelling in enumerate(spellings)], divided)
    tokens = np.array([token for line in lines for token in line], np.uint32)
    begin = np.array([search.begin(form) for form in FORMS], np.int32)
    found = search.find(tokens, np.array([len(line) for line in lines], np.int64), FORMS, begin)
    assert list(zip(*(column.tolist() for column in found), strict=True)) == by_hand(spellings, divided, lines)


def test_text_with_blanks_is_not_joined_where_it_is_divided_otherwise():
    for divided, expected in ((True, []), (False, [(0, 2, 0)])):
        search = TermSearch([(["input"], 0)], divided)
        forms = ["in", "put"]
        begin = np.array([search.begin(form) for form in forms], np.int32)
        found = search.find(np.array([0, 1], np.uint32), np.array([2]), forms, begin)
        assert list(zip(*(column.tolist() for column in found), strict=True)) == expected
