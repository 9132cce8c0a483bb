"""Bytes to text: which encoding, and how sure.

Order: byte order mark, what the file or its mail says of itself (unless the bytes say otherwise), what the user says, ISO-2022-JP escape
sequences, UTF-16 without a mark, strict UTF-8, lines of two encodings, and then a detector against scores of plausibility
(:mod:`~corpuskit.ingest.plausibility`). ``shift_jis`` is read as cp932, since real files hold ㈱ and ① which strict Shift_JIS lacks.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from corpuskit.errors import ReadError
from corpuskit.ingest import iso_2022_jp
from corpuskit.ingest.charsets import chosen_name, is_charset, is_japanese, is_western, is_wide, real_name
from corpuskit.ingest.plausibility import CLEARLY_JAPANESE, UNKNOWN_SCRIPT, japanese_score, western_score

Basis = Literal["mark", "declared", "escape", "strict", "detected", "scored", "forced"]
"""On what the choice of an encoding rests, from certain to doubtful: see :class:`~corpuskit.ingest.document.Source`."""

MOST_REPLACED = 0.01
"""Share of characters; because a text with more undecodable bytes than one in a hundred is not text in that encoding."""

MOST_ZEROS = 0.001
"""Share of bytes; because no text holds zero bytes on purpose, a damaged one holds a few, and binary files hold many."""

SAMPLE_BYTES = 2**18
"""Because detectors do not get better beyond a few kilobytes, and scoring whole files would cost seconds."""

LEAST_HIGH_BYTES = 0.15
"""Share of places; because in UTF-16 every second byte of ASCII is 0x00 and of kana is 0x30, and Japanese text holds a fifth or more of them."""

MARGIN = 0.1
"""Lead in plausibility from which a score overrules the detector; because below it the two readings look alike."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_CONTROLS = bytes({*range(0x20), 0x7F} - set(b"\t\n\f\r\x1a\x1b"))
_CANDIDATES = ("cp932", "euc_jp", "cp1252")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with, on what that rests, and what was doubtful: warnings as in ``Document.warnings``."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    basis: Basis = "strict"


