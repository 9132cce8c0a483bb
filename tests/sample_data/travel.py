"""Two versions of the travel policy that contradict each other, in English and Japanese, and the expense rules beside them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What the versions say differently."""

    version: str
    effective: str
    effective_ja: str
    domestic: str
    abroad: str
    approval_days: int
    hotel: str
    train: str
    train_ja: str
    claim_days: int


V1 = Terms("1.0", "1 April 2022", "2022年4月1日", "2,200", "5,500", 5, "9,000", "ordinary reserved seats", "普通車指定席", 10)
V2 = Terms("2.0", "1 October 2025", "2025年10月1日", "2,800", "7,000", 10, "12,500", "ordinary reserved seats or, above four hours, first class",
           "普通車指定席（片道4時間を超える場合はグリーン車も可）", 20)  # fmt: skip

EN = """
# Travel Policy, version {t.version}
Document GA-TRV-01. Effective date: {t.effective}. Owner: General Affairs. This policy applies to all employees of Aomine Fluid Precision and
to temporary staff who travel on company business.

## 1. Purpose
This policy explains when a business trip is necessary, who approves it, and which costs the company shall bear. A trip is justified only
where the same result cannot be reached by telephone or video call. Travellers shall choose the route that is reasonable in time and money,
not merely the cheapest one.

## 2. Approval
A traveller shall submit the trip request at least {t.approval_days} working days before departure. The section manager approves domestic trips; the
department director approves trips abroad. Requests that arrive later need a written reason and the signature of the director of General
Affairs. Nobody approves a trip in which he or she takes part.

## 3. Transport
Rail travel is the normal choice inside Japan. Employees shall use {t.train}. Flights are booked through the travel desk in economy class; a
flight of more than nine hours may be booked in premium economy when the traveller works on the day of arrival. Private cars shall not be
used for visits to customers, except to sites without public transport, in which case 37 yen per kilometre are reimbursed.

## 4. Accommodation
The company pays the actual room charge up to {t.hotel} yen per night in Japan. Breakfast is included in this limit. Abroad the limit is the one
shown on the intranet list of cities. When a trade fair makes rooms scarce, the travel desk may exceed the limit by one third.

## 5. Daily allowance
The daily allowance for domestic trips is {t.domestic} yen and for trips abroad {t.abroad} yen. The allowance covers meals, local telephone calls
and small expenses; no receipts are required. On days of less than eight hours away from the workplace, half of the allowance is paid. If a
customer or supplier invites the traveller to dinner, the allowance is reduced by 1,000 yen.

## 6. Settlement
The expense report shall reach Accounting within {t.claim_days} calendar days of return, together with the original receipts. Electronic receipts are
accepted if they show the registration number of the issuer. Advances that have not been settled after two months are deducted from salary.

## 7. Safety abroad
Before departure to a country with a travel warning, the traveller registers the itinerary with General Affairs and carries the emergency
card. Medical insurance is arranged by the company. A traveller who feels unsafe may break off the trip at any time; nobody shall suffer a
disadvantage from that decision.

## 8. Exceptions and misuse
The president may allow exceptions for reasons of health or family. Deliberately false claims are treated under Article 41 of the work rules.

## Revision history
{history}
"""

JA = """
# 旅費規程（第{t.version}版）
文書番号 GA-TRV-01J　施行日：{t.effective_ja}　主管：総務部

## 第1条（目的）
本規程は、株式会社アオミネ流体精機（以下「会社」という。）の従業員が社命により国内または海外に出張する場合の手続および旅費の支給基準を定める。
電話またはウェブ会議で目的を達することができる場合は、出張を行わないものとする。

## 第2条（適用範囲）
本規程は、正社員、嘱託社員および派遣社員に適用する。役員の出張については別に定める役員旅費細則による。

## 第3条（出張の申請および承認）
出張者は、出発日の{t.approval_days}営業日前までに出張申請書を提出し、承認を受けなければならない。国内出張は課長、海外出張は部長が承認する。
期限を過ぎた申請には理由書を添付し、総務部長の決裁を要する。出張者本人が自らの申請を承認することはできない。

## 第4条（交通費）
鉄道は{t.train_ja}を標準とする。航空機はエコノミークラスとし、旅行担当窓口を通じて手配する。
自家用車の使用は、公共交通機関のない事業所を訪問する場合に限って認め、1キロメートルにつき37円を支給する。

## 第5条（宿泊費）
国内の宿泊費は1泊{t.hotel}円を上限とする実費とし、朝食代を含む。海外の上限額は社内ポータルに掲示する都市別一覧による。
展示会等により宿泊施設の確保が難しいときは、上限額の3分の1を限度として超過を認めることができる。

## 第6条（日当）
日当は、国内出張については1日{t.domestic}円、海外出張については1日{t.abroad}円とする。日当は食事代、通信費その他の雑費に充てるものとし、領収書を要しない。
外出時間が8時間に満たない日は半額とする。取引先から夕食の接待を受けた日は1,000円を減額する。

## 第7条（精算）
出張者は、帰着の日から{t.claim_days}日以内に旅費精算書を経理部へ提出しなければならない。領収書は、発行者の登録番号が確認できる電子データでも差し支えない。
2か月を経過しても精算されない仮払金は、給与から控除することがある。

## 第8条（海外における安全）
危険情報が出ている国へ出張する者は、事前に行程を総務部に登録し、緊急連絡カードを携行する。身の危険を感じたときは、自らの判断で出張を中止することができ、
これにより不利益な取扱いを受けない。

## 第9条（不正の処分）
虚偽の申請により旅費を受けた者は、就業規則第41条により処分する。

## 附則
{history_ja}
"""

HISTORY = {
    "1.0": ("1.0, April 2022: first issue.", "この規程は、2022年4月1日から施行する。"),
    "2.0": (
        "1.0, April 2022: first issue. 2.0, October 2025: allowances, hotel limit and periods changed; replaces version 1.0.",
        "この規程は、2025年10月1日から施行し、第1.0版は廃止する。",
    ),
}

EXPENSES = """
# Expense and Entertainment Rules
Accounting, document AC-EXP-03. These rules apply to costs that an employee pays for the company outside business trips.

## Article 1. What may be claimed
Books, small tools, courier fees, parking, and refreshments for visitors may be claimed up to 8,000 yen a month. Everything above that amount
shall be ordered through Purchasing. Software subscriptions shall never be paid with a private card.

## Article 2. Entertainment
Dinners with customers need approval before the event, not after it. The request names the guests, their company, the reason, and the expected
cost per head. The limit is 10,000 yen for each person present. Gifts to officials of public bodies are forbidden without exception.

## Article 3. Receipts
A receipt shows the date, the seller with registration number, the goods, the tax rate and the total. Credit card slips alone are not
sufficient. If a receipt is lost, the employee writes a statement that the section manager signs; more than two statements a year are refused.

## Article 4. Payment
Claims approved by the 20th are paid with the salary of the same month. Accounting returns an incomplete claim once; the corrected claim
shall come back within ten days.

## Article 5. Records
Claims and receipts are kept for seven years. Electronic records shall not be changed after approval.
"""


def travel_policy(terms: Terms) -> str:
    return EN.format(t=terms, history=HISTORY[terms.version][0])


def travel_policy_ja(terms: Terms) -> str:
    return JA.format(t=terms, history_ja=HISTORY[terms.version][1])
