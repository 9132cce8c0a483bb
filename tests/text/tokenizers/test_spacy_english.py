import builtins
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import MissingDependency
from corpuskit.text import TOKENIZERS, TextOptions
from corpuskit.text.normalization import form_of
from corpuskit.text.tokenizers import spacy_english
from tests.text.tokenizers.lines import assert_spans_are_the_tokens, forms, sample_lines


@pytest.fixture(scope="module")
def english():
    return TOKENIZERS["spacy"].load(TextOptions())


@pytest.fixture(scope="module")
def nlp():
    import spacy

    return spacy.blank("en")


def spacy_forms(nlp, text):
    return [form_of(token.text) for token in nlp(text) if not token.text.isspace()]


TRICKY = [
    "Don't pay U.S.$5,000.00 (net) to Smith's co-owner... e.g. Mr. O'Neil :-) at http://a.b/c?d=e, ok?",
    "He said: \"I'd've gone; can't you?\" <b>10km</b> 5pm. end.Next word/other and/or 1,000.5-2 #tag @you a@b.co",
    "dont cant Im gonna wanna whats id, ill. cannot. etc. Inc. Ltd, a. A. AB. ABC. Mr, no. No.5 x: D: XD, o.O 8) :) :* ok:) (c) v.s. p.m. it's' ''",
    "「日本語」 and naïve café’s “quoted” text—dash – en … ellipsis 100% €5 5€ ½",
    "",
    "   ",
    "\ufeffbom \u200bzero",
]


@pytest.mark.parametrize("text", TRICKY)
def test_tokens_are_those_of_spacy(english, nlp, text):
    assert forms(english, text) == spacy_forms(nlp, text)


@given(st.lists(st.text("abzABZ09.,;:!?'\"()-/&$%", min_size=1, max_size=9), max_size=4))
@settings(max_examples=400)
def test_each_run_is_cut_as_spacy_cuts_it_alone(english, nlp, runs):
    assert forms(english, " ".join(runs)) == [form for run in runs for form in spacy_forms(nlp, run)]


def test_tokens_are_those_of_spacy_on_every_english_line_of_the_samples(english, nlp):
    lines = [line for line in sample_lines() if line.isascii()]
    assert len(lines) > 1000
    differing = [line for line in lines if forms(english, line) != spacy_forms(nlp, line)]
    assert differing == []


def test_the_memory_of_runs_is_bounded_and_changes_nothing():
    bounded = TOKENIZERS["spacy"].load(TextOptions(cached_chunks=2))
    text = "One two, three four; five six seven."
    before = forms(bounded, text)
    bounded.renew()
    assert bounded.types.forms == []
    assert forms(bounded, text) == before


def test_the_memory_stays_while_it_is_within_its_bound():
    roomy = TOKENIZERS["spacy"].load(TextOptions(cached_chunks=2))
    forms(roomy, "one two one two")
    roomy.renew()
    assert roomy.types.forms == ["one", "two"]


def test_a_run_longer_than_spacy_gets_in_one_piece_loses_no_character(english):
    # base64 without a blank; in one piece spaCy's rules would look for affixes over and over
    run = "QUJD" * 50_000
    assert "".join(forms(english, run)) == run.lower()
    assert "".join(run[span.start : span.end] for span in english.spans(run)) == run


def test_lines_without_a_token_have_length_nothing(english):
    cut = english.cut(["", "one two", " \t", "three"])
    assert cut.lengths.tolist() == [0, 2, 0, 1]
    nothing = english.cut([])
    assert (nothing.types.size, nothing.lengths.size) == (0, 0)


BLANKS = [chr(sign) for sign in range(sys.maxunicode + 1) if chr(sign).isspace()]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
def test_every_kind_of_white_space_divides_runs_and_is_no_token(english, blank):
    line = f"{blank}One{blank}{blank}two, {blank} three{blank}"
    cut = english.cut([line, "four", blank])
    assert [english.types.forms[number] for number in cut.types] == ["one", "two", ",", "three", "four"]
    assert cut.lengths.tolist() == [4, 1, 0]


@given(st.lists(st.lists(st.sampled_from(["a", "b.", "(c)", "", "Don't", *BLANKS]), max_size=12).map(" ".join), max_size=5))
def test_lines_cut_together_are_cut_as_each_alone(english, lines):
    together = english.cut(lines)
    alone = [english.cut([line]).types.tolist() for line in lines]
    assert together.types.tolist() == [number for numbers in alone for number in numbers]
    assert together.lengths.tolist() == [len(numbers) for numbers in alone]
    assert together.types.tolist() == [number for line in lines for number in english.cut([" ".join(line.split())]).types.tolist()]


def test_lines_are_cut_alike_in_blocks_of_any_size(english, monkeypatch):
    lines = [*TRICKY, *sample_lines()[::50]]
    before = english.cut(lines)
    monkeypatch.setattr(spacy_english, "_BLOCK", 40)
    after = english.cut(lines)
    assert (before.types.tolist(), before.lengths.tolist()) == (after.types.tolist(), after.lengths.tolist())


def test_places(english):
    line = "It's  Smith’s\tbook."
    assert [(line[span.start : span.end], span.form) for span in english.spans(line)] == [
        ("It", "it"),
        ("'s", "'s"),
        ("Smith", "smith"),
        ("’s", "'s"),
        ("book", "book"),
        (".", "."),
    ]


def test_places_agree_with_the_tokens(english):
    assert_spans_are_the_tokens(english, [*TRICKY, *sample_lines()[::20]])


def test_it_says_what_it_is(english):
    assert (english.info.name, english.info.mode, english.info.dictionary_version) == ("spacy", "blank en", "")
    assert english.info.version.startswith("3.")


def test_a_missing_package_says_how_to_get_it(monkeypatch):
    real = builtins.__import__

    def without_spacy(name, *rest, **more):
        if name == "spacy":
            raise ImportError("No module named 'spacy'")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without_spacy)
    with pytest.raises(MissingDependency, match="English text needs spaCy: pip install spacy"):
        TOKENIZERS["spacy"].load(TextOptions())
