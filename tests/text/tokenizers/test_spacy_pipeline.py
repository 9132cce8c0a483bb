"""Trained pipelines cannot be downloaded by a test: this one is made of a table of lemmas, saved and loaded as a user's would be."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lookups import Lookups

from corpuskit.counts import Job
from corpuskit.errors import ConfigurationError, MissingDependency
from corpuskit.text import DictionaryEntry, TextOptions, load_tokenizer, pipeline_version
from corpuskit.text.tokenizers.english_chunks import LONGEST
from corpuskit.text.tokenizers.spacy_english import SpacyEnglish

LEMMAS = {"invoices": "invoice", "orders": "order", "Orders": "order", "were": "be", "paid": "pay"}


def saved(folder, lemmas, language="en"):
    pipeline = spacy.blank(language)
    if lemmas:
        lookups = Lookups()
        lookups.add_table("lemma_lookup", lemmas)
        pipeline.add_pipe("lemmatizer", config={"mode": "lookup"}).initialize(list, nlp=pipeline, lookups=lookups)
    pipeline.meta["name"], pipeline.meta["version"] = "tiny", "1.2.3"
    pipeline.to_disk(folder)
    return str(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return saved(tmp_path_factory.mktemp("pipelines") / "tiny", LEMMAS)


@pytest.fixture(scope="module")
def tokenizer(folder):
    return load_tokenizer("en", TextOptions(english_pipeline=folder))


def forms(tokenizer, *lines):
    return [tokenizer.types.forms[number] for number in tokenizer.cut(lines).types.tolist()]


def test_the_term_is_the_lemma_and_the_pipeline_is_named(tokenizer):
    assert forms(tokenizer, "The invoices were paid.", "", " Purchase  Orders") == ["the", "invoice", "be", "pay", ".", "purchase", "order"]
    assert tokenizer.cut(["The invoices", "", " "]).lengths.tolist() == [2, 0, 0]
    assert tokenizer.info.mode.startswith("lemmas of en_tiny 1.2.3 ")
    assert not isinstance(tokenizer, SpacyEnglish)


@settings(max_examples=30)
@given(
    st.lists(
        st.text("aB1 .,'\"()-\u3000é", max_size=30) | st.sampled_from(['"I don\'t," she said. ', "e.g. the companies' U.S. orders "]), max_size=4
    )
)
def test_tokens_places_and_sentences_are_those_of_the_plain_tokenizer(tokenizer, parts):
    lines = "\n".join(parts).split("\n")
    plain = load_tokenizer("en", TextOptions())
    one, other = tokenizer.cut(lines), plain.cut(lines)
    spans = [[span[:2] for span in tokenizer.spans(line)] for line in lines]
    assert [len(line) for line in spans] == one.lengths.tolist()
    assert forms(tokenizer, *lines) == [span.form for line in lines for span in tokenizer.spans(line)]
    if spans == [[span[:2] for span in plain.spans(line)] for line in lines]:  # but for emoticons beside each other
        ours, theirs = ([cut_by.types.traits[number] for number in cut.types] for cut_by, cut in ((tokenizer, one), (plain, other)))
        assert ours == theirs


def test_lines_that_are_too_long_for_a_model_are_cut_in_pieces(tokenizer):
    line = "x" * (2 * LONGEST + 5) + " " + "The invoices were paid. " * 4000
    spans = tokenizer.spans(line)
    assert [span.form for span in spans] == forms(tokenizer, line)
    assert [span.end - span.start for span in spans[:3]] == [LONGEST, LONGEST, 5]
    assert all(line[span.start : span.end].strip() == line[span.start : span.end] for span in spans)
    assert sum(span.form == "invoice" for span in spans) == 4000


def test_the_user_dictionary_joins_lemmas(folder):
    joined = load_tokenizer("en", TextOptions(english_pipeline=folder, dictionary=(DictionaryEntry(term="purchase order"),)))
    assert forms(joined, "a Purchase Order, purchase orders") == ["a", "purchase order", ",", "purchase order"]
    assert "lemmas of en_tiny" in joined.info.mode
    assert "user dictionary" in joined.info.mode


def test_memory_is_bounded_and_changes_no_token(folder, tmp_path):
    bounded = load_tokenizer("en", TextOptions(english_pipeline=folder, cached_chunks=2))
    for _ in range(3):
        assert forms(bounded, "The invoices were paid.") == ["the", "invoice", "be", "pay", "."]
        bounded.renew()
        assert bounded.types.forms == []
    bounded.save(tmp_path)
    assert not bounded.load(tmp_path)


def test_what_is_not_installed_is_named_with_the_command(tmp_path):
    for name in ("en_core_web_none", str(tmp_path)):
        with pytest.raises(MissingDependency, match=r"python -m spacy download"):
            load_tokenizer("en", TextOptions(english_pipeline=name))
    with pytest.raises(MissingDependency, match="en_core_web_none"):
        Job(text=TextOptions(english_pipeline="en_core_web_none")).digest()


def test_a_pipeline_without_lemmas_or_for_another_language_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="gives no lemmas"):
        load_tokenizer("en", TextOptions(english_pipeline=saved(tmp_path / "bare", {})))
    with pytest.raises(ConfigurationError, match="is for 'de'"):
        load_tokenizer("en", TextOptions(english_pipeline=saved(tmp_path / "german", {"a": "b"}, "de")))


def test_counts_depend_on_what_the_pipeline_holds(folder, tmp_path):
    path = tmp_path / "pipeline"
    digests = []
    for lemmas in (LEMMAS, {**LEMMAS, "paid": "paid"}):
        pipeline_version.cache_clear()
        digests.append(Job(text=TextOptions(english_pipeline=saved(path, lemmas))).digest())
    assert len(set(digests)) == 2
