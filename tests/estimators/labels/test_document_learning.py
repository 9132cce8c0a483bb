"""Files in folders are extrapolated as rows of a table are, to those that wait too."""

import sys
from dataclasses import replace

import polars as pl
import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.estimators.labels.document_learning import estimate_document_learning
from tests.counts.build import counted, sentence
from tests.estimators.definitions.messages import written
from tests.estimators.method_words import method_of
from tests.estimators.tables import inputs_of, table

OPTIONS = EstimatorOptions()


def files(texts, places, reader="text"):
    names = [f"{place}/{number:04}.txt" for number, place in enumerate(places)]
    stats = counted({name: [sentence(*text.split())] for name, text in zip(names, texts, strict=True)})
    return replace(stats, documents=stats.documents.with_columns(reader=pl.lit(reader)))


def by_measure(found):
    return {item.measure: item for item in found.estimates}


def of_files(*given, **options):
    return by_measure(estimate_document_learning(Inputs(files(*given, **options), OPTIONS), OPTIONS))


def test_files_in_folders_are_extrapolated_as_rows_are():
    texts, labels = written(200, between=0.4)
    places = of_files(texts, labels)
    rows = by_measure(estimate_attainable_error(inputs_of(table(texts, labels)), OPTIONS))
    assert places.keys() == rows.keys()
    own = places["attainable_error"]
    assert (own.id, own.unit, own.grade, own.n) == ("attainable_error@labels:folders", "documents", "C", 200)
    assert own.value == pytest.approx(rows["attainable_error"].value, abs=0.03)
    assert own.interval == pytest.approx(rows["attainable_error"].interval, abs=0.06)
    assert "support vectors on words" in method_of(own)
    assert "in draws of documents" in method_of(own)
    assert "labels are folders (*/)" in method_of(own)


def test_mails_that_wait_are_part_of_what_is_extrapolated_to():
    texts, labels = written(260, between=0.4)
    places = [label if number < 200 else "Inbox" for number, label in enumerate(labels)]
    own = of_files(texts, places, reader="eml")["attainable_error"]
    assert (own.id, own.n) == ("attainable_error@labels:mail_folders", 200)
    assert "to 260" in method_of(own)


def test_documents_beyond_those_that_are_read_are_part_of_it_too(monkeypatch):
    monkeypatch.setattr(sys.modules["corpuskit.counts.labelled_documents"], "MOST_DOCUMENTS", 100)
    own = of_files(*written(260, between=0.4))["attainable_error"]
    assert own.n == 100
    assert "to 260" in method_of(own)


def test_too_few_documents_have_a_reason_and_without_places_there_is_nothing():
    texts, labels = written(20)
    found = of_files(texts, labels)
    assert {(item.unit, item.undefined_because.code) for item in found.values() if item.measure == "attainable_error"} == {
        ("documents", "undefined_too_few_messages")
    }
    assert of_files(texts, ["all"] * 20) == {}
