"""Where a person can be reached: e-mail, telephone, Japanese postal code, IP address."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator

from corpuskit.text.personal_data.narrowing import CONTEXT, digits_of, said_before

_LOCAL = re.compile(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_%+\-](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9_%+\-])?$")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])")
_LONGEST_LOCAL = 64
"""Characters before the sign (RFC 5321, 4.5.3.1.1)."""

# the first character comes first and its left edge after it: so the search can skip to places where a number can begin
_PHONE = re.compile(
    r"[+(0](?<![A-Za-z0-9_+.\-/][+(0])(?:(?<=\+)\d{1,3}\)?[ .\-]?\(?\d{1,5}|(?<=\()0\d{0,4}|(?<=0)\d{0,4})\)?"
    r"(?:[ .\-]?\(?\d{1,5}\)?){1,5}(?![\d\-/])"
)
_PART = re.compile(r"\S+")
_BOOK = re.compile(r"IS[BS]N(?:-1[03])?[ :：]{0,3}$", re.IGNORECASE)
_LONGEST_BOOK = 10
"""Characters before the number of a book or a journal that say so."""
_DAY = re.compile(r"(?<![\d\-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?![\d\-])")
_DECIMAL = re.compile(r"\d+\.\d+")
_PHONE_CONTEXT = re.compile(r"tel|phone|fax|mobile|call|電話|携帯|内線|連絡先|ファクス|ファックス|☎", re.IGNORECASE)

_PREFECTURES = (
    "北海道|青森県|岩手県|宮城県|秋田県|山形県|福島県|茨城県|栃木県|群馬県|埼玉県|千葉県|東京都|神奈川県|新潟県|富山県|石川県|福井県|山梨県|長野県|岐阜県|静岡県"
    "|愛知県|三重県|滋賀県|京都府|大阪府|兵庫県|奈良県|和歌山県|鳥取県|島根県|岡山県|広島県|山口県|徳島県|香川県|愛媛県|高知県|福岡県|佐賀県|長崎県|熊本県|大分県|宮崎県"
    "|鹿児島県|沖縄県"
)
_POSTAL = re.compile(rf"〒\s{{0,2}}\d{{3}}-?\d{{4}}(?!\d)|\d(?<![\d\-].)\d\d-\d{{4}}(?=\s{{0,3}}(?:{_PREFECTURES}))")

_IPV4 = re.compile(r"[1-9](?<![\w.\-].)\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){3}(?![\w\-]|\.\w)")
_IPV6 = re.compile(r"[0-9A-Fa-f](?<![\w:.].)[0-9A-Fa-f]{0,3}:[0-9A-Fa-f:]{2,34}(?![\w:.])")
_TWO_COLONS = re.compile(r":[0-9A-Fa-f]{0,4}:")
"""What stands in every IPv6 address: looking for it is much quicker than for the address itself."""
_IP_CONTEXT = re.compile(
    r"\bip\b|\bipv[46]\b|address|host|server|client|gateway|subnet|\bdns\b|\bping\b|\bssh\b|://$|アドレス|サーバ|ホスト|接続元|端末", re.IGNORECASE
)
_NO_IP_CONTEXT = re.compile(
    r"\bver(?:sion|\.)?\b|\bv$|build|release|\brev\b|section|clause|chapter|article|paragraph|§|\bno\.|oid|バージョン|章|節|条|項|版|[A-Za-z]/$",
    re.IGNORECASE,
)
_SECTION_NUMBER = 32
"""Four numbers below this can be a section or version number (2.1.3.4), so that a word must say what they are."""
_FEWEST_GROUPS = 3
"""Groups an IPv6 address must show, because two with a double colon (``a::b``) are also written in programs."""


def emails(text: str) -> Iterator[tuple[int, int]]:
    """Find e-mail addresses: from each sign the local part to its left and a domain with a top level of letters to its right.

    The address of a store of programs (``git@host:path``) has the same form and reaches nobody.
    """
    place, last = text.find("@"), 0
    while place >= 0:
        local = _LOCAL.search(text, max(last, place - _LONGEST_LOCAL), place)
        domain = _DOMAIN.match(text, place + 1) if local else None
        if local and domain and not (local.group() == "git" and text[domain.end() : domain.end() + 1] in ("/", ":")):
            yield local.start(), domain.end()
            last = domain.end()
        place = text.find("@", max(place + 1, last))


def postal_codes(text: str) -> Iterator[tuple[int, int]]:
    """Find Japanese postal codes: after the postal mark, or before the name of a prefecture. The address itself is not claimed."""
    for match in _POSTAL.finditer(text):
        yield match.span()


def phones(text: str) -> Iterator[tuple[int, int]]:
    """Find telephone numbers that the numbering plan of their country holds."""
    for match in _PHONE.finditer(text):
        parts = [(match.start() + part.start(), match.start() + part.end()) for part in _PART.finditer(match.group())]
        first = 0
        while first < len(parts):
            # numbers that stand side by side: the longest stretch of parts that is one number
            for last in range(len(parts) - 1, first - 1, -1):
                start, end = parts[first][0], parts[last][1]
                if _is_phone(text, start, end):
                    yield start, end
                    first = last
                    break
            first += 1


def ip_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Find IP addresses of one machine; no loopback, netmask, documentation or group address, no number of a version or a section."""
    for match in _IPV4.finditer(text):
        if _names_a_machine(match.group()) and _is_no_other_number(text, match.start(), match.group()):
            yield match.span()
    for match in _IPV6.finditer(text) if _TWO_COLONS.search(text) else ():
        written = match.group()
        if sum(map(bool, written.split(":"))) >= _FEWEST_GROUPS and _names_a_machine(written):
            yield match.span()


def _is_phone(text: str, start: int, end: int) -> bool:
    written = text[start:end]
    digits = digits_of(written)
    international = written.startswith("+")
    if not 9 <= len(digits) <= 15 or _DECIMAL.fullmatch(written) or not (international or (digits.startswith("0") and len(digits) in (10, 11))):
        return False
    if _DAY.search(written) or _BOOK.search(text, max(0, start - _LONGEST_BOOK), start):
        return False  # a nought before a date; the number of a book
    divided = len(written) > len(digits) + international
    if not divided and not international and not said_before(_PHONE_CONTEXT, text, start):
        return False  # ten digits in a row are more often the number of an order or an account
    import phonenumbers

    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(written, None if international else "JP")))
    except phonenumbers.NumberParseException:
        return False


def _names_a_machine(written: str) -> bool:
    try:
        address = ipaddress.ip_address(written)
    except ValueError:
        return False
    inside = any(address in network for network in _INSIDE if network.version == address.version)
    return inside or (address.is_global and not address.is_multicast)


_INSIDE = tuple(map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")))
"""Networks of a house: they name a machine, and with it a desk, as well as an address on the open net does (RFC 1918, RFC 4193)."""


def _is_no_other_number(text: str, start: int, written: str) -> bool:
    if said_before(_NO_IP_CONTEXT, text, start, CONTEXT):
        return False
    return max(map(int, written.split("."))) >= _SECTION_NUMBER or said_before(_IP_CONTEXT, text, start)
