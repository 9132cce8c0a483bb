"""Bytes to text: which encoding, and how sure.

Order: byte order mark, ISO-2022-JP escape sequences, strict UTF-8, what HTML or XML says of itself, a detector with a strict decode,
then Japanese encodings scored by their kana. ``shift_jis`` is read as cp932, since real files hold ㈱ and ① which strict Shift_JIS lacks.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from corpuskit.errors import ReadError

MOST_REPLACED = 0.01
"""Share of characters; because a text with more undecodable bytes than one in a hundred is not text in that encoding."""

MOST_ZEROS = 0.001
"""Share of bytes; because no text holds zero bytes on purpose, a damaged one holds a few, and binary files hold many."""

SAMPLE_BYTES = 2**18
"""Because detectors do not get better beyond a few kilobytes, and scoring whole files would cost seconds."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ESCAPE = re.compile(rb"\x1b(\$[@B]|\$\(D|\([BJI])")
_DECLARED = re.compile(rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,200}?encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_REAL_NAMES = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932", "ms932": "cp932",
    "x-euc-jp": "euc_jp", "euc-jp": "euc_jp", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252",
    "ascii": "cp1252", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "x-user-defined": "cp1252",
}  # fmt: skip
_TEXT_BY_KANA = ("cp932", "euc_jp")
_TRIED_LAST = ("cp932", "euc_jp", "cp1252")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was read with, and what was doubtful: warnings as in ``Document.warnings``."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None, html: bool = False) -> Decoded:
    """Decode the bytes of a text file.

    Parameters
    ----------
    data : bytes
        The whole file or part.
    declared : str, optional
        What the transport says (the charset of a mail part); tried after UTF-8 and before guessing. Unknown names are passed over.
    html : bool
        Look for a declaration in the first 4 KiB.

    Raises
    ------
    ReadError
        ``undecodable``: the bytes are no text in any encoding tried.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding, ())
    if declared and (found := _strictly(data, _real_name(declared))) is not None:
        return Decoded(found, _real_name(declared))
    if _ESCAPE.search(data[:SAMPLE_BYTES]) and max(data, default=0) < 0x80:
        return _iso_2022_jp(data)
    if wide := _utf_16_without_mark(data):
        return _lenient(data, wide, (f"encoding_guessed: {wide}",))
    if (sample := data[:SAMPLE_BYTES]).count(0) > MOST_ZEROS * len(sample):
        raise ReadError("undecodable", "The file holds zero bytes and is no text in a known encoding; it may be a binary file with a wrong suffix.")
    if (found := _strictly(data, "utf-8")) is not None:
        return Decoded(found, "utf-8")
    if html and (match := _DECLARED.search(data[:4096])):
        encoding = _real_name(match[1].decode("ascii"))
        if (found := _strictly(data, encoding)) is not None:
            return Decoded(found, encoding)
    return _guess(data)


def _real_name(name: str) -> str:
    plain = name.strip().strip("\"'").lower()
    return _REAL_NAMES.get(plain, plain)


def _strictly(data: bytes, encoding: str) -> str | None:
    """Decode without any replacement, or None; also None where the encoding is unknown or is none of text."""
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _lenient(data: bytes, encoding: str, warnings: tuple[str, ...]) -> Decoded:
    text = data.decode(encoding, errors="replace")
    replaced = text.count("\ufffd")
    if replaced > MOST_REPLACED * len(text) + 1:
        raise ReadError("undecodable", f"Read as {encoding}, {replaced} of {len(text)} characters are undecodable; save the file as UTF-8.")
    return Decoded(text, encoding, (*warnings, f"undecodable_bytes: {replaced}") if replaced else warnings)


def _iso_2022_jp(data: bytes) -> Decoded:
    for encoding in ("iso2022_jp", "iso2022_jp_ext", "iso2022_jp_2004"):
        if (found := _strictly(data, encoding)) is not None:
            return Decoded(found, encoding)
    # ① and ㈱ stand in row 13, which only vendors' ISO-2022-JP has: the two bytes are those of EUC without the high bit
    return _lenient(_as_cp932(data), "cp932", ())


def _as_cp932(data: bytes) -> bytes:
    """Rewrite ISO-2022-JP as Shift_JIS bytes, keeping the vendors' rows."""
    out = bytearray()
    double = kana = False
    position = 0
    while position < len(data):
        escape = _ESCAPE.match(data, position)
        if escape:
            double, kana = escape[1].startswith(b"$"), escape[1] == b"(I"
            position = escape.end()
        elif double and position + 1 < len(data) and data[position] > 0x20:
            row, cell = data[position] - 0x21, data[position + 1] - 0x21
            lead = row // 2 + (0x81 if row < 62 else 0xC1)
            trail = cell + 0x9F if row % 2 else cell + 0x40 + (cell >= 0x3F)
            out += bytes((min(lead, 0xFC), min(max(trail, 0x40), 0xFC)))
            position += 2
        else:
            out.append(data[position] | 0x80 if kana and data[position] > 0x20 else data[position])
            position += 1
    return bytes(out)


def _utf_16_without_mark(data: bytes) -> str | None:
    """Recognise UTF-16 by zero bytes at every other place; because Latin text in UTF-16 has them at nearly all and no other encoding of text does."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes) -> Decoded:
    from resiliparse.parse.encoding import detect_encoding

    guess = _real_name(detect_encoding(data, max_len=SAMPLE_BYTES) or "")
    tried = dict.fromkeys((guess, *_TEXT_BY_KANA))
    texts = {name: text for name in tried if name and name != "utf-8" and (text := _strictly(data, name)) is not None}
    best = guess if guess in texts else ""
    for name in _TEXT_BY_KANA:
        if name in texts and kana_score(texts[name]) > (kana_score(texts[best]) if best else 0.0) + 0.1:
            best = name
    if best:
        return Decoded(texts[best], best, (f"encoding_guessed: {best}",))
    # a few broken bytes: the encoding that loses least, provided it is little
    rivals = [name for name in dict.fromkeys(("utf-8", guess, *_TRIED_LAST)) if name and _known(name)]
    losses = [(data.decode(name, errors="replace").count("\ufffd"), rank, name) for rank, name in enumerate(rivals)]
    return _lenient(data, (chosen := min(losses)[2]), (f"encoding_guessed: {chosen}",))


def _known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def kana_score(text: str) -> float:
    """Give the share of hiragana and full-width katakana among the characters beyond ASCII: .3 to .7 in Japanese, near 0 in misread text.

    Half-width katakana and private-use characters count against: they are what misread bytes become.
    """
    beyond = [character for character in text[:SAMPLE_BYTES] if character > "\x7f"]
    if not beyond:
        return 0.0
    good = sum("\u3041" <= character <= "\u30ff" for character in beyond)
    bad = sum("\uff61" <= character <= "\uff9f" or "\ue000" <= character <= "\uf8ff" for character in beyond)
    return (good - bad) / len(beyond)
