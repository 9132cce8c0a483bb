"""The faults planted in ``sample_data``, as data: what the README of the folder says of each, and the files it concerns.

Only faults are listed: what the README names besides (minutes, procedures, invoices, an FAQ) is there to be read, and no tool should complain of it.
``test_planted_faults.py`` checks every entry against the README and against the files, read by plain means.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.sample_data.plain_reading import text_of

SAMPLE = Path(__file__).parents[3] / "sample_data"
README = "README.md"
UNREADABLE = ("hr/salary_bands_confidential.pdf", "legal/売買基本契約書_破損.docx")

Language = Literal["en", "ja"]
Kind = (
    Literal["overlapping_labels", "empty_label_name", "versions", "duplicates", "personal_data", "several_meanings", "repeated_rows"]
    | Literal["old_encoding", "encrypted", "broken"]
)


@dataclass(frozen=True)
class Fault:
    """One planted fault.

    Attributes
    ----------
    code : str
        Unique.
    says : str
        What was planted, in a few words.
    kind : Kind
        Chooses the written rule by which "found" is judged.
    language : Language
        The half of the folder that it lies in.
    plant : str
        Its entry in ``tests/sample_data/planted.py``.
    files : tuple of str
        All files concerned, as paths inside the folder.
    term : str
        A regular expression that the output must hold as well; empty where the file and the kind say it.
    """

    code: str
    says: str
    kind: Kind
    language: Language
    plant: str
    files: tuple[str, ...]
    term: str = ""


TRAVEL = "general_affairs/travel"
NDAS = tuple(
    f"legal/nda/nda_{name}"
    for name in ("calder_bay.docx", "halden_pulp.docx", "northport_dairy.docx", "ostmark_coatings.pdf", "quillstone_semiconductor.docx")
)
PURCHASES = ("ハルカゼ薬品.docx", "ミナモ食品.docx", "瑞穂野水処理.pdf", "白樺台製紙.pdf")
APPLICATIONS = ("三田村.pdf", "宇佐見.docx", "春日井.docx")

FAULTS: tuple[Fault, ...] = (
    Fault(
        "labels_overlap", "classes of an inquiry log overlap", "overlapping_labels", "en", "overlapping_labels", ("support/inquiry_log_2025.xlsx",)
    ),
    Fault(
        "label_says_nothing",
        "a class is called Other 2",
        "empty_label_name",
        "en",
        "overlapping_labels",
        ("support/inquiry_log_2025.xlsx",),
        "Other 2",
    ),
    Fault(
        "versions_en",
        "two versions of the travel policy contradict each other",
        "versions",
        "en",
        "contradicting_policies",
        (f"{TRAVEL}/travel_policy_v1.docx", f"{TRAVEL}/travel_policy_v2.pdf"),
    ),
    Fault(
        "versions_ja",
        "two versions of the Japanese travel policy contradict each other",
        "versions",
        "ja",
        "contradicting_policies",
        (f"{TRAVEL}/旅費規程_第1版.docx", f"{TRAVEL}/旅費規程_第2版.pdf"),
    ),
    Fault("near_copies_en", "five agreements that are nearly alike", "duplicates", "en", "near_duplicates", NDAS),
    Fault(
        "near_copies_ja",
        "four Japanese contracts that are nearly alike",
        "duplicates",
        "ja",
        "near_duplicates",
        tuple(f"legal/purchase_contracts/売買基本契約書_{name}" for name in PURCHASES),
    ),
    Fault(
        "two_formats_en",
        "an FAQ in two formats",
        "duplicates",
        "en",
        "same_text_in_two_formats",
        ("support/faq/faq_products_en.html", "support/faq/faq_products_en.md"),
    ),
    Fault(
        "two_formats_ja",
        "a Japanese FAQ in two formats",
        "duplicates",
        "ja",
        "same_text_in_two_formats",
        ("support/faq/よくある質問.html", "support/faq/よくある質問.md"),
    ),
    Fault(
        "part_repeated",
        "a page that repeats eight questions of the FAQ",
        "duplicates",
        "en",
        "same_text_in_two_formats",
        ("support/faq/faq_installation_en.html",),
    ),
    Fault(
        "individual_numbers", "individual numbers", "personal_data", "ja", "personal_data", ("hr/個人番号届_見本.docx",), "my.?number|individual.?num"
    ),
    Fault("card_numbers", "card numbers", "personal_data", "en", "personal_data", ("accounting/card_payment_memo.txt",), "card"),
    Fault(
        "applications_en",
        "contact data of applicants",
        "personal_data",
        "en",
        "personal_data",
        ("hr/applications/resume_applicant_hartwell.docx", "hr/applications/resume_applicant_osei.pdf"),
        "e.?mail|phone|address|birth",
    ),
    Fault(
        "applications_ja",
        "contact data of Japanese applicants",
        "personal_data",
        "ja",
        "personal_data",
        tuple(f"hr/applications/履歴書_応募_{name}" for name in APPLICATIONS),
        "e.?mail|phone|address|birth",
    ),
    Fault(
        "complaints_en",
        "contact data of customers who complain",
        "personal_data",
        "en",
        "personal_data",
        ("support/complaints/complaint_form_0412.docx", "support/complaints/complaint_form_0427.txt", "support/complaints/complaint_form_0433.pdf"),
        "e.?mail|phone|address",
    ),
    Fault(
        "complaints_ja",
        "telephone number of a Japanese customer who complains",
        "personal_data",
        "ja",
        "personal_data",
        ("support/complaints/クレーム受付票_0508.docx",),
        "phone",
    ),
    Fault(
        "meanings_en",
        "release means three things",
        "several_meanings",
        "en",
        "two_meanings",
        ("quality/quality_manual_release_policy.docx", "it/information_security_policy.md", "legal/contract_review_verrano.docx"),
        "release",
    ),
    Fault(
        "meanings_ja",
        "リリース means two things",
        "several_meanings",
        "ja",
        "two_meanings",
        ("production/procedures/手順書_C-402_出荷リリース.txt", "it/情報セキュリティ規程.docx"),
        "リリース",
    ),
    Fault("rows_repeat_en", "comments of a survey repeat", "repeated_rows", "en", "surveys", ("support/survey_2025_en.jsonl",)),
    Fault("rows_repeat_ja", "comments of a Japanese survey repeat", "repeated_rows", "ja", "surveys", ("support/アンケート_2025.csv",)),
    Fault(
        "shift_jis",
        "text and tables in Shift_JIS",
        "old_encoding",
        "ja",
        "encodings",
        (
            "support/問い合わせ一覧_2025.csv",
            "support/アンケート_2025.csv",
            "general_affairs/文書保存年限表.csv",
            "production/maintenance/保全記録_2025上期.csv",
            "production/maintenance/保全記録_2025下期.csv",
            "legal/契約審査メモ_クオン電子.txt",
        ),
    ),
    Fault(
        "iso_2022_jp",
        "mails in ISO-2022-JP",
        "old_encoding",
        "ja",
        "encodings",
        tuple(f"sales/mail/mail_{name}.eml" for name in ("0401_見積書送付", "0403_証明書送付", "0405_立会検査_返信")),
    ),
    Fault("byte_order_mark", "a table with a byte order mark", "old_encoding", "en", "encodings", ("support/tickets_2025_en.csv",)),
    Fault("encrypted", "a PDF with a password", "encrypted", "en", "encrypted", ("hr/salary_bands_confidential.pdf",)),
    Fault("broken", "a Word file that was cut off", "broken", "ja", "broken", ("legal/売買基本契約書_破損.docx",)),
)

# Alike by nature and not by accident, and excepted where the folder is tested for copies (tests/test_sample_data.py): forms, sheets of one series.
ALIKE_BY_NATURE = (f"{TRAVEL}/", "accounting/", "production/maintenance/保全記録", "support/faq/", "legal/nda/", "legal/purchase_contracts/")
PERSONAL = re.compile(
    r"[\w.]+@[\w.]+\w"  # e-mail
    r"|(?<![\w-])0\d{1,3}-\d{1,4}-\d{4}|\+\d{1,3} [\d ]{8,}"  # telephone
    r"|\d{4} \d{4} \d{4} \d{4}|マイナンバー ?\d{12}"
    r"|〒\d{3}-\d{4}|口座番号|普通預金|(?:普通|当座) ?\d{7}"
    r"|生年月日|[Dd]ate of birth"
)


def files_of(folder: Path = SAMPLE) -> tuple[str, ...]:
    """Name the files of the folder, sorted, without the README, which describes the faults."""
    return tuple(sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path != folder / README))


def language_of(path: str, folder: Path = SAMPLE) -> Language:
    """Tell which half a file belongs to: Japanese where its text has kana, or its name for a file that cannot be read."""
    text = path if path in UNREADABLE else text_of(folder, path)
    return "ja" if re.search(r"[぀-ヿ一-鿿]" if path in UNREADABLE else r"[぀-ヿ]", text) else "en"


def encoded_otherwise(path: str, folder: Path = SAMPLE) -> bool:
    """Tell whether a text file is not plain UTF-8 without a mark."""
    content = (folder / path).read_bytes()
    if not path.endswith((".txt", ".csv", ".md", ".html", ".jsonl", ".eml")):
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return True
    return content.startswith(b"\xef\xbb\xbf") or b"\x1b$B" in content


def has_fault(kind: str, path: str, folder: Path = SAMPLE) -> bool | None:
    """Tell whether a file has a fault of a kind, planted or not; None where the folder does not settle it.

    Personal data and encodings stand in more files than were planted for the purpose, so the files themselves are asked. Forms and sheets of one
    series are alike by nature: a finding of copies among them is neither right nor wrong.
    """
    if any(path in fault.files for fault in FAULTS if fault.kind == kind):
        return True
    if kind == "personal_data":
        return path not in UNREADABLE and PERSONAL.search(text_of(folder, path)) is not None
    if kind == "old_encoding":
        return encoded_otherwise(path, folder)
    if kind == "duplicates" and path.startswith(ALIKE_BY_NATURE):
        return None
    if kind == "several_meanings" or (kind == "repeated_rows" and path.endswith((".csv", ".xlsx", ".jsonl"))):
        return None  # other words may have several meanings too, rows of other tables repeat; nobody wrote them down
    return False
