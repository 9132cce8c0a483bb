"""Files of a report: names, formats, languages; nothing that stands is overwritten."""

import errno
import os
import time
from pathlib import Path

import pytest

from corpuskit.audit import (
    FORMATS,
    OutputOptions,
    Settings,
    check_output,
    load_record,
    records,
    report_languages,
    write_atomically,
    write_reports,
)
from corpuskit.audit.record import claim
from corpuskit.audit.run import report_language
from corpuskit.errors import MissingDependency
from corpuskit.report import EXPORTERS, RENDERERS, TABLES, AuditReport, find_chromium, localise
from tests.report.sample import sample


def report_of(root: str) -> AuditReport:
    report = localise(sample(), "en")
    return report.model_copy(update={"corpus": report.corpus.model_copy(update={"root": root})})


def settings_for(folder: Path, **output: object) -> Settings:
    return Settings.model_validate({"output": {"folder": str(folder), **output}})


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def kept(folder: Path) -> list[str]:
    """Name everything in a folder but the records, hidden files and folders too."""
    return sorted(path.name for path in folder.iterdir() if path.name != "history")


def test_names_are_those_of_folder_date_language_and_format_and_the_record_comes_last(tmp_path):
    written = write_reports(report_of("documents"), settings_for(tmp_path, language="both"))
    assert [path.name for path in written[:-1]] == [
        "documents-2026-11-02.files",
        "documents-2026-11-02.en.html",
        "documents-2026-11-02.en.md",
        "documents-2026-11-02.ja.html",
        "documents-2026-11-02.ja.md",
        "documents-2026-11-02.json",
    ]
    assert written[-1].parent == tmp_path / "history"
    assert kept(tmp_path) == sorted(path.name for path in written[:-1])


