import tomllib
from datetime import date
from pathlib import Path

import pytest

import corpuskit.report
from corpuskit.errors import UnknownName
from corpuskit.report import TABLES, localise, phrasebook
from corpuskit.report.tables.table import Probability, Share, day
from tests.report.sample import sample


@pytest.mark.parametrize(("text", "read"), [("2026-11-29", date(2026, 11, 29)), ("2026-11", None), ("", None), ("2026-02-30", None)])
def test_only_a_whole_day_is_a_day(text, read):
    assert day(text) == read


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("name", list(TABLES))
def test_each_table_is_rectangular_and_its_names_have_their_words_in_the_language(name, language):
    book = phrasebook(language)
    table = TABLES[name].build(localise(sample(), language), book)
    assert table.name == name
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert len({column.name for column in table.columns}) == len(table.columns)
    headings = [book.label(f"export_{column.name}") for column in table.columns]
    assert len(set(headings)) == len(headings)
    # Excel takes 31 characters and none of these
    sheet = book.label(f"sheet_{name}")
    assert len(sheet) <= 31
    assert not set(sheet) & set("[]:*?/\\")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_cell_is_of_the_type_of_its_column(language):
    types = {"text": (str, int, date), "integer": (int,), "number": (int, float), "date": (date,)}
    for spec in TABLES.values():
        table = spec.build(localise(sample(), language), phrasebook(language))
        for row in table.rows:
            for column, cell in zip(table.columns, row, strict=True):
                assert cell is None or isinstance(cell, types[column.kind]), (spec.name, column.name, cell)


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_sentence_of_the_exports_is_used(language):
    """A label that no table, sheet or format asks for would be translated for nothing."""
    asked = {
        "export_note_suitability",
        "export_note_intervals",
        "export_note_empty",
        "export_of_finding",
        "export_of_task",
        "export_cut",
        "export_page",
    }
    for spec in TABLES.values():
        table = spec.build(localise(sample(), language), phrasebook(language))
        asked |= {f"sheet_{spec.name}", *(f"export_{column.name}" for column in table.columns)}
    file = Path(corpuskit.report.__file__).parent / "languages" / language / "exports.toml"
    written = {key for key in tomllib.loads(file.read_text(encoding="utf-8"))["labels"] if key.startswith(("export_", "sheet_"))}
    assert written == asked


def test_a_share_is_a_number_and_an_unknown_table_is_named():
    assert Share(0.25) + 0 == 0.25
    assert isinstance(Probability(1), float)
    with pytest.raises(UnknownName, match=r"Unknown table 'task'\. Did you mean 'tasks'"):
        TABLES["task"]
