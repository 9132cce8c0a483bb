import asyncio
import builtins
import datetime
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.legacy import DOC, PPT, XLS, XLSB, _cell_text
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.readers import extract
from tests.ingest import packages
from tests.ingest.compound import compound
from tests.ingest.legacy_office import doc, ppt, xls

MESSAGES = [["番号", "件名", "本文", "区分"], *([n, f"件名{n}", f"{n}番の注文はいつ届きますか。お知らせください。", "納期"] for n in range(1, 13))]


def read(name, data, **options):
    return extract(name, data, ReadOptions(**options))


def test_sheets_become_what_those_of_xlsx_do():
    sheets = [("問合せ", [["作成日"], *MESSAGES]), ("備考", [["以上です。", None, 2.5]]), ("空", [])]
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    old, new = read("x.xls", xls([(name, 0, rows) for name, rows in sheets])), read("x.xlsx", stream.getvalue())
    assert old.sections == new.sections
    assert (old.sections[1].kind, old.sections[1].locator) == ("row", "問合せ row 3")
    assert set(old.metadata) <= set(new.metadata)
    assert ("text_columns", "問合せ: 件名, 本文") in old.metadata


def test_values_are_written_as_those_of_xlsx_are():
    (section,) = read("x.xls", xls([("a", 0, [["値", 0.1 + 0.2, 3.0, ("date", 45797), True, None, ("date", 45797.5)]])])).sections
    assert section.text == "値\t0.3\t3\t2025-05-20\tTRUE\t2025-05-20 12:00:00"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime.datetime(2025, 5, 20, 23, 59, 59, 999_900), "2025-05-21"),
        (datetime.time(3, 4), "03:04:00"),
        (datetime.timedelta(hours=30, minutes=5), "30:05:00"),
        (12345678901234567890.0, "1.23456789012346e+19"),
        (7, "7"),
    ],
)
def test_times_and_long_numbers(value, text):
    assert _cell_text(value) == text


def test_hidden_sheets_are_read_and_counted_and_limits_hold():
    data = xls([("a", 1, [["one", "two"], ["three"], ["four"]])])
    found = read("x.xls", data, max_rows=2)
    assert [s.text for s in found.sections] == ["one\ttwo\nthree"]
    assert found.warnings == ("hidden_sheets: 1", "rows_left_out: 1")
    assert read("x.xls", data, max_cells=2).warnings == ("hidden_sheets: 1", "cells_left_out: 2")


def test_columns_that_are_named_and_missing_say_so():
    with pytest.raises(ReadError, match="'body'") as caught:
        read("x.xls", xls([("a", 0, MESSAGES)]), text_columns=("body",))
    assert caught.value.code == "missing_column"


def test_a_text_document_and_slides():
    pytest.importorskip("xberg", reason="the extra formats is not installed")
    document = read("x.doc", doc("規程の改定について\r次のとおり改定する。\r条\x07内容\x07\x07"))
    assert [(s.kind, s.text) for s in document.sections] == [("body", "規程の改定について\n次のとおり改定する。"), ("table", "条\t内容")]
    slides = read("x.ppt", ppt([["題名", "一つ目\r二つ目"], ["二枚目"]]))
    assert "\n".join(s.text for s in slides.sections) == "題名\n一つ目\n二つ目\n二枚目"


def test_a_caller_that_runs_a_loop_of_its_own_can_read():
    pytest.importorskip("xberg", reason="the extra formats is not installed")

    async def notebook():
        return read("x.doc", doc("規程の改定について")).sections[0].text

    with ThreadPoolExecutor(1) as apart:  # a test before this one may have left a loop running in this thread, as a browser does
        assert apart.submit(lambda: asyncio.run(notebook())).result() == "規程の改定について"


def test_text_that_repeats_stays():
    pytest.importorskip("xberg", reason="the extra formats is not installed")
    assert read("x.doc", doc("社外秘\r" * 40)).sections[0].text.count("社外秘") == 40


def test_xls_is_read_by_the_other_package_where_only_that_is_there(monkeypatch):
    pytest.importorskip("xberg", reason="the extra formats is not installed")
    without(monkeypatch, "python_calamine")
    assert "いつ届きますか" in read("x.xls", xls([("a", 0, MESSAGES)])).sections[0].text


def without(monkeypatch, *packages):
    real = builtins.__import__

    def refuse(name, *arguments, **named):
        if name.split(".")[0] in packages:
            raise ImportError(name)
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)


def xlsb(*parts):
    return packages.zipped({"[Content_Types].xml": "<Types/>"} | dict.fromkeys(parts, b"x"))


