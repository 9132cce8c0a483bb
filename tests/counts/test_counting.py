import math
from collections import Counter
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
import xxhash
from hypothesis import given, settings

from corpuskit.counts import CountOptions, count, count_nothing, equal, vocabulary
from corpuskit.counts.stats import (
    FIRST_TERMS,
    STATS_DOCUMENT_SCHEMA,
    STATS_FIELD_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_TERM_SCHEMA,
)
from corpuskit.errors import UsageError
from tests.counts.build import PUNCTUATION, Part, batch, counted, sentence
from tests.counts.strategies import CORPORA, OPTIONS


def terms_of(stats):
    return list(zip(stats.terms["language"], stats.terms["form"], strict=True))


def naive_pairs(documents, window, boundary, groups, weights="flat", ordered=False):
    """Count pairs with a dictionary: every token on its line, every line looked through twice. Harmonic weights in units of 1/lcm."""
    unit = math.lcm(*range(1, window + 1))
    lines = {}
    for document, parts in documents.items():
        start = 0
        own = xxhash.xxh3_64_intdigest(document.encode()) % groups
        for ordinal, part in enumerate(parts):
            place = 0
            group = (own + ordinal) % groups if part.kind == "row" and boundary != "document" else own
            for offset, token in enumerate(part.heading):
                lines.setdefault((group, document, ordinal, "heading"), []).append((offset, part.language, token))
            for p, paragraph in enumerate(part.paragraphs):
                for s, tokens in enumerate(paragraph):
                    stretch = {"sentence": (ordinal, p, s), "paragraph": (ordinal, p), "section": (ordinal,), "document": ()}[boundary]
                    shift = start if boundary == "document" else 0
                    for token in tokens:
                        lines.setdefault((group, document, stretch), []).append((shift + place, part.language, token))
                        place += 1
            start += place
    found = Counter()
    for (group, *_), line in lines.items():
        words = [word for word in line if word[2] not in PUNCTUATION]
        for index, (place, language, token) in enumerate(words):
            for other, other_language, other_token in words[index + 1 :]:
                if other - place <= window and language == other_language:
                    pair = [(language, token), (language, other_token)]
                    found[(group, *(pair if ordered else sorted(pair)))] += 1 if weights == "flat" else unit // (other - place)
    return found


def as_counter(stats, matrices=None, ordered=None):
    terms, ordered = terms_of(stats), stats.options.ordered if ordered is None else ordered
    found = Counter()
    for group, matrix in enumerate(stats.cooccurrence if matrices is None else matrices):
        entries = matrix.tocoo()
        for low, high, number in zip(entries.row, entries.col, entries.data, strict=True):
            assert ordered or low <= high
            pair = [terms[low], terms[high]]
            found[(group, *(pair if ordered else sorted(pair)))] += int(number)
    return found


@settings(max_examples=250, deadline=None)
@given(CORPORA, OPTIONS)
def test_pairs_equal_those_of_a_dictionary(documents, options):
    assert as_counter(counted(documents, **options)) == naive_pairs(documents, **options)


@settings(max_examples=150, deadline=None)
@given(CORPORA, OPTIONS)
def test_bigrams_equal_those_of_a_dictionary_whatever_the_options(documents, options):
    stats = counted(documents, **options)
    assert as_counter(stats, stats.bigrams, ordered=True) == naive_pairs(documents, 1, "sentence", options["groups"], ordered=True)
    assert all(matrix.dtype == np.int64 and matrix.has_canonical_format for matrix in stats.bigrams)


def test_bigrams_stop_at_a_comma_at_the_end_of_a_sentence_and_at_the_heading():
    documents = {"d": [Part(paragraphs=[[["a", "b", ",", "c"], ["a", "c", "a"]]], heading=["c", "b"])]}
    for boundary in ("sentence", "document"):
        stats = counted(documents, groups=1, boundary=boundary)
        assert stats.bigrams[0].toarray().tolist() == [[0, 1, 1], [0, 0, 0], [1, 1, 0]]


def test_bigrams_are_counted_once_where_the_options_ask_for_nothing_else():
    documents = {"d": [sentence("a", "b", "a")]}
    alike = counted(documents, window=1, ordered=True)
    assert alike.cooccurrence is alike.bigrams
    for other in ({"window": 2, "ordered": True}, {"window": 1}, {"window": 1, "ordered": True, "boundary": "section"}):
        assert counted(documents, **other).cooccurrence is not counted(documents, **other).bigrams


