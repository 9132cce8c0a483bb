"""One file, nothing fetched, one script that is ours: whatever the documents say stays text. What is too long stands in files of the same kind."""

import posixpath
import re
from functools import cache
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given, settings

from corpuskit.finding import Evidence
from corpuskit.report import RENDERERS, SkippedFile, compose
from corpuskit.report.blocks import Bullets, Callout, Chart, Columns, Details, Heading, Mark, PageBreak, Paragraph, Quotes, Report, Table
from corpuskit.report.html_division import MOST_FINDINGS
from corpuskit.report.to_html import MOST_BYTES, named_by, to_html
from corpuskit.report.visible import visible
from tests.report.hostile import TEXTS, any_text, report_with
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
    return RENDERERS["html"].render(compose(sample(), request.param), "report").text


def test_nothing_is_fetched_and_nothing_runs_but_one_script_of_ours(page):
    reader = read(page)
    assert {tag for tag, _ in reader.tags} & {"img", "link", "iframe", "object", "b", "form", "template", "noscript"} == set()
    assert [attributes for tag, attributes in reader.tags if tag == "script"] == [{}]
    for tag, attributes in reader.tags:
        assert not any(name.startswith("on") or name in ("src", "style", "srcset") for name in attributes), tag
        assert (attributes.get("href") or "#").startswith("#")
    assert "url(" not in page
    assert "@import" not in page


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
    page = to_html(Report("en", SCRIPT, blocks), "report").text
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
    assert page.count('class="page"') == page.count('class="first page"') == 1
    assert PIPES not in page


def test_tables_have_a_caption_headings_with_a_scope_and_a_name_that_scrolling_can_be_focused_by(page):
    reader = read(page)
    tables = [attributes for tag, attributes in reader.tags if tag == "div" and attributes.get("class") == "table"]
    captions = [attributes["id"] for tag, attributes in reader.tags if tag == "caption"]
    assert [attributes["aria-labelledby"] for attributes in tables] == captions
    assert len(set(captions)) == len(captions) > 10
    assert all(attributes["tabindex"] == "0" for attributes in tables)
    assert all(attributes.get("scope") in ("col", "row") for tag, attributes in reader.tags if tag == "th")


def test_a_table_without_a_caption_is_named_after_what_stands_above_it():
    blocks = (Heading("Above", 2), Table("", ("a",), ()), Details("Fold", (Table("", ("b",), ()),)), Table("", ("c",), ()), Table("Own", ("d",), ()))
    page = to_html(Report("en", "t", (PageBreak(), *blocks)), "r").text
    assert re.findall(r"<caption[^>]*>(.*?)</caption>", page) == ["Above", "Fold", "Above", "Own"]


