"""Documents about persons, all of them invented: applications, appraisals, registers with personal data."""

from __future__ import annotations

from tests.sample_data.company import my_number

RESUMES_JA = {
    "履歴書_応募_春日井": (
        "春日井 悠真",
        "1994年8月17日",
        "青峰県緑野市架空町4-5-6",
        "090-0000-0142",
        "kasugai@example.co.jp",
        "架空工業大学 機械工学科 卒業",
        "有限会社の治具設計を7年間担当しました。三次元の図面と有限要素解析を日常的に使っています。品質工学の考え方を現場に広めた経験があります。",
        "流体機器の設計に携わり、長く使われる製品を作りたいと考え応募いたしました。",
    ),
    "履歴書_応募_三田村": (
        "三田村 琴音",
        "2001年2月3日",
        "青峰県若葉市見本台2-2-8",
        "090-0000-0177",
        "mitamura@example.co.jp",
        "見本大学 外国語学部 卒業",
        "学生時代に展示会の通訳を12回務めました。英語の商談メールを日本語に要約する業務を派遣社員として2年間行っています。",
        "貿易事務として、技術の分かる通訳者を目指しております。",
    ),
    "履歴書_応募_宇佐見": (
        "宇佐見 剛",
        "1979年11月29日",
        "青峰県西浜市例示1-9",
        "080-0000-0135",
        "usami@example.co.jp",
        "県立見本工業高校 電気科 卒業",
        "工場の保全職として24年間勤務し、電気主任技術者の資格を取得しました。夜間の故障対応を後輩に教える仕組みを作りました。",
        "これまでの経験を、設備の更新が進む御社で役立てたいと考えております。",
    ),
}
RESUME_JA = """
# 履歴書（職務経歴書）
応募職種：{job};;氏名：{name};;生年月日：{born};;住所：{address};;電話：{phone};;電子メール：{mail}
## 学歴・職歴
{school}。{career}
## 志望動機
{reason}
## 面接評価（人事記入欄）
{judgement}
"""
JOBS_JA = (
    ("設計", "図面の説明が具体的で、質問の意図を外さない。評価B+。二次面接へ進める。"),
    ("海外営業事務", "英語は十分。製品知識はこれから。評価B。条件面を確認する。"),
    ("設備保全", "受け答えが落ち着いている。夜勤の可否を再確認。評価A。"),
)
RESUMES_EN = {
    "resume_applicant_hartwell": """
# Resume of applicant Nora Hartwell
Date of birth: 9 March 1990. Address: 3 Placeholder Lane, Northport. Phone: +44 20 7946 0155. E-mail: n.hartwell@example.com
## Experience
Service engineer for dosing equipment, 2014 to 2025: commissioning at 60 sites, training of operators, root cause reports. Before that two years
as a fitter in a dairy. Certified for work at height.
## Interview notes
The applicant explained a failed start-up openly, including her own mistake. Wants to travel less than half of the time. Second interview: yes.
""",
    "resume_applicant_osei": """
# Resume of applicant Kwame Osei
Date of birth: 21 October 1997. Address: 88 Sample Street, Halden Example. Phone: +1 202 555 0188. E-mail: k.osei@example.com
## Experience
Data analyst in a logistics firm. Built the weekly delay report in SQL and reduced manual work from a day to an hour. Studied industrial
engineering. Speaks English, French and some Japanese.
## Interview notes
Strong in method, less so in our products. The applicant asked how tickets are labelled today, which nobody on the panel could answer.
""",
}

