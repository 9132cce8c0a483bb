import sys

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


def told_of(found, code):
    (finding,) = [finding for finding in found.findings if finding.code == code]
    titles = {language: phrasebook(language).finding(code, finding.parameters)[0] for language in ("en", "ja")}
    assert "messages" not in titles["en"]
    assert "メッセージ" not in titles["ja"]
    return finding, titles


def test_folders_filled_at_random_overlap_and_are_told_of_as_places():
    finding, titles = told_of(measured(folder_of(np.random.default_rng(3), shuffled=True, n=120)), "places_overlap")
    assert (finding.level, finding.id, finding.parameters["place"]) == ("note", "places_overlap@labels:folders:contracts/invoices", "folders")
    assert titles["en"].startswith('Folders (*/): "contracts" and "invoices" overlap: ')
    assert titles["ja"].startswith("フォルダー名（*/）：「contracts」と「invoices」が重なっています")


def test_a_part_of_the_documents_that_is_filed_at_random_is_told_of_as_documents():
    random = np.random.default_rng(4)
    clear, mixed = folder_of(random, n=80), folder_of(random, shuffled=True, n=80)
    longer = {name.replace("/d", "/e"): [sentence(*([f"w{word}" for word in random.integers(40, size=20)] * 2))] for name in mixed}
    finding, titles = told_of(measured(clear | longer), "place_error_higher")
    assert (finding.level, finding.parameters["kind"], finding.parameters["place"]) == ("note", "length", "folders")
    assert "documents)" in titles["en"]


def test_documents_beyond_those_that_are_read_are_told_of(monkeypatch):
    monkeypatch.setattr(sys.modules["corpuskit.counts.labelled_documents"], "MOST_DOCUMENTS", 40)
    found = measured(folder_of(np.random.default_rng(0)))
    assert found.estimates[0].n == 40
    finding, titles = told_of(found, "filed_documents_sampled")
    assert (finding.parameters["n"], finding.parameters["total"]) == (40, 60)
    assert "40 of 60 filed documents" in titles["en"]


def test_without_categories_there_is_nothing():
    rows = [message("a b", {"queue": "x"}), message("c", {"queue": "y"})]
    for documents in ({}, {"t.csv": rows}, {f"all/{number}.txt": [sentence("a")] for number in range(20)}):
        found = measured(documents)
        assert (found.estimates, found.series, found.findings) == ((), (), ())
