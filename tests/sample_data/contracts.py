"""Near-duplicate contracts: non-disclosure agreements and purchase contracts that differ in names, amounts and one or two clauses."""

from __future__ import annotations

NDA = """
# Mutual Non-Disclosure Agreement
This contract is made on {day} between Aomine Fluid Precision Co., Ltd., 1-2-3 Kaku-cho, Midorino City, Japan ("Aomine") and {party},
{address} ("the Partner").

## 1. Purpose
The parties wish to exchange information about {purpose}. Each party may disclose drawings, test results, prices and know-how that are not public.

## 2. Confidential information
Confidential information means everything that is marked as such or whose nature shows that it is meant to stay secret. Information that the
recipient already knew, developed independently or received lawfully from a third party is not covered.

## 3. Duties of the recipient
The recipient shall use the information only for the purpose, shall show it only to employees who need it, and shall protect it with the care
that it applies to its own secrets. Copies are made only where necessary and are listed.

## 4. Term
The term of this contract is {years} years from its date. The duty of secrecy continues for {tail} years after the end of the term.

## 5. Return
Within {days} days of a written request the recipient returns or destroys all material and confirms this in writing.

## 6. No licence, no warranty
Nothing in this contract grants a licence. Information is provided as it is. A general release of claims is not given by either party.

## 7. Liability
A party that breaches this contract shall indemnify the other for the loss suffered, up to {cap} euros, except in cases of intent.

## 8. Governing law
The governing law is the law of {law}. Disputes are settled by arbitration in {place}. Changes need written form.
"""
NDAS = (
    (
        "nda_northport_dairy",
        "Northport Dairy Systems Ltd",
        "14 Example Quay, Northport",
        "hygienic pumps for a new filling line",
        "12 May 2024",
        3,
        5,
        30,
        "250,000",
        "Japan",
        "Tokyo",
    ),
    (
        "nda_halden_pulp",
        "Halden Pulp and Paper AS",
        "Elvegata 900, Halden Example",
        "relief valves for black liquor",
        "3 June 2024",
        3,
        5,
        30,
        "250,000",
        "Japan",
        "Tokyo",
    ),
    (
        "nda_ostmark_coatings",
        "Ostmark Coatings GmbH",
        "Musterstrasse 1, Musterstadt",
        "metering pumps for two-component paint",
        "19 September 2024",
        2,
        5,
        14,
        "100,000",
        "Germany",
        "Hamburg",
    ),
    (
        "nda_quillstone_semiconductor",
        "Quillstone Semiconductor Inc.",
        "500 Sample Drive, Quillstone",
        "flow controllers for ultrapure water",
        "14 January 2025",
        5,
        7,
        30,
        "900,000",
        "Japan",
        "Singapore",
    ),
    (
        "nda_calder_bay",
        "Calder Bay Desalination plc",
        "2 Specimen Road, Calder Bay",
        "ball valves in duplex steel",
        "27 February 2025",
        3,
        5,
        30,
        "300,000",
        "England",
        "London",
    ),
)

