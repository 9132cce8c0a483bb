"""GitHub-flavoured Markdown in which foreign text has no meaning but its words."""

from pathlib import Path

import pytest

from corpuskit.report import compose
from corpuskit.report.blocks import Bullets, Callout, Chart, Columns, Details, Heading, Mark, PageBreak, Paragraph, Quotes, Report, Table
from corpuskit.report.to_markdown import escape, to_markdown
from tests.report.sample import FORMULA, PIPES, SCRIPT, sample

GOLDEN = Path(__file__).parent / "golden" / "blocks.en.md"


@pytest.mark.parametrize(
    ("given", "inert"),
    [
        (SCRIPT, "&lt;script&gt;alert('x')&lt;/script&gt;"),
        ("a|b", "a\\|b"),
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("===", "\\==="),
        ("=cmd", "\\=cmd"),
        ("two\nlines", "two lines"),
        ("[link](javascript:x)", "\\[link\\](javascript:x)"),
        ("see https://evil.example", "see https&#58;//evil.example"),
        ("www.evil.example", "www&#46;evil.example"),
        ("&amp; `x` *y* _z_ ~~w~~ $m$", "&amp;amp; \\`x\\` \\*y\\* \\_z\\_ \\~\\~w\\~\\~ \\$m\\$"),
        ("日本語", "日本語"),
    ],
)
def test_escaping(given, inert):
    assert escape(given) == inert


def test_every_kind_of_block_looks_as_agreed():
    blocks = (
        Heading("Heading", 2, "h"),
        Paragraph("A paragraph"),
        Bullets(("one", "two"), ordered=True),
        Table("Caption", ("a", "n"), ((PIPES, "1"),), (1,)),
        Callout("Label", "text", "bad"),
        Chart("dots", "c", "Chart", "What it shows", (Mark("m", 0.5, 0.25, 0.75, "C"), Mark("none", None)), percent=True),
        Quotes(((FORMULA, SCRIPT), ("d.txt", ""))),
        Details("More", (Paragraph("inside"),)),
        Columns(((Paragraph("left"),), (Paragraph("right"),))),
        PageBreak(),
    )
    assert to_markdown(Report("en", "title", blocks)) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_tables_keep_their_shape_whatever_the_cells_say(language):
    page = to_markdown(compose(sample(), language))
    assert "<script>" not in page
    columns = 0
    for line in page.splitlines():
        if line.startswith("|"):
            cells = line.replace("\\|", "").count("|") - 1
            columns = columns or cells
            assert cells == columns, line
        else:
            columns = 0
