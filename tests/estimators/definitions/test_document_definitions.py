"""Names of places are held against the documents in them, as names of labels are against the messages of a table."""

import sys
from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.definitions.definition_ambiguity import estimate_definition_ambiguity, view_of
from corpuskit.estimators.definitions.document_definitions import TOLD_OF_PLACES, estimate_document_definitions, view_of_documents
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.readable_documents import readable
from corpuskit.report import phrasebook
from tests.counts.build import counted, sentence
from tests.estimators.definitions.messages import written
from tests.estimators.method_words import method_of
from tests.estimators.tables import inputs_of, table

OPTIONS = EstimatorOptions()


def filed(texts, places):
    """One document for each text, in the folder of its place."""
    return counted({f"{place}/{number:04}.txt": [sentence(*text.split())] for number, (text, place) in enumerate(zip(texts, places, strict=True))})


def measured(texts, places, definitions=None, stats=None):
    return estimate_document_definitions(Inputs(stats or filed(texts, places), OPTIONS, definitions), OPTIONS)


def by_measure(found):
    return {item.measure: item for item in found.estimates}


def test_documents_in_folders_are_read_like_messages_with_labels():
    texts, labels = written(300, between=0.3)
    places = by_measure(measured(texts, labels))
    rows = by_measure(estimate_definition_ambiguity(inputs_of(table(texts, labels)), OPTIONS))
    own = places["definition_ambiguity"]
    assert (own.id, own.unit, own.grade, own.n) == ("definition_ambiguity@labels:folders", "documents", "C", 300)
    assert own.value == pytest.approx(rows["definition_ambiguity"].value, abs=0.02)
    assert 0.05 < own.interval[0] < own.value < own.interval[1] < 0.4
    assert "share of documents to which the name of another place is nearest" in method_of(own)
    assert "labels are folders (*/)" in method_of(own)
    assert places["clear_half_error"].unit == places["unclear_half_error"].unit == "documents"
    assert places["clear_half_error"].value < places["unclear_half_error"].value
    assert "among the documents" in method_of(places["clear_half_error"])


def test_mail_folders_and_what_documents_call_themselves_are_held_against_them_too():
    texts, labels = written(120)
    stats = filed(texts, labels)
    mails = measured(texts, labels, stats=replace(stats, documents=stats.documents.with_columns(reader=pl.lit("eml"))))
    assert mails.estimates[0].id == "definition_ambiguity@labels:mail_folders"
    flat = counted({f"{number:04}.md": [sentence(*text.split())] for number, text in enumerate(texts)})
    own = dict(zip((f"{number:04}.md" for number in range(120)), labels, strict=True))
    called = flat.documents.with_columns(category=pl.col("document").replace_strict(own))
    assert measured(texts, labels, stats=replace(flat, documents=called)).estimates[0].value == pytest.approx(mails.estimates[0].value, abs=0.03)


def test_mails_that_wait_take_part_as_rows_without_a_label_do():
    texts, labels = written(300, between=0.4)
    stats = filed(texts, [label if number < 60 else "Inbox" for number, label in enumerate(labels)])
    mails = replace(stats, documents=stats.documents.with_columns(reader=pl.lit("eml")))
    (sample,) = Inputs(mails, OPTIONS).document_samples
    order = [int(name.split("/")[1].split(".")[0]) for name in sample.messages.locators]
    rows = [texts[place] for place in order], [labels[place] for place in order]

    def scores_of_rows(*without):
        return view_of(sample_labelled(table(*rows, unlabelled=without), OPTIONS)).scores

    found = view_of_documents(mails, sample).scores
    together, alone = (np.abs(found - scores_of_rows(*without)).mean() for without in (texts[60:], ()))
    assert found.shape == (60, 3)
    assert together < 0.3 * alone
    assert measured([], [], stats=mails).estimates[0].n == 60


def test_a_name_that_tells_nothing_raises_the_ambiguity_and_a_description_mends_it():
    texts, labels = written(300)
    bare = {"parcel delivery": "blue binder", "invoice payment": "invoice payment", "password login": "password login"}
    before = measured(texts, [bare[label] for label in labels])
    after = measured(texts, [bare[label] for label in labels], {"blue binder": "parcel, courier, shipment: when it arrives, by which carrier"})
    assert by_measure(after)["definition_ambiguity"].interval[1] < by_measure(before)["definition_ambiguity"].interval[0]
    assert "with description" in method_of(after.estimates[0])


