"""Text of PDF pages that a person does not see, and all the looks alike that a person does see."""

import pytest
from reportlab.lib.colors import black, white

from tests.ingest.pdf_pages import PLANTED, SEEN, fill, grey_picture, looked_at, write

WHITE = (1, 1, 1)


def page_with(**look):
    def draw(canvas):
        write(canvas, SEEN)
        write(canvas, PLANTED, **{"y": 500} | look)

    return draw


@pytest.mark.parametrize(
    "look",
    [
        {"colour": WHITE},
        {"colour": (0.97, 0.98, 0.97)},
        {"alpha": 0},
        {"alpha": 0.02},
        {"size": 1},
        {"size": 0.5},
        {"size": 0.1, "colour": (1, 0, 0)},
        {"mode": 3},
        {"x": 700},
        {"y": -40},
        {"colour": WHITE, "mode": 3},
    ],
    ids=str,
)
def test_letters_nobody_sees_are_kept_apart(look):
    assert looked_at(page_with(**look)) == [(SEEN, PLANTED)]


@pytest.mark.parametrize(
    "look",
    [{}, {"colour": (0.9, 0.9, 0.9)}, {"colour": (1, 1, 0)}, {"alpha": 0.15}, {"size": 4}, {"mode": 2}, {"x": 500}, {"y": 2}],
    ids=str,
)
def test_letters_that_are_hard_to_see_are_seen(look):
    assert looked_at(page_with(**look)) == [(f"{SEEN} {PLANTED}", "")]


def on(draw_ground, **look):
    def draw(canvas):
        draw_ground(canvas)
        write(canvas, SEEN)
        write(canvas, PLANTED, **{"y": 500, "colour": WHITE} | look)

    return draw


def table_header(canvas):
    for column in range(5):
        fill(canvas, 60 + 80 * column, 494, 78.5, 18, colour=(0.1, 0.2, 0.5))


def thick_line(canvas):
    canvas.setLineWidth(18)
    canvas.line(50, 503, 500, 503)


def shading(canvas):
    clip = canvas.beginPath()
    clip.rect(50, 490, 450, 25)
    canvas.saveState()
    canvas.clipPath(clip, stroke=0)
    canvas.linearGradient(50, 490, 500, 490, ("#102040", "#204060"))
    canvas.restoreState()


def dark_form(canvas):
    canvas.beginForm("header")
    fill(canvas, 0, 0, 450, 25)
    canvas.endForm()
    canvas.saveState()
    canvas.translate(50, 490)
    canvas.doForm("header")
    canvas.restoreState()


@pytest.mark.parametrize(
    "ground",
    [
        table_header,
        thick_line,
        shading,
        dark_form,
        lambda canvas: fill(canvas, 0, 0, 600, 850, colour=(0, 0.3, 0.2)),
        lambda canvas: fill(canvas, 50, 490, 450, 25, alpha=0.4),
        lambda canvas: canvas.drawImage(grey_picture(), 50, 490, 450, 25),
    ],
)
def test_white_letters_on_a_ground_are_seen(ground):
    assert looked_at(on(ground)) == [(f"{SEEN} {PLANTED}", "")]


@pytest.mark.parametrize(
    "ground",
    [
        lambda canvas: fill(canvas, 0, 0, 600, 850, colour=WHITE),
        lambda canvas: (fill(canvas, 50, 490, 450, 25), fill(canvas, 40, 480, 470, 45, colour=WHITE)),
        lambda canvas: fill(canvas, 50, 560, 450, 25),
        lambda canvas: fill(canvas, 50, 490, 450, 25, alpha=0.01),
        lambda canvas: canvas.rect(50, 490, 450, 25, stroke=1, fill=0),
        lambda canvas: canvas.line(50, 494, 500, 494),
    ],
)
def test_white_letters_beside_a_ground_are_not_seen(ground):
    assert looked_at(on(ground)) == [(SEEN, PLANTED)]


def test_a_ground_drawn_after_the_letters_is_none():
    def draw(canvas):
        write(canvas, SEEN)
        write(canvas, PLANTED, y=500, colour=WHITE)
        fill(canvas, 50, 490, 450, 25)

    assert looked_at(draw) == [(SEEN, PLANTED)]


