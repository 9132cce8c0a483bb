"""What other tools did to ordinary Japanese text, as tests that it does not happen here.

Origin: seven audit and corpus tools were run on Japanese business text. One missed a near-duplicate because a clause was "one word"; one
called normal paragraphs "low information"; one called 23 of 26 paragraphs "OCR noise" and did not accept 。 as the end of a sentence; one
said "very short paragraph (1 words)"; one counted clauses of 13 characters as words; one gave NaN; one found no personal data.
"""

import math
from pathlib import Path

import polars as pl
import pytest

from corpuskit.audit import Settings, audit
from corpuskit.counts import CountOptions, count, merge
from corpuskit.estimators import EstimatorOptions, estimate
from corpuskit.ingest import Document, Section, Source, read
from corpuskit.text import TextOptions, duplicate_groups, identify, mask, signature, similarity, split_sentences, tokenize

ROOT = Path(__file__).parents[2]
COMPANY = ROOT.parent / "shared" / "data" / "company_docs"
INSERTED = "なお、この取扱いは本年度に限り試行的に行うものとします。"[:27]
TEXTS = ("own rules", "work rules", "working group page")


def paragraphs_of(folder: Path, least: int, most: int) -> list[str]:
    texts = [section.text for document in read([folder]) if isinstance(document, Document) for section in document.sections]
    found = [line.strip() for text in texts for line in text.split("\n") if len(line.strip()) >= least and identify(line) == "ja"]
    return found[:most]


def page_of(folder: Path) -> list[str]:
    """The first page of a slide deck or paper that holds at least 100 characters of Japanese."""
    for path in sorted(folder.rglob("*.pdf")):
        for document in read([path]):
            for section in document.sections if isinstance(document, Document) else ():
                if len(section.text) >= 100 and identify(section.text) == "ja":
                    return [line for line in section.text.split("\n") if len(line) >= 15]
    raise AssertionError("no page of Japanese text")


@pytest.fixture(scope="module", params=TEXTS)
def paragraphs(request):
    if request.param == "own rules":
        return paragraphs_of(ROOT / "sample_data" / "hr" / "就業規則.docx", 20, 26)
    if not COMPANY.is_dir():
        pytest.skip("the company documents are not here")
    return paragraphs_of(COMPANY / "ja_work_rules", 40, 26) if request.param == "work rules" else page_of(COMPANY / "ja_working_group")


def as_documents(paragraphs: list[str]) -> list[Document]:
    return [
        Document(
            f"{number:02}.txt", Source(f"{number:02}.txt", f"{number:064}", len(text), "2026-04-01T00:00:00+00:00", "text", "utf-8"), (Section(text),)
        )
        for number, text in enumerate(paragraphs)
    ]


def test_paragraphs_are_japanese_and_many_words_each(paragraphs):
    assert len(paragraphs) >= 5
    (table,) = tokenize(as_documents(paragraphs), TextOptions())
    languages = table.documents["language"].to_list()
    assert set(languages) <= {"ja", "mixed"}, "Japanese with an English name in it is still Japanese, or both"
    assert languages.count("ja") > len(paragraphs) / 2
    words = table.tokens.join(table.terms.filter("word"), on="term")
    per_section = words.group_by("section").len().sort("section")["len"]
    assert per_section.len() == len(paragraphs)
    assert per_section.min() > 1, "a clause was taken for one word"
    assert per_section.median() >= 8
    mean_length = words["form"].str.len_chars().mean()
    assert 1.3 < mean_length < 3.2, "clauses of 13 characters were counted as words" if mean_length > 5 else "split by character"


def test_sentences_end_at_the_full_stop(paragraphs):
    text = "".join(paragraph if paragraph.endswith("。") else paragraph + "。" for paragraph in paragraphs)
    cut = split_sentences(text, "ja")
    assert all(sentence.rstrip().endswith(("。", "」", "）")) for sentence in cut)
    assert len(cut) >= len(paragraphs) - 1


def test_no_number_is_nan_and_nothing_is_called_noise(paragraphs):
    tables = tokenize(as_documents(paragraphs), TextOptions())
    found = estimate(merge([count(table, CountOptions()) for table in tables]), EstimatorOptions())
    for item in found.estimates:
        assert (item.value is None) == (item.undefined_because is not None), item.id
        assert item.value is None or math.isfinite(item.value), item.id
    assert {item.id for item in found.estimates if item.value is not None} >= {"tokens@lang:ja", "types@lang:ja", "coverage@lang:ja"}
    assert found.findings == ()


def test_a_copy_with_27_characters_inserted_is_a_near_duplicate(paragraphs):
    original = "\n".join(paragraphs)
    middle = len(original) // 2
    copy = original[:middle] + INSERTED + original[middle:]
    assert len(copy) - len(original) == 27
    signed = [signature(original), signature(copy), signature(original[: len(original) // 3] + INSERTED * 20)]
    assert similarity(signed[0], signed[1]) > 0.75
    assert duplicate_groups(["a", "b", "c"], signed, TextOptions().duplicate_threshold) == [("a", "b")]


def test_the_copy_is_found_by_an_audit(paragraphs, tmp_path):
    text = "\n\n".join(paragraphs)
    (tmp_path / "original.txt").write_text(text, encoding="utf-8")
    (tmp_path / "copy.md").write_text(text[:100] + INSERTED + text[100:], encoding="utf-8")
    report = audit([tmp_path], Settings())
    assert report.corpus.languages == {"ja": 2}
    assert report.corpus.near_duplicate_groups == 1
    duplicates = next(finding for finding in report.findings if finding.id == "near_duplicates")
    assert {item.document for item in duplicates.evidence} == {"original.txt", "copy.md"}


def test_personal_data_in_a_plain_text_file_is_counted_and_masked(tmp_path):
    told = "担当：info@example.co.jp、電話 03-1234-5678、携帯 090-1234-5678、個人番号 123456789018、〒150-0002 東京都渋谷区"
    (tmp_path / "連絡先.txt").write_text(told, encoding="utf-8")
    (table,) = tokenize([item for item in read([tmp_path]) if isinstance(item, Document)], TextOptions())
    counted = dict(table.personal_data.select("type", "count").iter_rows())
    assert counted["email"] == 1
    assert counted["phone"] == 2
    assert counted["my_number"] == 1
    masked = mask(told)
    assert not any(secret in masked for secret in ("info@example", "1234-5678", "123456789018"))


def test_a_string_beyond_the_analysers_limit_is_cut_and_nothing_is_lost():
    sentence = "当社は、品質の確保と安全の向上に継続して取り組みます"
    long = sentence * 1500 + "。"
    assert len(long.encode()) > 110_000
    (table,) = tokenize(as_documents([long]), TextOptions())
    once, *_ = tokenize(as_documents([sentence + "。"]), TextOptions())
    words = table.tokens.join(table.terms.filter("word"), on="term").group_by("form").len()
    times = dict(words.iter_rows())
    for form in once.terms.filter(pl.col("word"))["form"]:
        assert times[form] >= 1490, form


@pytest.mark.parametrize(
    ("mode", "words"), [("A", ["大", "規模", "言語", "モデル"]), ("B", ["大規模", "言語", "モデル"]), ("C", ["大規模言語モデル"])]
)
def test_modes_cut_as_documented_and_are_recorded(mode, words):
    (table,) = tokenize(as_documents(["大規模言語モデル"]), TextOptions(japanese_mode=mode))
    assert table.tokens.join(table.terms, on="term").sort("position")["form"].to_list() == words
    info = table.tokenizers["ja"]
    assert (info.mode, info.name) == (mode, "sudachi")
    assert info.dictionary_version
