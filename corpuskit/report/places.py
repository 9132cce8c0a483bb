"""Places in documents, in words: readers name them in English and by a fixed pattern (``Sheet1 row 17``), pages say them in their own language."""

from __future__ import annotations

import re

from corpuskit.finding import Evidence
from corpuskit.report.phrasebook import Phrasebook

_PLACE = re.compile(r"(?:(?P<within>.+) )?(?P<kind>page|slide|row) (?P<number>\d+)")


def place_name(place: str, book: Phrasebook) -> str:
    """Give a place in words; what is no pattern of the readers stays as it is.

    Examples
    --------
    >>> from corpuskit.report import phrasebook
    >>> place_name("page 3", phrasebook("ja")), place_name("Sheet1 row 17", phrasebook("ja")), place_name("row 2", phrasebook("en"))
    ('3ページ', 'Sheet1の17行目', 'row 2')
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        return place
    named = book.label(f"locator_{match['kind']}", number=match["number"])
    return book.label("locator_within", within=match["within"], place=named) if match["within"] else named


def quote_and_place(item: Evidence, book: Phrasebook) -> str:
    """Give the quote of an evidence with its place in brackets; the place alone where there is no quote; nothing where there is neither."""
    place = place_name(item.place, book)
    if item.quote in ("", item.place):
        return place
    return book.label("quote_at", quote=item.quote, place=place) if place else item.quote
