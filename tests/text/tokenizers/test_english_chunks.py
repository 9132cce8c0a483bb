import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.text.tokenizers import english_chunks
from corpuskit.text.tokenizers.english_chunks import EnglishChunks, cut_by_spacy
from tests.text.tokenizers.lines import sample_lines
from tests.text.tokenizers.speed_data import speed_texts


@pytest.fixture(scope="module")
def plain():
    import spacy

    return spacy.blank("en").tokenizer


@pytest.fixture(scope="module")
def chunks():
    import spacy

    return EnglishChunks(spacy.blank("en").tokenizer)


@pytest.fixture(scope="module")
def special(plain):
    return sorted(plain.rules)


LETTERS = "abcdeéfghijkmnopqrstuvxyzABCDEFGKMOPSTUXÉß"
SIGNS = "...,,''’\"“”()[]{}<>-–—/\\:;!?*_^#@$€%&+=|~`°²…·。、「」日🙂©0123456789"
UNITS = ["km", "km²", "kg", "mph", "hPa", "mb", "GB", "K", "M", "m/s", "US$", "C$", "A$", "°C.", "°f"]
PARTS = ["http://", "https://", "www.", ".com", ".co.uk", ":8080", "/path?x=1", "@", "10.0.0.1", "192.168.1.255", "8.8.8.8", "mailto:a@b.co"]
WORDS = [
    "word",
    "Word",
    "WORD",
    "wOrD",
    "worD",
    "woRD",
    "WoRd",
    "naïve",
    "x",
    "I",
    "end.Next",
    "co-op",
    "AND",
    "is",
    "OK",
    "iPhone",
    "e2e",
    "1st",
    "2024",
]


def assert_same(chunks, plain, run):
    assert chunks.cut(run) == cut_by_spacy(plain, run), run


def test_the_rules_of_the_installed_spacy_are_understood(chunks):
    assert chunks.by_shape


@given(st.text(LETTERS + SIGNS, min_size=1, max_size=14))
@settings(max_examples=1000, deadline=None)
def test_random_runs(chunks, plain, run):
    assert_same(chunks, plain, run)


@given(st.lists(st.one_of(st.text(SIGNS, min_size=1, max_size=3), st.sampled_from([*WORDS, *UNITS, *PARTS])), min_size=1, max_size=7))
@settings(max_examples=1000, deadline=None)
def test_runs_of_words_units_addresses_and_signs(chunks, plain, parts):
    assert_same(chunks, plain, "".join(parts))


@given(st.data())
@settings(max_examples=800, deadline=None)
def test_special_cases_with_neighbours(chunks, plain, special, data):
    beside = st.one_of(st.just(""), st.text(SIGNS, max_size=2), st.sampled_from([*WORDS, *UNITS]))
    case = data.draw(st.sampled_from(special)).strip()
    case = data.draw(st.sampled_from([case, case.upper(), case.lower(), case.title(), case.replace("'", "’")]))
    assert_same(chunks, plain, re.sub(r"\s", "", data.draw(beside) + case + data.draw(beside)) or "x")


@given(st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=8).filter(lambda run: len(run.split()) == 1))
@settings(max_examples=500, deadline=None)
def test_runs_of_any_characters(chunks, plain, run):
    assert_same(chunks, plain, run.split()[0])


@pytest.mark.parametrize("length", [1, 2, 59, 60, 61, 62, 63, 64, 65, 66, 130])
@pytest.mark.parametrize("form", ["{}.com", "www.{}.com", "http://{}.org/x,y", "a.{}", "a.{}:80", "x@{}.co.jp", "{}-{}.net", "{}"])
def test_long_parts_of_web_addresses(chunks, plain, length, form):
    for letter in "xX7":
        assert_same(chunks, plain, form.format(letter * length, letter * length))


def test_numbers_that_are_an_address_and_numbers_that_are_none(chunks, plain):
    for run in [
        "10.0.0.1",
        "11.22.33.44",
        "99.99.99.299",
        "127.10.10.10/x,y",
        "172.16.22.33",
        "172.36.22.33",
        "a.bc:77",
        "a.bc:777777",
        "a.bc:12345",
    ]:
        assert_same(chunks, plain, run)


def test_a_shape_is_asked_for_once(chunks, monkeypatch):
    chunks.cut("(Wonderful),")
    monkeypatch.setattr(chunks, "_tokenizer", None)
    assert chunks.cut("(Marvellous),") == ["(", "Marvellous", ")", ","]
    with pytest.raises(TypeError):
        chunks.cut("(Dr.),")


@pytest.mark.parametrize(
    "change",
    [
        {"token_match": re.compile("x").match},
        {"suffix_search": lambda _: None},
        {"suffix_search": re.compile("(?i)[.,)]$").search},
        {"suffix_search": re.compile("(?<=[a-m])[.]$").search},  # half of the letters
        {"suffix_search": re.compile("ing$").search},  # a part of a word
        {"rules": {"qqqq": [{65: "qq"}, {65: "qq"}]}},  # a probe
    ],
    ids=["token_match", "not a pattern", "ignores case", "half of the letters", "part of a word", "names a probe"],
)
def test_rules_that_are_not_understood_are_left_to_spacy(change):
    import spacy

    tokenizer = spacy.blank("en").tokenizer
    for name, value in change.items():
        setattr(tokenizer, name, value)
    chunks = EnglishChunks(tokenizer)
    assert not chunks.by_shape
    for run in ("(Smith)", "boing", "nnn.", "aaa.", "qqqq", "xray"):
        assert_same(chunks, tokenizer, run)


def test_a_token_that_ends_inside_a_word_is_not_learned(chunks, monkeypatch):
    monkeypatch.setattr(english_chunks, "cut_by_spacy", lambda _, run: [run[:2], run[2:]])
    assert chunks.cut("[[Unheard~of]]~") == ["[[", "Unheard~of]]~"]
    assert chunks.cut("Unheard~~of") == ["Un", "heard~~of"]
    assert chunks._shapes["Qqqq~~qqqq"] is None


def test_samples(chunks, plain):
    runs = {run for line in sample_lines() for run in line.split()}
    assert [run for run in runs if chunks.cut(run) != cut_by_spacy(plain, run)] == []


def test_large_texts_document_by_document():
    texts = speed_texts("en")
    if not texts:
        pytest.skip("the large texts for measurements are not at hand")
    import spacy

    chunks, nlp = EnglishChunks(spacy.blank("en").tokenizer), spacy.blank("en")
    table: dict[str, list[str]] = {}
    for text in texts[::2]:
        found = [token for run in text.split() for token in (table.get(run) or table.setdefault(run, chunks.cut(run)))]
        assert found == [token.text for token in nlp.tokenizer(text) if not token.text.isspace()]
