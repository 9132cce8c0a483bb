"""A browser for the tests that look at pages, and the pages they look at."""

import os
import shutil
from pathlib import Path

import pytest

from corpuskit.report import RENDERERS, AuditReport, compose, folder_name, page_name

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
REQUIRED = "CORPUSKIT_BROWSER_REQUIRED" in os.environ


@pytest.fixture(scope="session")
def browser():
    """Chromium of the machine; without it the tests are skipped, or fail where it is required."""
    if CHROMIUM is None:
        pytest.fail("Chromium is required here and not installed") if REQUIRED else pytest.skip("no Chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def page_of_the_sample_company(of_the_sample_company, tmp_path_factory):
    """Give the file of the sample company's page in a language."""
    folder = tmp_path_factory.mktemp("company")
    return {language: written(of_the_sample_company, language, folder) for language in ("en", "ja")}


def written(report: AuditReport, language, folder: Path, stem: str = "report") -> Path:
    """Write the page of a report with its linked files."""
    rendered = RENDERERS["html"].render(compose(report, language), stem)
    for name, content in rendered.companions.items():
        (folder / folder_name(stem)).mkdir(exist_ok=True)
        (folder / folder_name(stem) / name).write_bytes(content)
    file = folder / page_name(stem, language, ".html")
    file.write_text(rendered.text, encoding="utf-8")
    return file


def until(page, question: str, argument: object = None) -> None:
    """Ask a page until it says yes: Playwright's own way of waiting evaluates a string in the page, which the policy of the page forbids."""
    for _ in range(1500):  # half a minute: a busy machine's browser once took more than five seconds to hand on what another window had kept
        if page.evaluate(question, argument):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {question} ({argument})")
