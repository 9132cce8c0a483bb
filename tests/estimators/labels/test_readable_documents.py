"""Of very long documents, and of very many, some are read: in proportion to their places, chosen without regard to their order."""

import sys
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from corpuskit.counts import spelled_documents
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.labels import readable_documents
from corpuskit.estimators.labels.readable_documents import filed, readable, spelled
from tests.counts.build import counted, sentence
from tests.estimators.definitions.messages import written

OPTIONS = EstimatorOptions()


def inputs_of_files(texts, places):
    names = [f"{place}/{number:04}.txt" for number, place in enumerate(places)]
    return Inputs(counted({name: [sentence(*text.split())] for name, text in zip(names, texts, strict=True)}), OPTIONS)


def allow(monkeypatch, features, fewest):
    module = sys.modules["corpuskit.counts.spelled_documents"]  # its function has the same name
    monkeypatch.setattr(module, "MOST_FEATURES", features)
    monkeypatch.setattr(module, "FEWEST_DOCUMENTS", fewest)


def test_of_very_long_documents_fewer_are_read_in_proportion_to_their_places(monkeypatch):
    inputs = inputs_of_files(*written(300))
    (sample,) = inputs.document_samples
    assert readable(inputs.stats, sample, OPTIONS) is sample
    allow(monkeypatch, spelled_documents(inputs.stats, filed(sample)).nnz // 2, 5)
    part = readable(inputs.stats, sample, OPTIONS)
    assert 90 < part.n < 170
    shares = [np.bincount(one.labels) / one.n for one in (part, sample)]
    assert shares[0] == pytest.approx(shares[1], abs=0.03)
    for name, label in zip(filed(part), part.labels.tolist(), strict=True):
        assert name.startswith(part.names[label])


def test_places_left_with_too_few_documents_are_not_read(monkeypatch):
    texts, places = written(100)
    inputs = inputs_of_files([*texts, *texts[:5]], [*places, *["rare kind"] * 5])
    (sample,) = inputs.document_samples
    allow(monkeypatch, 1, 40)
    part = readable(inputs.stats, sample, OPTIONS)
    assert "rare kind" in sample.names
    assert "rare kind" not in part.names
    assert part.codes.tolist() == [sample.messages.label_names.index(name) for name in part.names]
    assert set(part.labels.tolist()) == set(range(len(part.names)))


def test_of_very_many_documents_as_many_are_read_as_a_space_is_made_of(monkeypatch):
    monkeypatch.setattr(readable_documents, "MOST_DOCUMENTS", 60)
    inputs = inputs_of_files(*written(150))
    (sample,) = inputs.document_samples
    assert 55 <= readable(inputs.stats, sample, OPTIONS).n <= 60


def test_letters_of_documents_that_wait_stand_apart_and_as_far_as_there_is_room(monkeypatch):
    texts, places = written(90)
    inputs = inputs_of_files(texts, [place if number < 60 else "Inbox" for number, place in enumerate(places)])
    stats = replace(inputs.stats, documents=inputs.stats.documents.with_columns(reader=pl.lit("eml")))
    (sample,) = Inputs(stats, OPTIONS).document_samples
    known, waiting = spelled(stats, sample)
    assert (known != spelled_documents(stats, filed(sample))).nnz == 0
    assert (waiting != spelled_documents(stats, [f"Inbox/{number:04}.txt" for number in range(60, 90)])).nnz == 0
    monkeypatch.setattr(readable_documents, "MOST_DOCUMENTS", 70)
    assert [part.shape[0] for part in spelled(stats, sample)] == [60, 10]
    monkeypatch.setattr(readable_documents, "MOST_DOCUMENTS", 30)
    assert [part.shape[0] for part in spelled(stats, sample)] == [60, 0]
