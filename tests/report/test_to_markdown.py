"""GitHub-flavoured Markdown in which foreign text has no meaning but its words."""

from pathlib import Path
from urllib.parse import quote

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import given
from lxml import etree, html
from markdown_it import MarkdownIt

from corpuskit.report import compose
from corpuskit.report.blocks import Bullets, Callout, Chart, Columns, Details, Facts, Heading, Mark, PageBreak, Paragraph, Quotes, Report, Table
from corpuskit.report.to_markdown import escape, to_markdown
from corpuskit.report.visible import visible
from tests.report.hostile import any_text, report_with
from tests.report.sample import FORMULA, PIPES, SCRIPT, sample

GOLDEN = Path(__file__).parent / "golden" / "blocks.en.md"
TABLE = {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize(
    ("text", "inert"),
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
def test_escaping(text, inert):
    assert escape(text) == inert


def test_every_kind_of_block_looks_as_agreed():
    blocks = (
        Heading("Heading", 2, "h"),
        Paragraph("A paragraph"),
        Bullets(("one", "two"), ordered=True),
        Table("Caption", ("a", "n"), ((PIPES, "1"),), (1,)),
        Facts((("owner", PIPES), ("unit", "ticket"))),
        Callout("Label", "text", "bad"),
        Chart("dots", "c", "Chart", "What it shows", (Mark("m", 0.5, 0.25, 0.75, "C"), Mark("none", None)), percent=True),
        Quotes(((FORMULA, SCRIPT), ("d.txt", ""))),
        Details("More", (Paragraph("inside"),)),
        Columns(((Paragraph("left"),), (Paragraph("right"),))),
        PageBreak(),
    )
    assert to_markdown(Report("en", "title", blocks), "report").text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_tables_keep_their_shape_whatever_the_cells_say(language):
    page = to_markdown(compose(sample(), language), "report").text
    assert "<script>" not in page
    columns = 0
    for line in page.splitlines():
        if line.startswith("|"):
            cells = line.replace("\\|", "").count("|") - 1
            columns = columns or cells
            assert cells == columns, line
        else:
            columns = 0


def html_of(markdown: str) -> etree._Element:
    """Render as GitHub does, by its own parser."""
    rendered = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    return html.fragment_fromstring(rendered, create_parent="div")


def shown(text: str) -> str:
    return " ".join(visible(text).split())


CONTEXTS = {
    "paragraph": ("{}", {"p"}),
    "heading": ("## {}", {"h2"}),
    "list": ("- {}", {"ul", "li"}),
    "ordered list": ("1. {}", {"ol", "li"}),
    "quotation": ("> {}", {"blockquote", "p"}),
    "after bold": ("- **n**: {}", {"ul", "li", "strong"}),
    "table": ("| a | b |\n| --- | --- |\n| {} | z |", {"table", "thead", "tbody", "tr", "th", "td"}),
}


@pytest.mark.parametrize("context", list(CONTEXTS))
@given(text=any_text)
def test_foreign_text_is_text_to_the_parser_of_github(context, text):
    around, expected = CONTEXTS[context]
    tree = html_of(around.format(escape(text)))
    assert {element.tag for element in tree.iterdescendants() if isinstance(element.tag, str)} <= expected
    said = {"after bold": "n: " + shown(text), "table": f"a b {shown(text)} z"}.get(context, shown(text))
    assert " ".join(tree.text_content().split()) == " ".join(said.split())


@pytest.mark.parametrize("context", list(CONTEXTS))
@given(text=any_text)
def test_foreign_text_is_text_to_a_second_parser(context, text):
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = [inner for token in parser.parse(CONTEXTS[context][0].format(escape(text))) for inner in (token, *(token.children or ()))]
    assert {token.type for token in tokens if token.type.startswith(("link", "image", "code", "fence", "em_", "s_", "html_block"))} == set()
    assert {token.content for token in tokens if token.type == "html_inline"} <= {"<!-- -->"}


@given(text=any_text)
def test_a_hostile_report_has_no_element_but_those_of_markdown_and_its_own_pictures(text):
    page = to_markdown(compose(report_with(text), "en"), "文 書(1)")
    tree = html_of(page.text)
    elements = {element.tag for element in tree.iterdescendants() if isinstance(element.tag, str)}
    assert elements <= {"h1", "h2", "h3", "h4", "h5", "p", "strong", "ul", "ol", "li", "hr", "img", "details", "summary", "blockquote"} | TABLE
    assert {image.get("src") for image in tree.iter("img")} == {f"{quote('文 書(1).files')}/{name}" for name in page.companions}
    assert all(image.get("alt") for image in tree.iter("img"))
    for element in tree.iterdescendants():
        assert isinstance(element.tag, str) or element.text.strip() == ""
        assert not any(name.startswith("on") or name in ("href", "style") for name in element.attrib)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_pictures_are_files_of_the_language_beside_the_page(language):
    page = to_markdown(compose(sample(), language), "report")
    assert page.companions
    assert all(name.startswith(f"{language}-") and name.endswith(".svg") for name in page.companions)
    for name, content in page.companions.items():
        assert page.text.count(f"](report.files/{name})") == 1
        assert etree.fromstring(content).get("{http://www.w3.org/XML/1998/namespace}lang") == language


@pytest.mark.parametrize(
    ("text", "inert"),
    [
        ("write to a@b.example or @all", "write to a@<!-- -->b.example or @<!-- -->all"),
        ("see #12 and C#", "see \\#<!-- -->12 and C\\#"),
        ("done :tada: 10:30", "done :<!-- -->tada: 10:30"),
        ("mailto:x xmpp:y", "mailto&#58;x xmpp&#58;y"),
        ("a\u202eb\x00", "a⟨U+202E⟩b⟨U+0000⟩"),
    ],
)
def test_what_github_would_link_after_all_escapes_is_kept_apart(text, inert):
    assert escape(text) == inert
