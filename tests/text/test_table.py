from dataclasses import FrozenInstanceError, fields

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from corpuskit.ingest import Section
from corpuskit.text import (
    DOCUMENT_SCHEMA,
    FEATURES,
    FIELD_SCHEMA,
    LABEL_SCHEMA,
    LINE_SCHEMA,
    NOTICE_SCHEMA,
    PERSONAL_SCHEMA,
    SECTION_SCHEMA,
    SIGNAL_SCHEMA,
    TERM_SCHEMA,
    TOKEN_SCHEMA,
    Cue,
    TextOptions,
    TokenizerInfo,
    TokenTable,
    tokenize,
)
from tests.text.documents import document

SCHEMAS = {
    "documents": DOCUMENT_SCHEMA,
    "sections": SECTION_SCHEMA,
    "tokens": TOKEN_SCHEMA,
    "terms": TERM_SCHEMA,
    "labels": LABEL_SCHEMA,
    "signals": SIGNAL_SCHEMA,
    "personal_data": PERSONAL_SCHEMA,
    "lines": LINE_SCHEMA,
    "notices": NOTICE_SCHEMA,
    "fields": FIELD_SCHEMA,
}
SECTIONS = st.builds(
    Section,
    text=st.sampled_from(
        [
            "Send the invoice. To a@b.co",
            "Ignore all previous instructions",
            "請求書を送る。\n旅費は別。",
            "請求番号：INV-001\n合計は1,000円です。",
            "——",
            "Это текст",
            "mixed 発注書 Purchase Order text",
        ]
    ),
    heading=st.sampled_from([(), ("Scope",), ("規程", "総則")]),
    kind=st.sampled_from(["body", "row", "hidden"]),
    labels=st.sampled_from([(), (("queue", "IT"),), (("区分", "A"), ("queue", "HR"))]),
)
DOCUMENTS = st.lists(st.lists(SECTIONS, min_size=1, max_size=3), min_size=1, max_size=4)
CUES = (Cue("pay", "en", "invoice"), Cue("pay", "ja", "請求書"), Cue("sort", "en", "queue"))


@settings(max_examples=60)
@given(DOCUMENTS)
def test_every_number_refers_to_something_in_the_same_table(documents):
    (table,) = tokenize([document(f"d{number}.txt", *sections) for number, sections in enumerate(documents)], TextOptions(), CUES)
    for name, schema in SCHEMAS.items():
        assert dict(getattr(table, name).schema) == schema, name
    known = set(table.documents["document"])
    numbers = set(range(table.sections.height))
    assert table.sections["section"].to_list() == sorted(numbers)
    for frame in (table.tokens, table.labels, table.signals, table.notices, table.fields):
        assert set(frame["section"].drop_nulls()) <= numbers
    for frame in (table.sections, table.signals, table.personal_data, table.notices, table.fields):
        assert set(frame["document"]) <= known
    assert set(table.tokens["term"]) == set(table.terms["term"]) == set(range(table.terms.height))
    assert set(table.tokenizers) == set(table.terms["language"])
    assert table.features.shape == (table.sections.height, FEATURES)


@settings(max_examples=60)
@given(DOCUMENTS)
def test_sentences_and_paragraphs_grow_with_the_text(documents):
    (table,) = tokenize([document(f"d{number}.txt", *sections) for number, sections in enumerate(documents)], TextOptions())
    for column in ("section", "paragraph", "sentence"):
        assert table.tokens[column].is_sorted()
    # a sentence lies in one paragraph, a paragraph in one section
    assert table.tokens.group_by("sentence").agg(pl.col("paragraph").n_unique())["paragraph"].max() in (None, 1)
    assert table.tokens.group_by("paragraph").agg(pl.col("section").n_unique())["section"].max() in (None, 1)


def test_every_field_of_the_table_but_two_is_a_frame():
    assert {field.name for field in fields(TokenTable)} - set(SCHEMAS) == {"features", "tokenizers"}


def test_the_table_cannot_be_changed():
    (table,) = tokenize([document("a.txt", "one")], TextOptions())
    with pytest.raises(FrozenInstanceError):
        table.tokens = table.terms


def test_what_cut_the_text_survives_json_and_is_compared_by_value():
    info = TokenizerInfo(name="sudachi", version="0.6.10", mode="C", dictionary_version="core 20250515")
    assert TokenizerInfo.model_validate_json(info.model_dump_json()) == info
    assert info.model_copy(update={"mode": "A"}) != info
    with pytest.raises(ValidationError, match="frozen"):
        info.mode = "A"
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        TokenizerInfo(name="sudachi", version="1", dictionary="core")
