import random

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.long_ratings import find_long_table
from corpuskit.ingest.reader import ReadOptions
from tests.ingest.rated import TEXTS, lines, long, said

TWO = lines(said())


def found(table, **options):
    """Name the columns found: (rater, item, label, text), or None; with "?" where it is not certain."""
    one = find_long_table(table, ReadOptions(**options))
    if one is None:
        return None
    told = (table.columns[one.rater], table.columns[one.item], table.columns[one.label], *(table.columns[index] for index in one.text))
    return told if one.certain else "?"


@pytest.mark.parametrize(
    "name", ["annotator", "Annotator ID", "worker_id", "WorkerId", "_annotator_id", "completed_by", "coder", "評価者", "判定者名"]
)
def test_raters_are_known_by_names_of_people(name):
    assert found(long(TWO, ("id", "text", name, "label"))) == (name, "id", "label", "text")


@pytest.mark.parametrize("name", ["担当者", "assignee", "user", "rater_1", "customer", "region"])
def test_other_names_must_be_told(name):
    table = long(TWO, ("id", "text", name, "label"))
    assert found(table) is None
    assert found(table, rater_column=name) == (name, "id", "label", "text")


@pytest.mark.parametrize("name", ["item_id", "document_id", "HITId", "_input_hash", "番号", "事例ID", "整理番号", "unit id"])
def test_items_are_known_by_names_of_ids(name):
    assert found(long(TWO, (name, "message", "annotator", "category"))) == ("annotator", name, "category", "message")


@pytest.mark.parametrize("name", ["label", "category", "判定", "分類", "choice", "Answer.sentiment", "OUTPUT:result", "ラベル", "評定"])
def test_labels_are_known_by_names_of_labels_and_of_ratings(name):
    assert found(long(TWO, ("id", "text", "rater", name))) == ("rater", "id", name, "text")


def test_without_an_id_equal_text_is_the_item():
    assert found(long([line[1:] for line in TWO], ("問い合わせ内容", "評価者", "区分"))) == ("評価者", "問い合わせ内容", "区分", "問い合わせ内容")


def test_a_number_for_each_line_is_not_taken_for_the_item():
    numbered = long([(number, *line) for number, line in enumerate(TWO)], ("annotation_id", "id", "text", "annotator", "label"))
    assert found(numbered) == ("annotator", "id", "label", "text")
    assert found(long([(number, *line[1:]) for number, line in enumerate(TWO)], ("id", "text", "annotator", "label"))) == (
        "annotator",
        "text",
        "label",
        "text",
    )


def test_an_export_of_mechanical_turk():
    draw = random.Random(1)
    rows = [
        (
            f"3H{item}",
            "T1",
            "Judge",
            "Judge what the text is about",
            f"3ASSIGN{item}{worker}QWERTY",
            f"A{worker}",
            "Approved",
            TEXTS[item],
            "xyz"[item % 3],
        )
        for item in range(30)
        for worker in draw.sample(range(60), 12)
    ]
    names = ("HITId", "HITTypeId", "Title", "Description", "AssignmentId", "WorkerId", "AssignmentStatus", "Input.text", "Answer.category")
    assert found(long(rows, names)) == ("WorkerId", "HITId", "Answer.category", "Input.text")


def test_two_names_of_the_same_people_are_one_and_of_others_none():
    rows = [(*line, line[2].upper()) for line in TWO]
    assert found(long(rows, ("id", "text", "rater", "label", "annotator_name"))) == ("rater", "id", "label", "text")
    other = [(*line, "pq"[n % 7 == 0]) for n, line in enumerate(TWO)]
    assert found(long(other, ("id", "text", "rater", "label", "judge"))) is None


def test_labels_that_belong_to_the_item_are_not_what_people_said():
    rows = [(*line, "sales" if int(line[0]) % 2 else "repair") for line in TWO]
    assert found(long(rows, ("id", "text", "rater", "label", "department"))) == ("rater", "id", "label", "text")
    agreed = lines(said(error=0))
    assert found(long(agreed)) == ("rater", "id", "label", "text")  # people may agree on all
    rows = [(*line[:3], "sales" if int(line[0]) % 2 else "repair", random.Random(n).choice("pqr")) for n, line in enumerate(agreed)]
    assert found(long(rows, ("id", "text", "rater", "department", "toxic?"))) is None  # what they said has no known name
    assert found(long(rows, ("id", "text", "rater", "department", "toxic?")), label_columns=("toxic?",)) == ("rater", "id", "toxic?", "text")


def test_of_two_columns_that_may_be_the_label_one_must_be_named():
    rows = [(*line, random.Random(n).choice("pqr")) for n, line in enumerate(TWO)]
    table = long(rows, ("id", "text", "rater", "label", "topic"))
    assert found(table) == "?"
    assert found(table, label_columns=("topic",)) == ("rater", "id", "topic", "text")