@settings(max_examples=60, deadline=None)
@given(CORPORA)
def test_frequencies_equal_those_of_a_dictionary(documents):
    stats = counted(documents)
    text, heading, containing = Counter(), Counter(), Counter()
    tokens_of, types_of = {}, {}
    for document, parts in documents.items():
        own = Counter()
        for part in parts:
            for tokens in [tokens for paragraph in part.paragraphs for tokens in paragraph]:
                text.update((part.language, token) for token in tokens if token not in PUNCTUATION)
                own.update((part.language, token) for token in tokens if token not in PUNCTUATION)
            heading.update((part.language, token) for token in part.heading if token not in PUNCTUATION)
            own.update((part.language, token) for token in part.heading if token not in PUNCTUATION)
        containing.update(own.keys())
        tokens_of[document], types_of[document] = own.total(), len(own)
    terms = terms_of(stats)
    assert terms == sorted(text.keys() | heading.keys(), key=lambda term: (term[0].encode(), term[1].encode()))
    assert stats.terms["frequency"].to_list() == [text[term] + heading[term] for term in terms]
    assert stats.terms["document_frequency"].to_list() == [containing[term] for term in terms]
    assert np.asarray(stats.section_terms.sum(axis=0)).ravel().tolist() == [text[term] for term in terms]
    assert np.asarray(stats.heading_terms.sum(axis=0)).ravel().tolist() == [heading[term] for term in terms]
    assert stats.documents["document"].to_list() == sorted(documents, key=str.encode)
    assert dict(stats.documents.select("document", "tokens").iter_rows()) == tokens_of
    assert dict(stats.documents.select("document", "types").iter_rows()) == types_of


@settings(max_examples=40, deadline=None)
@given(CORPORA, OPTIONS)
def test_the_order_of_documents_changes_nothing(documents, options):
    backwards = dict(reversed(documents.items()))
    assert equal(counted(documents, **options), counted(backwards, **options))


def test_the_order_of_token_rows_changes_nothing():
    documents = {"d": [sentence("a", "b", ",", "c", heading=["b", "a"])], "e": [sentence("c", "a", "a", "b", labels={"l": "x"})]}
    table = batch(documents)
    shuffled = replace(table, tokens=table.tokens.sample(fraction=1, shuffle=True, seed=3))
    for boundary in ("sentence", "paragraph", "section", "document"):
        assert equal(count(table, CountOptions(boundary=boundary)), count(shuffled, CountOptions(boundary=boundary)))


def test_a_removed_token_leaves_its_gap():
    near = counted({"d": [sentence("a", "b")]}, window=1)
    apart = counted({"d": [sentence("a", ",", "b")]}, window=1)
    assert sum(matrix.sum() for matrix in near.cooccurrence) == 1
    assert sum(matrix.sum() for matrix in apart.cooccurrence) == 0


def test_harmonic_weights_keep_the_gap_and_are_whole_numbers():
    stats = counted({"d": [sentence("a", ",", "b", "c")]}, window=3, weights="harmonic", groups=1)
    # lcm(1, 2, 3) = 6: a and b two apart, a and c three, b and c one
    assert stats.options.pair_unit == 6
    assert stats.cooccurrence[0].toarray().tolist() == [[0, 3, 2], [0, 0, 6], [0, 0, 0]]
    assert stats.cooccurrence[0].dtype == np.int64


def test_ordered_pairs_go_from_left_to_right_whatever_the_order_of_rows():
    table = batch({"d": [sentence("b", "a", "b", heading=["b", "a"])]})
    shuffled = replace(table, tokens=table.tokens.reverse())
    for each in (table, shuffled):
        stats = count(each, CountOptions(ordered=True, groups=1))
        assert stats.cooccurrence[0].toarray().tolist() == [[0, 1], [2, 1]]


def test_words_of_a_heading_pair_among_themselves_only():
    documents = {"d": [Part(paragraphs=[[["c"]]], heading=["a", "b"])]}
    for boundary in ("sentence", "paragraph", "section", "document"):
        stats = counted(documents, boundary=boundary)
        assert as_counter(stats).keys() == {(stats.documents["group"][0], ("en", "a"), ("en", "b"))}


def test_languages_never_pair_even_within_a_document():
    documents = {"d": [sentence("a", language="en"), sentence("a", "日本", language="ja")]}
    stats = counted(documents, boundary="document")
    assert as_counter(stats).keys() == {(stats.documents["group"][0], ("ja", "a"), ("ja", "日本"))}
    assert vocabulary(stats, "ja")["form"].to_list() == ["a", "日本"]


def test_sections_of_a_document_join_without_a_seam():
    documents = {"d": [sentence("a", ","), sentence("b")]}
    assert sum(matrix.sum() for matrix in counted(documents, boundary="document", window=1).cooccurrence) == 0
    assert sum(matrix.sum() for matrix in counted(documents, boundary="document", window=2).cooccurrence) == 1
    assert sum(matrix.sum() for matrix in counted(documents, boundary="section", window=2).cooccurrence) == 0


def test_keys_of_a_large_vocabulary_do_not_overflow():
    words = [f"w{number}" for number in range(70_000)]
    stats = counted({"d": [sentence(*words)]}, window=1, groups=1)
    assert stats.cooccurrence[0].sum() == 69_999
    assert stats.cooccurrence[0].nnz == 69_999