def decode(data: bytes, declared: str | None = None, html: bool = False, forced: str = "") -> Decoded:
    """Decode the bytes of a text file.

    Parameters
    ----------
    data : bytes
        The whole file or part.
    declared : str, optional
        What the transport says (the charset of a mail part). Believed unless it is unknown, does not fit the bytes, or the bytes are
        plainly something else: a mail called ISO-8859-1 whose bytes are valid UTF-8 is UTF-8.
    html : bool
        Look for a declaration in the first 4 KiB.
    forced : str
        What the user says (``ReadOptions.encoding``): used for everything without a mark and without a declaration of its transport.

    Raises
    ------
    ReadError
        ``undecodable``: the bytes are no text in any encoding tried, or not in the forced one.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding, "mark")
    if declared and (found := _as_declared(data, real_name(declared))) is not None:
        return found
    if not is_wide(forced):
        _refuse_binary(data)
    if forced:
        return _forced(data, chosen_name(forced))
    if html and (match := _DECLARED.search(data[:4096])):
        encoding = real_name(match[1].decode("ascii"))  # which is read as ASCII, and so is no UTF-16
        if not is_wide(encoding) and (found := _as_declared(data, encoding)) is not None:
            return found
    if iso_2022_jp.is_iso_2022_jp(data):
        return _iso_2022_jp(data, "escape")
    if wide := utf_16_without_mark(data):
        return _lenient(data, wide, "scored", (f"encoding_guessed: {wide}",))
    if (text := _strictly(data, "utf-8")) is not None:
        return _euc_in_disguise(data, text) or Decoded(text, "utf-8")
    return _mixed(data) or _guess(data)


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE_BYTES]
    if sample.count(0) > MOST_ZEROS * len(sample) and not utf_16_without_mark(data):
        raise ReadError("undecodable", "The file holds zero bytes and is no text in a known encoding; it may be a binary file with a wrong suffix.")


def _strictly(data: bytes, encoding: str) -> str | None:
    """Decode without any replacement, or None; also None where the encoding is unknown or is none of text."""
    if not is_charset(encoding):
        return None
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _lenient(data: bytes, encoding: str, basis: Basis, warnings: tuple[str, ...] = ()) -> Decoded:
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd")
    if replaced > MOST_REPLACED * len(text) + 1:
        raise ReadError("undecodable", f"Read as {encoding}, {replaced} of {len(text)} characters are undecodable; save the file as UTF-8.")
    return Decoded(text, encoding, (*warnings, f"undecodable_bytes: {replaced}") if replaced else warnings, basis)


def _as_declared(data: bytes, encoding: str) -> Decoded | None:
    """Read as declared, or None where the declaration cannot be true.

    That the bytes fit proves little: Latin tables fit any bytes. So valid UTF-8 beyond ASCII wins over another name, escape sequences over
    any name, and clear Japanese over a Latin name.
    """
    if iso_2022_jp.is_iso_2022_jp(data):
        return _iso_2022_jp(data, "declared" if encoding.startswith("iso") and is_japanese(encoding) else "escape")
    text = _strictly(data, encoding)
    if text is None:
        return None
    as_utf_8 = None if encoding.replace("_", "-") == "utf-8" else _strictly(data, "utf-8")
    if as_utf_8 is not None and is_wide(encoding) and 0 not in data:
        return Decoded(as_utf_8, "utf-8")
    if as_utf_8 is not None and not data.isascii() and not (is_japanese(encoding) and japanese_score(text) > japanese_score(as_utf_8) + MARGIN):
        return Decoded(as_utf_8, "utf-8")
    if is_western(encoding) and not data.isascii() and _looks_japanese(data, western_score(text)):
        return None
    return Decoded(text, codecs.lookup(encoding).name, (), "declared")


def _looks_japanese(data: bytes, rival: float) -> bool:
    readings = (_strictly(data, name) for name in ("cp932", "euc_jp"))
    return any(japanese_score(text) > max(CLEARLY_JAPANESE, rival + MARGIN) for text in readings if text is not None)


def _forced(data: bytes, encoding: str) -> Decoded:
    if is_japanese(encoding) and iso_2022_jp.is_iso_2022_jp(data) and encoding.startswith("iso"):
        return _iso_2022_jp(data, "forced")
    try:
        return Decoded(data.decode(encoding), codecs.lookup(encoding).name, (), "forced")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"byte 0x{data[error.start]:02X} at position {error.start} (line {line})" if error.start < len(data) else f"its end ({error.start})"
        raise ReadError("undecodable", f"Not in the encoding {encoding} that was asked for: {place} is no text in it (read.encoding).") from error
    except (UnicodeError, LookupError) as error:
        raise ReadError("undecodable", f"Not in the encoding {encoding} that was asked for, from position 0: {error} (read.encoding).") from error


def _iso_2022_jp(data: bytes, basis: Basis) -> Decoded:
    if (found := iso_2022_jp.strict_text(data)) is not None:
        return Decoded(*found, (), basis)
    return _lenient(iso_2022_jp.as_cp932(data), "cp932", basis)


def utf_16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by 0x00 or 0x30, the high bytes of ASCII and kana, at every other place, and by what comes out.

    Text of one byte or of UTF-8 holds neither zero nor other control bytes; a short one that might be both is not taken for UTF-16.
    """
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2 or not (sample.translate(None, delete=_CONTROLS) != sample or not _is_utf_8(sample)):
        return None
    half = len(sample) // 2
    for encoding, high, low in (("utf-16-le", sample[1::2], sample[0::2]), ("utf-16-be", sample[0::2], sample[1::2])):
        zeros, kana = high.count(0), high.count(0x30)
        if zeros + kana < LEAST_HIGH_BYTES * half or low.count(0) > 0.5 * (zeros + kana):
            continue
        text = sample.decode(encoding, "replace").replace("\ufffd", "")
        if (zeros > 0.3 * half and _is_readable(text)) or japanese_score(text) > CLEARLY_JAPANESE:
            return encoding
    return None


