from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpuskit.report.blocks import Chart, Limit, Reach
from corpuskit.report.charts.plane import MOST_POINTS, plane_picture

CURVE = ((1.0, 0.6), (2.0, 0.3), (4.0, 0.1))


def line(**changes):
    return Chart("line", "a", "t", "d", **{"points": CURVE, "percent": True, **changes})


def test_a_power_law_is_a_straight_line_on_logarithmic_axes():
    picture = plane_picture(Chart("loglog", "a", "t", "d", points=tuple((10.0**k, 10.0 ** (4 - k)) for k in range(5))))
    steps = {(round(b[0] - a[0], 1), round(b[1] - a[1], 1)) for a, b in pairwise(picture.points)}
    assert len(steps) == 1


def test_zeros_have_no_place_on_logarithmic_axes():
    assert len(plane_picture(Chart("loglog", "a", "t", "d", points=((1.0, 0.0), (1.0, 5.0)))).points) == 1


def test_many_points_are_thinned_and_keep_their_ends():
    points = tuple((float(n), float(n * n)) for n in range(5000))
    picture = plane_picture(line(points=points, percent=False))
    assert len(picture.points) == MOST_POINTS
    assert picture.points[0][0] < picture.points[-1][0]
    assert picture.path.count("L") == MOST_POINTS - 1


def test_no_points_make_an_empty_picture_without_lines():
    picture = plane_picture(line(points=(), limit=Limit(0.05, "tolerance"), reach=Reach(3, 2, 4, "t*")))
    assert (picture.path, picture.limit, picture.reach, picture.band) == ("", None, None, "")


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), max_size=30))
def test_points_stay_in_the_picture(points):
    picture = plane_picture(line(points=tuple(points), percent=False))
    assert all(picture.top - 1 <= y <= picture.bottom + 1 for _, y in picture.points)


def test_the_limit_stands_where_a_point_of_its_value_would():
    picture = plane_picture(line(limit=Limit(0.3, "tolerance 30 %")))
    assert picture.limit is not None
    assert (picture.limit.y, picture.limit.text) == (picture.points[1][1], "tolerance 30 %")


def test_a_limit_above_the_curve_still_has_a_place():
    picture = plane_picture(line(points=((1.0, 0.01), (2.0, 0.005)), limit=Limit(0.1, "tolerance")))
    assert picture.limit is not None
    assert picture.top <= picture.limit.y < min(y for _, y in picture.points)


def test_the_reach_and_its_interval_stand_on_the_axis_of_the_words():
    picture = plane_picture(line(reach=Reach(2.0, 1.0, 4.0, "t* = 2")))
    assert picture.reach is not None
    assert (picture.reach.low, picture.reach.x, picture.reach.high) == tuple(x for x, _ in picture.points)


def test_a_reach_far_beyond_the_curve_does_not_press_it_against_the_edge():
    picture = plane_picture(line(reach=Reach(5.0, 3.0, 4000.0, "t* = 5")))
    assert picture.points[-1][0] > picture.left + (picture.right - picture.left) / 4
    assert picture.reach is not None
    assert picture.reach.high == picture.right


def test_a_band_goes_along_its_upper_ends_and_back_along_the_lower_ones():
    picture = plane_picture(line(band=((1.0, 0.5, 0.7), (2.0, 0.2, 0.4), (4.0, 0.05, 0.2))))
    assert picture.band.count("L") == 5
    assert picture.band.endswith("Z")
    assert plane_picture(line(band=((1.0, 0.5, 0.7),))).band == ""


def test_shares_on_the_horizontal_axis_are_written_as_percent():
    assert plane_picture(line(points=((0.1, 0.2), (1.0, 0.3)), percent_x=True)).x_ticks[-1].text == "100%"
