import pytest

from corpuskit.errors import InputError, UsageError
from corpuskit.pilot import Sheet, join_labels, one_for_each

IDS = ["a", "b", "c"]


def sheet(path="coder.csv", **columns):
    n = len(next(iter(columns.values())))
    return Sheet(path, list(range(2, n + 2)), {name: list(cells) for name, cells in columns.items()})


CASES = sheet("cases.csv", id=IDS, input=["x", "y", "z"], weight=["1"] * 3, doc_id=["d1", "d2", "d3"])
ONE = sheet("pilot/one.csv", id=["c", "a", "b"], label=["no", "yes", "yes"], comment=["", "unsure", ""])
TWO = sheet("pilot/two.csv", id=IDS, label=["yes", "no", "ｎｏ"], labelled_by=["T. Sato"] * 3, labelled_at=["2026-11-29"] * 3)


def test_labels_of_two_people_find_their_cases_whatever_the_order_and_width():
    found = join_labels(CASES, [ONE, TWO])
    assert [(row["id"], row["truth"], row["truth2"]) for row in found.rows] == [("a", "yes", "yes"), ("b", "yes", "no"), ("c", "no", "no")]
    assert found.rows[0] == {
        "id": "a", "input": "x", "weight": "1", "doc_id": "d1", "truth": "yes", "truth_by": "one.csv", "truth_at": "", "truth2": "yes",
        "truth2_by": "T. Sato", "note": "unsure",
    }  # fmt: skip
    assert found.disagreements == [{"id": "b", "input": "y", "truth1": "yes", "truth2": "no", "note": "", "truth": ""}]


def test_what_was_settled_wins_and_the_blind_labels_stay():
    settled = sheet("disagreements.csv", id=["b"], truth=["no"])
    row = join_labels(CASES, [ONE, TWO], settled).rows[1]
    assert (row["truth"], row["truth1"], row["truth2"], row["truth_by"]) == ("no", "yes", "no", "disagreements.csv")
    agreed = join_labels(CASES, [ONE, TWO], settled).rows[0]
    assert (agreed["truth"], agreed["truth1"], agreed["truth2"]) == ("yes", "yes", "yes")


def test_one_person_alone_gives_truth_without_a_second_label():
    found = join_labels(CASES, [ONE])
    assert "truth2" not in found.rows[0]
    assert found.disagreements == []


def test_a_label_is_written_as_it_was_given_out():
    row = join_labels(CASES, [sheet(id=IDS, label=["ＹＥＳ", "yes", "no"])], labels=("YES", "yes", "no")).rows[0]
    assert row["truth"] == "YES"
    guarded = join_labels(CASES, [sheet(id=IDS, label=["'=1+1", "-", "-"])], labels=("=1+1", "-"))
    assert guarded.rows[0]["truth"] == "=1+1"


@pytest.mark.parametrize(
    ("coder", "told"),
    [
        (sheet(id=["a", "b", "q"], label="yyy"), "no case of this pilot .*\n  line 4: id 'q'"),
        (sheet(id=["a", "b", "b"], label="yyy"), "stand there twice .*\n  line 4: id 'b' stands in line 3 too"),
        (sheet(id=IDS, label=["y", "", " "]), "without a label .2 of 3 rows.*\n  line 3: case 'b'\n  line 4: case 'c'"),
        (sheet(id=["a", "b"], label="yy"), "1 of 3 cases are missing: c"),
        (sheet(id=IDS, text="yyy"), "no column 'label'"),
        (sheet(id=IDS, label=["y", "n", "maybe"]), "cannot be given .*\n  line 4: 'maybe' for case 'c'\nLabels of this pilot: y, n"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(coder, told):
    with pytest.raises(InputError, match=told):
        join_labels(CASES, [coder], labels=("y", "n"))


@pytest.mark.parametrize(
    ("settled", "told"),
    [
        (sheet("s.csv", id=["b"], truth=[""]), "nobody settled .*\n  line 2: case 'b'"),
        (sheet("s.csv", id=["a"], truth=["yes"]), "1 disagreements are not in it, such as b"),
        (sheet("s.csv", id=["b"], label=["yes"]), "no column 'truth'"),
        (sheet("s.csv", id=["b"], truth=["perhaps"]), "cannot be given"),
    ],
)
def test_every_disagreement_is_settled_with_a_label_that_can_be_given(settled, told):
    with pytest.raises(InputError, match=told):
        join_labels(CASES, [ONE, TWO], settled, labels=("yes", "no"))


def test_nobody_three_people_and_nothing_to_settle():
    for coders, told in (([], "one person or of two"), ([ONE, TWO, ONE], "here 3")):
        with pytest.raises(UsageError, match=told):
            join_labels(CASES, coders)
    with pytest.raises(UsageError, match="anything to settle"):
        join_labels(CASES, [ONE], TWO)


def test_cases_without_ids_of_their_own_are_refused():
    with pytest.raises(InputError, match="an id stands there twice"):
        join_labels(sheet("cases.csv", id=["a", "a"]), [ONE])


def test_a_file_with_several_people_is_divided():
    both = sheet("ls.json", id=["a", "a", "b"], label=["x", "y", "x"], labelled_by=["2", "1", "2"])
    found = one_for_each(both)
    assert [(one.columns["id"], one.lines) for one in found] == [(["a"], [3]), (["a", "b"], [2, 4])]
    assert one_for_each(ONE) == [ONE]
