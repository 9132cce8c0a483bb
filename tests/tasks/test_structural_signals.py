"""Structural signals: words that documents of one build share, and one text in two languages."""

from dataclasses import replace

import pytest

from corpuskit.counts import CountOptions, count, merge
from corpuskit.ingest import Section
from corpuskit.tasks import TASKS, TaskOptions, cues
from corpuskit.tasks.discovery import discover
from corpuskit.tasks.signals import Signal, signals_by_document
from corpuskit.tasks.structural_signals import template_clusters, with_pairs, with_templates
from corpuskit.text import TextOptions, tokenize
from tests.tasks.build import Doc, corpus
from tests.text.documents import document


def form(name, *parts):
    """A document of headed sections: (heading, text)."""
    one = document(name, "")
    sections = tuple(Section(text, (heading,), "body", str(place)) for place, (heading, text) in enumerate(parts))
    return replace(one, sections=sections, source=replace(one.source, sha256=name))


def stats_of(documents):
    return merge([count(table, CountOptions()) for table in tokenize(documents, TextOptions(), cues())], CountOptions())


HEADINGS = ("Place", "People", "Outcome")
WORDS = ("valve", "shipment", "colour", "harvest", "piano", "tunnel", "meadow", "circuit")


def sheets(number, numbered=False):
    """Texts that have little in common but one word of minutes, under the same headings, or under headings of their own."""
    documents = []
    for place in range(number):
        own = " ".join(f"{word}{WORDS[place]}" for word in WORDS)
        parts = [(f"{heading} {WORDS[place]}" if numbered else heading, f"{own} {own}") for heading in HEADINGS]
        documents.append(form(f"x/{place}.txt", *parts[:2], (parts[2][0], f"attendees {own}")))
    return documents


def test_documents_with_the_same_headings_are_one_build():
    stats = stats_of([*sheets(5), form("other.txt", ("Place", "a"), ("Outcome", "b"), ("People", "c"))])
    assert tuple(f"x/{place}.txt" for place in range(5)) in template_clusters(stats, 5)
    assert all("other.txt" not in cluster for cluster in template_clusters(stats, 2))
    assert template_clusters(stats, 6) == ()


def test_two_headings_are_no_build():
    documents = [form(f"{place}.txt", ("Introduction", f"a {place}"), ("Summary", f"quite another text {place * 7}")) for place in range(5)]
    assert template_clusters(stats_of(documents), 5) == ()


def test_a_word_that_a_build_shares_makes_a_task_and_the_word_alone_does_not():
    found = discover(stats_of(sheets(5)), TaskOptions()).found
    assert [(one.id, one.documents) for one in found] == [("minutes_summary", 5)]
    assert discover(stats_of(sheets(5, numbered=True)), TaskOptions()).found == ()
    assert discover(stats_of(sheets(4)), TaskOptions()).found == ()


def test_no_signal_is_taken_away_and_a_rare_word_of_a_cluster_adds_none():
    stats = corpus(*[Doc(f"{place}.txt", [("policy_qa", "body", "shall", 0)]) for place in range(6)])
    signals = signals_by_document(stats.signals, TASKS)
    members = [f"{place}.txt" for place in range(6)]
    added = with_templates(stats, signals, TASKS, 5, [members])
    assert all(added[key] == [*own, Signal("template", "shall", 6, "")] for key, own in signals.items())
    assert with_templates(stats, signals, TASKS, 5, [members[:4]]) == signals


@pytest.mark.parametrize(("number", "found"), [(2, []), (3, ["translate_en_ja"])])
def test_namesakes_in_two_languages_show_translation(number, found):
    """Two pairs are four documents, three are six."""
    pairs = [Doc(f"guide{place}{mark}.md", language=language) for place in range(number) for mark, language in (("_en", "en"), ("", "ja"))]
    result = discover(corpus(*pairs), TaskOptions())
    assert [one.id for one in result.found] == found
    assert all({item.quote for item in one.evidence} <= {pair.name for pair in pairs} for one in result.found)


def test_namesakes_in_one_language_show_nothing():
    assert with_pairs(corpus(*[Doc(f"guide{place}{mark}.md") for place in range(9) for mark in ("", "_en")]), {}, TASKS) == {}
