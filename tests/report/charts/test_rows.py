from corpuskit.report.blocks import Chart, Mark
from corpuskit.report.charts.axes import NARROW, WIDE
from corpuskit.report.charts.rows import rows_picture


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


def test_the_grade_stands_beside_the_value():
    assert rows_picture(dots(Mark("x", 0.5, aside="C"))).rows[0].text == "50% C"


def test_a_narrow_chart_has_room_beside_another():
    marks = (Mark("x", 0.5),)
    assert (rows_picture(dots(*marks)).width, rows_picture(Chart("bars", "a", "t", "d", marks, narrow=True)).width) == (WIDE, NARROW)
