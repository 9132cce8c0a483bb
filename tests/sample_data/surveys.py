"""Survey answers (voice of the customer): JSON lines in English, a Shift_JIS table in Japanese."""

from __future__ import annotations

from random import Random

from tests.sample_data.company import PRODUCTS

HEADER = ("id", "quarter", "nps", "free_comment", "theme")
HEADER_JA = ("回答番号", "回答期", "満足度", "自由記述", "テーマ")
PRAISE = {
    "Delivery": (
        "the {code} came two days early and well packed",
        "parcels always arrive on the promised date",
        "the new packing saves us an hour per pallet",
    ),
    "Product quality": (
        "the {kind} has run for {n} months without a drip",
        "machining of the {code} body is very clean",
        "seat wear is lower than on the old {kind}",
    ),
    "Support": (
        "the engineer explained the setting patiently",
        "the hotline called back within ten minutes",
        "your technician found the fault at once",
    ),
    "Price": ("the offer was fair for this quantity", "volume discounts are easy to understand", "total cost over {n} months is low"),
}
BLAME = {
    "Delivery": (
        "lead time for the {code} has doubled since autumn",
        "half of the parcels come without a packing list",
        "the shipment came late for the {n}th time",
    ),
    "Product quality": (
        "two {kind}s leaked within {n} weeks",
        "paint on the {code} peels off near the flange",
        "the scale on the dial is hard to read",
    ),
    "Support": ("I waited {n} days for an answer", "nobody on the hotline knew the {code}", "the manual on your site is an old edition"),
    "Price": (
        "spare parts cost almost as much as a new {kind}",
        "the surcharge came without warning",
        "the price of the {code} rose twice this year",
    ),
}
PRAISE_JA = {
    "納期": ("{code}が予定より早く届き、梱包も丁寧でした", "いつも約束の日に届くので安心しています"),
    "品質": ("{kind}は{n}か月使っても液漏れがありません", "{code}の仕上げがきれいで取付けも簡単でした"),
    "対応": ("技術の方の説明が分かりやすかったです", "電話をするとすぐに折り返していただけます"),
    "価格": ("数量に応じた値引きがありがたいです", "長く使えるので結果的に安く済みます"),
}
BLAME_JA = {
    "納期": ("{code}の納期が昨年の倍になり困っています", "分納の連絡がなく現場が混乱しました"),
    "品質": ("{kind}が{n}週間で漏れ始めました", "{code}の塗装がはがれやすいと感じます"),
    "対応": ("回答まで{n}日かかりました", "担当者によって説明が違うのが不満です"),
    "価格": ("部品代が本体と変わらないのは高すぎます", "値上げの案内が急でした"),
}


def rows(seed: int = 14, count: int = 150) -> list[tuple[str | int, ...]]:
    chance = Random(seed)
    made: list[tuple[str | int, ...]] = []
    for number in range(count):
        good, theme = chance.random() < 0.55, chance.choice(list(PRAISE))
        code, kind, _ = chance.choice(PRODUCTS)
        said = chance.sample((PRAISE if good else BLAME)[theme], 2)
        text = (
            f"{said[0]}; {said[1]}." if chance.random() < 0.5 else f"{chance.choice(('Overall', 'Honestly', 'In our plant', 'For us'))}, {said[0]}."
        )
        text = text.format(code=code, kind=kind, n=chance.randrange(3, 40))
        made.append(
            (f"S{number + 1:04d}", f"2025Q{number * 4 // count + 1}", chance.randrange(8, 11) if good else chance.randrange(0, 7), text, theme)
        )
    return made


def rows_ja(seed: int = 15, count: int = 120) -> list[tuple[str | int, ...]]:
    chance = Random(seed)
    made: list[tuple[str | int, ...]] = []
    for number in range(count):
        good, theme = chance.random() < 0.55, chance.choice(list(PRAISE_JA))
        code, _, kind = chance.choice(PRODUCTS)
        said = chance.sample((PRAISE_JA if good else BLAME_JA)[theme], 2)
        start = chance.choice(("", "全体として、", "率直に申し上げて、", "現場からは、", "購買の立場では、"))
        text = start + said[0] + "。" + (said[1] + "。" if chance.random() < 0.5 else "")
        text = text.format(code=code, kind=kind, n=chance.randrange(2, 30))
        made.append((f"A{number + 1:04d}", f"2025年度第{number * 4 // count + 1}四半期", chance.choice((4, 5) if good else (1, 2, 3)), text, theme))
    return made
