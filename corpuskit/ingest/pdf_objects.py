"""What is drawn on a PDF page, in the order of drawing: letters, shapes and pictures with their boxes and colours, through forms of any depth.

A box is left, bottom, right, top in points of the page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5  # FPDF_PAGEOBJ_*
INVISIBLE = 3  # FPDF_TEXTRENDERMODE_INVISIBLE
_INKS = (("FPDFPageObj_GetFillColor", (0, 2, 4, 6)), ("FPDFPageObj_GetStrokeColor", (1, 2, 5, 6)))
"""What gives the colour of letters, in which text rendering modes."""
_Whole, _Real = ctypes.c_uint, ctypes.c_float
_PLACED = ("FPDFPage_GetObject", "FPDFFormObj_GetObject", "FPDFText_GetTextObject")
"""Functions that take a number beside an address, and answer with an address."""

DEEPEST = 20
"""Forms within forms that are looked into; because the files that nest deeper are hostile ones."""

WIDE_STROKE = 3.0
"""Width in points from which a line can be the ground of letters; because the frames and rules of tables are thinner."""

SHARPNESS = 2.0
"""Pixels for each point in a picture of a page; because hairlines of small print are lost at one."""

MOST_PIXELS = 2500
"""Pixels along the longer side of a picture of a page; bounds the memory for posters."""

SAME = 12
"""Difference in brightness (0 to 255) up to which two pixels are the same; because letters of 245 on paper of 255 differ by 10."""

LEAST_INK = 0.02
"""Share of a box that must change for its letters to be seen; because letters fill a tenth and more; less is what they cut out of a neighbour."""

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Something drawn on a page.

    Attributes
    ----------
    handle : int
        Address of pdfium's object, valid while the page is open.
    type : int
        ``TEXT``, ``PATH``, ``IMAGE`` or ``SHADING``.
    box : tuple of float
    pale : int
        The darkest of red, green and blue as it comes out on white paper, 0 to 255; 0 for pictures and shadings, whose colours are not known.
    alpha : int
        0 (transparent) to 255.
    mode : int
        Text rendering mode; -1 for what is no text.
    size : float
        Size of letters in points of the page; 0 for what is no text.
    """

    handle: int
    type: int
    box: Box
    pale: int = 0
    alpha: int = 255
    mode: int = -1
    size: float = 0.0


