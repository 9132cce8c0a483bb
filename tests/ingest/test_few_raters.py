"""Columns of a few raters: their labels are compared, and what looks like raters and is none stays as it is."""

import pytest

from corpuskit.ingest.few_raters import pair_of_few
from corpuskit.ingest.message_rows import row_sections
from corpuskit.ingest.messages import Table
from corpuskit.ingest.reader import ReadOptions
from tests.ingest.rated import TEXTS, said


def wide(answers, names):
    rows = [[str(n), TEXTS[n], *(label or "" for label in row)] for n, row in enumerate(answers)]
    return Table(("id", "text", *names), rows, range(2, len(rows) + 2))


def labels_of(table, **options):
    return {section.text: section.labels for section in row_sections(table, ReadOptions(**options)).sections}


@pytest.mark.parametrize("names", [("annotator_1", "annotator_2"), ("評価者1", "評価者2"), ("Coder A", "Coder B")])
def test_two_columns_are_the_label_and_that_of_a_second_person(names):
    answers = said(seed=3)
    found = labels_of(wide(answers, names))
    beside = labels_of(wide(answers, ("label", "again")), label_columns=("label",), second_label_column="again")
    assert [[value for _, value in labels] for labels in found.values()] == [[value for _, value in labels] for labels in beside.values()]
    (first, second), *_ = {tuple(name for name, _ in labels) for labels in found.values()}
    assert second == f"second:{first}"


def test_of_three_people_two_are_drawn_for_each_row_wherever_it_stands_and_all_stand_beside_them():
    answers = said(people=3, seed=5, error=0.5)
    table = wide(answers, ("rater_1", "rater_2", "rater_3"))
    found = labels_of(table)
    turned = Table(table.columns, table.rows[::-1], table.numbers)
    assert labels_of(turned) == found
    of_text = dict(zip(TEXTS, answers, strict=False))
    for text, labels in found.items():
        assert [name for name, _ in labels] == ["rater", "second:rater", "rater:1", "rater:2", "rater:3"]
        first, second, *everyone = (value for _, value in labels)
        assert sorted(everyone) == sorted(of_text[text])
        assert everyone[:2] == [first, second]
    firsts = [dict(labels)["rater"] for labels in found.values()]
    assert 0 < sum(first != row[0] for first, row in zip(firsts, answers, strict=True)) < len(answers)  # not always the first column


def test_what_was_compared_is_told():
    rows = row_sections(wide(said(people=4, seed=5), [f"judge {letter}" for letter in "abcd"]), ReadOptions())
    assert ("ratings_compared", "judge a, judge b, judge c, judge d") in rows.metadata
    assert rows.warnings == ()
    assert ("text_columns", "text") in rows.metadata


def test_somebody_who_settled_disputes_is_no_blind_second():
    answers = [[first, second, None if first == second else second] for first, second in said(error=0.8, seed=2)]
    rows = row_sections(wide(answers, ("coder_1", "coder_2", "coder_3")), ReadOptions())
    disputed = sum(first != second for first, second, _ in answers)
    assert rows.warnings == (f"ratings_of_adjudicators: {disputed}",)
    assert [[value for _, value in section.labels] for section in rows.sections] == [row[:2] for row in answers]


def test_one_label_is_a_label_whoever_gave_it():
    answers = [[first, None] if n % 3 else [None, second] for n, (first, second) in enumerate(said(seed=1))]
    both = [[first, second] if n < 9 else answers[n] for n, (first, second) in enumerate(said(seed=1, error=0.1))]
    found = labels_of(wide(both, ("rater_1", "rater_2")))
    assert all(labels and labels[0][0] == "rater" for labels in found.values())
    assert sum(len(labels) == 2 for labels in found.values()) == 9


STAFF = [["Sato", "Ito"], ["Ito", "Abe"], ["Abe", "Sato"]]


@pytest.mark.parametrize(
    "table",
    [
        wide([STAFF[n % 3] for n in range(30)], ("worker_1", "worker_2")),  # two helpers are never the same person
        wide([[f"remark {n}", f"remark {n}"] for n in range(30)], ("judge_1", "judge_2")),  # remarks, not labels
        wide(said(seed=1), ("q1", "q2")),  # questions of a survey
        wide([[one] for one, _ in said(seed=1)], ("rater_1",)),  # one person alone
        wide([[*row, "xy"[n % 2]] for n, row in enumerate(said(seed=1))], ("rater_1", "rater_2", "category")),  # there is a label already
    ],
    ids=["staff", "remarks", "survey", "alone", "another label"],
)
def test_what_is_no_few_raters_stays_as_it_is(table):
    assert pair_of_few(table, ReadOptions()) is None


def test_columns_that_are_named_need_no_names_of_people():
    answers = said(people=3, seed=4)
    table = wide(answers, ("tanaka", "suzuki", "abe"))
    assert pair_of_few(table, ReadOptions()) is None
    found = pair_of_few(table, ReadOptions(rater_columns=("tanaka", "suzuki", "abe")))
    assert found.raters == ("abe", "suzuki", "tanaka")
    assert found.table.columns == ("id", "text", "raters", "second:raters", "rater:1", "rater:2", "rater:3")
    assert pair_of_few(table, ReadOptions(rater_columns=("tanaka", "suzuki"), label_columns=("abe",))) is None


def test_ten_people_are_read_as_many():
    assert pair_of_few(wide(said(people=10, seed=4), [f"rater_{n}" for n in range(1, 11)]), ReadOptions()) is None
