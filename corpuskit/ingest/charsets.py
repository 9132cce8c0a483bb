"""Names of encodings: what a file, a mail or a user calls them, and the codec that reads them."""

from __future__ import annotations

import codecs
from functools import lru_cache

USUAL = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "cp1252", "latin-1")
"""Names that a message offers; any codec of characters that Python knows is accepted."""

_JAPANESE = {
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "ms_kanji": "cp932", "ms932": "cp932",
    "cp943": "cp932", "x-euc-jp": "euc_jp", "euc-jp": "euc_jp", "cp51932": "euc_jp", "eucjp-ms": "euc_jp",
    "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext", "iso-2022-jp-ms": "iso2022_jp_ext",
}  # fmt: skip
_WESTERN = dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "latin-1", "us-ascii", "ascii", "x-user-defined"), "cp1252")
_NO_CHARSETS = frozenset({"utf_7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined", "mbcs", "oem", "charmap"})
_ANY_BYTES_FIT = frozenset({"cp1252", "cp1250", "iso8859_1", "iso8859_2", "iso8859_15", "mac_roman", "cp437", "cp850"})


def real_name(name: str) -> str:
    """Give the codec by which a declared encoding is read: ``shift_jis`` is cp932 and ``iso-8859-1`` is cp1252, as in every browser.

    Files called Shift_JIS hold ㈱ and ①, and those called ISO-8859-1 hold curly quotes, which the standards of these names lack.
    An unknown name comes back in lower case.
    """
    plain = name.strip().strip("\"'").casefold()
    return _JAPANESE.get(plain) or _WESTERN.get(plain, plain)


def chosen_name(name: str) -> str:
    """Give the codec of an encoding that the user chose: only the names of Japanese encodings are widened, others are meant as said."""
    plain = name.strip().casefold()
    return _JAPANESE.get(plain, plain)


@lru_cache(maxsize=256)
def is_charset(name: str) -> bool:
    """Tell whether Python reads characters by that name; escapes, compressions and UTF-7, by which no file of text is written, are none."""
    try:
        if codecs.lookup(name).name.replace("-", "_") in _NO_CHARSETS:
            return False
        b"    ".decode(name)
    except UnicodeDecodeError:  # too short for it, and so a charset
        return True
    except (LookupError, ValueError, TypeError):
        return False
    return True


def is_western(name: str) -> bool:
    """Tell whether an encoding of Latin letters gives a meaning to nearly every byte, so that a strict decode proves nothing."""
    return is_charset(name) and codecs.lookup(name).name.replace("-", "_") in _ANY_BYTES_FIT


def is_japanese(name: str) -> bool:
    """Tell whether an encoding of Japanese is meant."""
    return is_charset(name) and codecs.lookup(name).name.replace("-", "_").startswith(("cp932", "shift_jis", "euc_j", "iso2022_jp"))


def is_wide(name: str) -> bool:
    """Tell whether an encoding takes two or four bytes for an ASCII letter."""
    return is_charset(name) and codecs.lookup(name).name.replace("-", "_").startswith(("utf_16", "utf_32"))
