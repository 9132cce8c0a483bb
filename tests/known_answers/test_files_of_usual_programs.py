"""One note, one workbook and one deck as LibreOffice and pandoc write them: words, headings, tables, notes and rows arrive in every format.

The files and the programs are described in ``tests/fixtures/written_by_programs/README.md``; what the files say stands here.
"""

import gzip
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpuskit.ingest import Document, Section, Source, read
from tests.known_answers.test_same_document_in_many_formats import words

FILES = Path(__file__).parents[1] / "fixtures" / "written_by_programs"
TITLE = "Returns of faulty parts 不良品の返却手順"
PARTS = ("Receiving 受付", "Deciding 判定", "Keeping 保存")
LINES = (
    "This note tells the works in Kitami and Oldenbrook how a customer sends faulty parts back, and who answers within five working days.",
    "この手順書は、お客様から届いた不良品を受け付け、五営業日以内に回答するまでの流れを定める。",
    "Each parcel gets a return number before it is opened.",
    "Parcels without papers wait on the blue shelf for three days. The shelf is emptied every Friday.",
    "Note the order number and the date of delivery.",
    "外観を写真に撮り、返却番号とともに保存する。",
    "Tell the quality desk by noon.",
    "品質担当は、寸法と硬度を測り、製造上の原因か使用上の原因かを判定する。",
    "A credit note above 2,000 euros needs the signature of the works manager.",
    "記録は返却番号ごとに七年間保存し、個人情報を含む写真は一年で消去する。",
)
TABLE = "\n".join(
    (
        "Cause 原因\tWho pays 負担\tDays 日数",
        "Casting flaw 鋳巣\tWorks 工場\t3",
        "Wrong storage 保管不良\tCustomer お客様\t5",
        "Unknown 不明\tShared 折半\t10",
    )
)
FOOTNOTE = "Saturdays and company holidays do not count. 土曜日と休業日は数えない。"
COMMENT = "Is five days still right?"
DELETED = "The shelf is never emptied."
SLIDES = (
    ("Returns in figures 返却の実績", "Returns fell from 48 to 31 within a year.\n返却件数は一年間で三割以上減った。"),
    ("Next steps 今後の課題", "Photographs become compulsory in autumn.\n写真の撮影を秋から義務とする。"),
)
SPEAKER = ("Thank the quality desk. 品質担当への謝辞を忘れない。", "Ask Kitami for a date. 北見工場に日程を確認する。")
ROWS = (
    "Number 番号: R-102; Received 受付日: 2024-04-03; Part 部品: Valve seat 弁座; Pieces 個数: 4; Price 単価: 125.5; Amount 金額: 502",
    "Number 番号: R-103; Received 受付日: 2024-04-17; Part 部品: Gasket ガスケット; Pieces 個数: 30; Price 単価: 2.4; Amount 金額: 72",
    "Number 番号: R-104; Received 受付日: 2024-05-02; Part 部品: Shaft 軸; Pieces 個数: 1; Price 単価: 980; Amount 金額: 980",
    "Code: C; Reason 理由: Casting flaw 鋳巣",
    "Code: S; Reason 理由: Wrong storage 保管不良",
)
OLD_OFFICE = pytest.mark.skipif(find_spec("xberg") is None, reason="needs the extra 'formats'")
OLD_SHEETS = pytest.mark.skipif(find_spec("python_calamine") is None, reason="needs the extra 'xls'")
NOTES = [
    *(f"libreoffice/returns.{suffix}" for suffix in ("odt", "rtf", "docx", "pdf", "epub")),
    pytest.param("libreoffice/returns.doc", marks=OLD_OFFICE),
    *(f"pandoc/returns.{suffix}" for suffix in ("odt", "rtf", "docx", "epub", "ipynb")),
]
WITHOUT_HEADINGS = ("libreoffice/returns.pdf", "libreoffice/returns.epub", "libreoffice/returns.doc")
"""Formats, or writers, that keep no sign of which lines are headings."""
WITHOUT_TABLES = ("libreoffice/returns.pdf", "libreoffice/returns.doc")
SHOWING_DELETIONS = ("libreoffice/returns.pdf", "libreoffice/returns.epub", "libreoffice/returns.doc")
"""LibreOffice prints what a tracked change deleted, struck through, and keeps it in what looks like print."""
WITH_NOTES = tuple(f"{writer}/returns.{suffix}" for writer in ("libreoffice", "pandoc") for suffix in ("odt", "rtf", "docx"))


