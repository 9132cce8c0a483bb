"""The folders of the offices: accounting, general affairs, hr, legal, it."""

from __future__ import annotations

from random import Random

from tests.sample_data import contracts, invoices, minutes_en, minutes_ja, rules_en, rules_ja, travel
from tests.sample_data.formats import spread, written
from tests.sample_data.office import xlsx


def accounting() -> dict[str, bytes]:
    chance = Random(21)
    bills = {f"請求書_AF-25{n + 1:04d}": invoices.invoice_ja(chance, n) for n in range(7)}
    foreign = {f"invoice_{7001 + n}": invoices.invoice_en(chance, n) for n in range(6)}
    orders = {f"注文書_PO-{51000 + n}": invoices.order_ja(chance, n) for n in range(5)}
    made = spread("accounting/invoices", bills, ("pdf", "docx", "pdf"))
    made |= spread("accounting/invoices", foreign, ("pdf", "docx"))
    made |= spread("accounting/orders", orders, ("docx", "pdf", "sjis.txt"))
    made["accounting/orders/発注台帳_2025.xlsx"] = xlsx([("発注", invoices.order_rows(chance))], "発注台帳 2025年度")
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
    return made


def hr() -> dict[str, bytes]:
    made = written("hr/就業規則.docx", rules_ja.WORK_RULES)
    made |= written("hr/育児介護休業規程.pdf", rules_ja.CHILDCARE)
    made |= written("hr/employee_handbook_policy.docx", rules_en.HANDBOOK)
    return made


def legal() -> dict[str, bytes]:
    made = spread("legal/nda", contracts.ndas(), ("docx", "docx", "pdf"))
    made |= spread("legal/purchase_contracts", contracts.purchases(), ("docx", "pdf"))
    made |= written("legal/contract_review_verrano.docx", contracts.REVIEW)
    made |= written("legal/契約審査メモ_クオン電子.sjis.txt", contracts.REVIEW_JA)
    return made


def it() -> dict[str, bytes]:
    made = written("it/information_security_policy.md", rules_en.SECURITY)
    made |= written("it/情報セキュリティ規程.docx", rules_ja.INFORMATION)
    return made


def files() -> dict[str, bytes]:
    return accounting() | general_affairs() | hr() | legal() | it()
