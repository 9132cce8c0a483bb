from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest.outline import LONGEST_HEADING, Outline, clean, join, row_text, width


def test_headings_form_a_path():
    outline = Outline()
    outline.add("before")
    outline.add_heading(1, "A")
    outline.add("in a")
    outline.add_heading(2, "B")
    outline.add("in b")
    outline.add_heading(1, "C")
    outline.add("in c")
    assert [(s.heading, s.text) for s in outline.finish()] == [((), "before"), (("A",), "in a"), (("A", "B"), "in b"), (("C",), "in c")]


def test_a_heading_with_nothing_below_is_kept_as_text():
    outline = Outline()
    outline.add_heading(1, "A")
    outline.add_heading(2, "empty")
    outline.add_heading(2, "B")
    outline.add("in b")
    outline.add_heading(1, "last")
    assert [(s.heading, s.text) for s in outline.finish()] == [(("A",), "empty"), (("A", "B"), "in b"), ((), "last")]


def test_kinds_and_places_part_sections():
    outline = Outline()
    outline.add("one")
    outline.add("two")
    outline.add("cell\tcell", "table")
    outline.add("three", locator="page 2")
    assert [(s.kind, s.locator, s.text) for s in outline.finish()] == [
        ("body", "", "one\ntwo"),
        ("table", "", "cell\tcell"),
        ("body", "page 2", "three"),
    ]


def test_an_overlong_heading_is_body():
    outline = Outline()
    outline.add_heading(1, "x" * (LONGEST_HEADING + 1))
    assert [s.heading for s in outline.finish()] == [()]


def test_nothing_gives_nothing():
    outline = Outline()
    outline.add("")
    outline.add(" \u3000\n\t ")
    outline.add_heading(1, " ")
    assert outline.finish() == ()


def test_japanese_lines_join_without_a_space():
    assert join("就業規", "則による") == "就業規則による"
    assert join("work", "rules") == "work rules"
    assert join("規則", "rules") == "規則 rules"
    assert join("", "x") == "x"


def test_clean_unifies_line_ends_and_removes_what_cannot_be_written():
    assert clean("a\r\nb\rc\x00\x07\ud800 \u3000 d\n\n") == "a\nb\nc d"


def test_width_and_rows():
    assert (width("abc"), width("規則"), width("ｶﾅ")) == (3, 4, 2)
    assert row_text(["a\nb", "", "c", ""]) == "a b\t\tc"
    assert row_text(["", " "]) == ""


@given(st.text())
def test_clean_is_idempotent_and_writable(text):
    once = clean(text)
    once.encode()
    assert clean(once) == once
    assert "" not in once.split("\n") or once == ""


def test_hidden_text_comes_last_under_its_heading_and_cuts_nothing():
    outline = Outline()
    outline.add_heading(1, "A")
    outline.add("one")
    outline.add_hidden("  unseen\n\n", "slide 1")
    outline.add("two")
    outline.add_hidden(" ")
    outline.add_heading(1, "B")
    outline.add("three")
    outline.add_hidden("more", "slide 2")
    assert [(s.heading, s.kind, s.locator, s.text) for s in outline.finish()] == [
        (("A",), "body", "", "one\ntwo"),
        (("B",), "body", "", "three"),
        (("A",), "hidden", "slide 1", "unseen"),
        (("B",), "hidden", "slide 2", "more"),
    ]