APPRAISAL_JA = """
# 人事考課 評価シート {year}年度
対象者：{name}（等級：{grade}）　所属：{place}　一次考課者：{judge}
## 目標管理
| 目標 | 達成度 | 本人所見 |
{goals}
## 考課者コメント
{comment}
## 総合評価
{rating}
"""
APPRAISALS_JA = {
    "人事評価シート_2025_A": {
        "year": 2025,
        "name": "滝本 彩香",
        "grade": "3級",
        "place": "品質保証課",
        "judge": "北見 由佳",
        "goals": "| 受入検査の時間を2割短縮 | 達成 | 治具を二つ作り、測定の順番を変えた。 |\n| 後輩の育成 | 一部達成 | "
        "独り立ちまであと2か月を要する。 |",
        "comment": "数字に強く、改善の提案が具体的である。周囲に頼ることを覚えると、さらに大きな仕事ができる。",
        "rating": "A（期待を上回る）",
    },
    "人事評価シート_2025_B": {
        "year": 2025,
        "name": "新堂 直人",
        "grade": "4級",
        "place": "製造部組立課",
        "judge": "大貫 修平",
        "goals": "| 軸封漏れの件数を半減 | 達成 | 21件から9件に減った。 |\n| 作業標準5件の改訂 | 未達 | 3件にとどまった。 |",
        "comment": "現場の信頼が厚い。書類の期限が遅れがちなので、課内で分担を見直す。",
        "rating": "B+（期待どおり）",
    },
    "人事評価シート_2025_C": {
        "year": 2025,
        "name": "早乙女 亮",
        "grade": "2級",
        "place": "情報システム部",
        "judge": "長峰 浩二",
        "goals": "| 第8.4版の移行 | 達成 | 停止時間を計画の半分に抑えた。 |\n| 問い合わせの一次回答率80％ | 未達 | 71％であった。 |",
        "comment": "技術は確かである。利用者の言葉で説明する練習を来期の目標に加える。",
        "rating": "B（おおむね期待どおり）",
    },
}
APPRAISALS_EN = {
    "appraisal_2025_field_service": """
# Appraisal 2025: field service engineer, Halden
Goals agreed in January: 40 commissionings, first-time fix of 85 percent, Japanese course level 2. Result: 43 commissionings, 81 percent, course
passed.
Manager's comment: reliable under pressure and liked by customers, who ask for him by name. Reports are short to the point of riddles; we agreed on
a template. Overall rating: 4 of 5. Employee's comment: two of the repeat visits were caused by missing spare parts.
""",
    "appraisal_2025_inside_sales": """
# Appraisal 2025: inside sales, Northport
Goals: quotation within two days in 90 percent of cases, 30 calls a week, handover of the price list. Result: 84 percent, 35 calls, done.
Manager's comment: energetic, sometimes promises delivery dates before asking the plant. Overall rating: 3 of 5. In his
self-assessment he had put himself at 4. Development: two weeks in Midorino to see
how a pump is built. Employee's comment: agrees, and asks for access to the production calendar.
""",
}

REGISTER_PEOPLE = (
    ("青山 和彦", "1961年5月2日", "青峰県緑野市架空町1-1", "03-0000-0111", "aoyama@example.co.jp", "12345678901"),
    ("石渡 さつき", "1972年12月24日", "青峰県緑野市架空町2-14", "090-0000-0123", "ishiwata@example.co.jp", "99990000001"),
    ("大貫 修平", "1968年7月7日", "青峰県若葉市見本台9-3", "090-0000-0131", "onuki@example.co.jp", "99990000018"),
    ("北見 由佳", "1980年3月30日", "青峰県西浜市例示5-21", "080-0000-0164", "kitami@example.co.jp", "99990000025"),
)


def dependants_form() -> str:
    """A form with individual numbers, each after its context word."""
    rows = "\n".join(
        f"| {name} | {born} | {address} | {phone} | {mail} | マイナンバー {my_number(base)} |"
        for name, born, address, phone, mail, base in REGISTER_PEOPLE
    )
    return f"""
# 扶養控除等申告に係る個人番号届（見本）
人事部　取扱注意：個人情報を含む。氏名、生年月日、住所および個人番号（マイナンバー）を記入のこと。

| 氏名 | 生年月日 | 住所 | 電話 | 電子メール | 個人番号 |
{rows}

本書は税務手続のみに使用し、保存年限の経過後に廃棄する。
"""


CARD_MEMO = """
# Card payments in the spare parts shop: two open cases
From the parts counter to Accounting, 30 September 2025. Not to be forwarded.

Ms Aldous (h.aldous@example.com, +44 20 7946 0112) was charged twice on card 4111 1111 1111 1111 for order SO-24410. Mr Pell asks us to move his
payment from card 5555 5555 5555 4444 to a bank transfer; his number is +1 202 555 0143. Please delete this memo after the refund: card numbers
should never have been written down.
"""

SALARY = """
# Salary bands 2026, confidential
Band 1: 3.2 to 4.1 million yen. Band 2: 3.9 to 5.2 million yen. Band 3: 5.0 to 6.8 million yen. Band 4: 6.5 to 9.0 million yen.
"""


def resumes() -> dict[str, str]:
    made = {}
    for (file, values), (job, judgement) in zip(RESUMES_JA.items(), JOBS_JA, strict=True):
        name, born, address, phone, mail, school, career, reason = values
        made[file] = RESUME_JA.format(
            job=job, name=name, born=born, address=address, phone=phone, mail=mail, school=school, career=career, reason=reason, judgement=judgement
        )
    return made | RESUMES_EN


def appraisals() -> dict[str, str]:
    return {name: APPRAISAL_JA.format(**values) for name, values in APPRAISALS_JA.items()} | APPRAISALS_EN
