import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.labels.cross_fitting import cross_fit
from corpuskit.estimators.labels.label_ambiguity import confusions, estimate_label_ambiguity
from corpuskit.synthetic import ring_messages
from corpuskit.text import hashed_features
from tests.estimators.tables import SUBJECT, inputs_of, requests, table

DATA = Path(os.environ.get("CORPUSKIT_DATA", Path(__file__).parents[4] / "shared" / "data")) / "tasks"


def measured(*tables, **options):
    return estimate_label_ambiguity(inputs_of(*tables, **options), EstimatorOptions(**options))


def error_of(found):
    return next(estimate for estimate in found.estimates if estimate.measure == "language_ambiguity")


def test_clear_labels_come_out_clear():
    error = error_of(measured(table(*requests(300))))
    assert error.id == f"language_ambiguity@{SUBJECT}"
    assert (error.n, error.unit, error.grade) == (300, "messages", "C")
    assert error.value < 0.03
    assert error.interval[0] <= error.value <= error.interval[1]


def test_labels_drawn_at_random_come_out_at_chance():
    texts, labels = requests(600)
    found = measured(table(texts, list(np.random.default_rng(0).permutation(labels))))
    error, majority, concentration = found.estimates[:3]
    assert (concentration.measure, concentration.value) == ("peak_concentration", pytest.approx(1 - error.value))
    assert majority.measure == "majority_class_error"
    assert error.value == pytest.approx(2 / 3, abs=0.06)
    assert error.interval[1] > majority.value


def test_flipped_labels_move_the_error_as_the_identity_says():
    # replacing labels, with probability r, by one drawn from all K moves a Bayes error R to R + r (1 - 1/K - R): Renggli and others 2021
    texts, labels = requests(1500)
    base = error_of(measured(table(texts, labels))).value
    random = np.random.default_rng(3)
    for rate in (0.2, 0.4):
        flipped = [str(random.choice(sorted(set(labels)))) if random.random() < rate else label for label in labels]
        error = error_of(measured(table(texts, flipped)))
        expected = base + rate * (1 - 1 / 3 - base)
        assert error.interval[0] - 0.02 <= expected <= error.interval[1] + 0.02


def test_a_corpus_given_twice_changes_neither_the_error_nor_its_interval():
    texts, labels = requests(200)
    random = np.random.default_rng(5)
    noisy = [str(random.choice(sorted(set(labels)))) if random.random() < 0.3 else label for label in labels]
    once, twice = error_of(measured(table(texts, noisy))), error_of(measured(table(texts * 2, noisy * 2)))
    assert twice.value == pytest.approx(once.value, abs=0.015)
    assert twice.interval[1] - twice.interval[0] == pytest.approx(once.interval[1] - once.interval[0], rel=0.05)


def test_names_of_labels_do_not_matter():
    texts, labels = requests(200)
    renamed = [f"zz {label}" for label in labels]
    assert error_of(measured(table(texts, labels))).value == error_of(measured(table(texts, renamed))).value


def test_an_upper_bound_on_the_ring_language_that_falls_with_more_messages():
    errors = []
    for n in (300, 3000):
        messages = ring_messages(n, 0.04, seed=1)
        features = hashed_features(messages.texts())
        predicted = cross_fit(features, messages.intentions, np.arange(n)).predicted
        errors.append(float((predicted != messages.intentions).mean()))
    assert errors[0] > errors[1] > 0.1963  # the exact posterior error


def test_series_tell_the_error_of_each_label_and_what_it_is_taken_for():
    found = measured(table(*requests(120)))
    rates, taken, matrix, words = found.series
    assert (matrix.name, words.name) == ("confusion_matrix", "label_words")
    assert (rates.id, taken.id) == (f"label_error@{SUBJECT}", f"confusions@{SUBJECT}")
    assert [row[0] for row in rates.rows] == ["delivery", "invoice", "password"]
    assert sum(row[2] for row in rates.rows) == 120
    wrong = sum(row[1] * row[2] for row in rates.rows)
    assert wrong == pytest.approx(error_of(found).value * 120)
    assert sum(row[2] for row in taken.rows) == pytest.approx(wrong)


def test_confusions_leave_out_what_was_not_predicted():
    assert confusions(np.array([0, 1, 1]), np.array([1, 1, -1]), 2).tolist() == [[0, 1], [0, 1]]


def test_labels_with_few_messages_are_left_out_by_name():
    texts, labels = requests(100)
    found = measured(table([*texts, "strange thing", "odd thing"], [*labels, "rare", "rare"]))
    assert error_of(found).n == 100
    finding = next(finding for finding in found.findings if finding.code == "labels_with_few_messages")
    assert finding.parameters["labels"] == "rare (2)"
    assert finding.evidence[0].document == "table.csv"


def test_overlapping_labels_are_reported():
    texts, labels = requests(300)
    random = np.random.default_rng(0)
    mixed = [str(random.choice(["invoice", "billing"])) if label == "invoice" else label for label in labels]
    found = measured(table(texts, mixed))
    finding = next(finding for finding in found.findings if finding.code == "labels_overlap")
    assert (finding.parameters["first"], finding.parameters["second"]) == ("billing", "invoice")
    assert finding.parameters["share"] > 0.2


def test_too_little_is_refused_with_the_reason():
    texts, labels = requests(20)
    few = error_of(measured(table(texts, labels)))
    assert (few.value, few.undefined_because.code) == (None, "undefined_too_few_messages")
    single = error_of(measured(table([*texts, "x"], [*["a"] * 20, "b"])))
    assert single.undefined_because.code == "undefined_too_few_labels"
    none = error_of(measured())
    assert (none.id, none.undefined_because.code) == ("language_ambiguity@corpus", "undefined_no_labels")


def test_the_cap_takes_part_of_the_messages_and_says_so(monkeypatch):
    monkeypatch.setattr("corpuskit.estimators.inputs.WORK", 600)
    found = measured(table(*requests(900)), max_messages=150)
    assert error_of(found).n == pytest.approx(200, abs=5)
    finding = next(finding for finding in found.findings if finding.code == "labelled_messages_sampled")
    assert (finding.parameters["n"], finding.parameters["total"]) == (error_of(found).n, 900)


@pytest.mark.skipif(not DATA.is_dir(), reason="the public labelled data is not on this machine")
def test_public_tables_come_apart():
    found = {}
    for name in ("sms_spam", "jcommonsensemorality"):
        with gzip.open(DATA / name / "data.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found[name] = error_of(measured(table([str(row["text"]) for row in rows], [str(row["label"]) for row in rows])))
    clear, hard = found["sms_spam"], found["jcommonsensemorality"]
    assert clear.value < 0.03
    assert 0.25 < hard.value < 0.40
    assert clear.interval[1] < hard.interval[0]
