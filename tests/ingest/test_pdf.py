import io
from pathlib import Path

import pikepdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from corpuskit.errors import ReadError
from corpuskit.ingest.pdf import PDF, paragraphs
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest.pdf_pages import PLANTED, SEEN, drawn, write


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


def extract(data, **options):
    return PDF.extract(RawFile("x.pdf", data, ReadOptions(**options)))


def test_each_page_is_a_section_and_blank_pages_are_reported():
    found = extract(written(["First page."], [], [], ["Fourth page."], title="Manual"))
    assert [(s.locator, s.text) for s in found.sections] == [("page 1", "First page."), ("page 4", "Fourth page.")]
    assert found.warnings == ("pages_without_text: 2-3",)
    assert dict(found.metadata)["title"] == "Manual"
    assert "author" not in dict(found.metadata)


def test_pages_beyond_the_limit_are_counted():
    found = extract(written(["one"], ["two"], ["three"]), max_pages=2)
    assert ([s.text for s in found.sections], found.warnings) == (["one", "two"], ("pages_left_out: 1",))


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


ENGLISH = [
    "This policy applies to every employee who travels for the company,",
    "and to all contractors whose journeys are paid by us. Keep receipts,",
    "book early, and return the signed form within ten working days.",
]


def rotated(lines):
    return ["".join(chr((ord(c) - 97 + 3) % 26 + 97) if c.islower() else c for c in line) for line in lines]


def test_pages_with_an_unreadable_text_layer_are_left_out_and_listed():
    found = extract(written(ENGLISH, rotated(ENGLISH), ENGLISH, rotated(ENGLISH), []))
    assert [section.locator for section in found.sections] == ["page 1", "page 3"]
    assert found.warnings == ("pages_without_text: 5", "pages_garbled: 2, 4")


def test_a_document_without_a_readable_page_asks_for_ocr():
    with pytest.raises(ReadError, match=r"unreadable on page 1-2 of 3 .* OCR") as caught:
        extract(written(rotated(ENGLISH), rotated(ENGLISH), []))
    assert caught.value.code == "no_text"


def test_no_page_of_the_sample_documents_is_garbled():
    for path in (Path(__file__).parents[2] / "sample_data").rglob("*.pdf"):
        try:
            assert not any("garbled" in warning for warning in extract(path.read_bytes()).warnings), path
        except ReadError as error:
            assert "unreadable" not in error.reason  # noqa: PT017


def test_hidden_text_comes_after_the_pages_and_is_counted():
    def first(canvas):
        write(canvas, SEEN)
        write(canvas, PLANTED, y=500, colour=(1, 1, 1))

    def second(canvas):
        write(canvas, PLANTED, mode=3)

    found = extract(drawn(first, second, lambda canvas: write(canvas, SEEN)))
    assert [(s.text, s.kind, s.locator) for s in found.sections] == [
        (SEEN, "body", "page 1"),
        (SEEN, "body", "page 3"),
        (PLANTED, "hidden", "page 1"),
        (PLANTED, "hidden", "page 2"),
    ]
    assert found.warnings == ("pages_without_text: 2", "hidden_text: 2")


def test_a_document_of_hidden_text_only_is_read():
    found = extract(drawn(lambda canvas: write(canvas, PLANTED, size=0.2)))
    assert [(s.text, s.kind) for s in found.sections] == [(PLANTED, "hidden")]


def test_no_text_of_the_sample_documents_is_hidden():
    for path in (Path(__file__).parents[2] / "sample_data").rglob("*.pdf"):
        if "confidential" not in path.name:
            assert not any("hidden" in warning for warning in extract(path.read_bytes()).warnings), path
