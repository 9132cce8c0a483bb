"""The folders of the offices: accounting, general affairs, hr, legal, it."""

from __future__ import annotations

from random import Random

from tests.sample_data import contracts, invoices, minutes_en, minutes_ja, office_texts, people, rules_en, rules_ja, travel
from tests.sample_data.formats import spread, written
from tests.sample_data.office import docx, xlsx
from tests.sample_data.pages import csv_table, pdf


def accounting() -> dict[str, bytes]:
    chance = Random(21)
    bills = {f"請求書_AF-25{n + 1:04d}": invoices.invoice_ja(chance, n) for n in range(7)}
    foreign = {f"invoice_{7001 + n}": invoices.invoice_en(chance, n) for n in range(6)}
    orders = {f"注文書_PO-{51000 + n}": invoices.order_ja(chance, n) for n in range(5)}
    made = spread("accounting/invoices", bills, ("pdf", "docx", "pdf"))
    made |= spread("accounting/invoices", foreign, ("pdf", "docx"))
    made |= spread("accounting/orders", orders, ("docx", "pdf", "sjis.txt"))
    made["accounting/orders/発注台帳_2025.xlsx"] = xlsx([("発注", invoices.order_rows(chance))], "発注台帳 2025年度")
    made |= written("accounting/card_payment_memo.txt", people.CARD_MEMO)
    made |= written("accounting/expense_and_entertainment_rules.docx", travel.EXPENSES)
    return made


def general_affairs() -> dict[str, bytes]:
    made = spread("general_affairs/minutes", minutes_en.MINUTES_BY_NAME, ("docx", "md", "txt"))
    made |= spread("general_affairs/minutes", minutes_ja.MINUTES, ("docx", "sjis.txt", "docx", "txt"))
    made |= written("general_affairs/travel/travel_policy_v1.docx", travel.travel_policy(travel.V1))
    made |= written("general_affairs/travel/travel_policy_v2.pdf", travel.travel_policy(travel.V2))
    made |= written("general_affairs/travel/旅費規程_第1版.docx", travel.travel_policy_ja(travel.V1))
    made |= written("general_affairs/travel/旅費規程_第2版.pdf", travel.travel_policy_ja(travel.V2))
    made |= written("general_affairs/個人情報取扱規程.docx", rules_ja.PERSONAL_DATA)
    made |= spread("general_affairs/notices", office_texts.NOTICES, ("docx", "sjis.txt", "html", "pdf", "txt", "md"))
    made["general_affairs/translation/用語集_glossary.xlsx"] = xlsx([("用語集", office_texts.GLOSSARY)], "用語集 bilingual glossary")
    for name, pairs in office_texts.PAIRS.items():
        made[f"general_affairs/translation/{name}.xlsx"] = xlsx(
            [("対訳", [("English (原文 / source language)", "日本語（訳文 / target language）"), *pairs])], name
        )
    made |= written("general_affairs/translation/翻訳依頼票.md", office_texts.TRANSLATION_NOTES)
    made |= written("general_affairs/用字用語の手引.html", office_texts.STYLE)
    made["general_affairs/文書保存年限表.csv"] = csv_table(office_texts.RECORDS, "cp932")
    made |= written("general_affairs/法改正影響調査_2025.txt", office_texts.AMENDMENT)
    return made


def hr() -> dict[str, bytes]:
    made = written("hr/就業規則.docx", rules_ja.WORK_RULES)
    made |= written("hr/育児介護休業規程.pdf", rules_ja.CHILDCARE)
    made |= written("hr/employee_handbook_policy.docx", rules_en.HANDBOOK)
    made |= spread("hr/applications", people.resumes(), ("docx", "pdf", "docx", "docx", "pdf"))
    made |= spread("hr/appraisals", people.appraisals(), ("docx", "docx", "pdf", "docx", "txt"))
    made |= written("hr/個人番号届_見本.docx", people.dependants_form())
    made["hr/salary_bands_confidential.pdf"] = pdf(people.SALARY, password="aomine-2025")
    return made


def legal() -> dict[str, bytes]:
    made = spread("legal/nda", contracts.ndas(), ("docx", "docx", "pdf"))
    made |= spread("legal/purchase_contracts", contracts.purchases(), ("docx", "pdf"))
    made["legal/売買基本契約書_破損.docx"] = docx(next(iter(contracts.purchases().values())))[:9000]
    made |= written("legal/contract_review_verrano.docx", contracts.REVIEW)
    made |= written("legal/契約審査メモ_クオン電子.sjis.txt", contracts.REVIEW_JA)
    return made


def it() -> dict[str, bytes]:
    made = written("it/information_security_policy.md", rules_en.SECURITY)
    made |= written("it/情報セキュリティ規程.docx", rules_ja.INFORMATION)
    made |= spread("it/knowledge", office_texts.RUNBOOKS, ("md", "html", "html", "txt", "txt"))
    made["it/security_questionnaire_quillstone.xlsx"] = xlsx([("Questionnaire", office_texts.QUESTIONNAIRE)], "Security questionnaire")
    return made


def files() -> dict[str, bytes]:
    return accounting() | general_affairs() | hr() | legal() | it()
