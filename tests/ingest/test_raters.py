import pytest

from corpuskit.ingest.raters import FEWEST_RATERS, majority, names_a_person, rater_columns, stem_of


@pytest.mark.parametrize(
    "names",
    [
        [f"annotator_{number}" for number in range(1, 11)],
        [f"rater{number:02}" for number in range(12)],
        [f"coder_{letter}" for letter in "abcdefghijk"],
        [f"評価者{number}" for number in range(1, 13)],
        [f"評価者{letter}" for letter in "abcdefghij"],
    ],
)
def test_numbered_people_are_raters(names):
    assert rater_columns(["id", "text", *names, "date"]) == tuple(range(2, 2 + len(names)))


@pytest.mark.parametrize(
    "names",
    [
        [f"annotator_{number}" for number in range(1, FEWEST_RATERS)],
        [f"q{number}" for number in range(1, 21)],  # questions of a survey
        [f"label_{number}" for number in range(1, 21)],  # several labels of one person
        ["rater"] * 3 + [f"score_{number}" for number in range(12)],
        [f"rater_{number}" for number in range(10)] + [f"coder_{number}" for number in range(10)],  # who is asked what?
    ],
)
def test_what_is_numbered_otherwise_is_not(names):
    assert rater_columns(["text", *names]) == ()


def test_names_without_a_number_are_their_own_stem():
    assert stem_of("coder") == "coder"
    assert stem_of("a") == "a"
    assert stem_of("12") == "12"


@pytest.mark.parametrize(
    "name", ["rater", "annotator_email", "workerid", "labelled_by", "assignment:worker_id", "評価者", "判定者名", "ラベル付け担当者"]
)
def test_who_labelled_is_named_for_a_person(name):
    assert names_a_person(name)


@pytest.mark.parametrize(
    "name", ["担当者", "assignee", "user", "reviewer", "rater_1", "評価者2", "coder_a", "評価", "coworker", "judgement", "回答者"]
)
def test_who_works_on_a_thing_or_is_one_of_several_columns_is_no_rater(name):
    assert not names_a_person(name)


def test_what_most_said_is_the_label_and_of_equals_what_was_said_first():
    assert majority(["x", "y", "", "y"]) == "y"
    assert majority(["y", "x", "x", "y"]) == "y"
    assert majority(["", ""]) == ""
