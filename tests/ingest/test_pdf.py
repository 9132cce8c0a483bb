import io

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpuskit.errors import ReadError
from corpuskit.ingest.pdf import PDF, paragraphs
from corpuskit.ingest.reader import RawFile, ReadOptions


def written(*pages, font="Helvetica", title=""):
    if font != "Helvetica":
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=True)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        canvas.setFont(font, 11)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 16 * number, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def extract(data):
    return PDF.extract(RawFile("x.pdf", data, ReadOptions()))


def test_each_page_is_a_section_and_blank_pages_are_reported():
    found = extract(written(["First page."], [], [], ["Fourth page."], title="Manual"))
    assert [(s.locator, s.text) for s in found.sections] == [("page 1", "First page."), ("page 4", "Fourth page.")]
    assert found.warnings == ("pages_without_text: 2-3",)
    assert dict(found.metadata)["title"] == "Manual"
    assert "author" not in dict(found.metadata)


def test_japanese_lines_join_without_a_space():
    lines = [
        "この規程は、当社の社員が業務のために出張するときの旅費の支給につい",
        "て、必要な事項を定めるものである。社員は、出張の前に上長の承認を受",
        "けなければならない。",
    ]
    assert [s.text for s in extract(written(lines, font="HeiseiMin-W3")).sections] == ["".join(lines)]


def test_a_hyphen_at_a_line_end_goes_with_its_line_end():
    assert paragraphs("The certifi\x02\r\ncate is valid.") == "The certificate is valid."


def test_wrapped_english_lines_join_and_short_lines_end_paragraphs():
    text = "\r\n".join(
        [
            "Travel policy",
            "This policy applies to every employee who travels for the company, and to all",
            "contractors whose travel is paid by us. It does not apply to commuting.",
            "1. Book early.",
            "2. Keep receipts.",
        ]
    )
    assert paragraphs(text).split("\n") == [
        "Travel policy",
        "This policy applies to every employee who travels for the company, and to all contractors whose travel is paid by us. "
        "It does not apply to commuting.",
        "1. Book early.",
        "2. Keep receipts.",
    ]


def test_fields_and_rows_of_an_invoice_stay_apart():
    lines = ["請求番号：AF-250001", "発行日：2025年4月30日", "SP-7 電磁弁 28 15,200 425,600", "DF-90 ポンプ 20 71,300 1,426,000"]
    assert paragraphs("\n".join(lines)).split("\n") == lines


def test_no_text_at_all_says_scanned():
    with pytest.raises(ReadError, match="OCR") as caught:
        extract(written([], []))
    assert caught.value.code == "no_text"


def protected(user, owner):
    source, stream = pikepdf.open(io.BytesIO(written(["Salary bands."]))), io.BytesIO()
    source.save(stream, encryption=pikepdf.Encryption(user=user, owner=owner))
    return stream.getvalue()


def test_a_password_is_named():
    with pytest.raises(ReadError) as caught:
        extract(protected("open", "owner"))
    assert caught.value.code == "encrypted"


def test_a_file_that_opens_without_a_password_is_read():
    assert extract(protected("", "owner")).sections[0].text == "Salary bands."


@pytest.mark.parametrize("data", [b"%PDF-1.7 and then nothing", b"no pdf at all", written(["x"])[:200]])
def test_broken_files_say_so(data):
    with pytest.raises(ReadError) as caught:
        extract(data)
    assert caught.value.code == "broken"


def test_nothing_gives_nothing():
    assert paragraphs("") == paragraphs("\r\n \r\n") == ""
