import numpy as np
import pytest

from tests.counts.build import Part
from tests.estimators.handbooks import OPTIONS, by_name, everything, handbook, measured, near_copies, own_words
from tests.estimators.method_words import method_of


def test_headings_that_name_their_section_find_it():
    found = measured(handbook(60, lambda number: [f"topic{number}"], own_words))[0]
    assert found.id == "retrieval_ambiguity@lang:en"
    assert (found.value, found.n, found.unit, found.grade) == (0.0, 60, "headings", "D")
    assert found.interval[0] == 0.0


def test_headings_that_all_say_the_same_find_nothing():
    found = measured(handbook(60, lambda _: ["overview"], lambda number: [*own_words(number), "overview"]))[0]
    assert found.value == found.interval[1] == 1.0
    assert found.interval[0] > 0.9


def test_the_heading_is_not_part_of_the_text():
    found = measured(handbook(60, lambda number: [f"name{number}"], own_words))[0]
    assert found.value == 1.0


def test_few_headings_are_refused():
    found = measured(handbook(20, lambda number: [f"topic{number}"], own_words))[0]
    assert (found.value, found.undefined_because.code) == (None, "undefined_too_few_headings")
    assert found.undefined_because.parameters == {"n": 20, "needed": 30}


def test_rows_and_short_sections_are_not_searched():
    documents = handbook(40, lambda number: [f"topic{number}"], own_words)
    documents["table.csv"] = [Part(paragraphs=[[own_words(0)]], heading=["topic0"], kind="row") for _ in range(50)]
    documents["short.md"] = [Part(paragraphs=[["topic1"]], heading=["topic1"])]
    assert measured(documents)[0].n == 40


def topical(number):
    """Twenty words of one of four topics and ten of the section's own."""
    return [*[f"group{number % 4}x{place}" for place in range(20)], *[f"own{number}x{place}" for place in range(10)]]


def test_every_measure_where_each_heading_names_its_section():
    found = by_name(handbook(60, lambda number: [f"topic{number}"], own_words))
    for measure in ("retrieval_recall_1", "retrieval_recall_5", "retrieval_recall_10", "retrieval_mrr"):
        assert found[measure].value == 1.0, measure
    assert found["retrieval_self_posterior"].value > 0.99
    assert found["dead_section_share"].value == 0.0
    assert found["retrieval_misses_with_copies"].undefined_because.code == "undefined_no_misses"
    # the word stands in this section alone, so nothing but it leads there
    assert found["retrieval_recall_without_cue_words"].value == 0.0


def test_recall_and_mean_reciprocal_rank_of_planted_ties():
    """Groups of three sections share their heading's word and differ in nothing that counts: rank 2 each, so found at five and never first."""
    found = by_name(
        handbook(60, lambda number: [f"group{number // 3}"], lambda number: [f"group{number // 3}", *own_words(number)[1:], f"n{number}"])
    )
    assert [found[f"retrieval_recall_{depth}"].value for depth in (1, 5, 10)] == [0.0, 1.0, 1.0]
    assert found["retrieval_mrr"].value == 0.5


def test_the_rest_of_a_text_leads_to_its_topic():
    """Four topics of fifteen sections; a heading of a topic's word finds one of fifteen, with the word or without it; by chance one of sixty."""
    options = OPTIONS.model_copy(update={"retrieval_depth": 20})
    found = by_name(handbook(60, lambda number: [f"group{number % 4}x{number % 20}"], topical), options)
    assert found["retrieval_recall_without_cue_words"].value > 0.9
    assert found["retrieval_recall_by_cooccurrence"].value > 0.9


def test_copies_change_nothing():
    """A corpus given twice: copies of sections and headings are one, and no interval becomes narrower."""
    documents = handbook(60, lambda number: [f"topic{number - number % 2}"], near_copies)
    twice = {**documents, **{f"z{name}": parts for name, parts in documents.items()}}
    assert everything(twice) == everything(documents)


def test_renamed_words_and_reordered_documents_change_nothing():
    documents = handbook(60, lambda number: [f"group{number % 4}x{number % 20}"], topical)
    renamed = handbook(
        60,
        lambda number: [f"z{number % 20}y{number % 4}"],
        lambda number: [
            f"z{word.split('x')[1]}y{word[5:].split('x')[0]}" if word.startswith("group") else f"q{word[::-1]}" for word in topical(number)
        ],
    )
    one, two = by_name(documents), by_name(renamed)
    assert {name: item.value for name, item in one.items()} == pytest.approx({name: item.value for name, item in two.items()})
    assert everything(dict(reversed(documents.items()))) == everything(documents)


def test_few_headings_refuse_all_that_rests_on_them():
    found = by_name(handbook(20, lambda number: [f"topic{number}"], own_words))
    assert {item.undefined_because.code for name, item in found.items() if item.unit == "headings"} == {"undefined_too_few_headings"}


def test_few_sections_give_no_space():
    found = by_name(handbook(40, lambda number: [f"topic{number}"], own_words))
    assert found["retrieval_recall_by_cooccurrence"].undefined_because.parameters == {"n": 40, "needed": 50}
    assert found["retrieval_ambiguity"].value == 0.0


def test_one_document_has_no_interval_of_the_mean():
    parts = [Part(paragraphs=[[own_words(number)]], heading=[f"topic{number}"]) for number in range(40)]
    found = by_name({"book.md": parts})
    assert found["retrieval_mrr"].interval is None
    assert "no interval" in method_of(found["retrieval_mrr"])
    assert np.isfinite(found["retrieval_self_posterior"].value)
