import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.epub import EPUB
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from tests.ingest import packages

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
)
METADATA = "<dc:title>手引き</dc:title><dc:creator>安藤</dc:creator><dc:date>2024-03-01T00:00:00Z</dc:date>"


def test_pages_are_read_by_what_they_declare_whatever_other_files_are():
    data = book({"a.xhtml": page("<p>規程を改定した。</p>")})
    assert read_any("x.epub", data, ReadOptions(encoding="cp932")).sections[0].text == "規程を改定した。"


def page(body, head="<title/>"):
    inside = f'<head>{head}<script src="x.js"/></head><body>{body}</body>'
    return f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">{inside}</html>'


def book(pages, order=None, **more):
    """Build a book: ``pages`` maps file names in a folder to XHTML."""
    items = "".join(
        f'<item id="{name}" href="text%20files/{name}" media-type="application/xhtml+xml" properties="{"nav" if name == "nav.xhtml" else ""}"/>'
        for name in pages
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in (order or pages))
    manifest = f'<manifest>{items}<item id="c" href="cover.png" media-type="image/png"/></manifest>'
    names = 'xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    opf = f"<package {names}><metadata>{METADATA}</metadata>{manifest}<spine>{spine}</spine></package>"
    parts = {"mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/book.opf": opf}
    return packages.zipped(
        parts
        | {f"OEBPS/text files/{name}": content for name, content in pages.items()}
        | {name.replace("__", "/"): text for name, text in more.items()}
    )


PAGES = {
    "b.xhtml": page("<h1>第二章</h1><p>あと</p>"),
    "a.xhtml": page('<h1>第一章</h1><p><ruby>漢<rt>かん</rt></ruby>字 <a id="x"/>まで</p><h2>節</h2><p style="display:none">unseen</p><p>中</p>'),
    "nav.xhtml": page("<nav><ol><li>第一章</li></ol></nav>"),
}


def extract(data, **options):
    return EPUB.extract(RawFile("x.epub", data, ReadOptions(**options)))


def test_chapters_in_reading_order_with_headings_and_metadata():
    found = extract(book(PAGES, ["nav.xhtml", "a.xhtml", "b.xhtml", "a.xhtml", "missing"]))
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [
        (("第一章",), "body", "漢字 まで"),
        (("第一章", "節"), "body", "中"),
        (("第一章", "節"), "hidden", "unseen"),
        (("第二章",), "body", "あと"),
    ]
    assert dict(found.metadata) == {"title": "手引き", "author": "安藤", "created": "2024-03-01"}
    assert found.warnings == ("hidden_text: 1",)


def locked(uri, algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"):
    reference = f'<EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData><CipherReference URI="{uri}"/></CipherData></EncryptedData>'
    return {"META-INF__encryption.xml": f"<encryption>{reference}</encryption>"}


def test_masked_fonts_lock_nothing_and_locked_chapters_do():
    assert extract(book(PAGES, **locked("OEBPS/text%20files/a.xhtml", "http://www.idpf.org/2008/embedding"))).sections
    assert extract(book(PAGES, **locked("OEBPS/font.otf"))).sections
    with pytest.raises(ReadError) as caught:
        extract(book(PAGES, **locked("OEBPS/text%20files/a.xhtml")))
    assert caught.value.code == "encrypted"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rubbish", "broken"),
        (book(PAGES)[:400], "broken"),
        (packages.zipped({"a.txt": "x"}), "broken"),
        (packages.zipped({"META-INF/container.xml": CONTAINER}), "broken"),
        (packages.zipped({"META-INF/container.xml": CONTAINER, "OEBPS/book.opf": "<package>"}), "broken"),
        (book({"a.xhtml": page('<img src="scan.png"/>')}), "no_text"),
        (book({"a.xhtml": page("<p>x</p>" + " " * 2**26)}), "too_large"),
    ],
    ids=range(7),
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.epub", data, ReadOptions())
    assert caught.value.code == code


WHOLE = book(PAGES)


@settings(max_examples=60)
@given(st.integers(0, len(WHOLE)), st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
def test_damaged_files_give_text_or_a_reason(cut, flips):
    data = bytearray(WHOLE)
    for place, value in flips:
        data[place] = value
    for content in (bytes(data), bytes(data[:cut])):
        texts, reason = packages.texts_or_reason("x.epub", content)
        assert bool(texts) != bool(reason)