def test_schemas_are_as_promised():
    for stats in (counted({"d": [sentence("a", labels={"l": "x"}, signals=["s"])]}), counted({}), count_nothing(CountOptions())):
        assert dict(stats.documents.schema) == STATS_DOCUMENT_SCHEMA
        assert dict(stats.sections.schema) == STATS_SECTION_SCHEMA
        assert dict(stats.terms.schema) == STATS_TERM_SCHEMA
        assert dict(stats.labels.schema) == STATS_LABEL_SCHEMA
        assert dict(stats.signals.schema) == STATS_SIGNAL_SCHEMA
        assert dict(stats.personal_data.schema) == STATS_PERSONAL_SCHEMA
        assert dict(stats.fields.schema) == STATS_FIELD_SCHEMA
        assert len(stats.cooccurrence) == len(stats.bigrams) == 25
        counts = (stats.section_terms, stats.heading_terms, *stats.cooccurrence, *stats.bigrams)
        assert all(matrix.dtype == np.int64 for matrix in counts)
        assert stats.first_terms.dtype == np.int32
        assert stats.first_terms.shape == (stats.sections.height, FIRST_TERMS)


def test_nothing_one_token_and_only_punctuation():
    assert equal(counted({}), count_nothing(CountOptions()))
    one = counted({"d": [sentence("a")]})
    assert one.terms.row(0) == ("en", "a", False, 1, 1, None)
    assert one.documents.select("tokens", "types").row(0) == (1, 1)
    assert all(matrix.nnz == 0 for matrix in one.cooccurrence)
    silent = counted({"d": [sentence(",", ".")]})
    assert silent.terms.height == 0
    assert silent.section_terms.shape == (1, 0)
    assert silent.documents.select("tokens", "types").row(0) == (0, 0)


def test_fields_stand_at_their_section_in_an_order_of_their_own():
    fields = [("total", "amount", 7), ("date", "date", 1)]
    stats = counted({"b": [sentence("x"), sentence("y", fields=fields)], "a": [sentence("z", fields=fields[:1])]})
    assert stats.fields.select("document", "ordinal", "cue", "type", "value").rows() == [
        ("a", 0, "total", "amount", 7),
        ("b", 1, "date", "date", 1),
        ("b", 1, "total", "amount", 7),
    ]


def test_a_signal_of_the_path_has_no_section():
    stats = counted({"d": [sentence("a"), sentence("b", signals=["s"])]})
    assert stats.signals.select("ordinal", "signal").rows() == [(None, "path"), (1, "body")]


def test_two_forms_of_one_term_are_one_term():
    table = batch({"d": [sentence("a", "b")]})
    twice = replace(table, terms=table.terms.with_columns(form=pl.lit("a")))
    stats = count(twice, CountOptions())
    assert stats.terms["frequency"].to_list() == [2]
    assert sum(matrix.sum() for matrix in stats.cooccurrence) == 1


def test_the_group_is_the_stable_hash_of_the_id():
    stats = counted({"旅費規程.docx": [sentence("a")]}, groups=25)
    assert stats.documents["group"][0] == xxhash.xxh3_64_intdigest("旅費規程.docx".encode()) % 25
    assert [matrix.shape for matrix in stats.cooccurrence] == [(1, 1)] * 25


def test_rows_of_a_table_are_dealt_out_and_no_pair_is_lost():
    rows = {"t.csv": [sentence("a", "b", kind="row") for _ in range(30)]}
    dealt = counted(rows, groups=5).cooccurrence
    assert [int(matrix.sum()) for matrix in dealt] == [6] * 5
    whole = counted(rows, groups=5, boundary="document", window=2).cooccurrence
    assert sorted(int(matrix.nnz > 0) for matrix in whole) == [0, 0, 0, 0, 1]
    assert sum(int(matrix.sum()) for matrix in whole) == 59 + 58


def test_arrays_cannot_be_written():
    stats = counted({"d": [sentence("a", "b", labels={"l": "x"})]})
    for matrix in (stats.section_terms, stats.heading_terms, stats.features, stats.first_terms, *stats.cooccurrence, *stats.bigrams):
        for array in (matrix.data, matrix.indices, matrix.indptr):
            assert not array.flags.writeable
    with pytest.raises(ValueError, match="read-only"):
        stats.section_terms[0, 0] = 5
    assert (stats.section_terms @ stats.section_terms.T).sum() == 2


def test_a_document_twice_is_refused():
    table = batch({"d": [sentence("a")]})
    with pytest.raises(UsageError, match="counted twice: d"):
        count(replace(table, documents=pl.concat([table.documents, table.documents])), CountOptions())


def test_a_section_without_its_document_is_refused():
    table = batch({"d": [sentence("a")]})
    with pytest.raises(UsageError, match="'d', which is not in the batch"):
        count(replace(table, documents=table.documents.clear()), CountOptions())


def test_notices_stand_at_their_section_or_at_the_whole_document():
    table = batch({"b": [sentence("x"), sentence("y", notices=["zero_width"])], "a": [sentence("z", notices=["visible_instruction"])]})
    whole = pl.DataFrame([("b", None, "bidi_override", 4, "q")], schema=table.notices.schema, orient="row")
    stats = count(replace(table, notices=pl.concat([table.notices, whole])), CountOptions())
    assert stats.notices.select("document", "ordinal", "type", "count").rows() == [
        ("a", 0, "visible_instruction", 1),
        ("b", None, "bidi_override", 4),
        ("b", 1, "zero_width", 1),
    ]
