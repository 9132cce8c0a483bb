import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.opendocument import ODS, ODT
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from tests.ingest import packages
from tests.ingest.opendocuments import META, cell, content, flat, packed, row, sheet, tickets


def extract(data, reader=ODT, **options):
    return reader.extract(RawFile(f"x{reader.suffixes[0]}", data, ReadOptions(**options)))


def test_headings_lists_tables_and_metadata():
    body = """<text:h text:outline-level="1">旅費規程</text:h><text:h text:outline-level="2">第1条</text:h>
    <text:p>社員は<text:span>申請</text:span>する。</text:p>
    <text:list><text:list-item><text:p>一</text:p><text:list><text:list-item><text:p>二</text:p></text:list-item></text:list></text:list-item></text:list>
    """ + sheet(row(cell("区分"), cell("上限")), row(cell("宿泊"), cell("12,000円")))
    found = extract(packed("text", body, meta=META))
    path = ("旅費規程", "第1条")
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [
        (path, "body", "社員は申請する。\n一\n二"),
        (path, "table", "区分\t上限\n宿泊\t12,000円"),
    ]
    assert dict(found.metadata) == {"title": "旅費規程", "author": "総務部", "created": "2025-04-01", "modified": "2025-05-02"}


@pytest.mark.parametrize(("kind", "reader", "body"), [("text", ODT, "<text:p>平文</text:p>"), ("spreadsheet", ODS, sheet(row(cell("平文"))))])
def test_flat_files(kind, reader, body):
    found = extract(flat(kind, body), reader)
    assert found.sections[0].text == "平文"
    assert dict(found.metadata)["title"] == "旅費規程"


def test_the_content_decides_not_the_suffix():
    assert extract(packed("spreadsheet", tickets()), ODT).sections[0].kind == "row"


LOCK = "<file-entry full-path='content.xml'><encryption-data/></file-entry>"
LOCK = f"<manifest xmlns='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'>{LOCK}</manifest>"
WHOLE = packed("text", "<text:p>text</text:p>" * 50, meta=META)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rubbish", "broken"),
        (b"<html>no</html>", "broken"),
        (WHOLE[:300], "broken"),
        (packages.zipped({"a.txt": "x"}), "broken"),
        (packages.zipped({"content.xml": content("text", "<text:p>cut")[:-60]}), "broken"),
        (packages.zipped({"content.xml": b"\x00\x01secret", "META-INF/manifest.xml": LOCK}), "encrypted"),
        (packed("text", ""), "no_text"),
        (packed("presentation", ""), "no_text"),
        (packed("spreadsheet", sheet()), "no_text"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.odt", data, ReadOptions())
    assert caught.value.code == code


def test_entities_neither_grow_nor_reach_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    doctype = f'<!DOCTYPE d [<!ENTITY a "lol">{bomb}<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    data = packages.zipped({"content.xml": doctype + content("text", "<text:p>x &e; &i; &i; &i;</text:p>")})
    try:
        text = "".join(s.text for s in read_any("x.odt", data, ReadOptions()).sections)
    except ReadError:
        text = ""
    assert "SECRET" not in text
    assert len(text) < 1_000_000


def test_deep_nesting_is_bounded():
    body = "<text:section>" * 50_000 + "<text:p>deep</text:p>" + "</text:section>" * 50_000
    try:
        found = [s.text for s in read_any("x.odt", packed("text", body), ReadOptions()).sections]
    except ReadError as error:
        found = [error.code]
    assert found in (["deep"], ["broken"])


@settings(max_examples=60, deadline=None)
@given(cut=st.integers(0, len(WHOLE)), flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=4))
def test_damaged_files_give_text_or_a_reason(cut, flips):
    data = bytearray(WHOLE)
    for place, value in flips:
        data[place] = value
    texts, reason = packages.texts_or_reason("x.odt", bytes(data[:cut]))
    assert bool(texts) != bool(reason)
