from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.blocks import Chart, Mark
from corpuskit.report.charts import MOST_POINTS, nice, plane_picture, rows_picture


def dots(*marks: Mark) -> Chart:
    return Chart("dots", "a", "t", "d", marks, percent=True)


def test_dots_stand_on_a_scale_from_0_to_1_with_their_whiskers_around_them():
    picture = rows_picture(dots(Mark("x", 0.5, 0.25, 0.75), Mark("none", None)))
    row, none = picture.rows
    assert row.low is not None
    assert row.value is not None
    assert row.high is not None
    assert row.low < row.value == (picture.left + picture.right) / 2 < row.high
    assert (none.value, none.text) == (None, "")
    assert [tick.text for tick in picture.ticks] == ["0%", "25%", "50%", "75%", "100%"]


def test_small_bars_get_a_scale_of_their_own_and_start_at_zero():
    picture = rows_picture(Chart("bars", "a", "t", "d", (Mark("x", 0.04), Mark("y", 0.0)), percent=True))
    assert picture.ticks[-1].text == "4%"
    assert picture.rows[1].value == picture.left


def test_a_power_law_is_a_straight_line_on_logarithmic_axes():
    picture = plane_picture(Chart("loglog", "a", "t", "d", points=tuple((10.0**k, 10.0 ** (4 - k)) for k in range(5))))
    steps = {(round(b[0] - a[0], 1), round(b[1] - a[1], 1)) for a, b in pairwise(picture.points)}
    assert len(steps) == 1


def test_zeros_have_no_place_on_logarithmic_axes():
    assert len(plane_picture(Chart("loglog", "a", "t", "d", points=((1.0, 0.0), (1.0, 5.0)))).points) == 1


def test_many_points_are_thinned_and_keep_their_ends():
    points = tuple((float(n), float(n * n)) for n in range(5000))
    picture = plane_picture(Chart("line", "a", "t", "d", points=points))
    assert len(picture.points) == MOST_POINTS
    assert picture.points[0][0] < picture.points[-1][0]
    assert picture.path.count("L") == MOST_POINTS - 1


def test_no_points_make_an_empty_picture():
    assert plane_picture(Chart("line", "a", "t", "d")).path == ""


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_nice_ends_are_not_below_and_not_far_above(value):
    assert value * (1 - 1e-6) <= nice(value) <= value * 2.5


def test_the_smallest_numbers_still_have_an_end():
    assert 0 < nice(5e-324) < 1e-300


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=30))
def test_points_stay_in_the_picture(points):
    picture = plane_picture(Chart("line", "a", "t", "d", points=tuple(points)))
    assert all(picture.top - 1 <= y <= picture.bottom + 1 for _, y in picture.points)
