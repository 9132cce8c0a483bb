import pytest

from corpuskit.errors import InputError
from corpuskit.pilot.cases import put_together
from corpuskit.pilot.sheet import Sheet


def sheet(**columns):
    n = len(next(iter(columns.values())))
    return Sheet("labels.csv", list(range(2, n + 2)), {name.replace("__", "."): list(cells) for name, cells in columns.items()})


TRUTH = sheet(id="ab", truth=["請求", "配送"])


def test_answers_find_their_cases_whatever_the_order_and_the_width():
    cases = put_together(TRUTH, sheet(id="ba", prediction=["配送", " 請求 "]))
    assert cases.outcomes("system").wrong == [False, False]
    half = put_together(sheet(id="a", truth=["ｻｰﾊﾞｰ"]), sheet(id="a", prediction=["サーバー"]))
    assert half.outcomes("system").wrong == [False]


def test_a_withheld_answer_is_wrong_and_the_least_sure():
    cases = put_together(TRUTH, sheet(id="ab", prediction=["請求", ""], confidence=["0.2", "0.9"], abstained=["false", ""]))
    assert cases.outcomes("system").wrong == [False, True]
    assert cases.outcomes("system").confidence == [0.2, -0.8]


def test_systems_and_repeats():
    answers = sheet(
        id="aabbab", prediction=["請求", "配送", "配送", "配送", "請求", "請求"], model=["m"] * 4 + ["n"] * 2, repeat=["1", "2", "1", "2", "", ""]
    )
    cases = put_together(TRUTH, answers)
    assert list(cases.answers) == ["m", "n"]
    assert cases.answers["m"].repeats == {0: ["請求", "配送"], 1: ["配送", "配送"]}
    assert cases.answers["n"].repeats == {}
    assert cases.outcomes("m").wrong == [False, False]
    assert cases.outcomes("n").wrong == [False, True]


def test_documents_weights_and_parts():
    truth = sheet(
        id="abc", truth="xyx", doc_id=["d", "d", ""], weight=["1", "2.5", "1"], slice__language=["ja", "en", ""], slice__nothing=["", "", ""]
    )
    cases = put_together(truth, sheet(id="abc", prediction="xyx"))
    assert cases.clusters == ["d", "d", "case c"]
    assert cases.weights == [1.0, 2.5, 1.0]
    assert cases.slices == {"language": ["ja", "en", ""]}
    alone = put_together(sheet(id="ab", truth="xy", doc_id="de", weight="22"), sheet(id="ab", prediction="xy"))
    assert alone.clusters is None
    assert alone.weights is None


def test_labels_that_no_person_used_are_counted():
    cases = put_together(sheet(id="abc", truth="xyx", truth2=["z", "", ""]), sheet(id="abc", prediction="zqq"))
    assert cases.unknown_labels("system") == {"q": 2}


@pytest.mark.parametrize(
    ("truth", "answers", "told"),
    [
        (sheet(id="aa", truth="xy"), sheet(id="a", prediction="x"), "line 3: id 'a' stands in line 2 too"),
        (sheet(id=["a", ""], truth="xy"), sheet(id="a", prediction="x"), "line 3: no id"),
        (sheet(id="ab", truth=["x", " "]), sheet(id="ab", prediction="xy"), "cases without truth .*\n  line 3: case 'b'"),
        (TRUTH, sheet(id="abc", prediction="xyz"), "answers to cases that have no truth .*\n  line 4: id 'c'"),
        (TRUTH, sheet(id="a", prediction="x"), "system answered 1 of 2 cases; missing: b"),
        (TRUTH, sheet(id="aba", prediction="xyz"), "line 4: id 'a' stands in line 2 too"),
        (TRUTH, sheet(id="ab", prediction="xy", confidence=["high", ".5"]), "line 2: confidence 'high'"),
        (TRUTH, sheet(id="ab", prediction="xy", abstained=["maybe", ""]), "line 2: .*'maybe'"),
        (sheet(id="ab", truth="xy", weight=["1", "0"]), sheet(id="ab", prediction="xy"), "line 3: weight '0'"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(truth, answers, told):
    with pytest.raises(InputError, match=told):
        put_together(truth, answers)


def test_a_settled_truth_leaves_the_blind_labels_as_they_were():
    cases = put_together(sheet(id="abc", truth="xyx", truth1="xxx", truth2="yyx"), sheet(id="abc", prediction="xyx"))
    assert (cases.first, cases.second, cases.settled) == (["x", "x", "x"], ["y", "y", "x"], 1)
    assert cases.outcomes("system").wrong == [False, False, False]
    assert put_together(TRUTH, sheet(id="ab", prediction="xy")).settled is None


def test_graded_answers_need_neither_truth_nor_prediction():
    cases = put_together(sheet(id="abc"), sheet(id="cba", score=["0.5", "", "1"], abstained=["", "true", ""]))
    assert cases.answers["system"].losses == [0.0, 1.0, 0.5]
    assert cases.outcomes("system").wrong == [False, True, True]
    assert cases.unknown_labels("system") == {}
    assert not put_together(TRUTH, sheet(id="ab", prediction="xy")).answers["system"].graded


@pytest.mark.parametrize(
    ("truth", "answers", "told"),
    [
        (sheet(id="ab"), sheet(id="ab", score=["0.5", "1.5"]), "scores outside 0 and 1 .*\n  line 3: score 1.5"),
        (sheet(id="ab"), sheet(id="ab", score=["0.5", "good"]), "line 3: score 'good'"),
        (sheet(id="ab"), sheet(id="ab", score=["0.5", ""], prediction="xy"), "answers without a score .*\n  line 3: id 'b'"),
        (sheet(id="ab"), sheet(id="ab", prediction="xy"), "no column 'truth'"),
        (TRUTH, sheet(id="ab", text="xy"), "no column 'prediction'"),
    ],
)
def test_scores_and_columns_that_do_not_fit_are_told(truth, answers, told):
    with pytest.raises(InputError, match=told):
        put_together(truth, answers)


def test_the_answer_that_is_judged_is_the_first_whatever_the_order_of_the_cases():
    answers = sheet(id="baba", prediction=["1b", "1a", "2b", "2a"], repeat=["1", "1", "2", "2"])
    cases = put_together(sheet(id="ab", truth="xy"), answers)
    assert cases.answers["system"].labels == ["1a", "1b"]
    assert cases.answers["system"].repeats == {1: ["1b", "2b"], 0: ["1a", "2a"]}


def test_among_very_many_rows_the_wrong_ones_are_told_by_their_lines():
    n = 200_000
    ids = [f"c{number}" for number in range(n)]
    truth = sheet(id=ids, truth=["x"] * n)
    given = sheet(id=[*ids[:-1], "strange"], prediction=["x"] * n)
    with pytest.raises(InputError, match=rf"answers to cases that have no truth \(1 of 200,000 rows\).*\n  line {n + 1}: id 'strange'"):
        put_together(truth, given)
    twice = sheet(id=[*ids, ids[7]], truth=["x"] * (n + 1))
    with pytest.raises(InputError, match=rf"line {n + 2}: id 'c7' stands in line 9 too"):
        put_together(twice, sheet(id=ids, prediction=["x"] * n))
    assert sum(put_together(truth, sheet(id=ids[::-1], prediction=["x"] * (n - 1) + ["y"])).outcomes("system").wrong) == 1
