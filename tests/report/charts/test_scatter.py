from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.report.blocks import Chart, Mark
from corpuskit.report.charts.scatter import CELL, LINE, scatter_picture
from corpuskit.report.sections.section import width


def scatter(*marks: Mark) -> Chart:
    return Chart("scatter", "a", "t", "d", marks, percent=True)


def box(point):
    long = width(point.name) * CELL
    left = point.name_x - long if point.at_end else point.name_x
    return left, left + long, point.name_y - 4 - LINE / 2, point.name_y - 4 + LINE / 2


def test_more_work_stands_further_right_and_more_ambiguity_higher():
    few, many = scatter_picture(scatter(Mark("few", 0.2, x=1.0), Mark("many", 0.6, x=300.0))).points
    assert few.x < many.x
    assert few.y > many.y


def test_marks_without_volume_or_value_are_not_drawn():
    picture = scatter_picture(scatter(Mark("a", 0.2), Mark("b", None, x=3.0), Mark("c", 0.1, x=0.0), Mark("d", 0.1, x=2.0)))
    assert [point.name for point in picture.points] == ["d"]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0.05, 500), st.floats(0, 1), st.sampled_from(["short", "請求・注文項目の抽出", "a rather long name of a task"])),
        max_size=12,
    )
)
def test_names_neither_cover_each_other_nor_leave_the_picture(points):
    picture = scatter_picture(scatter(*(Mark(name, value, x=x) for x, value, name in points)))
    boxes = [box(point) for point in picture.points if point.name]
    for place, one in enumerate(boxes):
        assert picture.left <= one[0]
        assert one[1] <= picture.right
        assert one[3] <= picture.bottom
        for other in boxes[place + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_a_name_away_from_its_point_is_led_to_it():
    ends = (Mark("few", 0.1, x=1.0), Mark("many", 0.1, x=1000.0))
    crowd = scatter_picture(scatter(*ends, *(Mark(f"task {place}", 0.5, x=30.0) for place in range(4)))).points
    assert [point.led for point in crowd[2:]] == [False, False, True, True]
