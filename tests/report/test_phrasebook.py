"""Both languages say everything, in their own words."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import corpuskit.report
from corpuskit.errors import UnknownName, UsageError
from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.phrasebook import LANGUAGES, Names, Phrasebook, placeholders

FOLDER = Path(corpuskit.report.__file__).parent / "languages"
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
SAME_IN_BOTH = {"labels.column_rank", "labels.not_applicable"}
LATIN_IN_JAPANESE = {"corpuskit", "toml", "json", "UTF", "OCR", "FAQ", "Chao", "Heaps", "Hoyer", "HTML", "CSV", "PDF", "AI", "NFKC"}


def sentences(tree: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        inner = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from sentences(value, inner)
        else:
            yield inner, str(value)


NAMES = Names(tasks={"faq_answer": "FAQ answering"}, rules={"gdpr:22": "gdpr:22, checked on 2026-11-23"})
ENGLISH, JAPANESE_TEXTS = (dict(sentences(phrasebook(language).sentences)) for language in LANGUAGES)


def test_both_languages_have_the_same_keys():
    assert set(ENGLISH) ^ set(JAPANESE_TEXTS) == set()


def test_both_languages_are_divided_into_the_same_files():
    """Who changes a wording finds it under the same name in both."""
    keys = {language: {} for language in LANGUAGES}
    for language in LANGUAGES:
        for file in sorted((FOLDER / language).glob("*.toml")):
            keys[language][file.name] = sorted(key for key, _ in sentences(tomllib.loads(file.read_text(encoding="utf-8"))))
    assert keys["en"] == keys["ja"]


@pytest.mark.parametrize("key", sorted(ENGLISH))
def test_placeholders_agree(key):
    assert placeholders(ENGLISH[key]) == placeholders(JAPANESE_TEXTS[key])


def test_no_sentence_is_empty_in_one_language_only():
    assert [key for key in ENGLISH if not ENGLISH[key] and JAPANESE_TEXTS[key]] == []
    assert [key for key in ENGLISH if ENGLISH[key] and not JAPANESE_TEXTS[key] and key != "labels.sentence_joint"] == []


def test_the_japanese_is_japanese():
    untranslated = []
    for key, text in JAPANESE_TEXTS.items():
        words = LATIN_WORD.findall(re.sub(r"\{[^}]*\}|`[^`]*`", "", text))
        if words and (not JAPANESE.search(text) and not set(words) <= LATIN_IN_JAPANESE):
            untranslated.append(key)
        if text == ENGLISH[key] and LATIN_WORD.search(re.sub(r"\{[^}]*\}", "", text)) and key not in SAME_IN_BOTH:
            untranslated.append(key)
    assert untranslated == []


def test_the_english_is_english():
    assert [key for key, text in ENGLISH.items() if JAPANESE.search(text)] == []


def test_japanese_sentences_end_as_business_style_asks():
    """です・ます, not である."""
    plain = [key for key, text in JAPANESE_TEXTS.items() if re.search(r"(である|だった|しない|できない|のだ)。", text)]
    assert plain == []


def test_colons_beside_japanese_are_full_width():
    """A half-width colon beside Japanese, or beside a figure in a Japanese sentence, stands too close; commands and addresses keep theirs."""
    signs = re.compile(r"[぀-ヿ一-鿿ー」）)…]: ?|: [぀-ヿ一-鿿「（…]")
    bare = {key: re.sub(r"\{[^{}]*\}", "…", re.sub(r"`[^`]*`", "", text)) for key, text in JAPANESE_TEXTS.items()}
    assert [key for key, text in bare.items() if JAPANESE.search(text) and signs.search(text)] == []


def test_a_missing_key_is_named():
    with pytest.raises(UnknownName, match=r"sentence \(languages/ja, \[labels\]\) 'covrage'.*Did you mean 'coverage'"):
        phrasebook("ja").label("covrage")


def test_a_missing_parameter_is_named():
    with pytest.raises(UsageError, match=r"labels.n_is \(languages/en\) needs the parameter 'n'"):
        phrasebook("en").label("n_is")


def test_an_unknown_language_is_named():
    with pytest.raises(UnknownName, match="en, ja"):
        phrasebook("fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sentence", "parameters", "english"),
    [
        ("{share:percent}", {"share": 0.034}, "3.4 %"),
        ("{n} {n:plural file is|files are}", {"n": 1}, "1 file is"),
        ("{n} {n:plural file is|files are}", {"n": 1200}, "1,200 files are"),
        ("{task:task}", {"task": "faq_answer"}, "FAQ answering"),
        ("{task:task}", {"task": "unknown"}, "unknown"),
        ("{m:measure} {u:unit}", {"m": "coverage", "u": "tokens"}, "Coverage tokens"),
        ("{verdict:label verdict_}", {"verdict": "fix_first"}, "Fix first"),
        ("{text}", {"text": "{n} <b>"}, "{n} <b>"),
        ("{en:own ja}", {"en": "Ask", "ja": "確認"}, "Ask"),
        ("{ref:rule}", {"ref": "gdpr:22"}, "gdpr:22, checked on 2026-11-23"),
        ("{ref:rule}", {"ref": "-"}, "-"),
        ("{x}", {"x": 0.123456}, "0.123"),
    ],
)
def test_specs(sentence, parameters, english):
    book = Phrasebook("en", {**phrasebook("en").sentences, "messages": {"tried": sentence}})
    assert book.message(Message(code="tried", parameters=parameters), NAMES) == english


def test_values_are_written_in_the_way_of_their_measure_and_language():
    english, japanese = phrasebook("en"), phrasebook("ja")
    assert english.quantity(0.034, "language_ambiguity") == "3.4 %"
    assert english.quantity(0.034, "power_law") == "0.034"
    ends = 0.019, 0.056, "language_ambiguity"
    assert (english.interval(*ends), japanese.interval(*ends)) == ("1.9 % to 5.6 %", "1.9%～5.6%")


def test_a_probability_is_never_written_nearer_to_certainty_than_one_percent():
    book = phrasebook("en")
    assert (book.probability(1 - 1e-9), book.probability(0.0), book.probability(0.614)) == (">99 %", "<1 %", "61 %")
    assert book.probability_interval(0.424, 0.9) == "42 % to 90 %"
    assert book.probability_interval(0.9991, 1.0) == ">99 %"


@pytest.mark.parametrize(
    ("where", "english", "japanese"),
    [
        ("in/tickets.csv", "in/tickets.csv", "in/tickets.csv"),
        ("mails", "the mails", "メール"),
        ("documents@hr", "the documents of hr", "hrの文書"),
        ("a@b.csv", "a@b.csv", "a@b.csv"),
    ],
)
def test_tables_are_named_as_they_are_and_documents_in_words(where, english, japanese):
    for language, expected in (("en", english), ("ja", japanese)):
        title, _ = phrasebook(language).finding("category_names_share_nothing", {"document": where, "count": 1, "names": "Other"})
        assert title.startswith(expected)
        assert phrasebook(language).messages(where) == expected


def test_japanese_words_are_spelled_one_way():
    """Loan words that end in -er keep their long vowel (JTF style guide), whoever wrote the sentence."""

    def texts(value):
        return [value] if isinstance(value, str) else [text for each in value.values() for text in texts(each)]

    short = re.compile("(?:フォルダ|サーバ|ユーザ|ヘッダ|フッタ|エンコーダ|プリンタ)(?![ーァ-ヺ])")
    assert [text for text in texts(phrasebook("ja").sentences) if short.search(text)] == []
