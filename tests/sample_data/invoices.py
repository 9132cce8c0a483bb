"""Invoices and purchase orders with fields: numbers, dates, rates of tax and totals that add up."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.sample_data.company import (
    ADDRESS,
    ADDRESS_JA,
    COMPANY,
    COMPANY_JA,
    CUSTOMERS,
    CUSTOMERS_JA,
    PHONE_JA,
    PRODUCTS,
    REGISTRATION,
    SUPPLIER_REGISTRATIONS,
)

PRICES = (38_000, 64_500, 27_800, 15_200, 88_000, 71_300, 124_000)
SUPPLIERS = ("有限会社トキワ機工", "合同会社ナギサ鋳造", "株式会社ヒバリ梱包", "オリベ電機商会")
GOODS = (
    ("鋳物素材 SCS14", 4_300),
    ("Oリング FKM 50個入", 6_800),
    ("電磁コイル DC24V", 2_950),
    ("木箱 輸出用", 5_400),
    ("六角ボルト M12 100本", 3_700),
    ("軸受 6204", 890),
)
REMARKS = (
    "納品場所は第二倉庫です。受入れは15時までにお願いします。",
    "検査成績書を添付してください。",
    "分納の場合は事前にご連絡ください。",
    "図面の改訂にご注意ください。",
)
NOTES = (
    "The goods remain our property until full payment. Returns need a return number from our service desk.",
    "Prices are CIP Northport, packing in export crates included. Please quote the invoice number with your payment.",
    "Partial delivery; the rest of the order follows with the next vessel. Bank charges are shared.",
    "Warranty is twenty-four months from delivery. Commodity code 8481.80, country of origin Japan.",
)


def yen(amount: int) -> str:
    return f"{amount:,}"


def invoice_ja(chance: Random, number: int) -> str:
    day = date(2025, 4, 30) + timedelta(days=31 * number)
    items = chance.sample(list(zip(PRODUCTS, PRICES, strict=True)), chance.choice((2, 3, 4)))
    rows, total = [], 0
    for (code, _, kind), price in items:
        count = chance.randrange(2, 40)
        total += count * price
        rows.append(f"| {code} {kind} | {count} | {yen(price)} | {yen(count * price)} |")
    tax = total // 10
    table = "\n".join(rows)
    return f"""
# 請求書
{CUSTOMERS_JA[number % 6]} 御中
請求番号：AF-25{number + 1:04d};;発行日：{day.year}年{day.month}月{day.day}日;;発注番号：PO-{chance.randrange(10000, 99999)};;
{COMPANY_JA};;{ADDRESS_JA};;電話 {PHONE_JA};;登録番号：{REGISTRATION}
下記のとおりご請求申し上げます。本書は適格請求書です。

| 品名 | 数量 | 単価（円） | 金額（円） |
{table}

| 税抜合計 | {yen(total)}円 |
| 消費税（10％） | {yen(tax)}円 |
| ご請求額（税込） | {yen(total + tax)}円 |

お支払期限：{(day + timedelta(days=30)).isoformat()};;お振込先：架空銀行 緑野支店 普通 0000{chance.randrange(100, 999)}
恐れ入りますが、振込手数料は貴社にてご負担ください。
"""


def invoice_en(chance: Random, number: int) -> str:
    day = date(2025, 5, 14) + timedelta(days=40 * number)
    items = chance.sample(list(zip(PRODUCTS, PRICES, strict=True)), chance.choice((2, 3, 4)))
    rows, total = [], 0
    for (code, kind, _), price in items:
        count, price = chance.randrange(3, 60), price // 150
        total += count * price
        rows.append(f"| {kind} {code} | {count} | {price:,}.00 | {count * price:,}.00 |")
    table = "\n".join(rows)
    order, net = f"{chance.choice('NHBO')}-{chance.randrange(40000, 49999)}", chance.choice((30, 45, 60))
    return f"""
# Invoice {7001 + number}
{COMPANY};;{ADDRESS}
Invoice date: {day:%d %B %Y};;Customer: {CUSTOMERS[number % 8]};;PO number: {order};;Terms: net {net} days

| Item | Quantity | Unit price EUR | Amount EUR |
{table}

| Subtotal | {total:,}.00 |
| Tax (export, zero rated) | 0.00 |
| Total | EUR {total:,}.00 |

{NOTES[number % 4]}
"""


def order_ja(chance: Random, number: int) -> str:
    day = date(2025, 6, 2) + timedelta(days=23 * number)
    rows, total = [], 0
    for name, price in chance.sample(GOODS, 3):
        count = chance.randrange(5, 200)
        total += count * price
        rows.append(f"| {name} | {count} | {yen(price)} | {yen(count * price)} |")
    table = "\n".join(rows)
    due = day + timedelta(days=chance.randrange(14, 45))
    return f"""
# 注文書
{SUPPLIERS[number % 4]} 御中（登録番号 {SUPPLIER_REGISTRATIONS[number % 12]}）
発注番号：PO-{51000 + number};;発注日：{day.isoformat()};;納期：{due.isoformat()};;発注者：{COMPANY_JA} 購買課

| 品名 | 数量 | 単価（円） | 金額（円） |
{table}
| 合計（税抜） |  |  | {yen(total)} |
| 合計（税込） |  |  | {yen(total + total // 10)} |

備考：{REMARKS[number % 4]}
"""


def order_rows(chance: Random) -> list[tuple[str | int, ...]]:
    """Rows of the purchase ledger."""
    rows: list[tuple[str | int, ...]] = [("発注番号", "発注日", "仕入先", "品名", "数量", "単価", "金額（税抜）", "金額（税込）", "請求書番号")]
    for number in range(60):
        name, price = chance.choice(GOODS)
        count = chance.randrange(5, 300)
        day = date(2025, 4, 3) + timedelta(days=5 * number)
        total = count * price
        rows.append(
            (f"PO-{50100 + number}", day.isoformat(), SUPPLIERS[number % 4], name, count, price, total, total + total // 10, f"R{8000 + 3 * number}")
        )
    return rows
