import random

import pytest

from corpuskit.ingest.garbled import is_garbled

JAPANESE = (
    "この規程は、当社の社員が業務のために出張するときの旅費の支給について、必要な事項を定めるものである。社員は、出張の前に上長の承認を受けなければならない。"
    "旅費は、交通費、日当及び宿泊料とし、別表に定める額を支給する。やむを得ない事由により変更するときは、速やかに届け出て許可を得るものとする。"
)
ENGLISH = (
    "This policy applies to every employee who travels for the company, and to all contractors whose travel is paid by us. It does not apply to "
    "commuting. Book early, keep your receipts, and hand in the form within ten days after you return, or the costs will not be refunded."
)
CODE = (
    """static int printf_all(const char *fmt, struct strbuf *buf) {
    for (size_t i = 0; i < buf->len; i++) { if (!strncmp(fmt, "xyz", 3)) return ERR_MSG; }
    HttpRequestHandler rq = GetXmlHttpRequest(ctx.cfg, mkstr(tmp_ptr)); memcpy(dst, src, sizeof(*dst)); }
"""
    * 3
)
SERVICES = "".join(
    f"| Get{name}ServiceRequest | Get{name}RequestHandler | この要求は一覧を取得します。 |\n" for name in ("Cart", "City", "Order", "Card", "Tax")
)
PARTS = "".join(f"XJ-{n}402B\tSUS304 M{n}x20\tPCS {n * 7}\t￥{n * 1350:,}\n" for n in range(1, 30))
GERMAN = "Die Prüfung der Größe über das Maß hinaus schließt Verstöße gegen die Vorschriften für Straßenfahrzeuge ausdrücklich nicht aus. " * 3
CHINESE = "这个规定适用于所有为公司出差的员工，并且适用于由我们支付差旅费的承包商。它们说明了申请、批准和报销的过程，请在回来之后十天内提交表格。"
TRADITIONAL = "這個規定適用於所有為公司出差的員工，並且適用於由我們支付差旅費的承包商。它們說明了申請、批准和報銷的過程，請在回來之後十天內提交表格。"
LANGUAGES = "English Deutsch Français 日本語 한국어 Русский Ελληνικά العربية עברית ไทย हिन्दी Español Português Italiano Polski Türkçe Svenska"
BANK = "ｶ)ｱｵﾐﾈｾｲｻｸｼﾖ ﾌﾂｳ 1234567 ﾔﾏﾀﾞ ﾀﾛｳ ｻﾄｳ ﾊﾅｺ ﾐｽﾞﾎｷﾞﾝｺｳ ﾎﾝﾃﾝ " * 5
CONTENTS = "".join(f"{n}. 総則····························{n}\n第{n}章……………………………{n}\n" for n in range(1, 12))
BULLETS = "".join(f"\uf0b7 {line}\n" for line in ("Keep every receipt", "Book the train early", "Ask before you fly", "Hand the form in"))


CURRENCIES = "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CZK DKK"
READABLE = {
    "ja": JAPANESE,
    "en": ENGLISH,
    "code": CODE,
    "services": SERVICES,
    "parts": PARTS,
    "currencies": CURRENCIES,
    "german": GERMAN,
    "chinese": CHINESE,
    "traditional chinese": TRADITIONAL,
    "languages": LANGUAGES,
    "bank": BANK,
    "contents": CONTENTS,
    "bullets": BULLETS,
    "capitals": ENGLISH.upper(),
    "numbers": "1 2 3 4 5 6 " * 20,
    "empty": "",
    "short": "\uf0e0 3",
}


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE)
def test_readable_pages_pass(text):
    assert not is_garbled(text)


def shifted(text, by, above=" "):
    return "".join(chr(ord(character) + by) if character > above else character for character in text)


def rotated(text, by):
    return "".join(chr((ord(c) - 97 + by) % 26 + 97) if "a" <= c <= "z" else c for c in text)


def shuffled(text):
    signs = [chr(code) for code in range(33, 127)]
    mixed = list(signs)
    random.Random(1).shuffle(mixed)
    table = dict(zip(signs, mixed, strict=True))
    return "".join(table.get(character, character) for character in text)


GARBLED = {
    "private use": shifted(ENGLISH, 0xE000),
    "some private use": "".join(chr(0xE000 + n) if n % 3 == 0 else c for n, c in enumerate(ENGLISH)),
    "replacement": "".join("\ufffd" if n % 3 else c for n, c in enumerate(JAPANESE)),
    "glyph numbers": "".join(f"(cid:{ord(c)})" for c in JAPANESE),
    "control": shifted("hidden words of a page, all of them below", -96, "`"),
    "unassigned": shifted(ENGLISH, 0x2FE0),
    "shifted by 29": shifted(ENGLISH + ENGLISH.upper() + "Every department answers for its planning and reporting.", -29, "@"),
    "shifted by 1": shifted(ENGLISH, 1),
    "rotated by 3": rotated(ENGLISH, 3),
    "rotated by 13": rotated(ENGLISH, 13),
    "shuffled": shuffled(ENGLISH * 2),
    "kana shifted": shifted(JAPANESE, 1),
    "kanji shifted": shifted(JAPANESE, 1000, "\x7f"),
    "kanji of nowhere": "".join(chr(0x4E00 + 997 * n % 20900) for n in range(200)),
    "half-width noise": "".join(chr(0xFF61 + random.Random(n).randrange(63)) for n in range(200)),
    "utf-8 as latin-1": JAPANESE.encode().decode("latin-1"),
    "utf-8 as cp932": JAPANESE.encode().decode("cp932", "ignore"),
    "cp932 as latin-1": JAPANESE.encode("cp932").decode("latin-1"),
    "many scripts": "".join(chr((0x0410, 0x0561, 0x05D0, 0x0627, 0x0915, 0x0E01, 0x10D0, 0x13A0)[n % 8] + n % 20) for n in range(160)),
}


@pytest.mark.parametrize("text", GARBLED.values(), ids=GARBLED)
def test_unreadable_pages_are_found(text):
    assert is_garbled(text)


def test_a_line_of_garble_on_a_readable_page_is_kept():
    assert not is_garbled(ENGLISH * 3 + "\n" + GARBLED["private use"][:60])
    assert not is_garbled(JAPANESE * 3 + "\n(cid:12)(cid:13)")