class PageObjects:
    """The objects of one open page.

    pdfium's functions are called with addresses as plain numbers: with thousands of objects on a page, the checks of typed pointers take longer
    than the calls.
    """

    def __init__(self, page: Any) -> None:
        self._page = page
        self._address = _address(page.raw)
        self._whole = (_Whole * 4)()
        self._real = (_Real * 4)()
        self._wholes = tuple(ctypes.addressof(self._whole) + 4 * place for place in range(4))
        self._reals = tuple(ctypes.addressof(self._real) + 4 * place for place in range(4))

    def any_text(self, around: Box, narrow: float, least: int, is_suspect: Callable[[Drawn], bool]) -> bool:
        """Tell whether a text object is suspect; the cheapest look, taken at every page.

        Parameters
        ----------
        around : tuple of float
            Box of the page.
        narrow, least : float, int
            A closer look is taken at letters that are no blanks and not within the page, narrower or lower than this, at least this pale, or
            drawn in another way than by filling.
        is_suspect : function
            The closer look.
        """
        fill, bounds = _pdfium("FPDFPageObj_GetFillColor"), _pdfium("FPDFPageObj_GetBounds")
        red_at, green_at, blue_at, alpha_at = self._wholes
        left_at, bottom_at, right_at, top_at = self._reals
        whole, real = self._whole, self._real
        page_left, page_bottom, page_right, page_top = around
        for handle, mode, matrix, veil in self._handles():
            if mode < 0:
                continue
            bounds(handle, left_at, bottom_at, right_at, top_at)
            left, bottom, right, top = real if matrix is None else _moved(tuple(real), matrix)
            if left == right or bottom == top:
                continue
            fill(handle, red_at, green_at, blue_at, alpha_at)
            red, green, blue, alpha = whole
            if (
                mode
                or (red >= least and min(green, blue) >= least)
                or alpha < 255
                or veil < 255
                or right - left < narrow
                or top - bottom < narrow
                or left < page_left
                or right > page_right
                or bottom < page_bottom
                or top > page_top
            ) and is_suspect(self._text(handle, mode, (left, bottom, right, top), matrix, veil)):
                return True
        return False

    def drawn(self) -> Iterator[Drawn]:
        """Give everything that is drawn, in order."""
        type_of, bounds = _pdfium("FPDFPageObj_GetType"), _pdfium("FPDFPageObj_GetBounds")
        for handle, mode, matrix, veil in self._handles():
            kind = type_of(handle)
            if not bounds(handle, *self._reals):
                continue
            left, bottom, right, top = self._real
            box = (left, bottom, right, top) if matrix is None else _moved((left, bottom, right, top), matrix)
            if kind == TEXT:
                yield self._text(handle, mode, box, matrix, veil)
            elif kind == PATH and (shape := self._path(handle, box, veil)):
                yield shape
            elif kind in (IMAGE, SHADING):
                yield Drawn(handle, kind, box, alpha=veil)

    def picture(self, box: Box) -> Picture:
        """Draw the page, upright and in grey.

        Parameters
        ----------
        box : tuple of float
            The box of the page.
        """
        scale = min(SHARPNESS, MOST_PIXELS / max(box[2] - box[0], box[3] - box[1], 1.0))
        self._page.set_rotation(0)
        bitmap = self._page.render(scale=scale, grayscale=True, may_draw_forms=False)
        try:
            return Picture(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, scale, box)
        finally:
            bitmap.close()

    def take_away(self, objects: Sequence[Drawn]) -> None:
        """Leave objects out of later pictures."""
        for one in objects:
            _pdfium("FPDFPageObj_SetIsActive")(one.handle, 0)

    def _handles(self) -> Iterator[tuple[int, int, Matrix | None, int]]:
        """Give the objects, each with its text rendering mode (-1: no text), the matrix of the forms around it (None: none) and their least alpha."""
        get, mode_of, type_of = _pdfium("FPDFPage_GetObject"), _pdfium("FPDFTextObj_GetTextRenderMode"), _pdfium("FPDFPageObj_GetType")
        page = self._address
        for place in range(_pdfium("FPDFPage_CountObjects")(page)):
            handle = get(page, place)
            mode = mode_of(handle)
            if mode < 0 and type_of(handle) == FORM:
                yield from self._within(handle, None, 255, 1)
            else:
                yield handle, mode, None, 255

    def _within(self, form: int, around: Matrix | None, veil: int, depth: int) -> Iterator[tuple[int, int, Matrix | None, int]]:
        get, mode_of, type_of = _pdfium("FPDFFormObj_GetObject"), _pdfium("FPDFTextObj_GetTextRenderMode"), _pdfium("FPDFPageObj_GetType")
        matrix = _joined(self._matrix(form), around)
        if _pdfium("FPDFPageObj_GetFillColor")(form, *self._wholes):
            veil = min(veil, self._whole[3])
        for place in range(_pdfium("FPDFFormObj_CountObjects")(form)):
            handle = get(form, place)
            if type_of(handle) != FORM:
                yield handle, mode_of(handle), matrix, veil
            elif depth < DEEPEST:
                yield from self._within(handle, matrix, veil, depth + 1)

    def _matrix(self, handle: int) -> Matrix:
        found = (_Real * 6)()
        _pdfium("FPDFPageObj_GetMatrix")(handle, ctypes.addressof(found))
        a, b, c, d, e, f = found
        return a, b, c, d, e, f

    def _text(self, handle: int, mode: int, box: Box, around: Matrix | None, veil: int) -> Drawn:
        inks = [self._ink(name, handle, veil) for name, modes in _INKS if mode in modes]
        pale = min((on_paper(*ink) for ink in inks), default=0)
        alpha = max((ink[1] for ink in inks), default=255)
        a, b, c, d, *_ = _joined(self._matrix(handle), around)
        scale = min((a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5)
        return Drawn(handle, TEXT, box, pale, alpha, mode, abs(self._number("FPDFTextObj_GetFontSize", handle)) * scale)

    def _path(self, handle: int, box: Box, veil: int) -> Drawn | None:
        """Give a shape that can be the ground of letters, else None."""
        _pdfium("FPDFPath_GetDrawMode")(handle, *self._wholes[:2])
        filled, stroked, *_ = self._whole
        if filled:
            ink = self._ink("FPDFPageObj_GetFillColor", handle, veil)
        elif stroked and self._number("FPDFPageObj_GetStrokeWidth", handle) >= WIDE_STROKE:
            ink = self._ink("FPDFPageObj_GetStrokeColor", handle, veil)
        else:
            return None
        return Drawn(handle, PATH, box, on_paper(*ink), ink[1])

    def _ink(self, name: str, handle: int, veil: int) -> tuple[int, int]:
        """Give the darkest of red, green and blue, and the alpha; 0 and the veil when no colour is set."""
        if not _pdfium(name)(handle, *self._wholes):
            return 0, veil
        red, green, blue, alpha = self._whole
        return min(red, green, blue), min(alpha, veil)

    def _number(self, name: str, handle: int) -> float:
        _pdfium(name)(handle, self._reals[0])
        return float(self._real[0])


@dataclass(frozen=True, slots=True)
class Picture:
    """A page in grey: rows of ``stride`` bytes from the top, ``scale`` pixels for each point."""

    pixels: bytes
    width: int
    height: int
    stride: int
    scale: float
    box: Box

    def is_same_at(self, other: Picture, box: Box) -> bool:
        """Tell whether two pictures of one page are the same within a box."""
        left = max(0, int((box[0] - self.box[0]) * self.scale) - 1)
        right = min(self.width, int((box[2] - self.box[0]) * self.scale) + 2)
        first = max(0, int((self.box[3] - box[3]) * self.scale) - 1)
        last = min(self.height, int((self.box[3] - box[1]) * self.scale) + 2)
        changed = 0
        for row in range(first, last):
            here = slice(row * self.stride + left, row * self.stride + right)
            one, two = self.pixels[here], other.pixels[here]
            if one != two:
                changed += sum(abs(a - b) > SAME for a, b in zip(one, two, strict=True))
        return changed < LEAST_INK * max(right - left, 1) * max(last - first, 1)


def objects_of_letters(textpage: Any) -> Iterator[int]:
    """Give the address of the object of each letter of a page, in pdfium's order; 0 for blanks and line ends that pdfium adds."""
    of_letter, address = _pdfium("FPDFText_GetTextObject"), _address(textpage.raw)
    for place in range(textpage.count_chars()):
        yield of_letter(address, place) or 0


@cache
def _pdfium(name: str) -> Callable[..., int]:
    """Give a function of pdfium that takes addresses as numbers."""
    import pypdfium2.raw

    pointer = ctypes.c_void_p
    second, answer = (ctypes.c_int, pointer) if name in _PLACED or name == "FPDFPageObj_SetIsActive" else (pointer, ctypes.c_int)
    function: Any = getattr(pypdfium2.raw, name)
    taken = (pointer, second, pointer, pointer, pointer)[: len(function.argtypes)]
    found: Callable[..., int] = ctypes.CFUNCTYPE(answer, *taken)(_address(function))
    return found


def _address(handle: Any) -> int:
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def on_paper(value: int, alpha: int) -> int:
    """Give a colour's value (0 to 255) as it comes out on white."""
    return 255 - (255 - value) * alpha // 255


def _joined(inner: Matrix, outer: Matrix | None) -> Matrix:
    """Give the matrix that applies the inner and then the outer one."""
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(box: Box, matrix: Matrix) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)