def _is_utf_8(sample: bytes) -> bool:
    """Tell whether a sample, perhaps cut inside a character, is UTF-8."""
    return any(_strictly(sample[: len(sample) - cut], "utf-8") is not None for cut in range(4))


def _is_readable(text: str) -> bool:
    controls = sum(character < " " and character not in "\t\n\r\f\x1a" for character in text)
    return controls <= 0.05 * len(text)


def _euc_in_disguise(data: bytes, as_utf_8: str) -> Decoded | None:
    """Read as EUC-JP what is UTF-8 only by accident: 無 alone in EUC-JP is a combining mark in UTF-8, among the letters that no text here uses."""
    beyond = [character for character in as_utf_8[: 2**14] if character > "\x7f"]
    if not beyond or not all("\u0180" <= character <= "\u036f" for character in beyond):
        return None
    text = _strictly(data, "euc_jp")
    if text is None or japanese_score(text) < CLEARLY_JAPANESE:
        return None
    return Decoded(text, "euc_jp", ("encoding_guessed: euc_jp",), "scored")


def _mixed(data: bytes) -> Decoded | None:
    """Read a file that is UTF-8 in some lines and another encoding in others, as logs and joined exports are; None if it is not one."""
    lines = data.splitlines(keepends=True)
    foreign = [number for number, line in enumerate(lines) if not line.isascii() and _strictly(line, "utf-8") is None]
    others = set(foreign)
    ours = b"".join(line for number, line in enumerate(lines) if number not in others and not line.isascii())
    if not ours or not foreign:
        return None
    rest = b"".join(lines[number] for number in foreign)
    best = _best_reading(rest)
    if best is None or _rated(rest.decode("utf-8", "replace"), "utf-8") >= _rated(*best):
        return None  # UTF-8 with broken bytes
    if _strictly(data, best[1]) is not None and _rated(ours.decode(), "utf-8") <= _rated(ours.decode(best[1]), best[1]):
        return None  # lines of the other encoding that happen to be valid UTF-8
    texts = [line.decode(best[1] if number in others else "utf-8") for number, line in enumerate(lines)]
    fewer = min(len(foreign), sum(not line.isascii() for line in lines) - len(foreign))
    main = "utf-8" if len(foreign) == fewer else best[1]
    return Decoded("".join(texts), main, (f"encoding_guessed: {main}", f"mixed_encodings: {fewer} lines"), "scored")


def _best_reading(data: bytes) -> tuple[str, str] | None:
    """Give text and encoding of the most plausible Japanese or Western reading, or None."""
    texts = [(text, name) for name in _CANDIDATES if (text := _strictly(data, name)) is not None]
    return max(texts, key=lambda reading: _rated(*reading), default=None)


def _rated(text: str, encoding: str) -> float:
    """Rate a reading: Japanese encodings by Japanese, Latin ones by Latin, UTF-8 by the better of both, others by what any script is worth."""
    if encoding == "utf-8":
        return max(japanese_score(text), western_score(text))
    if is_japanese(encoding):
        return japanese_score(text)
    return western_score(text) if is_western(encoding) else UNKNOWN_SCRIPT


def _guess(data: bytes) -> Decoded:
    from resiliparse.parse.encoding import detect_encoding

    guess = real_name(detect_encoding(data, max_len=SAMPLE_BYTES) or "")
    tried = dict.fromkeys((guess, *_CANDIDATES))
    texts = {name: text for name in tried if name != "utf-8" and (text := _strictly(data, name)) is not None}
    if texts:
        scores = {name: _rated(text, name) + MARGIN * (name == guess) for name, text in texts.items()}
        best = max(scores, key=scores.__getitem__)
        return Decoded(texts[best], best, (f"encoding_guessed: {best}",), "detected" if best == guess else "scored")
    # a few broken bytes: the encoding that loses least, provided it is little
    rivals = [name for name in dict.fromkeys(("utf-8", guess, *_CANDIDATES)) if is_charset(name)]
    losses = [(data.decode(name, errors="replace").count("\ufffd"), rank, name) for rank, name in enumerate(rivals)]
    return _lenient(data, (chosen := min(losses)[2]), "detected" if chosen == guess else "scored", (f"encoding_guessed: {chosen}",))
