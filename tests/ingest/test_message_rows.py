from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table
from corpuskit.ingest.reader import ReadOptions
from tests.ingest.test_messages import TEXTS, table


def test_labels_of_a_second_person_stand_apart_and_those_of_the_first_are_still_found():
    found = table(text=TEXTS, category=["u", "v"] * 6, again=["u", "u"] * 6)
    rows = row_sections(found, ReadOptions(second_label_column="again"))
    assert rows.sections[1].labels == (("category", "v"), ("second:again", "u"))
    assert rows.metadata == (("text_columns", "text"), ("label_columns", "category, again"))
    both = row_sections(found, ReadOptions(label_columns=("category",), second_label_column="again"))
    assert both.sections == rows.sections


def test_labels_of_raters_stand_apart_and_their_majority_is_the_label_where_there_is_no_other():
    people = {f"rater_{number}": ["u" if row % 3 or number > 7 else "v" for row in range(12)] for number in range(1, 11)}
    alone = row_sections(table(text=TEXTS, **people), ReadOptions())
    assert alone.sections[0].labels[:3] == (("rater", "v"), ("rater:rater_1", "v"), ("rater:rater_2", "v"))
    assert alone.sections[1].labels == (("rater", "u"), *((f"rater:rater_{number}", "u") for number in range(1, 11)))
    beside = row_sections(table(text=TEXTS, category=["u", "v"] * 6, **people), ReadOptions())
    assert [name for name, _ in beside.sections[0].labels] == ["category", *(f"rater:rater_{number}" for number in range(1, 11))]
    letters = [chr(ord("a") + number) for number in range(10)]
    named = row_sections(table(text=TEXTS, **{letter: ["u" if letter < "c" else "v"] * 12 for letter in letters}), ReadOptions(rater_columns=letters))
    assert named.sections[0].labels == (("raters", "v"), *((f"rater:{letter}", "u" if letter < "c" else "v") for letter in letters))


def test_rows_keep_labels_fields_and_places_and_leave_blanks_out():
    found = Table(("id", "text", "label"), [["1", "first text", "a"], ["2", " ", "b"], ["3", "third text", ""], ["", "", ""]], [2, 3, 4, 5], "Sheet1")
    rows = row_sections(found, ReadOptions(text_columns=("text",), label_columns=("label",)))
    assert [(s.locator, s.labels, s.fields) for s in rows.sections] == [
        ("Sheet1 row 2", (("label", "a"),), (("id", "1"),)),
        ("Sheet1 row 4", (), (("id", "3"),)),
    ]
    assert rows.warnings == ("rows_without_text: 1",)
    assert rows.metadata == (("text_columns", "text"), ("label_columns", "label"))


def test_no_rows_give_nothing():
    assert row_sections(Table(("text",), [], []), ReadOptions()).sections == ()
    assert row_sections(Table((), [], []), ReadOptions()).sections == ()


def test_control_characters_and_lone_surrogates_leave_labels_fields_and_column_names():
    # half an emoji, as a program that cuts strings by length writes it: it cannot be written as UTF-8, so it would end the audit
    found = table(**{"text": TEXTS, "cate\x00gory": ["pump\ud83d", "va\x07lve"] * 6, "no\udce3te": ["\ud83d", "kept\n here"] * 6})
    chosen = row_sections(found, ReadOptions(label_columns=("cate\x00gory",)))
    first, second = chosen.sections[:2]
    assert (first.labels, first.fields) == ((("category", "pump"),), ())
    assert (second.labels, second.fields) == ((("category", "valve"),), (("note", "kept here"),))
    assert dict(chosen.metadata)["label_columns"] == "category"
    bare = Table(("a\ud83d", "b"), [["1\ud83d", "\ud83d"]], range(2, 3))
    assert [section.text for section in row_sections(bare, ReadOptions()).sections] == ["a: 1"]
