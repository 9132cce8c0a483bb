import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.labels.document_labels import estimate_document_labels
from corpuskit.report import phrasebook
from tests.counts.build import counted, message, sentence
from tests.estimators.method_words import method_of

OWN = {"contracts": ["party", "clause", "term", "liability"], "invoices": ["amount", "tax", "due", "total"]}


def folder_of(random, shuffled=False, n=60):
    documents = {}
    for number in range(n):
        place = sorted(OWN)[number % 2]
        kind = sorted(OWN)[int(random.integers(2))] if shuffled else place
        words = [*random.choice(OWN[kind], 3), *(f"w{word}" for word in random.integers(40, size=8))]
        documents[f"{place}/d{number:03}.txt"] = [sentence(*words)]
    return documents


def measured(documents):
    return estimate_document_labels(Inputs(counted(documents), EstimatorOptions()), EstimatorOptions())


def test_folders_with_words_of_their_own_are_clear_and_say_where_the_labels_are_from():
    found = measured(folder_of(np.random.default_rng(0)))
    error = found.estimates[0]
    assert (error.id, error.unit, error.grade, error.n) == ("language_ambiguity@labels:folders", "documents", "C", 60)
    assert error.value < 0.1
    assert "labels are folders (*/)" in method_of(error)
    assert "on words" in method_of(error)
    told = found.findings[0]
    assert (told.code, told.level) == ("labels_from_places", "note")
    assert told.parameters["place"] == "folders"
    assert told.parameters["labels"] == "contracts (30), invoices (30)"


def test_folders_filled_at_random_come_out_at_chance():
    error = measured(folder_of(np.random.default_rng(1), shuffled=True, n=120)).estimates[0]
    assert error.value == pytest.approx(0.5, abs=0.15)


def test_nobody_is_asked_to_file_documents_twice_and_rare_folders_are_a_note():
    documents = folder_of(np.random.default_rng(2)) | {"orders/a.txt": [sentence("x")], "orders/b.txt": [sentence("y")]}
    found = measured(documents)
    assert "error_beyond_disagreement" not in {item.measure for item in found.estimates}
    (few,) = [finding for finding in found.findings if finding.code == "places_with_few_documents"]
    assert (few.level, few.id, few.parameters["place"]) == ("note", "places_with_few_documents@labels:folders", "folders")
    for language in ("en", "ja"):
        title, _ = phrasebook(language).finding(few.code, few.parameters)
        assert "orders (2)" in title


def test_without_categories_there_is_nothing():
    rows = [message("a b", {"queue": "x"}), message("c", {"queue": "y"})]
    for documents in ({}, {"t.csv": rows}, {f"all/{number}.txt": [sentence("a")] for number in range(20)}):
        found = measured(documents)
        assert (found.estimates, found.series, found.findings) == ((), (), ())
