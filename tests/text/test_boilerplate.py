import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.ingest import Section
from corpuskit.text import TextOptions, tokenize
from corpuskit.text.boilerplate import LONGEST, REMOVED, count_lines, line_hash, source_of
from tests.text.documents import document

FOOTER = "Page 3 of 12 - Confidential"


def table_of(*documents, boilerplate=frozenset()):
    (table,) = tokenize(documents, TextOptions(), boilerplate=boilerplate)
    return table


def words(table):
    joined = table.tokens.join(table.terms, on="term", how="left", maintain_order="left")
    return joined.filter("word").select("form", "position").rows()


def test_a_source_is_the_first_folder():
    assert [source_of(name) for name in ("hr/rules/a.txt", "a.txt", "/a")] == ["hr", "", ""]


def test_lines_are_equal_but_for_width_case_blanks_and_short_numbers():
    assert line_hash(FOOTER) == line_hash("Ｐａｇｅ  4 of 12 – Confidential".replace("–", "-")) != 0
    assert line_hash(FOOTER) != line_hash("Page 3 of 12 - Public")


def test_years_and_order_numbers_are_content():
    assert line_hash("Order PO-72796") != line_hash("Order PO-72797")
    assert line_hash("Minutes of 2019") != line_hash("Minutes of 2020")


@pytest.mark.parametrize("line", ["", "ab", "12 / 34", "| --- | --- |", "x" * (LONGEST + 1), "a " * LONGEST * 2])
def test_short_long_and_letterless_lines_cannot_be_boilerplate(line):
    assert line_hash(line) == 0


def test_lines_are_counted_by_source_with_their_words():
    table = table_of(
        document("hr/b.txt", f"One text.\n{FOOTER}", FOOTER), document("hr/a.txt", FOOTER), document("it/c.txt", FOOTER), document("d.txt", FOOTER)
    )
    rows = table.lines.filter(line=line_hash(FOOTER)).drop("line").rows()
    assert rows == [("", 1, 1, 5, "d.txt"), ("hr", 2, 3, 15, "hr/a.txt"), ("it", 1, 1, 5, "it/c.txt")]


def test_rows_of_messages_and_headings_are_no_lines():
    assert table_of(document("a.csv", Section(FOOTER, heading=("A heading",), kind="row"))).lines.height == 0


def test_a_removed_line_leaves_its_gap_and_nothing_else_changes():
    documents = [document("hr/a.txt", f"first words\n{FOOTER}\nlast words"), document("it/a.txt", FOOTER)]
    full, cleaned = table_of(*documents), table_of(*documents, boilerplate=frozenset({("hr", line_hash(FOOTER))}))
    removed = [("page", 2), ("3", 3), ("of", 4), ("12", 5), ("confidential", 7)]
    assert words(cleaned) == [row for place, row in enumerate(words(full)) if row not in removed or place >= 9]
    assert ("last", 8) in words(cleaned)
    assert words(cleaned).count(("page", 0)) == 1
    assert cleaned.lines.equals(full.lines)
    assert cleaned.documents.equals(full.documents)
    assert cleaned.terms.filter(form=REMOVED)["word"].to_list() == [False]
    assert set(cleaned.tokens["term"]) == set(cleaned.terms["term"])


@settings(max_examples=30)
@given(st.lists(st.sampled_from([FOOTER, "Home | About | Contact", "own text 7", "総務部 御中"]), min_size=1, max_size=8))
def test_removing_every_line_leaves_no_word(lines):
    one = document("a/b.txt", "\n".join(lines))
    every = frozenset(table_of(one).lines.select("source", "line").iter_rows())
    assert words(table_of(one, boilerplate=every)) == []


def test_no_lines_give_an_empty_frame():
    assert count_lines([], [], np.zeros(0, np.int64), []).height == 0
