"""One file, nothing fetched, nothing run: whatever the documents say stays text."""

import base64
import hashlib
import re
from html import escape
from html.parser import HTMLParser

import pytest

from corpuskit.report import RENDERERS, compose
from corpuskit.report.blocks import Bullets, Callout, Chart, Columns, Details, Heading, Mark, PageBreak, Paragraph, Quotes, Report, Table
from corpuskit.report.to_html import language_of, to_html
from tests.report.sample import FORMULA, HOSTILE, PIPES, SCRIPT, sample

VOID = {"meta", "line", "circle", "rect", "path", "br"}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(params=["en", "ja"])
def page(request):
    return RENDERERS["html"].render(compose(sample(), request.param))


def test_nothing_runs_and_nothing_is_fetched(page):
    reader = read(page)
    assert {tag for tag, _ in reader.tags} & {"script", "img", "link", "iframe", "object", "b", "form"} == set()
    for tag, attributes in reader.tags:
        assert not any(name.startswith("on") or name in ("src", "style", "srcset") for name in attributes), tag
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in page
    assert "@import" not in page


def test_the_policy_allows_the_style_by_its_hash_only(page):
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    policy = next(attributes["content"] for tag, attributes in read(page).tags if attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_hostile_strings_are_text(page):
    shown = "".join(read(page).text)
    for hostile in HOSTILE:
        assert hostile in shown
        assert hostile not in page.replace(escape(hostile), "") or hostile == FORMULA.replace('"', "")


def test_the_page_names_its_language(page):
    reader = read(page)
    assert reader.tags[0] == ("html", {"lang": "ja" if "監査報告書" in page else "en"})
    assert any(tag == "q" and attributes.get("lang") == "ja" for tag, attributes in reader.tags)


def test_charts_have_a_title_a_description_and_their_data(page):
    reader = read(page)
    pictures = [attributes for tag, attributes in reader.tags if tag == "svg"]
    assert len(pictures) == 4
    identifiers = [attributes["id"] for _, attributes in reader.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    for attributes in pictures:
        assert attributes["role"] == "img"
        assert set((attributes["aria-labelledby"] or "").split()) <= set(identifiers)
    assert sum(tag == "details" and attributes.get("class") == "data" for tag, attributes in reader.tags) == 4


def test_a_page_is_small(page):
    assert len(page.encode()) < 120_000


def test_quotes_of_another_language_are_marked():
    assert (language_of("納期が遅れています"), language_of("late delivery"), language_of("日本"), language_of("123")) == ("ja", "en", "", "")


def test_every_kind_of_block_is_drawn():
    blocks = (
        Heading("heading <1>", 2, "h"),
        Paragraph("paragraph"),
        Bullets(("one", "two"), ordered=True),
        Table("caption", ("a", "b"), (("x", "1"),), (1,)),
        Callout("label", "text", "bad"),
        Chart("bars", "c1", "bars", "", (Mark("m", 0.5), Mark("none", None))),
        Chart("line", "c2", "empty line", "nothing"),
        Quotes((("d.txt", ""),)),
        Details("more", (Paragraph("inside"),)),
        Columns(((Paragraph("left"),), (Paragraph("right"),))),
        PageBreak(),
        Paragraph("second page"),
    )
    page = to_html(Report("en", SCRIPT, blocks))
    shown = "".join(read(page).text)
    for expected in (
        "heading <1>",
        "paragraph",
        "two",
        "caption",
        "label",
        "bars",
        "no value",
        "nothing to draw",
        "(no quote)",
        "inside",
        "right",
        "second page",
    ):
        assert expected in shown
    assert page.count('class="page"') + page.count('class="first page"') == 2
    assert PIPES not in page
