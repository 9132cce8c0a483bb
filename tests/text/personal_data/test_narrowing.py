import re

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.personal_data.narrowing import digits_of, narrow, said_before


@given(st.text())
def test_places_stay_the_same(text):
    assert len(narrow(text)) == len(text)


def test_full_width_signs_and_dashes_become_ascii_ones():
    assert narrow("ＴＥＬ　０３－１２３４‐５６７８＠") == "TEL 03-1234-5678@"
    assert narrow("03ー1234 サーバー") == "03-1234 サーバー"


def test_digits():
    assert digits_of("(03) 12-34") == "031234"


def test_context_reaches_back_a_while_and_not_forward():
    word = re.compile("fax")
    assert said_before(word, "fax 12 34", 4)
    assert not said_before(word, "12 fax", 0)
    assert not said_before(word, "fax" + " " * 41 + "12", 44)
    assert said_before(word, "fax" + " " * 41 + "12", 44, reach=60)
