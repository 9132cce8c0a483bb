import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.definitions.definition_ambiguity import estimate_definition_ambiguity, name_gain
from corpuskit.estimators.definitions.definition_space import named_wrong
from tests.estimators.tables import SUBJECT, inputs_of, requests, table

SUBJECTS = {
    "Delivery": ["delivery is late", "where is my delivery", "delivery came broken", "change the delivery address"],
    "Invoice": ["invoice is wrong", "send the invoice again", "invoice has the old address", "no invoice came"],
    "Other 2": ["please call me", "thank you all", "what are your hours", "is parking free"],
}


def named(names=None):
    texts, labels = [], []
    for label, stems in SUBJECTS.items():
        for number in range(24):
            texts.append(f"{stems[number % 4]} {chr(97 + number)}{label[0]}{number}")
            labels.append((names or {}).get(label, label))
    return texts, labels


def measured(messages):
    return estimate_definition_ambiguity(inputs_of(messages), EstimatorOptions())


def test_names_that_stand_in_their_messages_determine_them():
    texts, labels = named()
    told = [text for text, label in zip(texts, labels, strict=True) if label != "Other 2"]
    found = measured(table(told, [label for label in labels if label != "Other 2"])).estimates[0]
    assert found.id == f"definition_ambiguity@{SUBJECT}"
    assert found.value == 0
    assert found.grade == "C"
    assert found.interval[0] == 0


def test_names_that_say_nothing_raise_the_ambiguity_and_descriptions_mend_it():
    texts, labels = named({"Delivery": "A", "Invoice": "B", "Other 2": "C"})
    bare = measured(table(texts, labels)).estimates[0]
    described = measured(
        table(texts, labels, descriptions={"A": "delivery late or broken", "B": "invoice wrong or missing", "C": "hours, parking, call, thank"})
    )
    assert bare.value > 0.5
    assert described.estimates[0].value < 0.2
    assert [finding.code for finding in described.findings] == ["messages_unambiguous"]


def test_the_category_that_says_nothing_is_found():
    texts, labels = named()
    finding = next(finding for finding in measured(table(texts, labels)).findings if finding.code == "label_names_say_nothing")
    assert finding.parameters["labels"] == "Other 2"
    assert finding.level == "warning"


def test_two_spellings_of_one_name_are_found_however_rare_the_second_is():
    texts, labels = named()
    rare = ["DELIVERY" if place < 3 else label for place, label in enumerate(labels)]
    (finding,) = [finding for finding in measured(table(texts, rare)).findings if finding.code == "label_names_alike"]
    assert finding.level == "warning"
    assert finding.parameters["labels"] == "DELIVERY = Delivery"
    assert not [finding for finding in measured(table(texts, labels)).findings if finding.code == "label_names_alike"]


def test_a_tie_determines_nothing():
    scores = np.array([[0.5, 0.5], [0.6, 0.5], [0.0, 0.0]])
    assert named_wrong(scores, np.array([0, 0, 1])).tolist() == [True, False, True]


def test_the_nearest_of_names_that_are_all_far_is_still_the_nearest():
    scores = np.array([[-1.5, -2.0], [-3.0, -2.0], [-2.0, -2.0]])  # in standard deviations
    assert named_wrong(scores, np.array([0, 0, 0])).tolist() == [False, True, True]


def test_gain_is_nothing_for_a_name_that_says_nothing_and_one_for_a_perfect_one():
    own = np.array([True, True, False, False])
    assert name_gain(np.zeros(4), own)[0] == 0.0
    assert name_gain(np.array([2.0, 3.0, 1.0, 0.0]), own) == (1.0, 1.0)
    assert name_gain(np.array([0.0, 0.0, 1.0, 2.0]), own)[0] == -1.0
    assert name_gain(np.zeros(2), np.array([True, True])) == (0.0, 1.0)


def test_names_far_from_their_messages_are_noted():
    texts, labels = requests(600)
    shuffled = [str(label) for label in np.random.default_rng(0).permutation(labels)]
    found = measured(table(texts, shuffled))
    far, of_class = found.findings
    assert (far.code, far.level) == ("label_names_far_from_messages", "note")
    assert far.parameters["labels"] == "delivery, invoice, password"
    assert of_class.code == "messages_insufficient_evidence"
    clear, unclear = (next(item for item in found.estimates if item.measure == name) for name in ("clear_half_error", "unclear_half_error"))
    assert clear.interval[1] > unclear.interval[0]  # clarity tells nothing where labels mean nothing


def test_swapped_names_are_to_be_renamed_or_merged_and_the_clearer_half_errs_less():
    texts, labels = requests(300)
    names = {"delivery": "password", "invoice": "invoice", "password": "delivery"}
    found = measured(
        table(texts, [names[label] for label in labels], descriptions={"password": "password locked login", "delivery": "parcel courier"})
    )
    assert found.estimates[0].value > 0.5
    advice = next(finding for finding in found.findings if finding.code.startswith("definitions_"))
    assert (advice.code, advice.parameters["label"], advice.parameters["others"]) == ("definitions_merge", "delivery", "password")
    match = next(series for series in found.series if series.name == "definition_match")
    assert [row[0] for row in match.rows][-1] == "invoice"
    assert match.rows[0][5] in ("password", "delivery")


def test_the_curve_ends_at_the_error_of_all_messages():
    texts, labels = requests(300)
    random = np.random.default_rng(1)
    noisy = [label if random.random() > 0.2 else str(random.choice(["delivery", "invoice", "password"])) for label in labels]
    found = measured(table(texts, noisy))
    curve = next(series for series in found.series if series.name == "risk_coverage")
    clear, unclear = (next(item for item in found.estimates if item.measure == name) for name in ("clear_half_error", "unclear_half_error"))
    assert len(curve.rows) == 10
    assert curve.rows[-1][1] == pytest.approx((clear.value * clear.n + unclear.value * unclear.n) / 300)
    assert clear.n + unclear.n == 300
    assert clear.interval[0] <= clear.value <= clear.interval[1]


def test_too_little_is_refused_with_the_reason():
    texts, labels = requests(12)
    found = measured(table(texts, labels)).estimates[0]
    assert found.value is None
    assert found.undefined_because.code in ("undefined_too_few_messages", "undefined_too_few_labels")


def test_a_code_finds_no_messages_by_accident():
    """Two clear kinds of messages and two codes: the letters of the codes would find one kind each, rightly or wrongly."""
    texts = [text for n in range(30) for text in (f"the parcel {n} has not arrived", f"the lid {n} is scratched")]
    for labels in (["A1", "B2"] * 30, ["B2", "A1"] * 30):
        assert measured(table(texts, labels)).estimates[0].value == 1