def test_a_second_report_of_the_day_gets_a_number_in_all_its_files_and_the_first_stays(tmp_path):
    first = write_reports(report_of("documents"), settings_for(tmp_path, formats=["html", "json"]))
    before = [path.read_bytes() for path in first]
    second = write_reports(report_of("documents"), settings_for(tmp_path, formats=["md", "json"]))
    third = write_reports(report_of("documents"), settings_for(tmp_path, formats=["html"]))
    assert [path.name for path in (*second[:-1], *third[:-1])] == [
        "documents-2026-11-02-2.files",
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
    write_reports(report_of(root), settings_for(tmp_path, formats=["html"]))
    assert kept(tmp_path) == [f"{stem}-2026-11-02.en.html"]


@pytest.mark.parametrize("title", ["../outside", "/outside", "sub/outside", "out[side"])
def test_a_title_cannot_lead_out_of_the_folder(tmp_path, title):
    written = write_reports(report_of("documents"), settings_for(tmp_path / "reports", title=title, formats=["html"]))
    assert written[0].parent == tmp_path / "reports"
    assert written[0].name.endswith("side-2026-11-02.en.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["reports"]


def test_a_long_japanese_name_still_fits_into_a_file_name(tmp_path):
    written = write_reports(report_of("株式会社架空製作所規程類集" * 8), settings_for(tmp_path, formats=["html"]))
    assert written[0].name.startswith("株式会社架空製作所")
    assert len(written[0].name.encode()) <= 255


def test_every_format_of_the_settings_is_made_by_something():
    assert set(FORMATS) == {*RENDERERS, *EXPORTERS, "json", "pdf"}
    assert len(FORMATS) == len(RENDERERS) + len(EXPORTERS) + 2


def test_formats_for_people_are_written_in_both_languages_and_those_for_programs_once(tmp_path):
    formats = [name for name in FORMATS if name != "pdf"]
    written = write_reports(report_of("documents"), settings_for(tmp_path, language="both", formats=formats))
    rests = {path.name.removeprefix("documents-2026-11-02") for path in written[:-1]}
    for_people = {".html", ".md", ".sarif", ".xlsx", *(f".{name}.csv" for name in TABLES)}
    once = {".json", ".files", *(f".{name}.parquet" for name in TABLES)}
    assert rests == {*(f".{language}{rest}" for language in ("en", "ja") for rest in for_people), *once}
    assert written[-1].parent.name == "history"


def test_the_mark_of_csv_files_is_a_setting(tmp_path):
    for bom in (True, False):
        written = write_reports(report_of("documents"), settings_for(tmp_path, formats=["csv"], csv_bom=bom))
        assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") is bom for path in written[:-1])


@pytest.mark.browser
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_a_pdf_is_printed_in_each_language_without_its_page_being_kept(tmp_path):
    written = write_reports(report_of("documents"), settings_for(tmp_path, language="both", formats=["pdf"]))
    assert kept(tmp_path) == ["documents-2026-11-02.en.pdf", "documents-2026-11-02.ja.pdf"]
    assert all(path.read_bytes().startswith(b"%PDF-") for path in written[:-1])


def test_a_page_is_written_in_the_language_of_its_name(tmp_path):
    write_reports(report_of("documents"), settings_for(tmp_path, language="both", formats=["html"]))
    english, japanese = (path.read_text(encoding="utf-8") for path in sorted(tmp_path.glob("*.html")))
    assert '<html lang="en"' in english
    assert '<html lang="ja"' in japanese


@pytest.mark.parametrize("suffix", [".md", ".svg", ".json", ".xlsx", ".parquet"])
def test_a_full_disk_leaves_no_half_of_a_report(tmp_path, monkeypatch, suffix):
    def fail_on_one(path, content):
        if path.suffix == suffix:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        write_atomically(path, content)

    monkeypatch.setattr("corpuskit.audit.output.write_atomically", fail_on_one)
    with pytest.raises(OSError, match="No space left"):
        write_reports(report_of("documents"), settings_for(tmp_path, formats=[name for name in FORMATS if name != "pdf"]))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", range(1, 4))
def test_a_name_that_is_taken_meanwhile_takes_back_what_was_named_and_stays_as_it_is(tmp_path, monkeypatch, place):
    """Another program puts a file where one of ours was to stand, after the first ``place - 1`` files have their names."""
    done = 0

    def claimed(finished, target):
        nonlocal done
        done += 1
        if done == place:
            target.write_text("theirs")
        return claim(finished, target)

    monkeypatch.setattr("corpuskit.audit.output.claim", claimed)
    with pytest.raises(FileExistsError, match="run the audit again"):
        write_reports(report_of("documents"), settings_for(tmp_path))
    (theirs,) = tmp_path.iterdir()
    assert theirs.read_text() == "theirs"


def test_a_record_that_cannot_be_stored_takes_the_reports_with_it(tmp_path):
    (tmp_path / "history").write_text("in the way")
    with pytest.raises(OSError, match="history"):
        write_reports(report_of("documents"), settings_for(tmp_path))
    assert kept(tmp_path) == []


def test_an_interrupted_printer_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("corpuskit.audit.output.to_pdf", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_reports(report_of("documents"), settings_for(tmp_path, formats=["html", "pdf", "json"]))
    assert list(tmp_path.iterdir()) == []


def test_two_audits_at_one_time_do_not_choose_the_same_name(tmp_path, monkeypatch):
    """The second begins and ends while the first has not named its files yet."""
    second = []

    def while_writing(path, content):
        if not second:
            second.append(None)
            second.extend(write_reports(report_of("documents"), settings_for(tmp_path, formats=["html"])))
        write_atomically(path, content)

    monkeypatch.setattr("corpuskit.audit.output.write_atomically", while_writing)
    first = write_reports(report_of("documents"), settings_for(tmp_path, formats=["html"]))
    assert [path.name for path in (first[0], second[1])] == ["documents-2026-11-02.en.html", "documents-2026-11-02-2.en.html"]


def test_what_a_killed_audit_left_is_removed_after_a_day_and_nothing_else(tmp_path):
    """Folders of unfinished files as kill -9 leaves them, one of them fresh, and hidden things that others put there."""
    left = (".documents-2026-11-02.unfinished", ".規程-2026-11-02-3.unfinished")
    theirs = (".git", ".cache.unfinished", ".documents-2026-11-02.unfinished.bak")
    for name in (*left, *theirs, ".documents-2026-11-03.unfinished"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half.html").write_text("half", encoding="utf-8")
        if name != ".documents-2026-11-03.unfinished":
            os.utime(tmp_path / name, (time.time() - 90_000,) * 2)
    (tmp_path / ".link-2026-11-02.unfinished").symlink_to(tmp_path / ".git")
    written = write_reports(report_of("documents"), settings_for(tmp_path, formats=["json"]))
    assert written[0].name == "documents-2026-11-02.json"
    assert set(kept(tmp_path)) == {*theirs, ".documents-2026-11-03.unfinished", ".link-2026-11-02.unfinished", written[0].name}
    assert (tmp_path / ".git" / "half.html").is_file()


def test_what_would_fail_after_hours_is_told_before(tmp_path, monkeypatch):
    file = tmp_path / "file"
    file.write_text("no folder")
    with pytest.raises(OSError, match="no folder; choose another with --out"):
        check_output(settings_for(file / "reports"))
    check_output(settings_for(tmp_path / "not" / "there" / "yet"))
    assert kept(tmp_path) == ["file"]
    monkeypatch.setattr("corpuskit.audit.output.os.access", lambda *_: False)
    with pytest.raises(PermissionError, match="choose another with --out"):
        check_output(settings_for(tmp_path / "reports"))


def test_pdf_without_a_browser_is_refused_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/such/browser")
    with pytest.raises(MissingDependency, match="no such program"):
        check_output(settings_for(tmp_path, formats=["pdf"]))
    check_output(settings_for(tmp_path, formats=["html"]))


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