PURCHASE = """
# 売買基本契約書
{party}（以下「甲」という。）と株式会社アオミネ流体精機（以下「乙」という。）は、乙の製造する{goods}の売買に関し、次のとおり契約を締結する。
## 第1条（目的物）
乙は甲に対し、{goods}（以下「製品」という。）を継続的に売り渡し、甲はこれを買い受ける。年間の取引見込額は金{amount}円（消費税別）とする。
## 第2条（個別契約）
個別契約は、甲が注文書を交付し、乙がこれを承諾したときに成立する。乙が受領後{accept}営業日以内に諾否を通知しないときは、承諾したものとみなす。
## 第3条（納入および検収）
乙は、個別契約に定める納期に製品を納入する。甲は、納入後{inspect}日以内に検査を行い、合格したものについて検収書を交付する。
## 第4条（所有権の移転）
製品の所有権は、代金の完済をもって乙から甲に移転する。危険負担は、検収の完了時に移転する。
## 第5条（支払）
甲は、毎月末日に締め切った検収済み製品の代金を、{pay}に乙の指定する銀行口座へ振り込む。
## 第6条（契約不適合責任）
検収後{warranty}か月以内に、製品に直ちに発見できない不適合が見つかったときは、乙は無償で修補または代替品の納入を行う。
## 第7条（損害賠償）
甲または乙は、本契約に違反して相手方に損害を与えたときは、通常生ずべき損害を賠償する。ただし、賠償額は直近12か月の取引金額を上限とする。
## 第8条（解除）
相手方が支払を停止したとき、または催告後{cure}日以内に違反を是正しないときは、本契約の全部または一部を解除することができる。
## 第9条（反社会的勢力の排除）
甲および乙は、自らが反社会的勢力に該当しないことを表明し、将来にわたっても該当しないことを確約する。
## 第10条（準拠法および合意管轄）
本契約の準拠法は日本法とし、紛争については{court}地方裁判所を第一審の専属的合意管轄裁判所とする。
本契約の成立を証するため、本書2通を作成し、甲乙記名押印のうえ各1通を保有する。
{day}
"""
PURCHASES = (
    ("売買基本契約書_ミナモ食品", "株式会社ミナモ食品", "サニタリーポンプ", "48,000,000", 5, 10, "翌月末日", 12, 14, "青峰", "2024年4月10日"),
    ("売買基本契約書_白樺台製紙", "白樺台製紙株式会社", "リリーフ弁", "31,500,000", 5, 10, "翌月末日", 12, 14, "青峰", "2024年6月3日"),
    ("売買基本契約書_ハルカゼ薬品", "株式会社ハルカゼ薬品", "定量ポンプ", "72,000,000", 3, 7, "翌々月10日", 18, 10, "緑野", "2024年11月22日"),
    ("売買基本契約書_瑞穂野水処理", "瑞穂野水処理株式会社", "ボールバルブ", "26,400,000", 5, 10, "翌月末日", 12, 14, "青峰", "2025年2月17日"),
)

REVIEW = """
# Contract review notes: supply frame with Verrano Chemicals
Legal, 8 July 2025. Redline received from the customer's counsel; our comments follow the clause numbers of the draft contract.

- Clause 4.2, liability cap: the redline deletes our cap of 100 percent of yearly turnover. Fallback: 150 percent, but never unlimited except for
intent. The governing law stays Japanese.
- Clause 6.1, delivery: liquidated damages of 1 percent a day are out of proportion. Fallback: 0.5 percent a week, at most 5 percent.
- Clause 7, release: the wording "full release of all past claims" would also cover the open warranty case from 2023. Here release means that
Verrano gives up its claims for good; Sales should not confuse it with the release of a lot by Quality. Strike, or name the case.
- Clause 9.3, indemnify: we do not indemnify for combinations with products of third parties.
- Clause 12, term: five years with automatic renewal is acceptable if we may terminate with six months' notice.

Risk overall: medium. Decision by the board is not needed below two million euros.
"""

REVIEW_JA = """
# 契約審査メモ：共同開発契約書（株式会社クオン電子）
法務課　2025年9月5日　担当：佐和田 恵
## 審査結果
次の3点を修正案のとおり改めることを条件に、締結して差し支えないと判断します。
| 条項 | 相手方案 | リスク | 修正案 |
| 第6条 成果の帰属 | すべて甲に帰属 | 当社の既存特許まで移転するおそれ | 各自の既存技術を除き共有 |
| 第11条 損害賠償 | 上限なし | 開発費を大きく超える負担 | 受領済み委託料の総額を上限 |
| 第14条 準拠法 | 相手方本店所在地の裁判所 | 出張費用の増加 | 被告地主義 |
## 補足
条項例は契約書ひな形集の第4版を用いました。解除条項は相互に対等で、問題ありません。
"""


def ndas() -> dict[str, str]:
    keys = ("party", "address", "purpose", "day", "years", "tail", "days", "cap", "law", "place")
    return {name: NDA.format(**dict(zip(keys, values, strict=True))) for name, *values in NDAS}


def purchases() -> dict[str, str]:
    keys = ("party", "goods", "amount", "accept", "inspect", "pay", "warranty", "cure", "court", "day")
    return {name: PURCHASE.format(**dict(zip(keys, values, strict=True))) for name, *values in PURCHASES}
