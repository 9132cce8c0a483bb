"""The folders of works and market: support, production, quality, sales."""

from __future__ import annotations

from datetime import date

from tests.sample_data import (
    faq,
    mails,
    maintenance,
    procedures_en,
    procedures_ja,
    rules_en,
    sales_texts,
    surveys,
    tickets_en,
    tickets_ja,
    tickets_overlap,
)
from tests.sample_data import (
    quality as quality_texts,
)
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
    made |= written("support/faq/faq_installation_en.html", faq.faq("en", 0, 8))
    made |= written("support/anticipated_questions_mk4.txt", faq.TALKING_POINTS_EN)
    made |= spread(
        "support/complaints", quality_texts.COMPLAINTS_EN | quality_texts.COMPLAINTS_JA, ("docx", "txt", "pdf", "docx", "sjis.txt", "docx")
    )
    return made


def production() -> dict[str, bytes]:
    made = spread("production/procedures", procedures_en.PROCEDURES, ("docx", "pdf", "md"))
    made |= spread("production/procedures", procedures_ja.PROCEDURES, ("docx", "pdf", "sjis.txt", "docx"))
    log = maintenance.log_rows(17, 60)
    made["production/maintenance/maintenance_log_2025.xlsx"] = xlsx([("Work orders", log)], "Maintenance log 2025")
    for half, start in (("上期", date(2025, 4, 2)), ("下期", date(2025, 10, 1))):
        made[f"production/maintenance/保全記録_2025{half}.csv"] = csv_table(maintenance.log_rows_ja(18 + start.month, 50, start), "cp932")
    made |= spread("production/maintenance", maintenance.DAILY_JA | maintenance.SHIFT_EN, ("docx", "sjis.txt", "txt", "md"))
    made |= spread("production/safety", quality_texts.NEAR_MISS_EN | quality_texts.NEAR_MISS_JA, ("docx", "txt", "docx", "sjis.txt", "txt", "pdf"))
    return made


def quality() -> dict[str, bytes]:
    made = written("quality/quality_manual_release_policy.docx", rules_en.QUALITY_MANUAL)
    made |= spread("quality/nonconformity", quality_texts.ncrs(), ("docx", "pdf"))
    made |= spread("quality/lessons_learned", quality_texts.past_troubles(), ("docx", "html", "md", "docx", "txt", "pdf"))
    made["quality/不適合台帳_2025.csv"] = csv_table(quality_texts.defect_rows(), "utf-8-sig")
    return made


def sales() -> dict[str, bytes]:
    made = written("sales/想定問答_価格改定.docx", faq.TALKING_POINTS)
    made |= spread("sales/call_notes", sales_texts.CALL_NOTES_EN, ("docx", "txt", "md", "docx"))
    made |= spread("sales/call_notes", sales_texts.CALL_NOTES_JA, ("docx", "sjis.txt", "docx", "txt"))
    made |= spread("sales/proposals", sales_texts.PROPOSALS, ("pptx", "pptx", "docx", "docx", "pptx"))
    made |= spread("sales/reports", sales_texts.REPORTS, ("docx", "sjis.txt", "docx", "docx", "html", "pdf"))
    made |= spread("sales/market", sales_texts.MARKET, ("txt", "md"))
    return made | mails.files()


def files() -> dict[str, bytes]:
    return support() | production() | quality() | sales()
