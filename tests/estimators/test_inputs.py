import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs, inputs
from corpuskit.estimators.inputs import sample_labelled
from tests.counts.build import Part, counted, message, sentence
from tests.estimators.tables import requests, table


def test_labels_with_too_few_messages_are_left_out_by_name():
    texts, labels = requests(60)
    messages = table([*texts, "odd one", "odd two"], [*labels, "rare", "rare"], second=[*([None] * 60), "other", None])
    sample = sample_labelled(messages, EstimatorOptions(min_per_label=3))
    assert sample.names == ("delivery", "invoice", "password")
    assert sample.left_out == (("rare", 2),)
    # "other" is a label that only the second person used: nobody's message was left out for it
    assert (sample.n, sample.usable) == (60, 60)
    assert [messages.label_names[code] for code in sample.codes] == list(sample.names)
    assert [sample.names[label] for label in sample.labels] == labels
    assert sample_labelled(messages, EstimatorOptions(min_per_label=2)).left_out == ()


def test_features_are_those_of_the_chosen_messages():
    messages = table(["skipped text", *requests(20)[0]], ["rare", *requests(20)[1]])
    sample = sample_labelled(messages, EstimatorOptions(min_per_label=2))
    assert sample.chosen.tolist() == list(range(1, 21))
    assert (sample.features != messages.features[1:]).nnz == 0


def test_copies_are_worth_one_message():
    texts, labels = requests(30)
    once = sample_labelled(table(texts, labels), EstimatorOptions())
    twice = sample_labelled(table(texts * 2, labels * 2), EstimatorOptions())
    assert twice.n == 2 * once.n
    assert twice.effective_n == pytest.approx(once.effective_n)
    assert once.effective_n <= 30


def test_nothing_usable():
    sample = sample_labelled(table(["a", "b"], ["x", "y"]), EstimatorOptions())
    assert (sample.n, sample.names, sample.usable, sample.effective_n) == (0, (), 0, 0.0)
    assert sample.left_out == (("x", 1), ("y", 1))
    assert sample.features.shape[0] == 0


def test_few_labels_allow_more_messages_than_the_option_says():
    texts, labels = requests(300)
    assert sample_labelled(table(texts, labels), EstimatorOptions(max_messages=100)).n == 300


@settings(max_examples=30)
@given(st.integers(100, 250), st.integers(0, 3))
def test_a_sample_is_capped_by_whole_groups_and_drawn_from_the_seed(most, seed):
    texts, labels = requests(150)
    messages = table(texts * 2, labels * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(inputs, "WORK", 1)
        sample = sample_labelled(messages, EstimatorOptions(max_messages=most, seed=seed))
        again = sample_labelled(messages, EstimatorOptions(max_messages=most, seed=seed))
    assert sample.chosen.tolist() == again.chosen.tolist()
    assert most - 12 <= sample.n <= most + 12
    assert sample.usable == 300
    # both copies of a message or neither
    assert set(sample.chosen[sample.chosen < 150].tolist()) == {place - 150 for place in sample.chosen[sample.chosen >= 150].tolist()}
    assert sample.groups.max() + 1 == len(np.unique(sample.groups))


def test_languages_come_by_number_of_tokens_and_their_views_agree():
    stats = counted({"a": [sentence("one", "two", heading=["one"])], "b": [Part([[["日本", "の", "日本", "語"]]], language="ja")]})
    found = Inputs(stats, EstimatorOptions())
    assert found.languages == ("ja", "en")
    assert {language: spectrum.n for language, spectrum in found.spectra.items()} == {"ja": 4, "en": 3}
    assert {language: int(terms.sum()) for language, terms in found.document_terms.items()} == {"ja": 4, "en": 3}
    assert found.labelled == ()
    assert found.samples == ()


def test_the_owners_definitions_reach_the_tables_and_each_table_has_its_sample():
    rows = [message(f"word{number} leaks", {"queue": "x" if number % 2 else "y"}) for number in range(12)]
    found = Inputs(counted({"b.csv": rows, "a.csv": rows}), EstimatorOptions(), {"x": "machine is broken"})
    assert [messages.subject for messages in found.labelled] == ["labels:a.csv#queue", "labels:b.csv#queue"]
    assert [sample.messages.subject for sample in found.samples] == ["labels:a.csv#queue", "labels:b.csv#queue"]
    descriptions = found.labelled[0].description_features
    assert np.diff(descriptions.indptr).astype(bool).tolist() == [True, False]


def test_an_empty_corpus():
    found = Inputs(count_nothing(CountOptions()), EstimatorOptions())
    assert (found.languages, found.spectra, found.document_terms, found.labelled, found.samples) == ((), {}, {}, (), ())