def test_two_folders_whose_names_are_the_same_words_are_told_of():
    texts, labels = written(300)
    half = {"parcel delivery": "02_Delivery-Parcel"}
    found = measured(texts, [half.get(label, label) if number % 2 else label for number, label in enumerate(labels)])
    (finding,) = [finding for finding in found.findings if finding.code == "place_names_alike"]
    assert (finding.level, finding.parameters["place"]) == ("note", "folders")
    assert finding.parameters["labels"] == "Delivery-Parcel = parcel delivery"
    for language, words in (("en", "names differ only in spelling"), ("ja", "表記や語順だけが異なる名称")):
        assert words in phrasebook(language).finding(finding.code, finding.parameters)[0]


def test_names_that_find_none_of_their_documents_are_told_of():
    texts, labels = written(600)
    dealt = [str(label) for label in np.random.default_rng(0).permutation(labels)]
    far, of_class = measured(texts, dealt).findings
    assert (far.code, far.level, far.id) == ("place_names_far_from_documents", "note", "place_names_far_from_documents@labels:folders")
    assert (far.parameters["place"], far.parameters["count"]) == ("folders", 3)
    assert of_class.code == "documents_insufficient_evidence"


def test_two_names_for_one_kind_compete():
    texts, labels = written(400)
    dealt = [("login of users", "password login")[n % 2] if label == "password login" else label for n, label in enumerate(labels)]
    told = {finding.code: finding for finding in measured(texts, dealt).findings}
    names = told["place_names_compete"].parameters
    assert {names["label"], names["others"]} == {"login of users", "password login"}
    assert told["documents_epsilon_ambiguous"].parameters["n"] == 400
    assert told["documents_epsilon_ambiguous"].id == "documents_epsilon_ambiguous@labels:folders"


def test_names_that_lead_no_better_than_the_most_frequent_label_are_left_out_of_clarity():
    texts, labels = written(300)
    turned = dict(zip(sorted(set(labels)), ("parcel delivery", "password login", "invoice payment"), strict=True))
    found = by_measure(measured(texts, [turned[label] for label in labels]))
    assert found["definition_ambiguity"].value > 0.9
    assert "names left out of clarity" in method_of(found["clear_half_error"])
    straight = by_measure(measured(texts, labels))
    assert "names left out of clarity" not in method_of(straight["clear_half_error"])
    assert found["clear_half_error"].value <= 0.02


def test_too_few_documents_have_a_reason_and_without_places_there_is_nothing():
    texts, labels = written(20)
    found = measured(texts, labels)
    assert [(item.measure, item.unit, item.undefined_because.code) for item in found.estimates] == [
        (name, "documents", "undefined_too_few_messages") for name in ("definition_ambiguity", "clear_half_error", "unclear_half_error")
    ]
    nowhere = measured(texts, ["all"] * 20)
    assert (nowhere.estimates, nowhere.series, nowhere.findings) == ((), (), ())


def test_the_order_of_documents_changes_nothing():
    texts, labels = written(120, between=0.3)
    names = [f"{label}/{number:04}.txt" for number, label in enumerate(labels)]
    ways = [range(120), np.random.default_rng(0).permutation(120).tolist()]
    one, other = (counted({names[place]: [sentence(*texts[place].split())] for place in way}) for way in ways)
    assert measured(texts, labels, stats=one) == measured(texts, labels, stats=other)


def test_of_very_long_documents_those_are_measured_that_are_read(monkeypatch):
    inputs = Inputs(filed(*written(300)), OPTIONS)
    module = sys.modules["corpuskit.counts.spelled_documents"]  # its function has the same name
    monkeypatch.setattr(module, "MOST_FEATURES", 1)
    monkeypatch.setattr(module, "FEWEST_DOCUMENTS", 100)
    (sample,) = inputs.document_samples
    assert estimate_document_definitions(inputs, OPTIONS).estimates[0].n == readable(inputs.stats, sample, OPTIONS).n <= 100


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_told_of_places_has_words(language):
    told = {"place": "mail_folders", "column": "*/", "count": 2, "labels": "a, b", "label": "a", "others": "b", "share": 0.4, "high": 0.2, "n": 90}
    for code in TOLD_OF_PLACES.values():
        title, fix = phrasebook(language).finding(code, told)
        assert title.startswith("Mail folders" if language == "en" else "メールフォルダー名")
        assert fix