@pytest.mark.parametrize(
    ("name", "data", "extra", "modern"),
    [
        ("x.xls", xls([("a", 0, [["x"]])]), "xls", "xlsx"),
        ("x.xlsb", xlsb("xl/workbook.bin"), "xls", "xlsx"),
        ("x.doc", doc("x"), "formats", "docx"),
        ("x.ppt", ppt([["x"]]), "formats", "pptx"),
    ],
    ids=("xls", "xlsb", "doc", "ppt"),
)
def test_a_missing_package_is_named_with_a_way_round(monkeypatch, name, data, extra, modern):
    without(monkeypatch, "python_calamine", "xberg")
    with pytest.raises(ReadError, match=rf"pip install 'corpuskit\[{extra}\]', or save it as {modern}") as caught:
        read(name, data)
    assert caught.value.code == "needs_extra"


def encrypted_xls():
    data = xls([("a", 0, [["x"]])])
    begin = data.index(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    return data[: begin + 20] + b"\x2f\x00\x06\x00" + bytes(6) + data[begin + 30 :]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.xls", encrypted_xls()),
        ("x.doc", doc("x", encrypted=True)),
        ("x.ppt", compound({"PowerPoint Document": b"x" * 20, "Current User": bytes(12) + b"\xdf\xc4\xd1\xf3"})),
        ("x.doc", compound({"EncryptedPackage": b"x" * 20})),
        ("x.xlsb", compound({"EncryptedPackage": b"x" * 20})),
    ],
    ids=("xls", "doc", "ppt", "docx inside", "xlsb"),
)
def test_files_with_a_password_say_so(name, data):
    with pytest.raises(ReadError) as caught:
        read(name, data)
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("x.doc", packages.docx(packages.paragraph("a new document")), "a new document"),
        ("x.doc", b"{\\rtf1 rich text}", "rich text"),
        ("x.doc", b"<html><body><p>a page</p></body></html>", "a page"),
        ("x.xls", b"\r\n<html><body><table><tr><td>a</td><td>b</td></tr></table></body></html>", "a\tb"),
        ("x.xls", packages.xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>new sheet</t></is></c></row>'), "new sheet"),
        ("x.xlsb", packages.xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>new sheet</t></is></c></row>'), "new sheet"),
    ],
    ids=("docx", "rtf", "html", "html table", "xlsx", "xlsx as xlsb"),
)
def test_files_under_an_old_suffix_are_read_as_what_they_are(name, data, text):
    assert [section.text for section in read(name, data).sections] == [text]


@pytest.mark.parametrize("name", ["x.xls", "x.xlsb", "x.doc", "x.ppt"])
@pytest.mark.parametrize("data", [b"rubbish", compound({"x": b"y"})[:700]], ids=("rubbish", "cut off"))
def test_what_is_damaged_never_reaches_a_library(monkeypatch, name, data):
    without(monkeypatch, "python_calamine", "xberg")
    with pytest.raises(ReadError) as caught:
        read(name, data)
    assert caught.value.code == "broken"


def test_another_file_of_the_family_is_broken():
    with pytest.raises(ReadError) as caught:
        read("x.xls", compound({"Something": b"else"}))
    assert caught.value.code == "broken"


def test_a_binary_workbook_that_unpacks_to_too_much_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.bin", b"x")
        archive.writestr("xl/worksheets/sheet1.bin", bytes(64 * 2**20))
    with pytest.raises(ReadError) as caught:
        read("x.xlsb", stream.getvalue())
    assert caught.value.code == "too_large"
    with pytest.raises(ReadError) as caught:
        read("x.xlsb", xlsb("word/document.xml"))
    assert caught.value.code == "broken"


WHOLE = xls([("問合せ", 0, MESSAGES), ("b", 1, [["x", 1.5, True]])])


@settings(deadline=None)
@given(st.data())
def test_damage_raises_nothing_but_a_reason_before_a_library_gets_it(data):
    # the libraries themselves may end the process on a damaged file, which is why readers run in a process of their own
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 6))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(damaged[: data.draw(st.integers(1, len(damaged)))])
    with pytest.MonkeyPatch.context() as patch:
        without(patch, "python_calamine", "xberg")
        with pytest.raises(ReadError) as caught:
            read("x.xls", cut)
    assert caught.value.code in {"broken", "encrypted", "needs_extra", "empty"}


def test_what_comes_out_depends_on_the_packages():
    assert all("olefile-" in reader.edition() for reader in (XLS, XLSB, DOC, PPT))
    assert "python-calamine-" in XLS.edition()
