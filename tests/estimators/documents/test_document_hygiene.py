import pytest

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs, estimate
from corpuskit.estimators.documents.document_hygiene import estimate_hygiene
from corpuskit.text import TextOptions
from tests.counts.test_cleaning import CONTRACT, document, letters, stats_of
from tests.estimators.method_words import method_of

OPTIONS = EstimatorOptions()


def measured(stats, **inputs):
    found = estimate_hygiene(Inputs(stats, OPTIONS, **inputs), OPTIONS)
    return {item.measure: item for item in found.estimates}, {item.id: item for item in found.findings}


def test_the_share_of_words_in_boilerplate_lines():
    # 12 letters of 3 own words and a footer of 7 words
    estimates, findings = measured(stats_of(*letters(12)))
    share = estimates["boilerplate_share"]
    assert (share.id, share.value, share.n, share.unit, share.grade) == ("boilerplate_share@corpus", pytest.approx(0.7), 120, "words", "E")
    assert share.interval is None
    assert "no interval" in method_of(share)
    assert findings["boilerplate"].parameters == {"lines": 1, "occurrences": 12, "share": pytest.approx(0.7)}
    assert [item.document for item in findings["boilerplate"].evidence] == ["letters/000.txt"]
    assert findings["boilerplate"].level == "note"


def test_exact_and_near_duplicates_are_told_apart():
    stats = stats_of(*(document(name, text) for name, text in (("a", CONTRACT), ("b", CONTRACT), ("c", CONTRACT + "x y z"), ("d", "something else"))))
    estimates, findings = measured(stats)
    assert (estimates["exact_duplicate_share"].value, estimates["near_duplicate_share"].value) == (0.25, 0.25)
    assert findings["exact_duplicates"].parameters == {"groups": 1, "documents": 2}
    assert findings["near_duplicates"].parameters == {"groups": 1, "documents": 2}
    assert {item.document for item in findings["exact_duplicates"].evidence} == {"a", "b"}
    assert {item.document for item in findings["near_duplicates"].evidence} == {"a", "c"}
    assert {item.level for item in findings.values()} == {"warning"}


def test_every_copy_is_named_in_its_group_the_largest_group_first():
    texts = (CONTRACT, "something else", CONTRACT, "something else", "something else", "a third")
    _, findings = measured(stats_of(*(document(str(number), text) for number, text in enumerate(texts))))
    assert findings["exact_duplicates"].documents == (("1", "3", "4"), ("0", "2"))
    assert [item.document for item in findings["exact_duplicates"].evidence] == ["1", "3", "4"]


def test_the_thresholds_are_those_of_the_text_options():
    stats = stats_of(*letters(12))
    assert measured(stats, text=TextOptions(boilerplate_documents=12))[0]["boilerplate_share"].value == 0
    assert "0.95" in method_of(measured(stats, text=TextOptions(duplicate_threshold=0.95))[0]["near_duplicate_share"])


def test_the_folder_is_measured_as_it_was_found():
    found, cleaned = stats_of(*letters(12)), stats_of(*letters(3, ()))
    assert measured(cleaned, before_cleaning=found)[0] == measured(found)[0]


def test_nothing_and_one_document():
    estimates, findings = measured(count_nothing(CountOptions()))
    assert {item.undefined_because.code for item in estimates.values()} == {"undefined_no_tokens", "undefined_no_documents"}
    assert findings == {}
    estimates, findings = measured(stats_of(document("a.txt", "one")))
    assert [item.value for item in estimates.values()] == [0, 0, 0]
    assert findings == {}
    assert any(item.measure == "boilerplate_share" for item in estimate(stats_of(document("a.txt", "one"))).estimates)
