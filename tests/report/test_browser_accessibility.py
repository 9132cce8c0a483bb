"""WCAG 2.2 AA as axe-core checks it, and what it cannot check: the keyboard, names, languages, forced colours."""

import pytest

from tests.report.conftest import until, written
from tests.report.sample import sample
from tests.report.test_to_html import long_report

axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NO_SCRIPT = "no script"


@pytest.fixture
def page(browser):
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    yield opened
    opened.close()


def violations(page, contrast: bool = True) -> list[str]:
    """Give what axe-core finds, of any impact; contrast can be left out where it was checked before, because it takes most of the time."""
    options = {"runOnly": RULES, "resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": contrast}}}
    found = axe.Axe().run(page, options=options).response
    assert found["testEngine"]["name"] == "axe-core"
    return [f"{one['id']} ({one['impact']}): {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


def without_script(file, folder):
    """Give the page as a browser without script has it: axe-core itself needs one."""
    before, _, rest = file.read_text(encoding="utf-8").partition("<script>")
    bare = folder / f"bare-{file.name}"
    bare.write_text(before + rest.partition("</script>")[2], encoding="utf-8")
    return bare


@pytest.mark.parametrize(
    ("setting", "language"), [("light", "en"), ("dark", "ja"), ("390 px", "en"), ("390 px", "ja"), (NO_SCRIPT, "en"), (NO_SCRIPT, "ja")]
)
def test_the_page_of_the_sample_company_violates_no_rule(page, page_of_the_sample_company, tmp_path, language, setting):
    file = page_of_the_sample_company[language]
    if setting == "390 px":
        page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark" if setting == "dark" else "light")
    page.goto((without_script(file, tmp_path) if setting == NO_SCRIPT else file).as_uri())
    # a colour scheme changes colours only, so that both schemes and both languages are seen in two pages
    assert violations(page, contrast=setting in ("light", "dark")) == []


@LANGUAGES
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_behind_folds_violates_no_rule(page, tmp_path, language, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(written(sample(), language, tmp_path).as_uri())
    page.locator("#tools button").first.click()
    assert page.evaluate("[...document.querySelectorAll('details')].every((fold) => fold.open)")
    assert violations(page) == []


def test_linked_files_violate_no_rule(page, tmp_path):
    file = written(long_report(), "ja", tmp_path)
    page.goto(file.as_uri())
    page.locator(".elsewhere a").first.click()
    page.wait_for_url("**/*.files/*")
    page.evaluate("document.querySelectorAll('tbody tr:nth-child(n + 20)').forEach((row) => row.remove())")
    assert violations(page) == []


def test_a_page_that_violates_a_rule_is_found(page, tmp_path):
    file = written(sample(), "en", tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("--ink: #1c2430", "--ink: #eee").replace("<title>", "<title hidden>"), encoding="utf-8")
    page.goto("about:blank")
    page.set_content('<main><h1>t</h1><img src="data:,"><p style="color:#eee;background:#fff">faint</p></main>')
    assert {line.split()[0] for line in violations(page)} >= {"image-alt", "color-contrast", "html-has-lang"}


@LANGUAGES
def test_the_first_stop_of_the_keyboard_leads_past_the_head(page, tmp_path, language):
    page.goto(written(sample(), language, tmp_path).as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").evaluate("(link) => link.getBoundingClientRect().top >= 0"), "the link is seen when it has the focus"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "report"


def test_every_stop_of_the_keyboard_can_be_seen_and_is_large_enough(page, tmp_path):
    page.goto(written(sample(), "ja", tmp_path).as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    seen = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => { const one = document.activeElement; const box = one.getBoundingClientRect(); const style = getComputedStyle(one);
            return {tag: one.tagName, width: box.width, height: box.height, outline: parseFloat(style.outlineWidth), style: style.outlineStyle,
                    inside: box.bottom > 0 && box.top < innerHeight}; }"""
        )
        if stop["tag"] == "BODY":
            break
        seen.append(stop)
    tags = {stop["tag"] for stop in seen}
    assert tags >= {"A", "BUTTON", "SUMMARY"}
    assert [stop for stop in seen if stop["style"] == "none" or stop["outline"] < 2] == []
    assert [stop for stop in seen if not stop["inside"]] == []
    assert [stop for stop in seen if stop["tag"] in ("BUTTON", "INPUT") and min(stop["width"], stop["height"]) < 24] == []


def test_tables_that_scroll_are_reached_by_the_keyboard_and_others_are_not(page, tmp_path):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(written(sample(), "en", tmp_path).as_uri())
    page.locator("#tools button").first.click()
    until(page, "document.querySelectorAll('div.table:not([tabindex])').length > 0")
    pairs = page.evaluate("[...document.querySelectorAll('div.table')].map((one) => [one.scrollWidth > one.clientWidth, one.tabIndex === 0])")
    assert [True, True] in pairs
    assert all(scrolls == reached for scrolls, reached in pairs)


def test_nothing_moves(page, tmp_path):
    page.emulate_media(reduced_motion="no-preference")
    page.goto(written(sample(), "en", tmp_path).as_uri())
    moving = "({animationName: name, transitionDuration: time, scrollBehavior: way}) => name !== 'none' || time !== '0s' || way !== 'auto'"
    assert page.evaluate(f"[...document.querySelectorAll('*')].filter((one) => ({moving})(getComputedStyle(one))).length") == 0


def test_forced_colours_are_those_of_the_reader(page, tmp_path):
    page.emulate_media(forced_colors="active")
    page.goto(written(sample(), "en", tmp_path).as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.callout')).borderTopStyle") == "solid"
    text, drawn = page.evaluate("[...document.querySelectorAll('svg text, svg .dot')].slice(0, 2).map((one) => getComputedStyle(one).fill)")
    assert text == drawn == page.evaluate("getComputedStyle(document.body).color")


@LANGUAGES
def test_the_outline_of_the_page_is_that_of_the_report(page, tmp_path, language):
    page.goto(written(sample(), language, tmp_path).as_uri())
    outline = page.locator("body").aria_snapshot()
    for role in ("- main", "- navigation", "- heading", "- table", "- status", "- img", "[level=1]"):
        assert role in outline, role
    assert page.evaluate("document.querySelectorAll('h1').length") == 1
