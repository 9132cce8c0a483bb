"""The search: every type in turn, each only where a cheap test says that it can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from corpuskit.text.personal_data.accounts import bank_accounts, credit_cards
from corpuskit.text.personal_data.birth_dates import birth_dates
from corpuskit.text.personal_data.contacts import emails, ip_addresses, phones, postal_codes
from corpuskit.text.personal_data.credentials import api_keys, private_keys
from corpuskit.text.personal_data.identity_numbers import corporate_numbers, driving_licences, my_numbers, passports
from corpuskit.text.personal_data.narrowing import narrow
from corpuskit.text.personal_data.tables import columns, search_columns


class Found(NamedTuple):
    """A match: where it stands and its type."""

    start: int
    end: int
    type: str


class Kind(NamedTuple):
    """A type of personal data: its name, words of which one must be in the text (lower case; none: always), and the search."""

    type: str
    words: tuple[str, ...]
    search: Callable[[str], Iterator[tuple[int, int]]]


KINDS = (
    Kind("private_key", ("private key",), private_keys),
    Kind("api_key", (), api_keys),
    Kind("email", ("@",), emails),
    Kind("bank_account", (), bank_accounts),
    Kind("credit_card", (), credit_cards),
    Kind("my_number", ("マイナンバ", "個人番号", "number"), my_numbers),
    Kind("corporate_number", ("番号", "number"), corporate_numbers),
    Kind("passport", ("旅券", "パスポート", "passport", "<<"), passports),
    Kind("driving_licence", ("免許", "licen"), driving_licences),
    Kind("birth_date", ("生", "birth", "born", "dob", "d.o.b"), birth_dates),
    Kind("ip_address", (), ip_addresses),
    Kind("postal_code", ("〒", "都", "道", "府", "県"), postal_codes),
    Kind("phone", (), phones),
)
"""All types, strongest first: what one type has taken is not there for the next."""

NAMED_BY_A_HEADING = frozenset({"my_number", "corporate_number", "passport", "driving_licence", "birth_date"})
"""Types that need a context word, which in a table is the heading of the column."""

PERSONAL_DATA = tuple(kind.type for kind in KINDS)


def find_personal_data(text: str) -> list[Found]:
    """Find personal data in a text, in order, without overlaps. Full-width digits and signs count as ASCII ones."""
    seen = narrow(text)
    lowered = seen.lower()
    found: list[Found] = []
    tables = columns(seen) if "\t" in seen else []
    for kind in KINDS:
        if kind.words and not any(word in lowered for word in kind.words):
            continue
        places = list(kind.search(seen))
        if tables and kind.type in NAMED_BY_A_HEADING:
            places = _apart([*places, *search_columns(seen, tables, kind.words, kind.search)])
        if taken := [Found(start, end, kind.type) for start, end in places]:
            seen = _without(seen, taken)
            found += taken
    return sorted(found)


def count_personal_data(text: str) -> Counter[str]:
    """Count personal data by type."""
    return Counter(found.type for found in find_personal_data(text))


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out what overlaps an earlier place."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _without(text: str, taken: list[Found]) -> str:
    """Take stretches out of a text, so that the places of the rest stay the same."""
    pieces, last = [], 0
    for start, end, _ in sorted(taken):
        pieces += [text[last:start], "\0" * (end - start)]
        last = end
    return "".join((*pieces, text[last:]))
