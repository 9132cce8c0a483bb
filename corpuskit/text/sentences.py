"""Where sentences end: over tokens (vectorised, for counting) and over strings (for quotes and for lines too long to cut whole)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

END, CLOSE, LOWER, NUMBER, FULL_STOP, RESUMES, LATIN = 1, 2, 4, 8, 16, 32, 64
"""Traits of a token, as bits: ends a sentence; closes a bracket or quote; begins with a small letter; is a number; is the ASCII full stop;
Japanese word that resumes the sentence after a quotation; begins with a Latin letter or digit."""

_CLOSERS = "\"'”’)]}）］｝」』】〉》〕］"
_ENDS = re.compile(rf"[.!?…。！？｡]+[{re.escape(_CLOSERS)}]*")
_JAPANESE_ENDS = re.compile(rf"[!?。！？｡]+[{re.escape(_CLOSERS)}]*")
_CLOSING = re.compile(rf"[{re.escape(_CLOSERS)}]+")
_RESUMING = frozenset({"と", "って", "という", "との", "とか", "など", "等", "の", "は", "が", "を", "に", "で", "も", "や"})

_JAPANESE_STRING = re.compile(
    r"[。！？｡!?]*[。！？｡][。！？｡!?]*+(?:[」』）】〉》〕)\]”’]++(?![とのはがをにでもや])|(?![」』）】〉》〕)\]”’]))"
    r"|[!?]++(?:[」』）】〉》〕)\]”’]++(?![とのはがをにでもや]))?(?=[^\x00-\x7f])(?![」』）】〉》〕”’])|\n"
)
_ENGLISH_STRING = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[^\sa-z])|[。！？]+[」』）]*|\n")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:mr|mrs|ms|dr|prof|st|no|nos|fig|art|sec|vol|p|pp|vs|etc|inc|ltd|co|corp|dept|e\.g|i\.e|[a-z]|\d+)\.$", re.IGNORECASE
)


def traits_of(token: str, language: str, opening: bool = False) -> int:
    """Give the traits of a token as bits. ``opening``: the token stands before a word without a blank, so a straight quote opens."""
    traits, first = 0, token[:1]
    if first.islower():
        traits |= LOWER
    if first.isalnum():
        if first.isascii():
            traits |= LATIN
    else:  # what ends a sentence or closes a bracket begins with a sign
        if (_JAPANESE_ENDS if language == "ja" else _ENDS).fullmatch(token):
            traits |= END
        if not opening and _CLOSING.fullmatch(token):
            traits |= CLOSE
        if token == ".":
            traits |= FULL_STOP
    if token.isdecimal():
        traits |= NUMBER
    if language == "ja" and token in _RESUMING:
        traits |= RESUMES
    return traits


def sentence_starts(traits: NDArray[np.uint8], line_start: NDArray[np.bool_], language: str) -> NDArray[np.bool_]:
    """Mark the tokens that begin a sentence.

    A line begins one. Inside a line a token does that follows an ending token and any closing brackets or quotes, except

    - English: a word with a small letter (``e.g. this``), unless the whole line is written so; the text after a number at
      the beginning of a line (``1. Scope``);
    - Japanese: a particle that resumes the sentence after a closed quotation (「はい。」と言った); Latin letters right after an ASCII
      question or exclamation mark (addresses of pages).

    Parameters
    ----------
    traits : array of uint8, shape (n,)
        From :func:`traits_of`.
    line_start : array of bool, shape (n,)
        True at the first token of each line; ``line_start[0]`` must be True.
    language : str
        ``en`` or ``ja``.
    """
    n = traits.size
    if n == 0:
        return np.zeros(0, np.bool_)
    has = {trait: (traits & trait) != 0 for trait in (END, CLOSE, LOWER, NUMBER, FULL_STOP, RESUMES, LATIN)}
    index = np.arange(n)
    first = np.maximum.accumulate(np.where(line_start, index, 0))
    tail = has[END] | has[CLOSE]
    body = np.maximum.accumulate(np.where(~tail, index, -1))
    before = np.empty(n, np.int64)
    before[0], before[1:] = -1, body[:-1]
    run = np.maximum(before + 1, first)  # where the ending and closing tokens before this one begin
    ends, closes = (np.concatenate(([0], np.cumsum(has[trait]))) for trait in (END, CLOSE))
    ended = ~tail & ~line_start & (ends[index] > ends[run])
    if language == "ja":
        closed = closes[index] > closes[run]
        ended &= ~(closed & has[RESUMES]) & ~(has[LATIN] & (index - run == 1) & has[LATIN][np.maximum(run - 1, 0)])
    else:
        ended &= ~has[LOWER] | has[LOWER][first]
        ended &= ~((run == first + 1) & has[NUMBER][first] & has[FULL_STOP][run] & (index == run + 1))
    starts: NDArray[np.bool_] = line_start | ended
    return starts


def split_sentences(text: str, language: str) -> list[str]:
    """Split a string into sentences; joined they are the string again, except that line ends are dropped and empty pieces left out.

    Japanese ends at 。！？ with the closing brackets and quotes that follow; English at . ! ? before a blank and a word that does not begin
    with a small letter, not after an abbreviation or a single letter or number.
    """
    return list(_pieces(text, language))


def _pieces(text: str, language: str) -> Iterator[str]:
    start = 0
    for found in (_JAPANESE_STRING if language == "ja" else _ENGLISH_STRING).finditer(text):
        end = found.end()
        if language != "ja" and found.group() == "." and _ABBREVIATED.search(text[max(start, end - 12) : end]):
            continue
        if piece := text[start:end].strip("\n"):
            yield piece
        start = end
    if piece := text[start:].strip("\n"):
        yield piece


def cut_to_bytes(line: str, limit: int, language: str) -> list[str]:
    """Cut a line into pieces of at most ``limit`` bytes of UTF-8: as few as possible, at sentence ends; a longer sentence at characters.

    Joined, the pieces are the line. A line that fits stays whole, since cutting at sentence ends can change the tokens at the seam.
    """
    if len(line) * 4 <= limit or len(line.encode()) <= limit:
        return [line]
    pieces: list[str] = []
    held, size = "", 0
    for sentence in split_sentences(line, language):
        for part in _characters(sentence, limit):
            length = len(part.encode())
            if held and size + length > limit:
                pieces.append(held)
                held, size = "", 0
            held, size = held + part, size + length
    return [*pieces, held] if held else pieces


def _characters(sentence: str, limit: int) -> Iterator[str]:
    if len(sentence.encode()) <= limit:
        yield sentence
        return
    most = max(1, limit // 4)
    for start in range(0, len(sentence), most):
        yield sentence[start : start + most]
