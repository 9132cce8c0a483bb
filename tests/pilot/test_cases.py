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
    assert [answer.label for answer in cases.answers["m"]["a"]] == ["請求", "配送"]
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
