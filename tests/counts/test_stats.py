from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from pydantic import ValidationError

from corpuskit.counts import CountOptions
from corpuskit.counts.stats import (
    STATS_DOCUMENT_SCHEMA,
    STATS_LABEL_SCHEMA,
    STATS_LINE_SCHEMA,
    STATS_NOTICE_SCHEMA,
    STATS_PERSONAL_SCHEMA,
    STATS_SECTION_SCHEMA,
    STATS_SIGNAL_SCHEMA,
    STATS_SIGNATURE_SCHEMA,
    STATS_TERM_SCHEMA,
)
from corpuskit.text import FEATURES
from tests.counts.build import counted, sentence
from tests.counts.strategies import CORPORA, OPTIONS

FRAMES = {
    "documents": (STATS_DOCUMENT_SCHEMA, ["document"]),
    "sections": (STATS_SECTION_SCHEMA, ["document", "ordinal"]),
    "terms": (STATS_TERM_SCHEMA, ["language", "form"]),
    "labels": (STATS_LABEL_SCHEMA, ["document", "ordinal", "column", "value"]),
    "signatures": (STATS_SIGNATURE_SCHEMA, ["document"]),
    "signals": (STATS_SIGNAL_SCHEMA, list(STATS_SIGNAL_SCHEMA)),
    "personal_data": (STATS_PERSONAL_SCHEMA, list(STATS_PERSONAL_SCHEMA)),
    "notices": (STATS_NOTICE_SCHEMA, list(STATS_NOTICE_SCHEMA)),
    "lines": (STATS_LINE_SCHEMA, ["source", "line"]),
}


@settings(max_examples=40)
@given(CORPORA, OPTIONS)
def test_frames_have_their_schemas_and_stand_in_canonical_order(documents, options):
    stats = counted(documents, **options)
    for name, (schema, order) in FRAMES.items():
        frame = getattr(stats, name)
        assert dict(frame.schema) == schema, name
        assert frame.equals(frame.sort(order, nulls_last=False)), name
    assert stats.documents["document"].is_unique().all()
    assert stats.terms.select("language", "form").is_unique().all()
    assert stats.lines.select("source", "line").is_unique().all()


@settings(max_examples=40)
@given(CORPORA, OPTIONS)
def test_matrices_have_the_promised_shapes(documents, options):
    stats = counted(documents, **options)
    sections, words = stats.sections.height, stats.terms.height
    assert stats.section_terms.shape == stats.heading_terms.shape == (sections, words)
    assert stats.features.shape == (sections, FEATURES)
    assert len(stats.cooccurrence) == options["groups"]
    assert {matrix.shape for matrix in stats.cooccurrence} == {(words, words)}
    assert len(stats.bigrams) == options["groups"]
    assert {matrix.shape for matrix in stats.bigrams} == {(words, words)}
    assert stats.options.ordered or all((matrix.tocoo().row <= matrix.tocoo().col).all() for matrix in stats.cooccurrence)
    assert (stats.documents["group"] < options["groups"]).all()


def test_counts_cannot_be_changed():
    stats = counted({"d": [sentence("a")]})
    with pytest.raises(FrozenInstanceError):
        stats.options = CountOptions(window=1)
    with pytest.raises(ValueError, match="read-only"):
        stats.section_terms.data[0] = 9


def test_counts_are_compared_by_name_and_never_by_accident():
    # frames compare cell by cell, so == between two counts would have no truth value: only the same object is ==, and ``equal`` compares
    one, other = (counted({"d": [sentence("a")]}) for _ in range(2))
    assert one != other
    assert one == one


@pytest.mark.parametrize(
    ("option", "refused", "allowed"),
    [
        ("window", 0, 1),
        ("window", 101, 100),
        ("groups", 0, 1),
        ("groups", 251, 250),
        ("boundary", "page", "document"),
        ("boundary", "word", "sentence"),
        ("minimum", 5, None),
    ],
)
def test_options_have_bounds(option, refused, allowed):
    with pytest.raises(ValidationError, match=option):
        CountOptions(**{option: refused})
    if allowed is not None:
        assert getattr(CountOptions(**{option: allowed}), option) == allowed


def test_options_survive_json_and_are_frozen():
    options = CountOptions(window=2, boundary="paragraph", groups=3)
    assert CountOptions.model_validate_json(options.model_dump_json()) == options
    with pytest.raises(ValidationError, match="frozen"):
        options.window = 9


def test_harmonic_units_are_the_least_common_multiple_of_the_distances():
    assert [CountOptions(window=window, weights="harmonic").pair_unit for window in (1, 2, 5, 10, 22)] == [1, 2, 60, 2520, 232792560]
    assert CountOptions(window=100).pair_unit == 1


def test_harmonic_windows_whose_sums_overflow_are_refused():
    for window in (23, 43, 100):
        with pytest.raises(ValidationError, match=f"window of at most 22, not {window}"):
            CountOptions(window=window, weights="harmonic")
