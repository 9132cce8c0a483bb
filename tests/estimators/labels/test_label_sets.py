from dataclasses import replace

import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from corpuskit.estimators.labels.label_sets import cross_fitted_sets, label_sets, separator_of_sets
from corpuskit.text import hashed_features
from tests.estimators.tables import inputs_of, requests, table


def sizes(names):
    return np.full(len(names), 10)


@pytest.mark.parametrize(
    ("names", "separator"),
    [
        (("billing", "billing; refund", "refund"), ";"),
        (("請求", "請求、返品", "返品"), "、"),
        (("a|b", "b|c", "a|c", "b"), "|"),
        (("Repair, general", "Repair, special", "Orders"), ""),  # a comma inside a name: "general" stands nowhere else
        (("billing", "refund"), ""),
        (("Tokyo, Japan", "Osaka, Japan"), ""),
        ((), ""),
    ],
)
def test_which_cells_hold_several_labels(names, separator):
    assert separator_of_sets(names, sizes(names)) == separator


def several(n=300):
    """Messages of three kinds and messages that hold the words of two kinds and carry both labels."""
    texts, labels = requests(n)
    joined = [(f"{texts[place]} {texts[place + 1]}", "; ".join(sorted({labels[place], labels[place + 1]}))) for place in range(0, n - 1, 2)]
    return [*texts[: n // 2], *(text for text, _ in joined)], [*labels[: n // 2], *(label for _, label in joined)]


def test_each_label_is_measured_against_the_rest():
    texts, labels = several()
    found = estimate_label_ambiguity(inputs_of(table(texts, labels)), EstimatorOptions())
    estimate = next(item for item in found.estimates if item.measure == "label_set_error")
    (series,) = (each for each in found.series if each.name == "label_against_rest")
    finding = next(each for each in found.findings if each.code == "labels_are_sets")
    assert sorted(row[0] for row in series.rows) == ["delivery", "invoice", "password"]
    assert all(row[2] <= row[1] <= row[3] for row in series.rows)
    assert max(row[1] for row in series.rows) <= estimate.value <= sum(row[1] for row in series.rows) + 1e-9
    assert estimate.value < 0.2
    assert (finding.parameters["labels"], finding.parameters["n"], finding.parameters["few"]) == (3, 300, 0)
    assert finding.parameters["several"] == sum(";" in label for label in labels)


def test_a_message_with_two_cells_is_one_message_with_two_labels():
    texts, labels = requests(60)
    twice = table([*texts, *texts], [*labels, *["urgent"] * 60])
    twice = replace(twice, locators=tuple(f"row {row % 60}" for row in range(120)))
    found = label_sets(twice)
    assert found.names == ("delivery", "invoice", "password", "urgent")
    assert found.carries.shape == (60, 4)
    assert found.carries[:, 3].all()
    assert (found.carries.sum(axis=1) == 2).all()
    assert found.separator == ""


def test_ordinary_labels_are_no_sets():
    assert label_sets(table(*requests(60))) is None
    found = estimate_label_ambiguity(inputs_of(table(*requests(60))), EstimatorOptions())
    assert "label_set_error" not in {item.measure for item in found.estimates}


def test_rare_labels_are_named_and_few_messages_refused():
    texts, labels = requests(40)
    labels = [f"{label}; all" for label in labels[:20]] + ["odd; all", "all"] + labels[22:]
    found = estimate_label_ambiguity(inputs_of(table(texts, labels), min_per_label=3), EstimatorOptions(min_messages=100, min_per_label=3))
    item = next(item for item in found.estimates if item.measure == "label_set_error")
    assert item.undefined_because.code == "undefined_too_few_messages"
    finding = next(each for each in found.findings if each.code == "labels_are_sets")
    assert (finding.parameters["few"], finding.parameters["rare"]) == (1, "odd (1)")


def test_a_label_that_all_or_none_of_the_others_carry():
    texts, _ = requests(20)
    carries = np.zeros((20, 2), np.bool_)
    carries[:, 0] = True
    predicted = cross_fitted_sets(hashed_features(texts), carries, np.arange(20))
    assert (predicted == carries).all()
