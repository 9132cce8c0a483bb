import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from corpuskit.ingest.xml_text import XML
from tests.ingest import packages
from tests.ingest.opendocuments import flat
from tests.ingest.packages import W, paragraph


def extract(xml, encoding="utf-8", **options):
    return XML.extract(RawFile("x.xml", xml.encode(encoding), ReadOptions(**options)))


def sections(xml, **more):
    return [(s.heading, s.kind, s.text) for s in extract(xml, **more).sections]


def test_blocks_under_titles_with_mixed_text_and_furigana():
    xml = """<book><title>規程集</title><chapter><title>旅費</title><para><ruby>漢<rt>かん</rt></ruby>字と<b>太字</b>の
    文。</para><note>注意 <i>する</i></note><section><head>Sub</head><para>Deep</para></section></chapter></book>"""
    assert sections(xml) == [(("規程集", "旅費"), "body", "漢字と太字の 文。\n注意 する"), (("規程集", "旅費", "Sub"), "body", "Deep")]


def test_elements_without_text_of_their_own_are_no_blocks():
    assert sections("<a><b><c>one</c><d>two</d></b><e>three</e></a>") == [((), "body", "one\ntwo\nthree")]


def tickets(count=12):
    return "".join(
        f"<row id='{n}'><message>ポンプ{n}号機から油が漏れています。点検してください。</message><区分>{'修理' if n % 2 else '点検'}</区分></row>"
        for n in range(count)
    )


def test_records_become_rows_with_labels():
    found = extract(f"<data><title>受付</title><rows>{tickets()}</rows></data>")
    assert (found.sections[0].text, found.sections[0].kind) == ("受付", "body")
    row = found.sections[2]
    assert (row.kind, row.locator, row.labels, row.fields) == ("row", "row row 2", (("区分", "修理"),), (("id", "1"),))
    assert ("text_columns", "row: message") in found.metadata


def test_records_of_attributes_and_the_row_limit():
    rows = "".join(f'<post Id="{n}" Body="How do I reset password number {n}, please help me?" Tags="a"/>' for n in range(12))
    found = extract(f"<posts>{rows}</posts>", max_rows=10)
    assert (len(found.sections), found.warnings) == (10, ("rows_left_out: 2",))
    assert found.sections[0].text == "How do I reset password number 0, please help me?"


def test_a_named_column_that_no_table_has_is_an_error():
    with pytest.raises(ReadError, match="message") as caught:
        extract(f"<rows>{tickets()}</rows>", text_columns=("text",))
    assert caught.value.code == "missing_column"


def test_feeds_give_entries_without_markup():
    body = "<description>&lt;p&gt;Body &lt;b&gt;text&lt;/b&gt;&lt;/p&gt;</description>"
    item = f"<item><title>News &amp;amp; more</title><link>https://example.com</link>{body}</item>"
    found = extract(f'<rss version="2.0"><channel><title>Feed</title><description>About</description>{item}</channel></rss>')
    assert [(s.heading, s.text) for s in found.sections] == [(("Feed",), "About"), (("Feed", "News & more"), "Body text")]
    entry = '<entry><title>E</title><content type="html">&lt;p&gt;本文&lt;/p&gt;</content></entry>'
    atom = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>{entry}</feed>'
    assert sections(atom) == [(("T", "E"), "body", "本文")]


def test_what_word_and_opendocument_save_as_xml_is_read_by_their_readers():
    rels = packages.rels(("officeDocument", "word/document.xml"))
    parts = {"/_rels/.rels": rels, "/word/document.xml": f"<w:document {W}><w:body>{paragraph('平文')}</w:body></w:document>"}
    inside = "".join(f'<pkg:part pkg:name="{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>' for name, xml in parts.items())
    package = f'<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">{inside}</pkg:package>'
    assert sections(package) == [((), "body", "平文")]
    assert sections(flat("text", "<text:h>題</text:h><text:p>平文</text:p>").decode()) == [(("題",), "body", "平文")]


def test_the_declared_encoding_is_believed():
    found = extract('<?xml version="1.0" encoding="Shift_JIS"?><a><b>①㈱髙橋</b></a>', "cp932")
    assert (found.sections[0].text, found.encoding) == ("①㈱髙橋", "cp932")


@pytest.mark.parametrize(
    ("data", "code"), [(b"no xml", "broken"), (b"<a><b>cut", "broken"), (b"<a><b/></a>", "no_text"), (b"\x00\x01\x02" * 50, "undecodable")]
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.xml", data, ReadOptions())
    assert caught.value.code == code


def test_entities_neither_grow_nor_reach_outside(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    xml = f'<!DOCTYPE d [<!ENTITY a "lol">{bomb}<!ENTITY e SYSTEM "{secret.as_uri()}">]><d><p>x &e; &i;</p></d>'
    try:
        text = "".join(s.text for s in read_any("x.xml", xml.encode(), ReadOptions()).sections)
    except ReadError:
        text = ""
    assert "SECRET" not in text
    assert len(text) < 10_000


def test_deep_nesting_is_bounded():
    try:
        found = [s.text for s in read_any("x.xml", b"<a>" * 50_000 + b"deep" + b"</a>" * 50_000, ReadOptions()).sections]
    except ReadError as error:
        found = [error.code]
    assert found in (["deep"], ["broken"])


WHOLE = f"<?xml version='1.0'?><d><title>T</title><p>text &amp; 本文</p><rows>{tickets(6)}</rows></d>".encode()


@settings(max_examples=60)
@given(cut=st.integers(0, len(WHOLE)), inserted=st.binary(max_size=5))
def test_damaged_files_give_text_or_a_reason(cut, inserted):
    for data in (WHOLE[:cut] + inserted, WHOLE[:cut] + inserted + WHOLE[cut:]):
        texts, reason = packages.texts_or_reason("x.xml", data)
        assert bool(texts) != bool(reason)
