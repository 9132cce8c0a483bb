"""Tables on a narrow screen, the cache folder, and who may see progress."""

import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from corpuskit.cli.console import cache_folder, progress_display, read_overrides, say, table

WORDS = st.text(alphabet="abcXYZ019 規程出張の日当がプ…", max_size=60)


@st.composite
def tables(draw: st.DrawFn) -> tuple[tuple[str, ...], list[tuple[str, ...]], int]:
    columns = draw(st.integers(1, 8))
    row = st.tuples(*[WORDS] * columns)
    return draw(row), draw(st.lists(row, max_size=6)), draw(st.integers(40, 160))


@settings(deadline=None)
@given(tables())
def test_no_line_is_wider_than_the_screen(drawn):
    columns, rows, width = drawn
    with mock.patch.dict("os.environ", {"COLUMNS": str(width)}):
        lines = table(columns, rows).split("\n")
    assert len(lines) == len(rows) + 2
    assert max(map(cell_len, lines)) <= width


@pytest.fixture
def screen(monkeypatch):
    def of(columns: int) -> None:
        monkeypatch.setenv("COLUMNS", str(columns))

    return of


def test_columns_stand_under_each_other_although_japanese_letters_take_two_cells(screen):
    screen(80)
    lines = table(("rank", "name", "verdict"), [("1", "規程照会", "start"), ("12", "routing", "fix")], right=(0,)).split("\n")
    assert lines == [
        "rank  name      verdict",
        "────  ────────  ───────",
        "   1  規程照会  start",
        "  12  routing   fix",
    ]


def test_the_last_column_is_cut_before_any_other(screen):
    screen(40)
    lines = table(("id", "text"), [("ticket_routing", "which queue takes this message of a customer")]).split("\n")
    assert lines[2] == "ticket_routing  which queue takes this…"


def test_then_the_widest_column_is_cut_and_a_cut_shows(screen):
    screen(40)
    lines = table(("a", "b", "c"), [("x" * 30, "12", "y" * 30)]).split("\n")
    assert lines[2] == f"{'x' * 23}…  12  {'y' * 9}…"


def test_a_letter_of_two_cells_is_never_cut_in_half(screen):
    screen(40)
    lines = table(("名称",), [("規" * 30,)]).split("\n")
    assert lines[2] == "規" * 19 + "…"


def test_the_cache_folder_is_the_chosen_one_none_or_the_users(tmp_path):
    assert cache_folder(tmp_path, none=False) == tmp_path
    assert cache_folder(tmp_path, none=True) is None
    default = cache_folder(None, none=False)
    assert isinstance(default, Path)
    assert default.parts[-2:] == ("corpuskit", "extraction")


def test_options_that_were_not_given_set_nothing():
    assert set(read_overrides([], None).values()) == {None}
    assert read_overrides(["a", "b"], ["l"], "m", 2, "cp932") == {
        "text_columns": ["a", "b"],
        "label_columns": ["l"],
        "second_label_column": "m",
        "jobs": 2,
        "encoding": "cp932",
    }


@pytest.mark.parametrize(("quiet", "off", "terminal"), [(True, False, True), (False, True, True), (False, False, False)])
def test_progress_is_shown_only_on_a_terminal_that_wants_it(monkeypatch, capsys, quiet, off, terminal):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with progress_display(quiet, off) as progress:
        progress("read", 1, 2, "a.txt")
    assert capsys.readouterr() == ("", "")


def test_what_is_said_goes_to_stderr_unless_quiet(capsys):
    say("wrote a.html")
    say("wrote b.html", quiet=True)
    assert capsys.readouterr() == ("", "wrote a.html\n")
