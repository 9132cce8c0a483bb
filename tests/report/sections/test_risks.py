import pytest

from corpuskit.finding import Message
from corpuskit.report import Risk, phrasebook
from corpuskit.report.blocks import Bullets, Paragraph
from corpuskit.report.sections.section import width
from tests.report.sample import sample
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_each_risk_names_the_document_that_shows_it(language):
    bullets = only(build("risks", language), Bullets)
    assert bullets.ordered
    assert len(bullets.items) == 3
    # content before reading: the duplicates come first
    documents = ("nda_v2_final.docx", "old/broken.docx", "contracts/secret.pdf")
    assert all(document in item for item, document in zip(bullets.items, documents, strict=True))


@LANGUAGES
def test_the_title_is_that_of_the_finding(language):
    title = phrasebook(language).finding("near_duplicates", {"groups": 3, "documents": 8})[0]
    assert title in only(build("risks", language), Bullets).items[0]


@LANGUAGES
def test_long_titles_and_paths_are_cut_and_the_file_name_stays(language):
    risk = Risk(finding="f", title=Message(code="x" * 300), document="部門/" * 60 + "name.docx")
    (item,) = only(build("risks", language, summary=sample().summary.model_copy(update={"risks": (risk,)})), Bullets).items
    assert "name.docx" in item
    assert item.count("…") == 2
    assert width(item) < 200


@LANGUAGES
def test_without_risks_it_says_so(language):
    blocks = build("risks", language, summary=sample().summary.model_copy(update={"risks": ()}))
    assert all_of(blocks, Bullets) == []
    assert only(blocks, Paragraph).text == phrasebook(language).label("risks_none")
