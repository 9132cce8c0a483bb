import gzip
import json

import numpy as np
import pytest

from tests.validation.proof.answers import banking77, matched, offered_classes
from tests.validation.proof.data_sets import is_even

NAMES = ("card lost", "top up", "pin blocked", "atm fee", "refund", "iban", "exchange rate", "age limit")


def answer(identity, label, predicted, confidence=0.5, zero=True, few=True):
    return {
        "id": identity,
        "label": label,
        "offered_zero_shot": zero,
        "offered_few_shot": few,
        "predicted": {"b zero-shot": predicted, "a few-shot": label},
        "confidence": {"b zero-shot": confidence, "a few-shot": None},
    }


def test_answers_are_matched_by_id_and_label_and_only_offered_and_counted_classes_are_asked():
    questions = [("1", "x"), ("1", "y"), ("2", "x"), ("3", "z"), ("4", "w")]
    answers = [answer("2", "x", "y"), answer("1", "x", "x", 0.9), answer("3", "z", "z", zero=False), answer("4", "w", "w")]
    (few, zero), unanswered = matched(questions, answers, np.array([True, True, True, True, False]))
    assert (few.name, zero.name, unanswered) == ("a few-shot", "b zero-shot", 1)
    assert few.rows.tolist() == [0, 2, 3]
    assert zero.rows.tolist() == [0, 2]  # z was not offered, w is not counted, (1, y) has no answer
    assert zero.right.tolist() == [True, False]
    assert zero.confidence.tolist() == [0.9, 0.5]
    assert np.isnan(few.confidence).all()


def test_the_classes_offered_are_those_whose_questions_say_so():
    answers = [answer("1", "x", "x"), answer("2", "y", "x", few=False), answer("3", "z", "z", zero=False), answer("4", "x", "z")]
    names = ["w", "x", "y", "z"]  # of w there is no question: nothing says that it was offered
    assert offered_classes(answers, "b zero-shot", names).tolist() == [False, True, True, False]
    assert offered_classes(answers, "c 5 nearest", names).tolist() == [False, True, False, True]
    with pytest.raises(ValueError, match=r"a few-shot.*differs.*: x$"):
        offered_classes([*answers, answer("5", "x", "x", few=False)], "a few-shot", names)


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "tasks" / "banking77"
    folder.mkdir(parents=True)
    rows = [{"id": f"{n}", "text": f"{NAMES[n % 8]} question {n // 8} please", "label": NAMES[n % 8], "lang": "en"} for n in range(8 * 14)]
    for name, made in (("data", rows), ("llm_predictions", [answer(row["id"], row["label"], row["label"]) for row in rows])):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as stream:
            stream.writelines(json.dumps(row) + "\n" for row in made)
    return tmp_path


def test_each_part_counts_its_own_classes(data):
    assert {is_even(name) for name in NAMES} == {True, False}
    report, development = banking77(data, "report"), banking77(data, "development")
    assert {name for name, counted in zip(report.names, report.counted, strict=True) if counted} == {name for name in NAMES if not is_even(name)}
    assert report.names == tuple(sorted(NAMES))
    assert report.offered.all()
    assert report.offered.shape == (len(report.runs), len(NAMES))
    assert {report.names[report.labels[row]] for run in report.runs for row in run.rows} == {name for name in NAMES if not is_even(name)}
    assert set(development.names) == {name for name in NAMES if is_even(name)}
    assert development.counted.all()
    assert all(run.name.startswith("words") for run in development.runs)


def test_the_stand_in_is_not_asked_what_it_learned_from(data):
    found = banking77(data, "development")
    for run in found.runs:
        assert np.bincount(found.labels[run.rows]).tolist() == [4] * len(found.names)  # 14 less the ten


def test_the_stand_in_answers_the_same_whatever_was_drawn_before(data):
    first = banking77(data, "development")
    np.random.seed(7)
    second = banking77(data, "development")
    for one, other in zip(first.runs, second.runs, strict=True):
        assert one.right.tolist() == other.right.tolist()
        assert one.confidence.tolist() == other.confidence.tolist()
