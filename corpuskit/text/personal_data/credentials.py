"""What opens doors: API keys, tokens and private keys."""

from __future__ import annotations

import base64
import json
import math
import re
from collections import Counter
from collections.abc import Iterator

_ISSUED = {
    # what a key of this issuer holds in any case -> its published form
    "AKIA": r"AKIA[A-Z0-9]{16}",
    "ASIA": r"ASIA[A-Z0-9]{16}",
    "ghp_": r"ghp_[A-Za-z0-9]{36,251}",
    "gho_": r"gho_[A-Za-z0-9]{36,251}",
    "ghs_": r"ghs_[A-Za-z0-9]{36,251}",
    "ghu_": r"ghu_[A-Za-z0-9]{36,251}",
    "github_pat_": r"github_pat_[A-Za-z0-9_]{36,255}",
    "glpat-": r"glpat-[A-Za-z0-9_\-]{20,64}",
    "xox": r"xox[abeoprs]-[A-Za-z0-9\-]{20,250}",
    "AIza": r"AIza[A-Za-z0-9_\-]{35}",
    "sk-": r"sk-[A-Za-z0-9_\-]{20,250}",
    "sk_live_": r"sk_live_[A-Za-z0-9]{16,250}",
    "rk_live_": r"rk_live_[A-Za-z0-9]{16,250}",
    "hf_": r"hf_[A-Za-z0-9]{34,64}",
}
_PATTERNS = {sign: re.compile(rf"{sign}(?<![A-Za-z0-9_\-]{'.' * len(sign)}){form[len(sign) :]}(?![A-Za-z0-9])") for sign, form in _ISSUED.items()}
_JWT = re.compile(r"eyJ(?<![A-Za-z0-9_\-/]...)[A-Za-z0-9_\-]{8,2000}\.[A-Za-z0-9_\-]{4,8000}\.[A-Za-z0-9_\-]{0,2000}")
_ASSIGNED = re.compile(r"[:=]>?\s{0,3}[\"'`]?([A-Za-z0-9+/_\-.~]{16,256}={0,2})(?![A-Za-z0-9])")
_NAME = re.compile(
    r"(?<![A-Za-z])(?:(?:api|access|secret|auth|client|account|storage|encryption|signing|bearer)[ _\-]?(?:key|token|secret)|apikey|secret|token"
    r"|passw(?:or)?d|passphrase|パスワード|(?:API|アクセス|秘密|シークレット)(?:キー|鍵|トークン))[\"'`\])]{0,2}\s{0,3}$",
    re.IGNORECASE,
)
_MADE_UP = re.compile(r"your|example|sample|dummy|placeholder|change|replace|insert|xxx|test|fake|here|12345|abcde|\.\.|redacted", re.IGNORECASE)
_SWITCH = re.compile(r"(?<=[A-Za-z])(?=\d)|(?<=\d)(?=[A-Za-z])")
_BITS = 3.0
"""Bits per character from which letters and digits look drawn by lot: sixteen random hexadecimal digits have 3.3 on average, fewer than 3.0 in about
one of ten."""
_SWITCHES = 2
"""Changes between letters and digits: a word with a number has one, what is drawn by lot more."""

_PRIVATE_KEY = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?:(?!-----)[\s\S]){0,20000}?-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----|(?:\s{0,3}[A-Za-z0-9+/=]{40,80}){0,200})"
)


def api_keys(text: str) -> Iterator[tuple[int, int]]:
    """Find keys and tokens: by the form their issuer has published, by a JSON web token's header, or as a random value given to a key's name.

    A web token in the path of a link only follows who clicks, so it is left out.
    """
    found: list[tuple[int, int]] = []
    for sign, pattern in _PATTERNS.items():
        if sign in text:
            found += [match.span() for match in pattern.finditer(text) if _drawn(match.group()[len(sign) :])]
    if "eyJ" in text:
        found += [match.span() for match in _JWT.finditer(text) if _is_header(match.group().split(".")[0])]
    for match in _ASSIGNED.finditer(text):
        if _drawn(match.group(1), _BITS, _SWITCHES) and _NAME.search(text, max(0, match.start() - 40), match.start()):
            found.append(match.span(1))
    end = 0
    for start, stop in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= end:
            yield start, stop
            end = stop


def private_keys(text: str) -> Iterator[tuple[int, int]]:
    """Find private keys in their armour (RFC 7468): the whole block, or where its end is missing the lines of its body."""
    for match in _PRIVATE_KEY.finditer(text):
        yield match.span()


def entropy(text: str) -> float:
    """Give the entropy of the characters of a text, in bits per character (Shannon 1948)."""
    return -sum(n / len(text) * math.log2(n / len(text)) for n in Counter(text).values())


def _drawn(value: str, bits: float = 2.5, switches: int = 1) -> bool:
    """Tell whether a value looks drawn by lot, and not like a name, a path or an example of the form."""
    return len(_SWITCH.findall(value)) >= switches and not _MADE_UP.search(value) and entropy(value) >= bits


def _is_header(part: str) -> bool:
    try:
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except ValueError:
        return False
    return isinstance(header, dict) and "alg" in header
