"""Files of a report: names, formats, languages; nothing that stands is overwritten."""

import errno
from pathlib import Path
from typing import get_args

import pytest

from corpuskit.audit import OutputOptions, Settings, load_record, records, report_languages, write_reports
from corpuskit.audit.config import Format
from corpuskit.audit.run import report_language
from corpuskit.report import RENDERERS, AuditReport, localise
from tests.report.sample import sample


def report_of(root: str) -> AuditReport:
    report = localise(sample(), "en")
    return report.model_copy(update={"corpus": report.corpus.model_copy(update={"root": root})})


def settings_for(folder: Path, **output: object) -> Settings:
    return Settings.model_validate({"output": {"folder": str(folder), **output}})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def test_names_are_those_of_folder_date_language_and_format_and_the_record_comes_last(tmp_path):
    written = write_reports(report_of("documents"), settings_for(tmp_path, language="both"))
    assert [path.name for path in written[:-1]] == [
        "documents-2026-11-02.en.html",
        "documents-2026-11-02.en.md",
        "documents-2026-11-02.ja.html",
        "documents-2026-11-02.ja.md",
        "documents-2026-11-02.json",
    ]
    assert written[-1].parent == tmp_path / "history"
    assert names(tmp_path) == [path.name for path in written[:-1]]


def test_a_second_report_of_the_day_gets_a_number_in_all_its_files_and_the_first_stays(tmp_path):
    first = write_reports(report_of("documents"), settings_for(tmp_path))
    before = [path.read_bytes() for path in first]
    second = write_reports(report_of("documents"), settings_for(tmp_path, formats=["md", "json"]))
    third = write_reports(report_of("documents"), settings_for(tmp_path, formats=["html"]))
    assert [path.name for path in (*second[:-1], *third[:-1])] == [
        "documents-2026-11-02-2.en.md",
        "documents-2026-11-02-2.json",
        "documents-2026-11-02-3.en.html",
    ]
    assert [path.read_bytes() for path in first] == before
    assert [load_record(path) for path in records(tmp_path / "history")] == [report_of("documents")] * 3


@pytest.mark.parametrize(
    ("root", "stem"),
    [
        ("規程集", "規程集"),
        ("Q3 figures, hr", "Q3_figures__hr"),
        ("a[b]*?", "a_b"),
        ("..", "corpus"),
        ("***", "corpus"),
        (".hidden", "hidden"),
    ],
)
def test_the_name_of_a_folder_becomes_a_name_that_every_file_system_takes(tmp_path, root, stem):
    write_reports(report_of(root), settings_for(tmp_path, formats=["md"]))
    assert names(tmp_path) == [f"{stem}-2026-11-02.en.md"]


@pytest.mark.parametrize("title", ["../outside", "/outside", "sub/outside", "out[side"])
def test_a_title_cannot_lead_out_of_the_folder(tmp_path, title):
    written = write_reports(report_of("documents"), settings_for(tmp_path / "reports", title=title, formats=["md"]))
    assert written[0].parent == tmp_path / "reports"
    assert written[0].name.endswith("side-2026-11-02.en.md")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports"]


def test_a_long_japanese_name_still_fits_into_a_file_name(tmp_path):
    written = write_reports(report_of("株式会社架空製作所規程類集" * 8), settings_for(tmp_path, formats=["html"]))
    assert written[0].name.startswith("株式会社架空製作所")
    assert len(written[0].name.encode()) <= 255


def test_every_format_of_the_settings_is_written(tmp_path):
    assert set(get_args(Format)) == {*RENDERERS, "json"}
    written = write_reports(report_of("documents"), settings_for(tmp_path, formats=sorted(RENDERERS)))
    assert [path.suffix for path in written[:-1]] == [RENDERERS[name].suffix for name in sorted(RENDERERS)]
    assert written[-1].parent.name == "history"


def test_a_page_is_written_in_the_language_of_its_name(tmp_path):
    write_reports(report_of("documents"), settings_for(tmp_path, language="both", formats=["html"]))
    english, japanese = (path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.html")))
    assert '<html lang="en"' in english
    assert '<html lang="ja"' in japanese


def test_a_full_disk_leaves_no_half_of_a_report(tmp_path, monkeypatch):
    def fail_on_markdown(path, content):
        if path.suffix == ".md":
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)

    monkeypatch.setattr("corpuskit.audit.output.write_atomically", fail_on_markdown)
    with pytest.raises(OSError, match="No space left"):
        write_reports(report_of("documents"), settings_for(tmp_path))
    assert names(tmp_path) == []
    assert not (tmp_path / "history").exists()


@pytest.mark.parametrize(
    ("chosen", "languages", "expected"),
    [
        ("en", {"ja": 9}, "en"),
        ("ja", {"en": 9}, "ja"),
        ("auto", {"ja": 3, "en": 2}, "ja"),
        ("auto", {"ja": 1, "en": 2}, "en"),
        ("auto", {"ja": 2, "en": 2}, "en"),
        ("auto", {"ja": 2, "mixed": 1, "en": 2}, "ja"),
        ("auto", {"ja": 2, "other": 3}, "en"),
        ("auto", {}, "en"),
        ("both", {"ja": 3, "en": 2}, "ja"),
    ],
)
def test_the_language_is_the_chosen_one_or_that_of_most_documents(chosen, languages, expected):
    assert report_language(Settings(output=OutputOptions(language=chosen)), languages) == expected


def test_both_writes_pages_in_two_languages_and_anything_else_in_the_language_of_the_run():
    report = sample().model_copy(update={"run": sample().run.model_copy(update={"language": "ja"})})
    chosen = {language: tuple(report_languages(report, Settings(output=OutputOptions(language=language)))) for language in ("auto", "ja", "both")}
    assert chosen == {"auto": ("ja",), "ja": ("ja",), "both": ("en", "ja")}
