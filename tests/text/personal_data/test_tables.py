import re

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.personal_data.tables import columns, search_columns


def read(text):
    return {column.heading: [text[start:end] for start, end in column.cells] for column in columns(text)}


def sevens(text):
    return (match.span() for match in re.finditer("7", text))


def test_columns_hold_their_cells():
    assert read("before\na\tb\n1\t2\n3\t\nafter") == {"a": ["1", "3"], "b": ["2", ""]}


def test_other_numbers_of_cells_begin_another_table():
    assert read("a\tb\n1\t2\nc\td\te\n3\t4\t5") == {"a": ["1"], "b": ["2"], "c": ["3"], "d": ["4"], "e": ["5"]}


def test_one_line_is_no_table():
    assert read("a\tb") == read("a\nb") == read("") == {}


def test_only_columns_with_the_word_are_searched_and_never_their_heading():
    text = "Phone 7\tother\n7 17\t7"
    found = list(search_columns(text, columns(text), ("phone",), sevens))
    assert found == [(14, 15), (17, 18)]
    assert [text[start:end] for start, end in found] == ["7", "7"]


@given(st.text("ab\t\n", max_size=30))
def test_cells_are_stretches_without_tabs_and_ends(text):
    assert all(not set("\t\n") & set(text[start:end]) for column in columns(text) for start, end in column.cells)
