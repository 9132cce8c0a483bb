"""Unicode normal forms and widths: what makes two spellings of one string equal, and how much room it takes on a screen."""

from __future__ import annotations

import re
import unicodedata

# Signs that no reader sees and the typographic apostrophe: "don’t" and "don't" are one word.
_SIGNS = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff’‘]")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_FOLDED = {**_INVISIBLE, ord("’"): "'", ord("‘"): "'"}


def fold(text: str) -> str:
    """Bring text to NFKC and fold case (Unicode Standard Annex 15; section 3.13 of the standard). White space stays as it is.

    Folding case can undo the normal form (U+0345), so NFKC is applied again where it did; the result is a fixed point of ``fold``.
    """
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold()
    return folded if unicodedata.is_normalized("NFKC", folded) else unicodedata.normalize("NFKC", folded)


def normalise(text: str) -> str:
    """Fold text, make apostrophes one, drop invisible signs and write white space as single blanks.

    Texts that differ only in width, case or layout become equal; used to compare messages.
    """
    folded = fold(text)
    return " ".join((folded if folded.isascii() else _without_signs(folded)).split())


def form_of(token: str) -> str:
    """Give the term form of a token: as :func:`normalise`; a token that has nothing but invisible signs stays as it is."""
    if token.isascii():
        return token.lower()
    return "".join(_without_signs(fold(token)).split()) or token


def _without_signs(text: str) -> str:
    return text.translate(_FOLDED) if _SIGNS.search(text) else text


def is_word(form: str) -> bool:
    """Tell whether a form has a letter or a digit; otherwise it is punctuation or a symbol."""
    return form.isalnum() or any(character.isalnum() for character in form)


def display_width(text: str) -> int:
    """Columns that text takes on a terminal: 2 for wide and full-width characters, 0 for combining ones (Unicode Standard Annex 11)."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def fit_left(text: str, width: int) -> str:
    """Cut or pad text to ``width`` columns, keeping its end: the end stands at the right edge."""
    kept, used = len(text), 0
    while kept and used + display_width(text[kept - 1]) <= width:
        kept -= 1
        used += display_width(text[kept])
    return " " * (width - used) + text[kept:]


def fit_right(text: str, width: int) -> str:
    """Cut or pad text to ``width`` columns, keeping its beginning."""
    kept, used = 0, 0
    while kept < len(text) and used + display_width(text[kept]) <= width:
        used += display_width(text[kept])
        kept += 1
    return text[:kept] + " " * (width - used)
