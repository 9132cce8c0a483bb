import numpy as np
import polars as pl
import pytest

from corpuskit.ingest import Section
from corpuskit.text import (
    DOCUMENT_SCHEMA,
    FEATURES,
    LABEL_SCHEMA,
    PERSONAL_SCHEMA,
    SECTION_SCHEMA,
    SIGNAL_SCHEMA,
    TERM_SCHEMA,
    TOKEN_SCHEMA,
    Cue,
    TextOptions,
    hashed_features,
    tokenize,
)
from tests.text.documents import document

CUES = (
    Cue("travel", "en", "travel policy"),
    Cue("travel", "ja", "旅費"),
    Cue("faq", "en", "faq"),
    Cue("sort", "en", "category"),
    Cue("sort", "ja", "区分"),
)


def corpus():
    return [
        document(
            "policies/travel_policy.md",
            Section("Ask first. Mail bob@example.com.", heading=("Travel policy", "Scope")),
            Section("Second part.", heading=("Travel policy", "Scope")),
            Section("Third: see the travel policy.", heading=("Travel policy", "FAQ")),
            metadata=[("title", "Rules"), ("created", "2020-01-02")],
        ),
        document("旅費規程.txt", "この規程は旅費を定める。\n\n旅費は別表による。", "就業規則"),
        document(
            "tickets.csv",
            Section("The printer on my desk is broken", kind="row", locator="row 2", labels=(("category", "IT"),), fields=(("tel", "03-1234-5678"),)),
            Section("請求書が届かない", kind="row", locator="row 3", labels=(("category", "経理"), ("区分", "B"))),
            Section("no label", kind="row", locator="row 4"),
        ),
        document("empty.txt", "——"),
        document("русский.txt", "Это русский текст."),
    ]


@pytest.fixture(scope="module")
def table():
    (only,) = tokenize(corpus(), TextOptions(), CUES)
    return only


def words(table, **where):
    joined = table.tokens.join(table.terms, on="term", how="left", maintain_order="left").join(
        table.sections.rename({"language": "section_language"}), on="section", how="left", maintain_order="left"
    )
    for column, value in where.items():
        joined = joined.filter(pl.col(column) == value)
    return joined


def test_schemas(table):
    for frame, schema in [
        (table.documents, DOCUMENT_SCHEMA),
        (table.sections, SECTION_SCHEMA),
        (table.tokens, TOKEN_SCHEMA),
        (table.terms, TERM_SCHEMA),
        (table.labels, LABEL_SCHEMA),
        (table.signals, SIGNAL_SCHEMA),
        (table.personal_data, PERSONAL_SCHEMA),
    ]:
        assert dict(frame.schema) == schema
    assert table.features.shape == (table.sections.height, FEATURES)
    assert set(table.tokenizers) == {"en", "ja"}


def test_no_documents_no_batches():
    assert list(tokenize([], TextOptions())) == []


def test_documents(table):
    rows = {row["document"]: row for row in table.documents.to_dicts()}
    assert [row["language"] for row in rows.values()] == ["en", "ja", "mixed", "other", "other"]
    assert rows["policies/travel_policy.md"]["title"] == "Rules"
    assert rows["policies/travel_policy.md"]["modified"] == "2020-01-02"
    assert rows["tickets.csv"]["modified"] == "2024-04-01T00:00:00Z"
    assert rows["policies/travel_policy.md"]["characters"] == sum(len(section.text) for section in corpus()[0].sections)
    assert len(rows["policies/travel_policy.md"]["signature"]) == 512
    assert rows["empty.txt"]["signature"] == b""


def test_languages_of_sections(table):
    assert table.sections["language"].to_list() == ["en"] * 3 + ["ja", "ja"] + ["en", "ja", "en"] + ["other", "other"]
    assert words(table, document="русский.txt").height == 0


def test_headings_count_once_per_path(table):
    headings = words(table, heading=True)
    assert headings["form"].to_list() == ["scope", "faq"]
    assert headings["section"].to_list() == [0, 2]


def test_positions_paragraphs_and_sentences(table):
    for _, group in table.tokens.group_by("section", "heading"):
        assert group["position"].to_list() == list(range(group.height))
    body = words(table, document="旅費規程.txt", ordinal=0)
    assert body["paragraph"].n_unique() == 2
    assert body["sentence"].n_unique() == 2
    assert table.tokens["sentence"].max() + 1 == table.tokens["sentence"].n_unique()
    assert table.tokens.group_by("sentence").agg(pl.col("heading").n_unique())["heading"].max() == 1


