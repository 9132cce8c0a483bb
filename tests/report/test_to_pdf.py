"""The PDF is the page, printed: text of both languages, nothing fetched, nothing left, and a clear word where it cannot be made."""

import os
import stat
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pytest

from corpuskit.errors import CorpuskitError, MissingDependency
from corpuskit.report import RENDERERS, chromium, compose, find_chromium, to_pdf
from tests.report.sample import sample

MADE = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
browser = pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")


def texts(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Put a program of the test's own in the place of Chromium."""

    def made(script: str) -> Path:
        file = tmp_path / "browser"
        file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        file.chmod(file.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("CHROMIUM", str(file))
        return file

    return made


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@browser
@pytest.mark.browser
@pytest.mark.parametrize(("language", "said"), [("en", ("Ticket routing", "Start")), ("ja", ("問い合わせ振分け", "着手可"))])
def test_the_first_page_is_one_sheet_of_a4_with_the_text_of_the_language(language, said, temporary):
    page = RENDERERS["html"].render(compose(sample(), language), "report").text
    content = to_pdf(page, "report", MADE)
    document = pypdfium2.PdfDocument(content)
    assert document[0].get_size() == pytest.approx((595, 842), abs=1)
    first, second = texts(content)[:2]
    for word in said:
        assert word in "".join(first.split()) or word in first
    # what stands behind the page break stands on no earlier page
    assert "G5" in first
    assert "G5" not in second[:200]
    assert list(temporary.iterdir()) == []


@browser
@pytest.mark.browser
def test_the_same_page_is_the_same_file_and_its_date_is_that_of_the_run():
    page = "<!doctype html><title>t</title><p>文書</p>"
    content = to_pdf(page, "report", MADE)
    assert content == to_pdf(page, "report", MADE)
    assert content.count(b"(D:20261102030405+00'00')") == 2
    assert pypdfium2.PdfDocument(content).get_metadata_value("CreationDate") == "D:20261102030405+00'00'"


@browser
@pytest.mark.browser
def test_links_to_files_beside_the_page_and_places_of_this_machine_are_not_in_it():
    page = '<!doctype html><title>t</title><p><a href="%E6%96%87.files/more.html#x">more</a> <a href="#here">here</a></p><p id="here">there</p>'
    content = to_pdf(page, "文", MADE)
    assert b"file:" not in content
    assert b"more.html" not in content
    assert "more" in texts(content)[0]


def test_without_chromium_it_says_what_is_missing_and_how_to_get_it(monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys.modules["corpuskit.report.to_pdf"], "PLACES", ())
    assert find_chromium() is None
    with pytest.raises(MissingDependency, match=r"none was found. Debian and Ubuntu: apt-get install chromium.*leave pdf out"):
        chromium()


def test_the_variable_decides_and_a_wrong_one_is_named(program, monkeypatch):
    file = program("exit 0")
    assert find_chromium() == str(file)
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(MissingDependency, match="CHROMIUM=/no/such/browser: no such program"):
        find_chromium()


def test_a_browser_that_fails_is_quoted(program, temporary):
    program("echo 'cannot open display' >&2; exit 1")
    with pytest.raises(CorpuskitError, match=r"did not print the report to PDF\. It said: cannot open display"):
        to_pdf("<p>x</p>", "report", MADE)
    assert list(temporary.iterdir()) == []


def test_a_file_that_is_no_pdf_is_refused(program, temporary):
    program('for option; do case "$option" in --print-to-pdf=*) echo half > "${option#--print-to-pdf=}";; esac; done')
    with pytest.raises(CorpuskitError, match="It said: nothing"):
        to_pdf("<p>x</p>", "report", MADE)


def test_a_browser_that_hangs_is_ended_with_its_children(program, temporary, tmp_path):
    program(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(CorpuskitError, match=r"did not print the report within 0\.5 seconds"):
        to_pdf("<p>x</p>", "report", MADE, seconds=0.5)
    child = int((tmp_path / "child").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"
    assert list(temporary.iterdir()) == []


def test_a_program_that_cannot_be_started_is_named(tmp_path, monkeypatch):
    file = tmp_path / "browser"
    file.write_bytes(b"\x00\x01")
    file.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(file))
    with pytest.raises(CorpuskitError, match=r"browser cannot be started.*again without pdf"):
        to_pdf("<p>x</p>", "report", MADE)


def test_only_root_runs_it_without_its_sandbox(program, monkeypatch, tmp_path):
    program(f'echo "$@" > {tmp_path}/options; exit 1')
    for user, without in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda user=user: user)
        with pytest.raises(CorpuskitError):
            to_pdf("<p>x</p>", "report", MADE)
        options = (tmp_path / "options").read_text()
        assert ("--no-sandbox" in options) is without
        assert "--host-resolver-rules=MAP * ~NOTFOUND" in options