def one(name: str, folder: Path) -> Document:
    """Read a file, as it was before it was packed."""
    path = FILES / name
    if path.suffix == ".gz":
        path = folder / Path(name).stem
        path.write_bytes(gzip.decompress((FILES / name).read_bytes()))
    (document,) = read([path])
    assert isinstance(document, Document), document
    return document


def as_document(text: str) -> Document:
    return Document("text", Source("text", "", 0, "", ""), (Section(text),))


def heard(document: Document) -> Document:
    """Give a document with its headings as lines, so that formats with and without headings hold the same words."""
    told = dict.fromkeys(title for section in document.sections for title in section.heading)
    return as_document("\n".join([*told, *(section.text for section in document.sections)]))


def f1(document: Document, text: str) -> float:
    """Give the token F1 of a document against a text."""
    found, wanted = words([heard(document)]), words([as_document(text)])
    shared: Counter[str] = found & wanted
    return 2 * shared.total() / (found.total() + wanted.total())


@pytest.mark.parametrize("name", NOTES)
def test_the_words_of_the_note_arrive(name, tmp_path):
    document = one(name, tmp_path)
    assert f1(document, "\n".join([TITLE, *PARTS, *LINES, TABLE, FOOTNOTE])) >= 0.95
    text = "\n".join(section.text for section in document.sections)
    japanese = [line for line in LINES if not line.isascii()]
    assert [line for line in japanese if line not in text] == []
    assert (DELETED in text) == (name in SHOWING_DELETIONS)
    assert not any(section.kind == "hidden" for section in document.sections)


@pytest.mark.parametrize("name", [name for name in NOTES if isinstance(name, str) and name not in WITHOUT_HEADINGS])
def test_the_headings_of_the_note_are_found(name, tmp_path):
    found = {section.heading[-2:] for section in one(name, tmp_path).sections if section.kind == "body" and section.heading}
    assert {(TITLE, part) for part in PARTS} <= found
    assert any(heading[-1] == TITLE for heading in found)


@pytest.mark.parametrize("name", [name for name in NOTES if isinstance(name, str) and name not in WITHOUT_TABLES])
def test_the_table_of_the_note_keeps_its_cells(name, tmp_path):
    assert [section.text for section in one(name, tmp_path).sections if section.kind == "table"] == [TABLE]


@pytest.mark.parametrize("name", WITH_NOTES)
def test_footnotes_and_comments_are_told_from_the_text(name, tmp_path):
    kinds = {section.kind: section.text for section in one(name, tmp_path).sections}
    assert kinds["notes"] == FOOTNOTE
    assert kinds.get("comment", "") == (COMMENT if name.startswith("libreoffice") else "")  # pandoc leaves comments out


@pytest.mark.parametrize("name", ["libreoffice/returns.ods", pytest.param("libreoffice/returns.xls", marks=OLD_SHEETS)])
def test_the_rows_of_both_sheets_arrive_with_dates_and_results(name, tmp_path):
    document = one(name, tmp_path)
    assert tuple(section.text for section in document.sections) == ROWS
    assert {section.heading for section in document.sections} == {("Returns 返却",), ("Reasons 理由",)}
    assert document.warnings == ()


def test_slides_keep_their_titles_and_notes(tmp_path):
    sections = one("libreoffice/returns.odp", tmp_path).sections
    assert [(s.heading[-1], s.text) for s in sections if s.kind == "body"] == list(SLIDES)
    assert tuple(s.text for s in sections if s.kind == "notes") == SPEAKER


@pytest.mark.parametrize("name", [pytest.param("libreoffice/returns.ppt.gz", marks=OLD_OFFICE), "libreoffice/slides.pdf"])
def test_the_words_of_the_slides_arrive(name, tmp_path):
    document = one(name, tmp_path)
    assert f1(document, "\n".join(f"{title}\n{text}" for title, text in SLIDES)) >= 0.95  # both come without the speaker's notes
    assert not any(section.kind == "hidden" for section in document.sections)


def test_the_files_are_small_and_name_no_person():
    paths = [path for path in FILES.rglob("*") if path.is_file()]
    assert max(path.stat().st_size for path in paths) < 60_000
    assert {dict(item.metadata).get("author", "Reviewer") for item in read([FILES]) if isinstance(item, Document)} <= {"Reviewer"}
