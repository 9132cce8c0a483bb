import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table, roles
from corpuskit.ingest.reader import ReadOptions

TEXTS = [
    f"The {thing} has been leaking since {day} morning." for thing in ("pump", "valve", "seal", "pipe") for day in ("Monday", "Tuesday", "Friday")
]


def table(**columns):
    names = tuple(columns)
    return Table(names, [[str(columns[name][n]) for name in names] for n in range(12)], range(2, 14))


def names(found, chosen):
    return tuple(found.columns[index] for index in chosen)


def detect(found, **options):
    chosen = roles(found, ReadOptions(**options))
    return names(found, chosen.text), names(found, chosen.labels)


@pytest.mark.parametrize(
    "name", ["message", "Description", "ticket_text", "本文", "問い合わせ内容", "お問い合わせ内容（必須）", "件名", "不具合の詳細"]
)
def test_text_columns_are_known_by_name(name):
    assert detect(table(**{"ticket_id": range(12), name: TEXTS})) == ((name,), ())


@pytest.mark.parametrize("name", ["label", "Category", "assigned_to", "request type", "区分", "問い合わせ分類", "カテゴリ", "担当部署"])
def test_label_columns_are_known_by_name_and_few_values(name):
    assert detect(table(text=TEXTS, **{name: ["a", "b", "c"] * 4})) == (("text",), (name,))


def test_a_label_name_with_many_or_one_value_is_no_label():
    assert detect(table(text=TEXTS, category=range(12))) == (("text",), ())
    assert detect(table(text=TEXTS, category=["same"] * 12)) == (("text",), ())


@pytest.mark.parametrize("name", ["id", "date", "split", "lang", "受付番号", "受付日", "category_id", "createdAt_date"])
def test_these_are_never_labels(name):
    assert detect(table(text=TEXTS, **{name: ["1", "2", "3"] * 4})) == (("text",), ())


def test_without_a_telling_name_the_longest_column_that_does_not_repeat_is_text():
    chosen = roles(found := table(who=["A", "B"] * 6, what=TEXTS), ReadOptions())
    assert names(found, chosen.text) == ("what",)
    assert dict(chosen.because)["what"]


def test_subject_and_body_are_both_text_in_their_order():
    found = table(subject=[f"Leak number {n}" for n in range(12)], body=TEXTS, queue=["x", "y"] * 6)
    assert detect(found) == (("subject", "body"), ("queue",))
    assert row_sections(found, ReadOptions()).sections[0].text == f"Leak number 0\n{TEXTS[0]}"


def test_a_text_name_over_codes_or_amounts_is_no_text():
    assert detect(table(description=["A-1", "A-2"] * 6, amount=range(12))) == ((), ())
    assert detect(table(content=[f"{n},000" for n in range(12)])) == ((), ())


def test_a_register_is_text_as_a_whole():
    found = table(
        article=[f"gasket for pump type {n} with long name" for n in range(12)],
        maker=[f"maker of gaskets {n} of the far north" for n in range(12)],
        note=[f"number {n}" for n in range(12)],
    )
    rows = row_sections(found, ReadOptions())
    assert rows.sections[0].text == "article: gasket for pump type 0 with long name; maker: maker of gaskets 0 of the far north; note: number 0"
    assert rows.sections[0].fields == rows.sections[0].labels == ()


def test_named_columns_are_taken_as_told():
    found = table(text=TEXTS, other=TEXTS[::-1], mark=range(12), second=["u", "v"] * 6)
    assert detect(found, text_columns=("other",), label_columns=("mark",), second_label_column="second") == (("other",), ("mark",))
    assert detect(found, text_columns=(" OTHER ",)) == (("other",), ())


def test_numbered_people_whose_values_never_agree_are_no_raters():
    names = {f"worker_{number}": [f"name {number + row}" for row in range(12)] for number in range(1, 12)}
    assert roles(table(text=TEXTS, **names), ReadOptions()).raters == ()
    marks = {f"judge_{number}": [f"{number + row / 10}" for row in range(12)] for number in range(1, 12)}
    assert row_sections(table(text=TEXTS, **marks), ReadOptions()).sections[0].labels == ()
    agreed = {name: ["good", "bad"] * 6 for name in marks}
    assert len(roles(table(text=TEXTS, **agreed), ReadOptions()).raters) == 11
    assert roles(table(text=TEXTS, **agreed), ReadOptions(label_columns=("judge_1",))).raters == ()  # told that they are something else


@pytest.mark.parametrize("options", [{"text_columns": ("body",)}, {"label_columns": ("klass",)}, {"second_label_column": "coder 2"}])
def test_a_missing_column_lists_those_there_are(options):
    with pytest.raises(ReadError, match="It has: text, label") as caught:
        roles(table(text=TEXTS, label=["a", "b"] * 6), ReadOptions(**options))
    assert caught.value.code == "missing_column"


def test_the_order_of_rows_does_not_change_the_roles():
    found = table(id=range(12), text=TEXTS, category=["a", "b", "c"] * 4)
    assert detect(found) == detect(Table(found.columns, list(found.rows)[::-1], found.numbers))