def test_a_remark_of_one_person_is_not_the_text():
    rows = [(*line, f"I was not sure about case {line[0]}, it could be both" if line[2] == "rater 1" else "") for line in TWO]
    assert found(long(rows, ("id", "text", "rater", "label", "comment"))) == ("rater", "id", "label", "text")
    first_only = [(line[0], line[1] if line[2] == "rater 1" else "", *line[2:]) for line in TWO]  # as a spreadsheet merges cells
    assert found(long(first_only)) == ("rater", "id", "label", "text")


STAY = {
    "tickets that stand once": long(
        [(n, text, ("佐藤", "鈴木")[n % 2], "xyz"[n % 3]) for n, text in enumerate(TEXTS)], ("番号", "本文", "作業者", "区分")
    ),
    "one person labels again": long([(n, text, "x", "xyz"[(n + again) % 3]) for n, text in enumerate(TEXTS) for again in (0, 1)]),
    "work done daily": long(
        [(f"{day}日", TEXTS[(day + n) % 8], ("佐藤", "鈴木", "田中")[(n * day) % 3], "良否"[n % 2]) for day in range(1, 29) for n in range(10)],
        ("日付", "作業内容", "作業者", "判定"),
    ),
    "what became of a ticket": long(
        [(n, text, who, state) for n, text in enumerate(TEXTS) for who, state in (("佐藤", "受付"), ("鈴木", "完了"))],
        ("id", "subject", "作業者", "状態"),
    ),
    "reviews of products": long(
        [(n, text[:25], f"u{n + k}", "pqr"[n % 3], f"{text} I bought it {k} days ago.") for n, text in enumerate(TEXTS) for k in range(4)],
        ("product_id", "title", "judge", "category", "reviewText"),
    ),
    "items without text": long([(n, f"{n}", who, "xyz"[n % 3]) for n in range(30) for who in "ab"], ("id", "page", "rater", "label")),
    "labels as columns": long([(n, text, "xyz"[n % 3], "xyz"[n % 2]) for n, text in enumerate(TEXTS)], ("id", "text", "coder", "coder 2")),
    "no line": long([]),
}


@pytest.mark.parametrize("name", STAY)
def test_these_tables_stay_as_they_are(name):
    assert found(STAY[name]) is None


NOT_CERTAIN = {
    "several labels of one person": long([(n, text, who, label) for n, text in enumerate(TEXTS) for who in "ab" for label in "xyz"[n % 2 :]]),
    "one item in four has two raters": long([line for line in TWO if line[2] == "rater 1" or int(line[0]) % 4 == 0]),
    "answers to a proposed label": long(
        [(*line, ("accept", "reject")[n % 3 == 0]) for n, line in enumerate(TWO)], ("id", "text", "rater", "label", "answer")
    ),
}


@pytest.mark.parametrize("name", NOT_CERTAIN)
def test_what_looks_like_ratings_and_is_not_sure_is_told(name):
    assert found(NOT_CERTAIN[name]) == "?"


def test_a_table_that_is_named_needs_only_one_item_of_two_raters():
    table = NOT_CERTAIN["one item in four has two raters"]
    assert found(table, rater_column="rater") == found(table, item_column="id") == ("rater", "id", "label", "text")
    assert found(NOT_CERTAIN["several labels of one person"], rater_column="rater") == "?"
    assert found(NOT_CERTAIN["several labels of one person"], rater_column="rater", item_column="id") == ("rater", "id", "label", "text")


def test_a_table_that_is_told_to_be_wide_is_not_long():
    rows = [(*line, line[3]) for line in TWO]
    assert found(long(rows, ("id", "text", "rater", "label", "checked")), second_label_column="checked") is None


@pytest.mark.parametrize("option", ["rater_column", "item_column"])
def test_a_missing_column_lists_those_there_are(option):
    with pytest.raises(ReadError, match=r"no column 'who'\. It has: id, text, rater, label") as caught:
        find_long_table(long(TWO), ReadOptions(**{option: "who"}))
    assert caught.value.code == "missing_column"


def test_few_slips_of_the_hand_are_borne_and_many_are_not():
    twice = [*TWO, *TWO[:3]]
    assert found(long(twice)) == ("rater", "id", "label", "text")
    assert found(long([*TWO, *TWO[:10]])) == "?"


def test_the_order_of_lines_and_columns_does_not_matter():
    mixed = lines(said(), shuffled=5)
    assert found(long(mixed)) == found(long(TWO))
    assert found(long([line[::-1] for line in mixed], ("label", "rater", "text", "id"))) == found(long(TWO))
