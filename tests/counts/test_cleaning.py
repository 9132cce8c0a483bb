"""What could be cleaned away, found in counts of small folders and equal however the folder was divided."""

from collections import Counter

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import (
    CountOptions,
    boilerplate,
    boilerplate_lines,
    count_documents,
    count_nothing,
    exact_groups,
    merge,
    near_groups,
    newest_first,
    redundant_documents,
)
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions

FOOTER = "Confidential - do not pass on - page"
OPTIONS = TextOptions()
NEAR = TextOptions(near_duplicates="remove")


def document(name, text, sha256="", modified="", reader="text"):
    metadata = (("modified", modified),) if modified else ()
    source = Source(path=name, sha256=sha256 or name, bytes=len(text), modified="2024-01-01T00:00:00Z", reader=reader)
    return Document(name, source, (Section(text),), metadata)


def stats_of(*documents, lines=frozenset()):
    return count_documents(documents, OPTIONS, (), CountOptions(groups=3), lines)


def letters(n, footer=range(1000)):
    return [
        document(f"letters/{number:03}.txt", f"own text {chr(97 + number % 26) * 4}" + (f"\n{FOOTER} {number}" if number in footer else ""))
        for number in range(n)
    ]


LONG = "The traveller submits the request to the section manager before departure and keeps every receipt until the journey is settled. "
CONTRACT = "".join(f"Clause {number}: the party shall deliver the goods of class {number * 7} within {number + 3} days. " for number in range(40))


def test_a_line_in_more_than_ten_documents_and_a_twentieth_is_boilerplate():
    found = boilerplate_lines(stats_of(*letters(30, range(11))), OPTIONS)
    assert found.select("source", "documents", "occurrences", "words", "first").rows() == [("letters", 11, 11, 77, "letters/000.txt")]


@pytest.mark.parametrize(("documents", "holding"), [(30, 10), (220, 11)])
def test_ten_documents_or_a_twentieth_are_not_enough(documents, holding):
    assert boilerplate_lines(stats_of(*letters(documents, range(holding))), OPTIONS).height == 0


def test_each_source_is_judged_alone():
    there = [document(f"mail/{number}.txt", f"{FOOTER} {number}") for number in range(9)]
    assert set(boilerplate_lines(stats_of(*letters(12), *there), OPTIONS)["source"]) == {"letters"}


def test_removing_boilerplate_takes_its_words_out_and_nothing_else():
    documents = letters(12)
    full = stats_of(*documents)
    lines = boilerplate(full, OPTIONS)
    cleaned = stats_of(*documents, lines=lines)
    assert len(lines) == 1
    assert full.documents["tokens"].sum() - cleaned.documents["tokens"].sum() == boilerplate_lines(full, OPTIONS)["words"].sum()
    assert set(cleaned.terms["form"]) == {"own", "text", *(chr(97 + number) * 4 for number in range(12))}
    assert cleaned.lines.equals(full.lines)


def test_copies_are_exact_by_bytes_or_by_text():
    stats = stats_of(
        document("a.txt", "Same words here", sha256="1"),
        document("b.md", "same  WORDS here", sha256="2"),
        document("c.txt", "other reading of the bytes", sha256="2"),
        document("d.txt", "something else"),
    )
    assert exact_groups(stats) == (("a.txt", "b.md", "c.txt"),)


def test_near_duplicates_leave_exact_copies_out_and_stand_newest_first():
    stats = stats_of(
        document("old.txt", CONTRACT, modified="2020-01-01"),
        document("new.txt", CONTRACT + "One clause more.", modified="2023-01-01"),
        document("new copy.txt", CONTRACT + "One clause more.", modified="2023-01-01"),
        document("other.txt", LONG),
    )
    assert exact_groups(stats) == (("new copy.txt", "new.txt"),)
    assert near_groups(stats, 0.8) == (("new copy.txt", "old.txt"),)
    assert redundant_documents(stats, OPTIONS) == {"new.txt"}
    assert redundant_documents(stats, NEAR) == {"new.txt", "old.txt"}


def test_forms_filled_in_differently_are_kept_and_lost_only_on_request():
    invoices = [
        document(f"{month:02}.txt", CONTRACT + f"Invoice of 2024-{month:02}-01 to the works at number {month * 3}: {month * 1250} euros.")
        for month in range(1, 13)
    ]
    stats = stats_of(*invoices, document("12 again.txt", " " + CONTRACT + "Invoice of 2024-12-01 to the works\nat number 36: １５０００ euros."))
    assert redundant_documents(stats, OPTIONS) == {"12.txt"}
    assert len(redundant_documents(stats, NEAR)) == 12


def test_the_date_in_the_text_goes_before_that_of_the_file():
    stats = stats_of(
        document("a.txt", "Effective date: 2024-05-01", modified="2020-01-01"),
        document("b.txt", "No date at all", modified="2023-01-01"),
        document("c_v2.txt", "Nor here", modified="2023-01-01"),
    )
    assert newest_first(stats, ("a.txt", "b.txt", "c_v2.txt")) == ("a.txt", "c_v2.txt", "b.txt")


def test_nothing_and_one_document():
    nothing = count_nothing(CountOptions())
    for stats in (nothing, stats_of(document("a.txt", "one"))):
        assert boilerplate(stats, OPTIONS) == redundant_documents(stats, OPTIONS) == frozenset()
        assert exact_groups(stats) == near_groups(stats, 0.8) == ()


TEXTS = st.lists(st.sampled_from(["one", "One", "two", "three\n" + FOOTER, CONTRACT, CONTRACT + " more"]), max_size=8)


@settings(max_examples=25, deadline=None)
@given(TEXTS, st.integers(0, 8))
def test_what_is_found_does_not_depend_on_how_the_folder_was_divided(texts, place):
    documents = [document(f"s/{number}.txt", text) for number, text in enumerate(texts)]
    whole = stats_of(*documents)
    merged = merge([stats_of(*documents[place:]), stats_of(*documents[:place])])
    options = TextOptions(boilerplate_documents=1)
    assert boilerplate(merged, options) == boilerplate(whole, options)
    assert exact_groups(merged) == exact_groups(whole)
    assert near_groups(merged, 0.8) == near_groups(whole, 0.8)
    kept = whole.documents.filter(~pl.col("document").is_in(redundant_documents(whole, OPTIONS)))
    assert max(Counter(kept["text_hash"]).values(), default=1) == 1


@settings(max_examples=12, deadline=None)
@given(TEXTS)
def test_doubling_the_folder_changes_nothing_once_copies_are_removed(texts):
    # theory 2.7: doubling the corpus must not change any estimate after removal of duplicates
    once = [document(f"s/{number}.txt", text) for number, text in enumerate(texts)]
    twice = [*once, *(document(f"t/{number}.txt", text) for number, text in enumerate(texts))]
    counts = []
    for documents in (once, twice):
        copies = redundant_documents(stats_of(*documents), OPTIONS)
        counts.append(stats_of(*(one for one in documents if one.id not in copies)).terms)
    assert counts[0].equals(counts[1])
