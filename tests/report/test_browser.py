"""The page in a real browser: drawn without network, first page on one sheet, Japanese in Japanese."""

import shutil
from pathlib import Path

import pytest

from corpuskit.audit import audit
from corpuskit.report import RENDERERS, AuditReport, compose
from tests.report.sample import sample

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.xdist_group("browser"),
]


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield launched
        launched.close()


# A4 less the margins of 9 and 10 mm
WIDE, HIGH = 190 / 25.4 * 96, 279 / 25.4 * 96


def first_page_height(page) -> float:
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(WIDE), "height": round(HIGH)})
    return page.evaluate("document.querySelector('.first').getBoundingClientRect().height")


@pytest.fixture(scope="module")
def of_the_sample_company() -> AuditReport:
    return audit([Path(__file__).parents[2] / "sample_data"])


@pytest.mark.parametrize("language", ["en", "ja"])
def test_page_1_of_the_sample_company_fits_a4(browser, tmp_path, of_the_sample_company, language):
    file = tmp_path / f"sample.{language}.html"
    file.write_text(RENDERERS["html"].render(compose(of_the_sample_company, language)), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    assert first_page_height(page) <= HIGH
    cut = "[...document.querySelectorAll('.first th')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).map(cell => cell.textContent)"
    assert page.evaluate(cut) == [], "a heading is wider than its column"
    page.close()


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_is_drawn_from_one_file_and_its_first_page_fits_a4(browser, tmp_path, language):
    file = Path(tmp_path / f"report.{language}.html")
    file.write_text(RENDERERS["html"].render(compose(sample(), language)), encoding="utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("dialog", lambda dialog: complaints.append(dialog.message))
    page.goto(file.as_uri())
    assert requests == [file.as_uri()]
    assert complaints == []
    assert page.evaluate("getComputedStyle(document.querySelector('.callout')).borderLeftStyle") == "solid", "the policy blocked the style"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.locator("svg").count() == 4
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "the page scrolls sideways on a telephone"
    height = first_page_height(page)
    assert height <= HIGH, f"the first page is {height} px high"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
