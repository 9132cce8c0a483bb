"""The page in a real browser: drawn without network, first page on one sheet, print short, Japanese in Japanese, hostile text inert."""

import io

import pypdfium2
import pytest

from corpuskit.report.blocks import Heading, PageBreak, Report, Table
from corpuskit.report.to_html import to_html
from tests.report.conftest import written
from tests.report.hostile import TEXTS, report_with
from tests.report.sample import sample
from tests.report.test_to_html import long_report

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])

# A4 less the margins of the first page, 9 and 10 mm
WIDE, HIGH = 190 / 25.4 * 96, 279 / 25.4 * 96


@pytest.fixture
def watched(browser):
    """Open files and collect what must not happen: requests, messages on the console, errors of the script, dialogs."""
    contexts = []

    def open_(file, **options):
        context = browser.new_context(viewport={"width": 1200, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        seen: list[str] = []
        page.on("request", lambda request: None if request.url == file.as_uri() else seen.append(request.url))
        page.on("console", lambda message: seen.append(message.text))
        page.on("pageerror", lambda error: seen.append(str(error)))
        page.on("dialog", lambda dialog: (seen.append(dialog.message), dialog.dismiss()))
        page.goto(file.as_uri())
        return page, seen

    yield open_
    for context in contexts:
        context.close()


def first_page_height(page) -> float:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(WIDE), "height": round(HIGH)})
    return page.evaluate("document.querySelector('.first').getBoundingClientRect().height")


def printed(page) -> list[str]:
    """Give the text of each printed page."""
    with pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True))) as document:
        return [leaf.get_textpage().get_text_bounded() for leaf in document]


@LANGUAGES
def test_page_1_of_the_sample_company_fits_a4(watched, page_of_the_sample_company, language):
    page, seen = watched(page_of_the_sample_company[language])
    assert first_page_height(page) <= HIGH
    cut = "[...document.querySelectorAll('.first th')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert page.evaluate(cut) == [], "a heading is wider than its column"
    assert seen == []


@LANGUAGES
def test_the_sample_company_prints_on_few_pages_with_title_and_numbers(watched, page_of_the_sample_company, language):
    page, _ = watched(page_of_the_sample_company[language])
    leaves = printed(page)
    tasks = page.evaluate("document.querySelectorAll('h3[id^=task-]').length")
    # two pages a task and as many again for everything else is what people still read
    assert len(leaves) <= 2.2 * tasks
    first_part = page.evaluate("document.querySelector('.page:not(.first) h2').textContent")
    assert first_part not in leaves[0]
    assert first_part in "".join(leaves[1].split()) or first_part in leaves[1]
    title = page.title()
    assert [place for place, leaf in enumerate(leaves[1:], start=2) if title not in leaf] == []
    assert [place for place, leaf in enumerate(leaves, start=1) if f"{place} / {len(leaves)}" not in leaf] == []


def test_a_table_over_several_pages_has_its_headings_on_each_of_them(watched, tmp_path):
    rows = tuple((f"name {place}", "text " * 9, f"{place}", "x", "y") for place in range(150))
    blocks = (Heading("First", 1), PageBreak(), Heading("Long", 2), Table("", ("Named", "Said", "Counted", "d", "e"), rows))
    file = tmp_path / "long.html"
    file.write_text(to_html(Report("en", "t", blocks), "long").text, encoding="utf-8")
    page, _ = watched(file)
    assert page.locator("th button").count() == 5
    leaves = printed(page)[1:]
    assert len(leaves) > 2
    assert [leaf[:40] for leaf in leaves if "Named" not in leaf] == []


@LANGUAGES
def test_folds_are_printed_open_or_left_out_with_their_line_whether_open_or_not(watched, page_of_the_sample_company, language):
    page, _ = watched(page_of_the_sample_company[language])
    page.emulate_media(media="print")
    shown = """(kind) => [...document.querySelectorAll(`details.${kind}:not(details *) > summary`)].map(
        (line) => [line.checkVisibility(), line.nextElementSibling.checkVisibility({contentVisibilityAuto: true}) &&
                   line.nextElementSibling.getBoundingClientRect().height > 0])"""
    for open_ in (False, True):
        page.evaluate("(open) => document.querySelectorAll('details').forEach((fold) => { fold.open = open; })", open_)
        assert {tuple(pair) for pair in page.evaluate(shown, "unprinted")} == {(True, False)}
        assert {tuple(pair) for pair in page.evaluate(shown, "printed")} <= {(True, True)}


@LANGUAGES
@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no script"])
def test_the_page_is_drawn_from_one_file_at_every_width(watched, tmp_path, language, scripted):
    page, seen = watched(written(sample(), language, tmp_path), java_script_enabled=scripted)
    assert seen == []
    assert page.evaluate("getComputedStyle(document.querySelector('.callout')).borderLeftStyle") == "solid", "the policy blocked the style"
    assert page.locator("svg").count() >= 4
    for width in (1200, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"the page scrolls sideways at {width} pixels"
    height = first_page_height(page)
    assert height <= HIGH, f"the first page is {height} px high"


@LANGUAGES
def test_without_script_every_fold_opens_and_no_control_is_shown_that_does_nothing(watched, tmp_path, language):
    page, _ = watched(written(sample(), language, tmp_path), java_script_enabled=False)
    assert page.locator("button, input").count() == 0
    fold = page.locator("details").first
    fold.locator("summary").first.click()
    assert fold.get_attribute("open") is not None


@LANGUAGES
def test_japanese_is_drawn_with_a_japanese_font_on_pages_of_both_languages(watched, tmp_path, language):
    page, _ = watched(written(sample(), language, tmp_path))
    stacks = page.evaluate("[...document.querySelectorAll(':lang(ja)')].map((element) => getComputedStyle(element).fontFamily)")
    assert stacks
    assert all(stack.startswith('"Noto Sans CJK JP"') for stack in stacks if "monospace" not in stack)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_follows_the_reader(watched, tmp_path, scheme):
    page, _ = watched(written(sample(), "en", tmp_path), color_scheme=scheme)
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") == (scheme == "light")
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize("text", [text for text in TEXTS if "<" in text or "\u202e" in text or "\x00" in text or "\ud800" in text], ids=ascii)
def test_hostile_text_stays_text_in_a_browser(watched, tmp_path, text):
    page, seen = watched(written(report_with(text, "ja"), "ja", tmp_path))
    page.locator("#tools button").first.click()
    assert seen == []
    assert page.evaluate("document.scripts.length") == 1
    assert page.evaluate("document.styleSheets.length") == 1
    assert page.locator("iframe, img, object, a[href^=http], a[href^=javascript]").count() == 0


def test_a_linked_file_opens_from_the_page_and_leads_back_to_its_place(watched, tmp_path):
    file = written(long_report(), "ja", tmp_path, stem="報告 #1")
    page, seen = watched(file)
    page.locator(".elsewhere a").first.click()
    page.wait_for_url("**/*.files/*")
    assert page.title() != ""
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).marginTop") == "0px", "the policy blocked the style"
    target = page.url.partition("#")[2]
    assert page.locator(f"#{target}").count() == 1
    page.locator(".piece > p:last-child a").first.click()
    page.wait_for_url("**/*.ja.html#*")
    assert page.locator(f"#{target} a").count() == 1
    assert [url for url in seen if not url.startswith(tmp_path.as_uri())] == []