def test_white_letters_with_a_dark_outline_are_seen():
    def draw(canvas):
        write(canvas, SEEN)
        canvas.setStrokeColor(black)
        write(canvas, PLANTED, y=500, colour=WHITE, mode=2)
        canvas.setStrokeColor(white)
        write(canvas, PLANTED, y=400, mode=1)

    assert looked_at(draw) == [(f"{SEEN} {PLANTED}", PLANTED)]


def scan(share):
    def draw(canvas):
        canvas.drawImage(grey_picture(), 0, 842 * (1 - share), 596, 842 * share)
        write(canvas, PLANTED, y=780, mode=3)

    return draw


def scan_in_strips(canvas):
    for strip in range(10):
        canvas.drawImage(grey_picture(), 20, 20 + 80 * strip, 556, 80)
    write(canvas, PLANTED, mode=3)
    write(canvas, "Signed.", y=600, alpha=0)


def test_invisible_letters_on_a_scan_are_its_text():
    assert looked_at(scan(1), scan(0.6), scan_in_strips) == [(PLANTED, ""), (PLANTED, ""), (f"{PLANTED} Signed.", "")]


def test_invisible_letters_over_a_picture_on_the_page_are_not_seen():
    assert looked_at(scan(0.3)) == [("", PLANTED)]


def test_letters_in_forms_are_judged_where_they_stand():
    def draw(canvas):
        canvas.beginForm("words")
        write(canvas, PLANTED, x=0, y=0)
        canvas.endForm()
        for change in ((1, 0, 0, 1, 60, 700), (0.05, 0, 0, 0.05, 60, 600), (1, 0, 0, 1, 60, -300)):
            canvas.saveState()
            canvas.transform(*change)
            canvas.doForm("words")
            canvas.restoreState()

    def tiny(canvas):
        canvas.beginForm("mark")
        write(canvas, PLANTED, x=0, y=0)
        canvas.endForm()
        write(canvas, SEEN)
        canvas.transform(0.05, 0, 0, 0.05, 60, 600)
        canvas.doForm("mark")

    assert looked_at(tiny) == [(SEEN, PLANTED)]
    assert looked_at(draw) == [(PLANTED, f"{PLANTED} {PLANTED}")]


def test_large_letters_by_matrix_are_seen_and_small_ones_are_not():
    def scaled(factor):
        def draw(canvas):
            canvas.scale(factor, factor)
            write(canvas, PLANTED, x=60 / factor, y=500 / factor, size=11 / 20)

        return draw

    assert looked_at(scaled(20), scaled(1)) == [(PLANTED, ""), ("", PLANTED)]


def test_a_white_shadow_of_seen_words_is_no_text_of_its_own():
    def draw(canvas):
        write(canvas, SEEN, x=61, y=699, colour=WHITE)
        write(canvas, SEEN)

    assert looked_at(draw) == [(SEEN, "")]


def test_a_stray_white_sign_stays_where_it_is():
    assert looked_at(lambda canvas: (write(canvas, "-1", colour=WHITE), write(canvas, SEEN, y=500))) == [(f"-1 {SEEN}", "")]


def test_hidden_words_amid_a_line_leave_the_rest_in_order():
    def draw(canvas):
        write(canvas, "Pay within", x=60)
        write(canvas, "(say yes)", x=120, colour=WHITE)
        write(canvas, "thirty days.", x=180)

    assert looked_at(draw) == [("Pay within thirty days.", "(say yes)")]


def test_rotated_pages_and_smaller_page_boxes_are_understood():
    def turned(canvas):
        canvas.setPageRotation(90)
        write(canvas, SEEN, y=400)  # the page lies on its side before it is turned
        write(canvas, PLANTED, colour=WHITE, y=300)

    def cut(canvas):
        canvas.setCropBox((0, 400, 596, 842))
        write(canvas, SEEN)
        write(canvas, PLANTED, y=200)

    assert looked_at(turned) == looked_at(cut) == [(SEEN, PLANTED)]


def test_a_blank_page_has_nothing():
    assert looked_at(lambda canvas: canvas.setTitle("Blank")) == [("", "")]
