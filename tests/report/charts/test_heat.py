from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.blocks import Chart, Grid
from corpuskit.report.charts.axes import NARROW
from corpuskit.report.charts.heat import SHADES, heat_picture, shade

GRID = Grid(("a", "b"), ("a", "b", "c"), ((9.0, 0.0, 1.0), (2.0, 4.0, 0.0)), diagonal=True)


def heat(grid, narrow=True):
    return Chart("heat", "x", "t", "d", grid=grid, narrow=narrow)


def test_each_cell_has_its_count_and_empty_ones_have_none():
    assert [cell.text for cell in heat_picture(heat(GRID)).cells] == ["9", "", "1", "2", "4", ""]


def test_agreement_is_marked_by_a_frame_where_names_are_the_same():
    assert [cell.agrees for cell in heat_picture(heat(GRID)).cells] == [True, False, False, False, True, False]


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=2), st.floats(1, 1e6))
def test_more_is_never_lighter(values, largest):
    low, high = sorted(min(value, largest) for value in values)
    assert 0 <= shade(low, largest) <= shade(high, largest) <= SHADES


def test_only_nothing_is_left_white():
    assert (shade(0, 5), shade(1e-9, 5), shade(5, 5)) == (0, 1, SHADES)


@given(st.integers(1, 10), st.integers(1, 14))
def test_the_picture_holds_all_its_cells(columns, rows):
    names = tuple(f"とても長い分類の名称{place}" for place in range(max(columns, rows)))
    picture = heat_picture(heat(Grid(names[:rows], names[:columns], tuple((1.0,) * columns for _ in range(rows)))))
    assert picture.width == NARROW
    assert all(picture.left <= cell.x and cell.x + cell.width <= NARROW for cell in picture.cells)
    assert all(cell.width > 12 for cell in picture.cells), "two digits have room"


def test_without_cells_there_is_no_picture():
    assert heat_picture(heat(None)).cells == ()
