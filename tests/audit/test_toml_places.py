"""Lines of keys: those that an editor shows, and those of what holds a key that has no line of its own."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.audit.toml_places import line_of, places

TEXT = '''\
seed = 1
note = """
seed = 5
[[sources]]
"""
[[sources]] # first
name = "a"
columns = [
  "x = 1",
]
[[sources]]
 "na.me" = "b"
read.encoding = "cp932"
[[departments]]
[departments.gate]
fail_on = "note"
[departments.gate.fail_under]
"routing@a b.csv" = 0.5
[[departments]]
gate = {fail_on = "error"}
[departments.output]
folder = 'x'
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("seed",), 1),
        (("sources",), 6),
        (("sources", 0), 6),
        (("sources", 0, "name"), 7),
        (("sources", 1), 11),
        (("sources", 1, "na.me"), 12),
        (("sources", 1, "read", "encoding"), 13),
        (("departments", 0, "gate", "fail_on"), 16),
        (("departments", 0, "gate", "fail_under", "routing@a b.csv"), 18),
        (("departments", 1, "gate", "fail_on"), 20),
        (("departments", 1, "output", "folder"), 22),
        (("sources", 0, "path"), 6),
        (("nothing",), None),
    ],
)
def test_a_key_is_found_in_its_line_or_in_that_of_what_holds_it(place, line):
    tomllib.loads(TEXT)
    assert line_of(TEXT, place) == line


@given(st.lists(st.sampled_from(["a = 1", "[[t]]", "[u.v]", "# [[t]]", "", 'b.c = "x"', 's = """', '"""', "x = [", "]", "[", '"', "q = '''"])))
def test_no_text_ends_in_an_error_and_every_line_is_one_of_the_text(lines):
    text = "\n".join(lines)
    assert all(1 <= line <= len(lines) for line in places(text).values())
