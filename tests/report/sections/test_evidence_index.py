import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Paragraph, Table
from tests.report.sample import ASSESSMENT, FINDINGS, FORMULA
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_every_cited_document_stands_once_with_its_places(language):
    book = phrasebook(language)
    rows = only(build("evidence_index", language), Table).rows
    documents = [row[0] for row in rows]
    cited = {item.document for thing in (*ASSESSMENT.tasks, *FINDINGS) for item in thing.evidence}
    assert documents == sorted(cited)
    places = dict(rows)
    assert places["contracts/secret.pdf"] == book.label("cited_finding", n=2)
    assert places["tickets/support.csv"] == book.listed([book.label("cited_task", n=n) for n in range(1, len(ASSESSMENT.tasks) + 1)])
    assert f"{FORMULA}.csv" in places


@LANGUAGES
def test_without_citations_it_says_so(language):
    blocks = build("evidence_index", language, tasks=(), findings=())
    assert only(blocks, Paragraph).text == phrasebook(language).label("evidence_index_none")
