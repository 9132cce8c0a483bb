"""Tables with one line for each rating give what their wide form gives, from every format, in any order."""

import io
import json

import openpyxl
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.ingest import FEWEST_RATERS, READERS
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table
from corpuskit.ingest.rating_rows import one_row_per_item
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest.opendocuments import cell, packed, row, sheet
from tests.ingest.rated import TEXTS, lines, long, said


def read(table, **options):
    return row_sections(table, ReadOptions(**options))


def labels_of(rows):
    return {section.text: section.labels for section in rows.sections}


def wide(answers, names, **options):
    """Read the wide form: a column for each person."""
    table = Table(("id", "text", *names), [[str(n), TEXTS[n], *(label or "" for label in row)] for n, row in enumerate(answers)], range(len(answers)))
    return read(table, **options)


def renamed(rows, names):
    """Labels of rows under the names of another table's columns."""
    return {text: tuple((names.get(name, name), value) for name, value in labels) for text, labels in labels_of(rows).items()}


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_two_people_in_lines_are_as_two_in_columns(seed, order):
    answers = said(seed=seed)
    beside = wide(answers, ("label", "again"), label_columns=("label",), second_label_column="again")
    found = read(long(lines(answers, shuffled=order)))
    assert labels_of(found) == renamed(beside, {"second:again": "second:label"})


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(FEWEST_RATERS, 14))
def test_ten_people_and_more_in_lines_are_as_many_in_columns(seed, order, people):
    answers = said(people=people, seed=seed, error=0.6)
    beside = wide(answers, [f"rater_{number}" for number in range(1, people + 1)])
    found = read(long(lines(answers, shuffled=order)))
    names = {"rater": "label"} | {f"rater:rater_{number}": f"rater:{number}" for number in range(1, people + 1)}
    assert labels_of(found) == renamed(beside, names)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10**6), st.integers(3, FEWEST_RATERS - 1))
def test_of_three_to_nine_people_two_are_drawn_and_all_are_compared(seed, people):
    answers = said(people=people, seed=seed)
    # each person says something of his own, so that it shows whose labels were taken
    own = [[f"{label}{number % 2}" for number, label in enumerate(row)] for row in answers]
    found = read(long(lines(own)))
    assert found.warnings == (f"ratings_joined: {30 * people}",)
    for section, answers_of_one in zip(found.sections, own, strict=True):
        (_, first), (_, second), *everyone = section.labels
        assert everyone == [(f"rater:{place}", label) for place, (_, label) in enumerate(everyone, 1)]
        assert sorted(label for _, label in everyone) == sorted(answers_of_one)
        assert [label for _, label in everyone][:2] == [first, second]
    shuffled = read(long(lines(own, shuffled=seed)))
    assert labels_of(shuffled) == labels_of(found)


def test_many_people_of_whom_each_labels_some_give_as_many_columns_as_an_item_has_labels():
    given = [(str(n), TEXTS[n], f"worker {(7 * n + k) % 200}", "xy"[k % 3 == 0]) for n in range(30) for k in range(12)]
    first = read(long(given, ("id", "text", "worker_id", "label"))).sections[0]
    assert [name for name, _ in first.labels] == ["label", *(f"rater:{place}" for place in range(1, 13))]
    assert first.labels[0] == ("label", "x")
    assert [value for _, value in first.labels[1:]].count("y") == 4


def test_items_with_few_raters_among_those_with_many_keep_their_votes():
    answers = [row if n % 3 else row[:2] + [None] * 9 for n, row in enumerate(said(people=11))]
    found = read(long(lines(answers)))
    assert {len(section.labels) for section in found.sections} == {3, 12}
    mostly_few = [row if n % 3 == 0 else row[:2] + [None] * 9 for n, row in enumerate(said(people=11))]
    assert {len(section.labels) for section in read(long(lines(mostly_few))).sections} == {2, 13}


