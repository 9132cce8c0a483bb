"""What the script adds: sorting, filtering, folds, copying; by mouse and keyboard, told to screen readers."""

import re

import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Details, Heading, PageBreak, Paragraph, Report, Table
from corpuskit.report.to_html import to_html
from tests.report.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VALUES = ("9.5 %", "102,334 tokens", "<0.01 %", ">99 %", "not defined: too few", "-3", "12", "9", "0.5", "1e-7", "98", "10")
ASCENDING = ("-3", "1e-7", "<0.01 %", "0.5", "9", "9.5 %", "10", "12", "98", ">99 %", "102,334 tokens", "not defined: too few")
NAMES = ("納期", "あいう", "Zebra", "apple", "第10章", "第2章", "b", "c", "d", "e", "f", "g")
TABLE = Table("Measures", ("measure", "value"), tuple(zip(NAMES, VALUES, strict=True)), (1,))
BLOCKS = (
    Heading("Report", 1, "top"),
    Bullets(("「納期は <b> です。」", "Second sentence."), copied=True),
    PageBreak(),
    Heading("Values", 2, "values"),
    TABLE,
    Details("Outer", (Paragraph("outside"), Details("Inner", (Paragraph("hidden word"),), "inner")), "outer"),
    Details("Screen only", (Paragraph("x"),), "screen", printed=False),
)


@pytest.fixture(params=["en", "ja"])
def language(request):
    return request.param


@pytest.fixture
def page(browser, tmp_path, language):
    file = tmp_path / "report.html"
    file.write_text(to_html(Report(language, "t", BLOCKS), "report").text, encoding="utf-8")
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(file.as_uri())
    yield opened
    assert errors == []
    context.close()


def column(page, place: int) -> list[str]:
    return page.locator(f"tbody tr > :nth-child({place})").all_text_contents()


def told(page, text: str) -> None:
    until(page, "(text) => document.getElementById('said').textContent === text", text)


def test_a_table_is_sorted_by_the_keyboard_up_down_and_back_and_says_so(page, language):
    book = phrasebook(language)
    button = page.locator("th button", has_text="value")
    button.focus()
    for key, state, shown, said in (
        ("Enter", "ascending", ASCENDING, "script_sorted_up"),
        ("Space", "descending", (*reversed(ASCENDING[:-1]), ASCENDING[-1]), "script_sorted_down"),
    ):
        page.keyboard.press(key)
        assert page.locator("thead th").nth(1).get_attribute("aria-sort") == state
        assert column(page, 2) == list(shown)
        told(page, book.label(said, column="value"))
    page.keyboard.press("Enter")
    assert page.locator("thead th").nth(1).get_attribute("aria-sort") is None
    assert column(page, 2) == list(VALUES)
    told(page, book.label("script_unsorted"))
    assert page.evaluate("document.activeElement.textContent") == "value", "the focus stays where it was"


def test_words_are_sorted_as_the_language_does_with_numbers_by_their_value(page, language):
    page.locator("th button", has_text="measure").click()
    order = column(page, 1)
    assert sorted(order) == sorted(NAMES)
    assert order.index("第2章") < order.index("第10章")
    assert order.index("apple") < order.index("b") < order.index("Zebra")


def test_only_one_column_is_marked_as_sorted(page):
    page.locator("th button", has_text="measure").click()
    page.locator("th button", has_text="value").click()
    assert page.locator("[aria-sort]").count() == 1


def test_rows_are_filtered_by_all_words_in_any_width_and_counted(page, language):
    field = page.get_by_label(phrasebook(language).label("script_filter"))
    field.fill("ＡＰＰＬＥ")
    assert page.locator("tbody tr:visible").all_text_contents() == [f"apple{VALUES[3]}"]
    told(page, phrasebook(language).label("script_shown", shown="1", total="12"))
    field.fill("第 章")
    assert page.locator("tbody tr:visible").count() == 2
    field.fill("")
    assert page.locator("tbody tr:visible").count() == 12


def test_a_short_table_and_the_first_page_get_no_controls(browser, tmp_path):
    short = Table("", TABLE.columns, TABLE.rows[:5])
    file = tmp_path / "short.html"
    file.write_text(to_html(Report("en", "t", (TABLE, PageBreak(), short)), "short").text, encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert page.locator("th button").count() == 0
    page.close()


def test_all_folds_open_and_close_at_once(page):
    opens, closes = page.locator("#tools button").all()
    opens.click()
    assert page.locator("details[open]").count() == 3
    assert page.locator("text=hidden word").is_visible()
    closes.click()
    assert page.locator("details[open]").count() == 0


def test_a_fold_opens_by_the_keyboard(page):
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("text=outside").is_visible()


@pytest.mark.parametrize("late", [False, True], ids=["on opening", "by a link"])
def test_a_link_into_a_fold_opens_it_and_those_around_it(page, late):
    target = page.url.partition("#")[0] + "#inner"
    if late:
        page.evaluate("location.hash = 'inner'")
    else:
        page.goto("about:blank")
        page.goto(target)
    until(page, "document.querySelectorAll('details[open]').length === 2")
    assert page.locator("text=hidden word").is_visible()


@pytest.mark.parametrize("fragment", ["%E3%81", "no-such-id", "<script>", "constructor"])
def test_a_link_to_nothing_does_no_harm(page, fragment):
    page.goto(page.url.partition("#")[0] + "#" + fragment)
    assert page.locator("details[open]").count() == 0


def test_folds_that_are_printed_open_for_printing_and_close_again(page):
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate("[...document.querySelectorAll('details')].map((fold) => fold.open)") == [True, True, False]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_each_meeting_sentence_is_copied_as_text_and_that_is_said(page, language):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    buttons = page.locator("button.copy")
    assert buttons.count() == 2
    assert "納期" in (buttons.first.get_attribute("aria-label") or "")
    buttons.first.click()
    told(page, phrasebook(language).label("script_copied"))
    assert page.evaluate("navigator.clipboard.readText()") == "「納期は <b> です。」"


def test_where_the_clipboard_is_refused_the_older_way_copies_or_the_sentence_is_selected(page, language):
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.locator("button.copy").nth(1).click()
    until(page, "document.getElementById('said').textContent !== ''")
    assert page.evaluate("getSelection().toString()") == "Second sentence."
    page.evaluate("document.execCommand = () => false")
    page.locator("button.copy").first.click()
    told(page, phrasebook(language).label("script_not_copied"))
    assert re.fullmatch("「納期は <b> です。」", page.evaluate("getSelection().toString()"))
