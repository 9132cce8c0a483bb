import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count_nothing, equal, merge
from corpuskit.counts.sparse import same
from corpuskit.errors import UsageError
from tests.counts.build import TOKENIZER, counted, sentence
from tests.counts.strategies import CORPORA, OPTIONS


def split(documents, places, parts=3):
    shares = [{} for _ in range(parts)]
    for (name, sections), place in zip(documents.items(), places, strict=False):
        shares[place % parts][name] = sections
    return shares


PLACES = st.lists(st.integers(0, 2), min_size=6, max_size=6)


@settings(max_examples=120, deadline=None)
@given(CORPORA, PLACES, OPTIONS)
def test_counts_of_parts_merge_to_the_counts_of_the_whole(documents, places, options):
    whole = counted(documents, **options)
    parts = [counted(share, **options) for share in split(documents, places)]
    assert equal(merge(parts), whole)


@settings(max_examples=60, deadline=None)
@given(CORPORA, PLACES, OPTIONS)
def test_merging_is_associative_and_commutative(documents, places, options):
    a, b, c = (counted(share, **options) for share in split(documents, places))
    left = merge([merge([a, b]), c])
    assert equal(left, merge([a, merge([b, c])]))
    assert equal(left, merge([c, a, b]))


@settings(max_examples=30, deadline=None)
@given(CORPORA, OPTIONS)
def test_counts_of_nothing_are_zero(documents, options):
    stats, zero = counted(documents, **options), count_nothing(CountOptions(**options))
    assert equal(merge([zero, stats]), stats)
    assert equal(merge([stats, zero]), stats)
    assert equal(merge([zero, zero]), zero)
    assert equal(merge([], CountOptions(**options)), zero)


def test_merged_arrays_cannot_be_written():
    merged = merge([counted({"a": [sentence("x", "y")]}), counted({"b": [sentence("y", "z", "x")]})])
    for matrix in (merged.section_terms, merged.heading_terms, merged.features, merged.first_terms, *merged.cooccurrence, *merged.bigrams):
        assert matrix.has_canonical_format
        for array in (matrix.data, matrix.indices, matrix.indptr):
            assert not array.flags.writeable


def test_a_different_count_anywhere_is_noticed():
    one = counted({"a": [sentence("x", "y")]})
    assert equal(one, counted({"a": [sentence("x", "y")]}))
    assert not equal(one, counted({"a": [sentence("y", "x", "x")]}))
    assert not equal(one, counted({"a": [sentence("x", "y", heading=["x"])]}))
    assert not equal(one, counted({"a": [sentence("y", "x")]})), "only the bigrams differ"
    assert not equal(one, counted({"a": [sentence("x", "y", labels={"l": "v"})]}))
    assert not equal(one, counted({"a": [sentence("x", "y")]}, window=4))
    two = [counted({"a": [sentence(*words, labels={"l": "v"})]}, window=2) for words in ("xyxxyxy", "xyxyxxy")]
    assert all(same(a, b) for a, b in zip((*two[0].bigrams, *two[0].cooccurrence), (*two[1].bigrams, *two[1].cooccurrence), strict=True))
    assert not equal(*two), "only the order of words differs"


def test_other_options_are_refused_by_name():
    parts = [counted({"a": [sentence("x")]}), counted({"b": [sentence("x")]}, window=3)]
    with pytest.raises(UsageError, match="window 3 instead of 5"):
        merge(parts)
    with pytest.raises(UsageError, match="boundary sentence instead of section"):
        merge(parts[:1], CountOptions(boundary="section"))


def test_lines_of_two_parts_add_up():
    parts = [counted({name: [sentence("page", "3")] * times}) for name, times in (("b/x", 2), ("b/a", 1), ("c/x", 1))]
    merged = merge(parts).lines
    assert merged.select("source", "documents", "occurrences", "words", "first").rows() == [("b", 2, 3, 6, "b/a"), ("c", 1, 1, 2, "c/x")]
    assert equal(merge(parts), merge([parts[2], merge([parts[1], parts[0]])]))


def test_a_document_in_two_parts_is_refused():
    part = counted({"a": [sentence("x")]})
    with pytest.raises(UsageError, match="counted twice: a"):
        merge([part, part])


def test_other_tokenizers_are_refused():
    one, other = counted({"a": [sentence("x")]}), counted({"b": [sentence("x")]})
    other.tokenizers["en"] = TOKENIZER.model_copy(update={"version": "2"})
    with pytest.raises(UsageError, match="list 1 and list 2"):
        merge([one, other])


def test_nothing_without_options_is_refused():
    with pytest.raises(UsageError, match="Give the options"):
        merge([])
