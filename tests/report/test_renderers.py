from dataclasses import FrozenInstanceError

import pytest

from corpuskit.errors import UnknownName
from corpuskit.report import EXPORTERS, RENDERERS, ExportOptions, compose, localise
from corpuskit.report.blocks import Heading
from tests.report.sample import SCRIPT, sample
from tests.report.walk import all_of


def test_each_format_has_a_suffix_of_its_own():
    suffixes = [renderer.suffix for renderer in RENDERERS.values()]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes)
    # report.json is the machine twin and no page
    assert ".json" not in suffixes


@pytest.mark.parametrize("name", list(RENDERERS))
@pytest.mark.parametrize("language", ["en", "ja"])
def test_a_page_is_text_with_every_heading_and_nothing_that_runs(name, language):
    report = compose(sample(), language)
    page = RENDERERS[name].render(report, "report").text
    assert page.encode("utf-8")
    assert SCRIPT not in page
    plain = [block.text for block in all_of(report.blocks, Heading) if block.level == 2 and block.text.isalnum()]
    assert plain
    assert [text for text in plain if text not in page] == []


@pytest.mark.parametrize("name", list(RENDERERS))
def test_the_same_report_is_the_same_page(name):
    assert RENDERERS[name].render(compose(sample(), "en"), "report") == RENDERERS[name].render(compose(sample(), "en"), "report")


def test_an_unknown_format_is_named():
    with pytest.raises(UnknownName, match=r"Unknown report format 'htm'. Did you mean 'html'\? Valid: html, md"):
        RENDERERS["htm"]
    with pytest.raises(FrozenInstanceError):
        RENDERERS["md"].suffix = ".markdown"


def test_every_export_has_a_name_of_its_own_and_gives_files_by_their_suffixes():
    assert not set(EXPORTERS) & {*RENDERERS, "json", "pdf"}
    report = localise(sample(), "ja")
    suffixes = [suffix for exporter in EXPORTERS.values() for suffix in exporter.export(report, ExportOptions())]
    assert len(set(suffixes)) == len(suffixes)
    assert all(suffix.startswith(".") and suffix.isascii() and " " not in suffix for suffix in suffixes)


@pytest.mark.parametrize("name", list(EXPORTERS))
def test_the_same_report_is_the_same_export(name):
    first, second = (EXPORTERS[name].export(localise(sample(), "en"), ExportOptions()) for _ in range(2))
    assert first == second


def test_an_unknown_export_is_named():
    with pytest.raises(UnknownName, match=r"Unknown export format 'xls'. Did you mean 'xlsx'\? Valid: csv, parquet, sarif, xlsx"):
        EXPORTERS["xls"]