def test_no_level_of_headings_is_left_out(page):
    levels = [int(tag[1]) for tag, _ in read(page).tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(
    ("rows", "column"),
    [((("1", "Routing", "0.5"),), 1), ((("G0", "Audit", "x"),), 1), ((("contracts/a.pdf", "empty", "-"),), 0), ((("1", "2", "3"),), 0), ((), 0)],
)
def test_rows_are_named_by_their_first_words(rows, column):
    assert named_by(Table("", ("a", "b", "c"), rows, (2,))) == column


@cache
def long_report(rows: int = 12_000):
    """The sample with so many files that were not read that one page cannot hold them."""
    report = sample()
    skipped = tuple(
        SkippedFile(path=f"archive/年度 {n}/{SCRIPT}.bin", code="unsupported", reason="Files of this kind are not read.") for n in range(rows)
    )
    return report.model_copy(update={"corpus": report.corpus.model_copy(update={"files_skipped": skipped})})


@cache
def rendered_long(language, stem):
    return to_html(compose(long_report(), language), stem)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_too_long_for_a_page_stands_in_linked_files_of_the_same_kind(language):
    rendered = rendered_long(language, "sample 報告")
    assert len(rendered.text.encode()) < 2_000_000
    assert "sample 報告.files" in rendered.text
    assert len(rendered.companions) > 1
    page, found = read(rendered.text), 0
    links = {unquote(attributes["href"] or "") for tag, attributes in page.tags if tag == "a" and ".files/" in (attributes.get("href") or "")}
    assert {link.partition("#")[0] for link in links} <= {f"sample 報告.files/{name}" for name in rendered.companions}
    for name, content in rendered.companions.items():
        assert name.startswith(f"{language}-skipped-")
        assert len(content) < MOST_BYTES + 60_000
        file = read(content.decode("utf-8"))
        assert file.tags[0] == ("html", {"lang": language})
        policies = {dict(attributes).get("content") for tag, attributes in file.tags if tag == "meta" and "http-equiv" in attributes}
        assert all("default-src 'none'" in (policy or "") for policy in policies)
        assert policies
        back = {unquote(attributes["href"] or "").partition("#")[0] for tag, attributes in file.tags if tag == "a"}
        assert back == {f"../sample 報告.{language}.html", ""}
        found += "".join(file.text).count(SCRIPT)
        assert SCRIPT not in content.decode("utf-8")
    assert found == 12_000


def test_titles_of_linked_files_differ():
    rendered = rendered_long("en", "sample 報告")
    titles = [re.search("<title>(.*?)</title>", content.decode())[1] for content in rendered.companions.values()]
    assert len(set(titles)) == len(titles)
    assert all("Files not read" in title for title in titles)


def test_the_same_report_is_the_same_bytes():
    assert to_html(compose(long_report(), "ja"), "sample 報告") == rendered_long("ja", "sample 報告")


@settings(max_examples=25)
@given(any_text)
def test_whatever_a_document_says_is_text_wherever_it_stands(text):
    plain, hostile = (to_html(compose(report_with(said), "en"), "r").text for said in ("harmless", text))
    hostile.encode("utf-8")
    shapes = [[(tag, sorted(set(attributes) - {"lang"})) for tag, attributes in read(page).tags if tag != "q"] for page in (plain, hostile)]
    if text:  # a finding without a quote says so in a span
        assert shapes[0] == shapes[1]
    shown = " ".join("".join(read(hostile).text).split())
    assert " ".join(visible(text).split()) in shown


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_whatever_a_document_says_is_text_in_linked_files_too(text, monkeypatch):
    monkeypatch.setattr("corpuskit.report.to_html.MOST_BYTES", 1)
    plain, hostile = (to_html(compose(report_with(said), "ja"), "r") for said in ("harmless", text))
    assert len(hostile.companions) > 5
    for name, content in hostile.companions.items():
        assert re.fullmatch(r"ja-[a-z-]+-\d+\.html", name)
        tags = [tag for tag, _ in read(content.decode("utf-8")).tags if tag not in ("q", "span")]
        assert tags == [tag for tag, _ in read(plain.companions[name].decode("utf-8")).tags if tag not in ("q", "span")]
        for tag, attributes in read(content.decode("utf-8")).tags:
            assert not any(key.startswith("on") for key in attributes)
            if tag == "a":
                assert re.fullmatch(r"(|\.\./r\.ja\.html|ja-[a-z-]+-\d+\.html)(#[\w-]+)?", attributes["href"] or "")


def test_thousands_of_findings_measures_and_skipped_files_leave_a_page_with_every_head():
    report, many = sample(), 3000
    quoted = "本契約の有効期間は、契約締結日から一年間とし、期間満了の前までに申し出がない場合は自動更新されるものとします。"
    evidence = tuple(Evidence(document=f"dept/{n}/契約書.docx", quote=quoted) for n in range(5))
    findings = tuple(report.findings[n % 4].model_copy(update={"id": f"f@{n}", "evidence": evidence}) for n in range(many))
    estimates = tuple(report.estimates[n % 5].model_copy(update={"id": f"m@{n}", "subject": f"labels:t{n // 17}.csv#queue"}) for n in range(many))
    rendered = to_html(compose(long_report(many).model_copy(update={"findings": findings, "estimates": estimates}), "ja"), "r")
    assert len(rendered.text.encode()) < 2_000_000
    assert all(len(content) < 2_000_000 for content in rendered.companions.values())
    shown = "".join(read(rendered.text).text)
    assert all(f"指{n:,} " in shown for n in range(1, many + 1))
    assert rendered.text.count('<div class="callout') >= many
    assert all(task.name["ja"] in shown for task in report.tasks)
    everywhere = rendered.text + "".join(content.decode() for content in rendered.companions.values())
    assert everywhere.count("本契約の有効期間は") == 5 * many


def test_ten_thousand_findings_leave_a_page_that_a_browser_opens_at_once():
    report, many = sample(), 10_000
    findings = tuple(report.findings[n % 4].model_copy(update={"id": f"f@{n}"}) for n in range(many))
    rendered = to_html(compose(report.model_copy(update={"findings": findings}), "ja"), "r")
    assert len(rendered.text.encode()) < 2_000_000
    assert all(len(content) < 2_000_000 for content in rendered.companions.values())
    shown = "".join(read(rendered.text).text)
    assert all(f"指{n:,} " in shown for n in range(1, MOST_FINDINGS + 1))
    everywhere = rendered.text + "".join(content.decode() for content in rendered.companions.values())
    assert set(re.findall(r"f@(\d+)<", everywhere)) == {str(n) for n in range(many)}


@pytest.mark.parametrize("most", [1, 40_000, 10**9])
def test_links_within_tables_lead_to_where_their_target_stands(most, monkeypatch):
    monkeypatch.setattr("corpuskit.report.to_html.MOST_BYTES", most)
    filler = Table("Filler", ("a", "b"), tuple((f"{n}", "x" * 400) for n in range(100)))
    values = Table("", ("m", "v"), (("Coverage", "1"),), links=(("Coverage", "f-1"),))
    formulas = Details("All", (Details("Coverage", (Paragraph("formula"),), "f-1"),))
    blocks = (PageBreak(), Heading("Numbers", 2, "numbers"), Details("Values", (values,)), filler, Heading("Formulas", 2, "formulas"), formulas)
    rendered = to_html(Report("en", "t", blocks), "r 1")
    pages = {"r 1.en.html": rendered.text} | {f"r 1.files/{name}": content.decode() for name, content in rendered.companions.items()}
    links = 0
    for name, page in pages.items():
        for attributes in (attributes for tag, attributes in read(page).tags if tag == "a"):
            file, _, anchor = unquote(attributes["href"] or "").partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), file)) if file else name
            assert not anchor or any(other.get("id") == anchor for _, other in read(pages[target]).tags), attributes
            links += anchor == "f-1"
    assert links == 1
    assert (len(pages) > 1) == (most < 10**9)