def test_rows_are_those_of_first_lines_with_the_fields_that_agree_and_no_names():
    rows = [(item, text, who, label, "Tokyo", seconds) for seconds, (item, text, who, label) in enumerate(lines(said(), names=("Sato", "Ito")))]
    found = read(long(rows, ("id", "text", "annotator", "label", "office", "seconds")))
    assert (len(found.sections), found.sections[1].locator, found.sections[1].fields) == (30, "row 4", (("id", "1"), ("office", "Tokyo")))
    assert dict(found.metadata) == {
        "text_columns": "text",
        "label_columns": "label, second:label",
        "ratings_joined": "60 lines, 30 rows: rater annotator, item id, label label",
        "ratings_differ_in": "seconds",
    }
    assert found.warnings == ("ratings_joined: 60",)
    assert not any("Sato" in str(section) for section in found.sections)


def test_labels_of_the_item_stay_a_label_column():
    rows = [(*line, "sales" if int(line[0]) % 2 else "repair") for line in lines(said())]
    found = read(long(rows, ("id", "text", "rater", "label", "department")))
    assert [name for name, _ in found.sections[0].labels] == ["label", "department", "second:label"]
    named = read(long(rows, ("id", "text", "rater", "label", "department")), label_columns=("label",))
    assert [name for name, _ in named.sections[0].labels] == ["label", "second:label"]


def test_another_text_under_an_id_is_an_item_of_its_own_and_a_blank_one_is_not():
    rows = lines(said(people=3))
    rows[4] = (rows[4][0], "An altogether different message.", *rows[4][2:])  # item 1, second person
    rows[7] = (rows[7][0], "", *rows[7][2:])
    found = read(long(rows))
    assert len(found.sections) == 31
    assert "ratings_of_other_text: 1" in found.warnings
    assert labels_of(found)["An altogether different message."] == (("label", rows[4][3]),)
    assert sorted(value for _, value in labels_of(found)[TEXTS[1]]) == sorted((rows[3][3], rows[5][3]))


def test_repeated_and_nameless_labels_are_told():
    rows = [*lines(said()), ("0", TEXTS[0], "rater 1", "x"), ("1", TEXTS[1], "", "x")]
    found = read(long(rows))
    assert found.warnings == ("ratings_joined: 62", "ratings_repeated: 1", "ratings_without_rater: 1")
    assert labels_of(found)[TEXTS[1]] == labels_of(read(long(lines(said()))))[TEXTS[1]]


def test_who_settles_disputes_is_told_and_not_compared():
    answers = [[one, other, one if one != other else None] for one, other in said()]
    found = read(long(lines(answers)))
    settled = sum(row[2] is not None for row in answers)
    assert settled > 3
    assert f"ratings_of_adjudicators: {settled}" in found.warnings
    assert labels_of(found) == labels_of(read(long(lines([row[:2] for row in answers]))))


def test_items_that_nobody_labelled_keep_their_text():
    answers = [[None, None] if n < 3 else row for n, row in enumerate(said())]
    rows = [*lines(answers), *((str(n), TEXTS[n], f"rater {k}", "") for n in range(3) for k in (1, 2))]
    found = read(long(rows))
    assert len(found.sections) == 30
    assert labels_of(found)[TEXTS[0]] == ()


def test_other_tables_are_handed_on_and_doubts_told():
    once = long([(n, text, "x", "yz"[n % 2]) for n, text in enumerate(TEXTS)])
    assert one_row_per_item(once, ReadOptions()).table is once
    assert one_row_per_item(once, ReadOptions()).warnings == ()
    assert one_row_per_item(once, ReadOptions(rater_column="rater")).warnings == ("ratings_not_joined: 30",)
    several = long([(n, text, who, label) for n, text in enumerate(TEXTS) for who in "ab" for label in "xyz"[n % 2 :]])
    found = read(several)
    assert (len(found.sections), found.warnings) == (150, ("ratings_not_joined: 150",))


HEADERS = {"en": ("item_id", "message", "annotator", "category"), "ja": ("事例ID", "問い合わせ内容", "評価者", "区分")}


