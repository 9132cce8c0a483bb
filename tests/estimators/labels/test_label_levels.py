import numpy as np
import pytest

from corpuskit.estimators.labels.label_ambiguity import estimate_label_ambiguity
from corpuskit.estimators.labels.label_levels import level_paths
from corpuskit.estimators.options import EstimatorOptions
from tests.estimators.tables import SUBJECT, inputs_of, requests, table


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (("Hardware > Printer", "Hardware > Screen", "Software > Mail"), (("Hardware", "Printer"), ("Hardware", "Screen"), ("Software", "Mail"))),
        (("総務/出張/海外", "総務/経費", "人事/採用"), (("総務", "出張", "海外"), ("総務", "経費"), ("人事", "採用"))),
        (("a/b", "c/d"), None),  # every label has an upper level of its own
        (("x > a", "x > b"), None),  # only one upper level
        (("input/output", "mail", "printer"), None),
    ],
)
def test_which_labels_have_levels(names, paths):
    assert level_paths(names, np.full(len(names), 10)) == paths


def measured(labels, texts):
    found = estimate_label_ambiguity(inputs_of(table(texts, labels)), EstimatorOptions())
    return {item.id: item.value for item in found.estimates}, [series for series in found.series if series.name == "error_by_level"]


def test_the_upper_level_is_never_worse_than_the_label():
    texts, labels = requests(300)
    random = np.random.default_rng(0)
    deep = [f"{'money' if label == 'invoice' else 'help'} > {label} {random.integers(2)}" for label in labels]  # the last step is a coin
    values, series = measured(deep, texts)
    assert values[f"upper_level_error@{SUBJECT}"] < 0.05
    assert values[f"language_ambiguity@{SUBJECT}"] == pytest.approx(0.5, abs=0.1)
    assert series == []  # two levels: the two numbers say it all


def test_each_of_three_levels_has_its_error():
    texts, labels = requests(300)
    random = np.random.default_rng(0)
    deep = [f"{'money' if label == 'invoice' else 'help'} > {label} > {'ab'[random.integers(2)]}" for label in labels]
    values, (series,) = measured(deep, texts)
    assert [row[:2] for row in series.rows] == [(1, 2), (2, 3), (3, 6)]
    errors = [row[2] for row in series.rows]
    assert errors == sorted(errors)
    assert errors[0] == values[f"upper_level_error@{SUBJECT}"]
    assert errors[1] < 0.05
    assert errors[2] == values[f"language_ambiguity@{SUBJECT}"] == pytest.approx(0.5, abs=0.1)
    assert all(low <= error <= high for _, _, error, low, high, _ in series.rows)