def test_terms_are_unique_sorted_and_used(table):
    assert table.terms.select("language", "form").is_unique().all()
    assert table.terms.select("language", "form").rows() == sorted(table.terms.select("language", "form").rows())
    assert table.terms["term"].to_list() == list(range(table.terms.height))
    assert set(table.tokens["term"]) == set(table.terms["term"])
    marks = {(row["language"], row["form"]): (row["word"], row["stop"]) for row in table.terms.to_dicts()}
    assert marks["en", "the"] == (True, True)
    assert marks["en", "."] == (False, False)
    assert marks["ja", "は"] == (True, True)
    assert marks["ja", "旅費"] == (True, False)


def test_labels_and_features(table):
    assert table.labels.rows() == [(5, "category", "IT"), (6, "category", "経理"), (6, "区分", "B")]
    assert np.flatnonzero(np.diff(table.features.indptr)).tolist() == [5, 6, 7]
    assert (table.features[6] != hashed_features(["請求書が届かない"])).nnz == 0


def test_signals(table):
    rows = {(row["document"], row["section"], row["task"], row["signal"], row["cue"]): row for row in table.signals.to_dicts()}
    assert set(rows) == {
        ("policies/travel_policy.md", None, "travel", "path", "travel policy"),
        ("policies/travel_policy.md", 2, "travel", "body", "travel policy"),
        ("policies/travel_policy.md", 2, "faq", "heading", "faq"),
        ("旅費規程.txt", None, "travel", "path", "旅費"),
        ("旅費規程.txt", 3, "travel", "body", "旅費"),
        ("tickets.csv", 5, "sort", "column", "category"),
        ("tickets.csv", 6, "sort", "column", "区分"),
    }
    assert rows["旅費規程.txt", 3, "travel", "body", "旅費"]["count"] == 2
    assert all(row["quote"] for row in rows.values())


def test_a_title_taken_from_a_heading_is_one_signal():
    (table,) = tokenize([document("x.md", Section("Text.", heading=("Travel policy",)))], TextOptions(), CUES)
    assert table.signals["signal"].to_list() == ["title"]


def test_personal_data_counts_columns_too_and_keeps_no_text(table):
    assert table.personal_data.rows() == [("policies/travel_policy.md", "email", 1), ("tickets.csv", "phone", 1)]
    assert "bob@example.com" not in str(table.signals.rows())


def test_equal_messages_have_equal_hashes():
    (table,) = tokenize([document("a", "Ｈello  World", "hello world", "hello worlds")], TextOptions())
    hashes = table.sections["text_hash"].to_list()
    assert hashes[0] == hashes[1] != hashes[2]


def test_mixed_text_is_cut_as_japanese_with_latin_words_in_lower_case():
    text = "Please check the Purchase Order and the Delivery Note before you confirm (発注書・納品書) in the Portal."
    (table,) = tokenize([document("a", text)], TextOptions())
    assert table.sections["language"].to_list() == ["mixed"]
    assert table.terms["language"].unique().to_list() == ["ja"]
    marks = dict(zip(table.terms["form"], table.terms["stop"], strict=True))
    assert {"purchase", "order", "発注書", "portal"} <= set(marks)
    assert marks["the"]
    assert not marks["purchase"]


def flat(tables):
    """Everything that must not depend on where batches end."""
    tokens = []
    for table in tables:
        joined = words(table)
        joined = joined.with_columns(sentence=pl.col("sentence") - pl.col("sentence").min().over("document"))
        tokens += joined.select("document", "ordinal", "sentence", "position", "language", "form", "word", "stop", "heading").rows()
    facts = [table.documents.rows() for table in tables], [table.personal_data.rows() for table in tables]
    signals = [row for table in tables for row in table.signals.drop("section").rows()]
    return tokens, [[row for rows in fact for row in rows] for fact in facts], signals


def test_batches_change_nothing():
    whole = list(tokenize(corpus(), TextOptions(), CUES))
    parts = list(tokenize(corpus(), TextOptions(batch_bytes=1, cached_chunks=1), CUES))
    assert len(parts) == 5
    assert flat(parts) == flat(whole)


def test_the_same_twice():
    first, second = (list(tokenize(corpus(), TextOptions(), CUES)) for _ in range(2))
    assert all(one.tokens.equals(other.tokens) and one.terms.equals(other.terms) for one, other in zip(first, second, strict=True))


def test_documents_are_read_lazily():
    read = []

    def documents():
        for one in corpus():
            read.append(one.id)
            yield one

    next(tokenize(documents(), TextOptions(batch_bytes=1)))
    assert len(read) == 1
