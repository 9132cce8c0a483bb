"""The company, its people, products and customers: all invented, with numbers that nobody can own."""

from __future__ import annotations

COMPANY = "Aomine Fluid Precision Co., Ltd."
COMPANY_JA = "株式会社アオミネ流体精機"
ADDRESS = "1-2-3 Kaku-cho, Midorino City, Aomine Prefecture 000-0001, Japan"
ADDRESS_JA = "〒000-0001 青峰県緑野市架空町一丁目2番3号"
PHONE_JA = "03-0000-0101"

PRODUCTS = (
    ("AV-200", "ball valve", "ボールバルブ"),
    ("GX-35", "gear pump", "ギヤポンプ"),
    ("RC-12", "relief valve", "リリーフ弁"),
    ("SP-7", "solenoid valve", "電磁弁"),
    ("MK-4", "metering pump", "定量ポンプ"),
    ("DF-90", "diaphragm pump", "ダイヤフラムポンプ"),
    ("CT-8", "flow controller", "流量コントローラ"),
)
CUSTOMERS = (
    "Northport Dairy Systems", "Halden Pulp and Paper", "Brackwater Utilities", "Ostmark Coatings", "Calder Bay Desalination",
    "Tarn Valley Brewing", "Verrano Chemicals", "Quillstone Semiconductor",
)  # fmt: skip
CUSTOMERS_JA = (
    "株式会社ミナモ食品",
    "白樺台製紙株式会社",
    "有限会社トキワ機工",
    "株式会社ハルカゼ薬品",
    "瑞穂野水処理株式会社",
    "株式会社クオン電子",
)
PEOPLE = (
    "Emma Thornbury", "Jonas Lindqvist", "Priya Raman", "Marco Bellandi", "Grace Okonjo", "Tom Ashcroft", "Lena Vogel", "Daniel Reyes",
)  # fmt: skip
PEOPLE_JA = ("青山 和彦", "石渡 さつき", "大貫 修平", "北見 由佳", "桑名 健吾", "佐和田 恵", "新堂 直人", "滝本 彩香", "長峰 浩二", "早乙女 亮")
MAIL_NAMES = ("aoyama", "ishiwata", "onuki", "kitami", "kuwana", "sawada", "shindo", "takimoto", "nagamine", "saotome")


def corporate_number(base: str) -> str:
    """Prefix the check digit of a Japanese corporate number to 12 digits: 9 - (sum of digits from the right, weighted 1, 2, 1, 2 ...) mod 9."""
    total = sum(int(digit) * (1 if place % 2 == 0 else 2) for place, digit in enumerate(reversed(base)))
    return f"{9 - total % 9}{base}"


def my_number(base: str) -> str:
    """Append the check digit of an individual number to 11 digits: 11 - (weighted sum mod 11), 0 where the remainder is at most 1."""
    total = sum(int(digit) * (place + 1 if place <= 6 else place - 5) for place, digit in enumerate(reversed(base), start=1))
    return base + str(0 if total % 11 <= 1 else 11 - total % 11)


REGISTRATION = "T" + corporate_number("999900000101")
SUPPLIER_REGISTRATIONS = tuple("T" + corporate_number(f"99990000{n:04d}") for n in range(201, 213))
"""Qualified-invoice numbers: the block 9999 of the corporate numbers is not assigned to a registry office."""
