"""What was put into the folder on purpose, and where: the README is written from this list and the tests read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tests.sample_data import contracts, minutes_en, minutes_ja, people, procedures_en, procedures_ja, quality


@dataclass(frozen=True)
class Plant:
    """A fact about the folder; ``paths`` are files, or the beginnings of file names (with folder) where several belong together."""

    id: str
    title: str
    fact: str
    paths: tuple[str, ...]


TRAVEL = "general_affairs/travel"
PLANTED: tuple[Plant, ...] = (
    Plant(
        "clear_labels",
        "Ticket exports whose classes are clear",
        "The label columns are `category` (432 tickets, six classes) and `区分` (336, five classes; Shift_JIS). Each class has wordings "
        "of its own, so a "
        "reader of the message tells the classes apart. `assigned_to` and `担当部署` follow from the class.",
        ("support/tickets_2025_en.csv", "support/問い合わせ一覧_2025.csv"),
    ),
    Plant(
        "overlapping_labels",
        "An inquiry log whose classes overlap, with a name that says nothing",
        "360 messages from one pool of wordings; the value of `category` depends only a little on the message. "
        "One of the five categories is called `Other 2`.",
        ("support/inquiry_log_2025.xlsx",),
    ),
    Plant(
        "contradicting_policies",
        "Two versions of a travel policy that contradict each other",
        "Versions 1.0 and 2.0, in English and Japanese, name different daily allowances (2,200 and 2,800 yen in Japan, 5,500 and 7,000 "
        "abroad), hotel "
        "limits (9,000 and 12,500 yen), days for approval (5 and 10 working days) and for settlement (10 and 20 days). All lie in the same folder.",
        (f"{TRAVEL}/travel_policy_v1.docx", f"{TRAVEL}/travel_policy_v2.pdf", f"{TRAVEL}/旅費規程_第1版.docx", f"{TRAVEL}/旅費規程_第2版.pdf"),
    ),
    Plant(
        "near_duplicates",
        "Near-duplicate contracts",
        f"{len(contracts.NDAS)} non-disclosure agreements and {len(contracts.PURCHASES)} purchase contracts that differ in names, amounts, "
        "periods and law.",
        ("legal/nda/nda_", "legal/purchase_contracts/売買基本契約書_"),
    ),
    Plant(
        "same_text_in_two_formats",
        "The same text in two formats",
        "The English and the Japanese FAQ stand as HTML and as Markdown; a shorter English page repeats the first eight questions.",
        (
            "support/faq/faq_products_en.html",
            "support/faq/faq_products_en.md",
            "support/faq/よくある質問.html",
            "support/faq/よくある質問.md",
            "support/faq/faq_installation_en.html",
        ),
    ),
    Plant("faq", "An FAQ", "26 questions with answers in each language.", ("support/faq/faq_products_en", "support/faq/よくある質問")),
    Plant(
        "minutes",
        "Minutes of meetings",
        f"{len(minutes_en.MINUTES_BY_NAME)} in English, {len(minutes_ja.MINUTES)} in Japanese, each with attendees, agenda, "
        "decisions and action items.",
        ("general_affairs/minutes/minutes_", "general_affairs/minutes/議事録_"),
    ),
    Plant(
        "procedures",
        "Standard operating procedures and a manual",
        f"{len(procedures_en.PROCEDURES)} in English, {len(procedures_ja.PROCEDURES)} in Japanese, with steps, cautions and revision history.",
        ("production/procedures/",),
    ),
    Plant(
        "invoices",
        "Invoices and purchase orders with fields",
        "Seven Japanese and six export invoices, five orders and a purchase ledger. Sums and taxes add up; registration numbers (T and 13 "
        "digits) have "
        "a valid check digit and lie in a block that is not assigned.",
        ("accounting/invoices/", "accounting/orders/"),
    ),
    Plant(
        "personal_data",
        "Personal data, all fictitious",
        f"Individual numbers with a valid check digit ({len(people.REGISTER_PEOPLE)}, after the word マイナンバー); public test numbers of "
        "cards that pass the Luhn check (2); e-mail addresses at example.com and example.co.jp; telephone numbers from ranges for fiction "
        "(+44 20 7946 0xxx, +1 202 555 01xx) or that cannot be assigned (Japanese numbers with 0 after the area code); "
        "dates of birth and addresses of people who do not exist.",
        ("hr/個人番号届_見本.docx", "accounting/card_payment_memo.txt", "hr/applications/", "support/complaints/"),
    ),
    Plant(
        "two_meanings",
        "A term with two meanings",
        "In quality documents *release* (リリース) is the permission to ship a lot; in IT documents it is a new version of a program; "
        "in a legal note it is the waiver of claims. The glossary lists the first two.",
        (
            "quality/quality_manual_release_policy.docx",
            "production/procedures/手順書_C-402_出荷リリース.txt",
            "it/information_security_policy.md",
            "it/情報セキュリティ規程.docx",
            "legal/contract_review_verrano.docx",
            "general_affairs/translation/用語集_glossary.xlsx",
        ),
    ),
    Plant(
        "quality_reports",
        "Quality reports",
        f"{len(quality.NCRS_EN) + len(quality.NCRS_JA)} nonconformity reports, a register with a clear class column (`不適合区分`, 140 rows), "
        f"{len(quality.EIGHT_DS) + len(quality.PAST_TROUBLES)} failure analyses, six complaint forms, six near-miss and accident reports.",
        ("quality/nonconformity/", "quality/不適合台帳_2025.csv", "quality/lessons_learned/", "support/complaints/", "production/safety/"),
    ),
    Plant(
        "surveys",
        "Survey answers",
        "Free comments with a theme, whose wordings are few and repeat: 150 in English, 120 in Japanese (Shift_JIS).",
        ("support/survey_2025_en.jsonl", "support/アンケート_2025.csv"),
    ),
    Plant(
        "encodings",
        "Old encodings",
        "Text and tables in Shift_JIS (code page 932), mails in ISO-2022-JP, a table in UTF-8 with a byte order mark.",
        (
            "support/問い合わせ一覧_2025.csv",
            "support/アンケート_2025.csv",
            "general_affairs/文書保存年限表.csv",
            "production/maintenance/保全記録_2025上期.csv",
            "production/maintenance/保全記録_2025下期.csv",
            "legal/契約審査メモ_クオン電子.txt",
            "sales/mail/mail_0401_見積書送付.eml",
            "sales/mail/mail_0403_証明書送付.eml",
            "sales/mail/mail_0405_立会検査_返信.eml",
            "support/tickets_2025_en.csv",
        ),
    ),
    Plant("encrypted", "An encrypted file", "A PDF that opens with the password `aomine-2025` only.", ("hr/salary_bands_confidential.pdf",)),
    Plant("broken", "A broken file", "A Word file that was cut off while it was copied.", ("legal/売買基本契約書_破損.docx",)),
)


def paths_of(plant: str, files: Iterable[str]) -> list[str]:
    """Return the files that a plant names, of those there are."""
    starts = next(found.paths for found in PLANTED if found.id == plant)
    return sorted(path for path in files if path.startswith(starts))
