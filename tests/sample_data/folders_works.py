"""The folders of works and market: support, production, quality, sales."""

from __future__ import annotations

from tests.sample_data import faq, procedures_en, procedures_ja, rules_en, surveys, tickets_en, tickets_ja, tickets_overlap
from tests.sample_data.formats import spread, written
from tests.sample_data.office import xlsx
from tests.sample_data.pages import csv_table, json_lines


def support() -> dict[str, bytes]:
    made = {
        "support/tickets_2025_en.csv": csv_table([tickets_en.HEADER, *tickets_en.rows()], "utf-8-sig"),
        "support/問い合わせ一覧_2025.csv": csv_table([tickets_ja.HEADER, *tickets_ja.rows()], "cp932"),
        "support/inquiry_log_2025.xlsx": xlsx([("Inquiries", [tickets_overlap.HEADER, *tickets_overlap.rows()])], "Inquiry log 2025"),
        "support/survey_2025_en.jsonl": json_lines(surveys.HEADER, surveys.rows()),
        "support/アンケート_2025.csv": csv_table([surveys.HEADER_JA, *surveys.rows_ja()], "cp932"),
    }
    made |= written("support/faq/faq_products_en.html", faq.faq("en"))
    made |= written("support/faq/faq_products_en.md", faq.faq("en"))
    made |= written("support/faq/よくある質問.html", faq.faq("ja"))
    made |= written("support/faq/よくある質問.md", faq.faq("ja"))
    return made


def production() -> dict[str, bytes]:
    made = spread("production/procedures", procedures_en.PROCEDURES, ("docx", "pdf", "md"))
    made |= spread("production/procedures", procedures_ja.PROCEDURES, ("docx", "pdf", "sjis.txt", "docx"))
    return made


def quality() -> dict[str, bytes]:
    return written("quality/quality_manual_release_policy.docx", rules_en.QUALITY_MANUAL)


def sales() -> dict[str, bytes]:
    made = written("sales/想定問答_価格改定.docx", faq.TALKING_POINTS)
    made |= written("support/anticipated_questions_mk4.txt", faq.TALKING_POINTS_EN)
    return made


def files() -> dict[str, bytes]:
    return support() | production() | quality() | sales()
