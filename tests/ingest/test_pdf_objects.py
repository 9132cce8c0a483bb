"""What pdfium tells of the objects of a page, and two pictures compared."""

import pypdfium2
import pytest

from corpuskit.ingest.pdf_objects import DEEPEST, IMAGE, PATH, TEXT, PageObjects, Picture, objects_of_letters, on_paper
from tests.ingest.pdf_pages import SEEN, drawn, fill, grey_picture, write


def opened(draw):
    return pypdfium2.PdfDocument(drawn(draw))[0]


def test_objects_come_in_the_order_of_drawing_with_box_and_colour():
    def draw(canvas):
        fill(canvas, 50, 490, 450, 25, colour=(0.2, 0.4, 1))
        canvas.drawImage(grey_picture(), 10, 20, 30, 40)
        write(canvas, SEEN, y=500, size=9, colour=(1, 1, 0.8), alpha=0.5)
        canvas.rect(1, 1, 500, 500)  # a frame is no ground

    found = list(PageObjects(opened(draw)).drawn())
    assert [one.type for one in found] == [PATH, IMAGE, TEXT]
    path, image, text = found
    assert path.box == pytest.approx((50, 490, 500, 515), abs=1)
    assert (path.pale, path.alpha) == (51, 255)
    assert image.box == pytest.approx((10, 20, 40, 60), abs=1)
    assert (text.size, text.mode) == (pytest.approx(9), 0)
    assert (text.alpha, text.pale) == (pytest.approx(128, abs=1), pytest.approx(255 - 51 / 2, abs=1))


def test_forms_move_and_scale_what_is_in_them():
    def draw(canvas):
        canvas.beginForm("words")
        write(canvas, SEEN, x=0, y=0, size=10)
        canvas.endForm()
        canvas.beginForm("around")
        canvas.translate(100, 0)
        canvas.doForm("words")
        canvas.endForm()
        canvas.transform(2, 0, 0, 2, 50, 600)
        canvas.doForm("around")

    (text,) = PageObjects(opened(draw)).drawn()
    assert text.size == pytest.approx(20)
    assert text.box[:2] == pytest.approx((250, 600), abs=6)


def test_forms_are_followed_to_a_depth():
    def draw(canvas):
        canvas.beginForm("0")
        write(canvas, SEEN)
        canvas.endForm()
        for depth in range(DEEPEST):
            canvas.beginForm(f"{depth + 1}")
            canvas.doForm(f"{depth}")
            canvas.endForm()
        canvas.doForm(f"{DEEPEST - 1}")
        canvas.doForm(f"{DEEPEST}")

    assert len(list(PageObjects(opened(draw)).drawn())) == 1


def test_each_letter_belongs_to_an_object_and_added_line_ends_to_none():
    page = opened(lambda canvas: (write(canvas, "one"), write(canvas, "two", y=500)))
    first, second = (one.handle for one in PageObjects(page).drawn())
    assert list(objects_of_letters(page.get_textpage())) == [first] * 3 + [0] * 2 + [second] * 3


def test_only_what_is_unusual_gets_a_closer_look():
    def looks(draw):
        asked = []
        assert not PageObjects(opened(draw)).any_text((0, 0, 596, 842), 1.0, 245, asked.append)
        return len(asked)

    assert looks(lambda canvas: (write(canvas, SEEN), write(canvas, "   ", colour=(1, 1, 1)), fill(canvas, 0, 0, 9, 9, (1, 1, 1)))) == 0
    assert looks(lambda canvas: (write(canvas, SEEN, colour=(1, 1, 1)), write(canvas, SEEN, mode=3), write(canvas, SEEN, y=-50))) == 3


def test_what_is_taken_away_is_not_drawn():
    page = opened(lambda canvas: (write(canvas, SEEN), write(canvas, SEEN, y=500)))
    objects, box = PageObjects(page), page.get_bbox()
    first, second = objects.drawn()
    before = objects.picture(box)
    objects.take_away([first])
    after = objects.picture(box)
    assert not before.is_same_at(after, first.box)
    assert before.is_same_at(after, second.box)


def test_a_poster_is_drawn_small():
    def draw(canvas):
        canvas.setPageSize((14400, 14400))
        write(canvas, SEEN)

    page = opened(draw)
    assert PageObjects(page).picture(page.get_bbox()).width <= 2501


def test_faint_and_rare_differences_do_not_count():
    def picture(values):
        return Picture(bytes(values), 10, 10, 10, 1.0, (0, 0, 10, 10))

    plain = picture([255] * 100)
    assert plain.is_same_at(picture([245] * 100), (0, 0, 10, 10))
    assert plain.is_same_at(picture([0] + [255] * 99), (0, 0, 10, 10))
    assert not plain.is_same_at(picture([0] * 3 + [255] * 97), (0, 0, 10, 10))
    assert plain.is_same_at(picture([0] * 3 + [255] * 97), (0, 0, 10, 5))
    assert plain.is_same_at(plain, (50, 50, 60, 60))


def test_colours_come_out_on_paper():
    assert [on_paper(0, 255), on_paper(0, 0), on_paper(255, 10), on_paper(0, 51)] == [0, 255, 255, 204]