def as_text(rows, delimiter):
    return "\n".join(delimiter.join(f'"{value}"' for value in row) for row in rows).encode()


def as_workbook(rows):
    workbook, stream = openpyxl.Workbook(), io.BytesIO()
    for row_of_cells in rows:
        workbook.active.append(row_of_cells)
    workbook.save(stream)
    return stream.getvalue()


def as_parquet(rows):
    stream = io.BytesIO()
    pl.DataFrame([dict(zip(rows[0], one, strict=True)) for one in rows[1:]]).write_parquet(stream)
    return stream.getvalue()


def as_json_lines(rows):
    return "\n".join(json.dumps(dict(zip(rows[0], one, strict=True)), ensure_ascii=False) for one in rows[1:]).encode()


def as_xml(rows):
    records = ("".join(f"<{name}>{value}</{name}>" for name, value in zip(rows[0], one, strict=True)) for one in rows[1:])
    return f"<rows>{''.join(f'<row>{record}</row>' for record in records)}</rows>".encode()


FORMATS = {
    "csv": ("a.csv", lambda rows: as_text(rows, ",")),
    "tsv": ("a.tsv", lambda rows: as_text(rows, "\t")),
    "jsonl": ("a.jsonl", as_json_lines),
    "json": ("a.json", lambda rows: b"[" + as_json_lines(rows).replace(b"\n", b",") + b"]"),
    "xlsx": ("a.xlsx", as_workbook),
    "ods": ("a.ods", lambda rows: packed("spreadsheet", sheet(*(row(*map(cell, one)) for one in rows)))),
    "parquet": ("a.parquet", as_parquet),
    "xml": ("a.xml", as_xml),
}


@pytest.mark.parametrize("language", HEADERS)
@pytest.mark.parametrize("kind", FORMATS)
def test_every_reader_joins_lines(kind, language):
    file, write = FORMATS[kind]
    rows = lines(said(people=3))
    found = READERS["csv" if kind == "tsv" else kind].extract(RawFile(file, write([HEADERS[language], *rows]), ReadOptions()))
    assert len(found.sections) == 30
    assert any(warning.startswith("ratings_joined: 90") for warning in found.warnings)
    assert any(name == "ratings_joined" for name, _ in found.metadata)
    label = HEADERS[language][3]
    expected = {text: tuple((name.replace("label", label), value) for name, value in labels) for text, labels in labels_of(read(long(rows))).items()}
    assert labels_of(found) == expected


ANY_LINES = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from(TEXTS[:4]), st.sampled_from(["", *"abcde"]), st.sampled_from(["", *"xyz"])), min_size=1
)


@settings(max_examples=150, deadline=None)
@given(ANY_LINES)
def test_every_text_stays_and_every_label_is_kept_or_told(rows):
    named = {"rater_column": "rater", "item_column": "id", "label_columns": ("label",), "text_columns": ("text",)}
    found = read(long(rows), **named)
    assert {section.text for section in found.sections} == {text for _, text, _, _ in rows}
    told = {code: int(count) for code, _, count in (warning.partition(": ") for warning in found.warnings)}
    assert told.pop("ratings_joined") == len(rows)
    told.pop("ratings_of_other_text", None)
    of_raters = [sum(name.startswith("rater:") for name, _ in section.labels) for section in found.sections]  # the first two among them
    kept = sum(several or len(section.labels) for several, section in zip(of_raters, found.sections, strict=True))
    assert kept + sum(told.values()) == sum(bool(label) for *_, label in rows)


@settings(max_examples=100, deadline=None)
@given(ANY_LINES, st.booleans())
def test_any_small_table_is_read_with_all_its_texts(rows, with_id):
    table = long(rows) if with_id else long([one[1:] for one in rows], ("text", "rater", "label"))
    assert {section.text for section in read(table, text_columns=("text",)).sections} == {text for _, text, _, _ in rows}
