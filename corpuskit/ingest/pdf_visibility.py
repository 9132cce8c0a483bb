"""What of a PDF page a person sees: text in the colour of the paper, transparent, invisible, a point high or less, or off the page is kept apart.

Every page gets one cheap look at its text objects; only a page with a suspect costs more. White letters are seen on whatever coloured thing was
drawn beneath them; where nothing is known to lie there, the page is drawn with and without them, and letters that change no pixel are not seen.
Invisible letters on a page that is one picture are the text of that scan, put there by text recognition, and count as seen.

Not looked for: text that something opaque was drawn over, letters on a ground of their own colour other than white, layers that are switched off.

Reference: ISO 32000-2:2020, 9.3.6 (text rendering mode), 11.6.4.4 (constant alpha), 14.11.2 (page boundaries).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from corpuskit.ingest.pdf_objects import IMAGE, INVISIBLE, TEXT, Box, Drawn, PageObjects, objects_of_letters

PALE = 245
"""Least value of the darkest of red, green and blue (0 to 255) from which letters are not seen on paper; because their contrast is below 1.1."""

TRANSPARENT = 10
"""Alpha (0 to 255) up to which letters are not seen on any ground; because black at that alpha is as pale as ``PALE``."""

TINY = 1.25
"""Size in points below which letters are not read; because the smallest print of contracts and labels has 4, and who hides text takes 1."""

TINY_REACH = 1.2
"""Shorter side of the box of tiny letters in sizes; because letters whose box is larger have a font that counts in other units."""

SCANNED = 0.5
"""Share of the page covered by pictures from which invisible letters are the text of a scan; because a logo or a photograph is smaller."""

FEWEST_LETTERS = 3
"""Letters and digits below which hidden text is a stray sign of a drawing program and stays where it is."""

SLACK = 2.0
"""Points by which a ground may miss the letters on it at either side, and a shadow the letters it belongs to; because both are drawn with gaps."""

_PLACES = (0.2, 0.5, 0.8)
"""Where along a line of letters a ground is looked for."""


def seen_and_unseen(page: Any, textpage: Any) -> tuple[str, str]:
    """Give the text of a page that a person sees, and the text that nobody sees.

    Parameters
    ----------
    page, textpage : pypdfium2.PdfPage, pypdfium2.PdfTextPage
        Open. The page is changed in memory when it has a suspect, so it must not be drawn afterwards.
    """
    whole = str(textpage.get_text_range())
    objects = PageObjects(page)
    around = page.get_bbox()
    if not objects.any_text(around, TINY * TINY_REACH, PALE, partial(_is_suspect, around)):
        return whole, ""
    unseen = {one.handle for one in _unseen(objects, around)}
    if not unseen:
        return whole, ""
    seen, hidden = _divided(textpage, unseen)
    if sum(character.isalnum() for character in hidden) < FEWEST_LETTERS:
        return whole, ""
    return seen, hidden


def _is_suspect(around: Box, one: Drawn) -> bool:
    return one.pale >= PALE or one.mode == INVISIBLE or one.alpha <= TRANSPARENT or _is_tiny(one) or _is_off(one.box, around)


def _is_off(box: Box, around: Box) -> bool:
    return box[2] < around[0] or box[0] > around[2] or box[3] < around[1] or box[1] > around[3]


def _unseen(objects: PageObjects, around: Box) -> list[Drawn]:
    """Give the text objects that nobody sees."""
    drawn = list(objects.drawn())
    scanned = _share_of_pictures(drawn, around) >= SCANNED
    found: list[Drawn] = []
    doubtful: list[Drawn] = []
    for place, one in enumerate(drawn):
        if one.type != TEXT or one.box[0] == one.box[2]:
            continue
        if _is_off(one.box, around) or _is_tiny(one):
            found.append(one)
        elif one.mode == INVISIBLE or one.alpha <= TRANSPARENT:
            found += [] if scanned else [one]
        elif one.pale >= PALE and not scanned and not _has_ground(one, drawn[:place]) and not _is_shadow(one, drawn):
            doubtful.append(one)
    return found + _changing_nothing(objects, doubtful, around)


def _is_tiny(one: Drawn) -> bool:
    shorter = min(one.box[2] - one.box[0], one.box[3] - one.box[1])
    return one.size < TINY and 0 < shorter <= one.size * TINY_REACH


def _share_of_pictures(drawn: Sequence[Drawn], around: Box) -> float:
    """Give the share of the page that pictures cover; where they overlap they count twice, which scans in layers do not suffer from."""
    whole = (around[2] - around[0]) * (around[3] - around[1])
    covered = 0.0
    for one in drawn:
        if one.type == IMAGE:
            wide = min(one.box[2], around[2]) - max(one.box[0], around[0])
            high = min(one.box[3], around[3]) - max(one.box[1], around[1])
            covered += max(wide, 0.0) * max(high, 0.0)
    return covered / whole if whole > 0 else 0.0


def _has_ground(letters: Drawn, below: Sequence[Drawn]) -> bool:
    """Tell whether something coloured lies beneath letters, at one place at least."""
    left, bottom, right, top = letters.box
    middle, high = (bottom + top) / 2, min(right - left, top - bottom) / 2
    for place in _PLACES:
        across = left + place * (right - left)
        for one in reversed(below):
            box = one.box
            if one.type == TEXT or min(box[2] - box[0], box[3] - box[1]) < high:
                continue
            if box[0] - SLACK <= across <= box[2] + SLACK and box[1] <= middle <= box[3]:
                if one.pale < PALE:
                    return True
                break
    return False


def _is_shadow(letters: Drawn, drawn: Sequence[Drawn]) -> bool:
    """Tell whether letters that are seen stand at the same place: white ones make their edge, and pdfium gives the words of the two once."""
    seen = (one.box for one in drawn if one.type == TEXT and one.pale < PALE and one.mode != INVISIBLE)
    return any(all(abs(a - b) <= SLACK for a, b in zip(letters.box, box, strict=True)) for box in seen)


def _changing_nothing(objects: PageObjects, letters: Sequence[Drawn], around: Box) -> list[Drawn]:
    """Give the letters without which the page looks the same."""
    if not letters:
        return []
    before = objects.picture(around)
    objects.take_away(letters)
    after = objects.picture(around)
    return [one for one in letters if before.is_same_at(after, one.box)]


def _divided(textpage: Any, unseen: set[int]) -> tuple[str, str]:
    """Cut the text of a page into what belongs to unseen objects and the rest; signs that pdfium adds go with the sign before them."""
    parts: tuple[list[str], list[str]] = ([], [])
    start, hidden = 0, False
    for index, address in enumerate(objects_of_letters(textpage)):
        if address and (address in unseen) != hidden:
            if index > start:
                parts[hidden].append(textpage.get_text_range(start, index - start))
            start, hidden = index, not hidden
    parts[hidden].append(textpage.get_text_range(start))
    return "".join(parts[0]), "".join(parts[1])
