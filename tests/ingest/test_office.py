import io
from itertools import pairwise

import docx
import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.office import DOCX, heading_level
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest import packages
from tests.ingest.packages import W, paragraph


def extract(data):
    return DOCX.extract(RawFile("x.docx", data, ReadOptions()))


def sections(data):
    return [(s.heading, s.kind, s.text) for s in extract(data).sections]


def written(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_headings_tables_headers_and_metadata_of_a_real_file():
    document = docx.Document()
    document.add_heading("旅費規程", 0)
    document.add_heading("第1条 目的", 1)
    document.add_paragraph("この規程は旅費を定める。")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("区分", "上限", "宿泊", "12,000円"), strict=True):
        cell.text = text
    document.add_paragraph("以上")
    document.sections[0].header.paragraphs[0].text = "社外秘"
    document.sections[0].footer.paragraphs[0].text = "総務部"
    document.core_properties.title, document.core_properties.author = "旅費規程", "総務部"
    found = extract(written(document))
    path = ("旅費規程", "第1条 目的")
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [
        (path, "body", "この規程は旅費を定める。"),
        (path, "table", "区分\t上限\n宿泊\t12,000円"),
        (path, "body", "以上"),
        ((), "header", "社外秘"),
        ((), "footer", "総務部"),
    ]
    assert dict(found.metadata)["title"] == "旅費規程"
    assert dict(found.metadata)["author"] == "総務部"


def test_furigana_deleted_text_and_field_codes_are_left_out():
    body = """<w:p><w:r><w:ruby><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r></w:rubyBase></w:ruby></w:r>
    <w:ins><w:r><w:t>本社</w:t></w:r></w:ins><w:del><w:r><w:delText>支社</w:delText></w:r></w:del>
    <w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>で</w:t><w:tab/><w:t>行う</w:t></w:r></w:p>"""
    assert sections(packages.docx(body)) == [((), "body", "東京本社で\t行う")]


def test_text_boxes_are_read_once_and_content_controls_at_all():
    body = """<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>
    <mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>
    <w:sdt><w:sdtContent><w:p><w:r><w:t>control</w:t></w:r></w:p></w:sdtContent></w:sdt>"""
    assert sections(packages.docx(body)) == [((), "body", "box\naround\ncontrol")]


def test_a_nested_table_is_text_of_its_cell():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('x')}</w:tc><w:tc>{paragraph('y')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{paragraph('a')}{inner}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr></w:tbl>"
    assert sections(packages.docx(body)) == [((), "table", "a x y\tb")]


def test_a_frame_of_one_cell_is_body():
    assert sections(packages.docx(f"<w:tbl><w:tr><w:tc>{paragraph('framed')}</w:tc></w:tr></w:tbl>")) == [((), "body", "framed")]


def test_tab_stops_of_a_paragraph_are_no_text():
    body = '<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>'
    body += "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t></w:r></w:p>"
    assert sections(packages.docx(body)) == [((), "body", "a\nb-c")]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', '<w:rStyle w:val="h"/>', '<w:rStyle w:val="c"/>']
)
def test_what_a_reader_does_not_see_is_kept_apart_under_its_heading(properties):
    styles = f"""<w:styles {W}><w:style w:styleId="1"><w:name w:val="heading 1"/></w:style>
    <w:style w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="c"><w:basedOn w:val="h"/></w:style></w:styles>"""
    body = f"{paragraph('Title', '1')}<w:p>{run('seen')}{run('unseen', properties)}{run(' too')}</w:p>{paragraph('more')}"
    found = extract(packages.docx(body, (("styles", "styles.xml", styles),)))
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [(("Title",), "body", "seen too\nmore"), (("Title",), "hidden", "unseen")]
    assert found.warnings == ("hidden_text: 1",)


WHITE, SHADE = '<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="000080"/>'
BLACK = '<w:highlight w:val="black"/>'


@pytest.mark.parametrize(
    "body",
    [
        f"<w:p>{run('seen', WHITE + SHADE)}</w:p>",
        f"<w:p>{run('seen', WHITE + BLACK)}</w:p>",
        f"<w:p><w:pPr>{SHADE}</w:pPr>{run('seen', WHITE)}</w:p>",
        f"<w:tbl><w:tr><w:tc><w:p>{run('seen', WHITE)}</w:p></w:tc></w:tr></w:tbl>",
        f"<w:p><w:r><w:txbxContent><w:p>{run('seen', WHITE)}</w:p></w:txbxContent></w:r></w:p>",
        f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('seen')}</w:p>",
        "<w:p><w:r><w:txbxContent><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr></w:p></w:txbxContent><w:t>seen</w:t></w:r></w:p>",
    ],
)
def test_white_letters_on_a_shade_and_hidden_ends_of_paragraphs_are_seen(body):
    assert sections(packages.docx(body)) == [((), "body", "seen")]


def test_hidden_text_is_counted_and_may_be_switched_off():
    body = "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
    body += '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t> too</w:t></w:r></w:p>'
    found = extract(packages.docx(body))
    assert (found.sections[0].text, found.warnings) == ("seen too", ("hidden_text: 1",))


def test_styles_lead_to_levels_through_what_they_are_based_on():
    styles = f"""<w:styles {W}><w:style w:styleId="a"><w:name w:val="heading 2"/></w:style>
    <w:style w:styleId="b"><w:name w:val="社内見出し"/><w:basedOn w:val="a"/></w:style>
    <w:style w:styleId="c"><w:name w:val="own"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:styleId="t"><w:name w:val="toc 1"/></w:style>
    <w:style w:styleId="l"><w:name w:val="x"/><w:basedOn w:val="l"/></w:style></w:styles>"""
    body = paragraph("Top", "c") + paragraph("Contents 1", "t") + paragraph("Sub", "b") + paragraph("text", "l")
    assert sections(packages.docx(body, (("styles", "styles.xml", styles),))) == [(("Top", "Sub"), "body", "text")]
    assert heading_level("nothing", {}) is None


def test_notes_and_comments_are_read_and_equal_headers_once():
    part = f"<w:x {W}>{paragraph('{}')}</w:x>"
    related = (
        ("footnotes", "footnotes.xml", part.format("note")),
        ("comments", "comments.xml", part.format("remark")),
        ("header", "header1.xml", part.format("same")),
        ("header", "header2.xml", part.format("same")),
    )
    assert sections(packages.docx(paragraph("text"), related)) == [
        ((), "body", "text"),
        ((), "notes", "note"),
        ((), "comment", "remark"),
        ((), "header", "same"),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"not a zip", "broken"),
        (packages.docx(paragraph("text"))[:300], "broken"),
        (packages.zipped({"a.txt": "x"}), "broken"),
        (packages.xlsx("<row><c t='str'><v>x</v></c></row>"), "broken"),
        (packages.docx(""), "no_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 64, "broken"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        extract(data)
    assert caught.value.code == code


def test_entities_are_neither_resolved_nor_loaded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    doctype = f'<!DOCTYPE d [<!ENTITY e SYSTEM "{secret.as_uri()}"><!ENTITY i "inside">]>'
    data = packages.docx(paragraph("before &e; after") + paragraph("plain"), doctype=doctype)
    try:
        text = "\n".join(s.text for s in extract(data).sections)
    except Exception:  # refusing the file is as good
        text = ""
    assert "SECRET" not in text


def test_an_entity_bomb_does_not_go_off():
    names = "abcdefghij"
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    data = packages.docx(paragraph("&j;") + paragraph("text"), doctype=f'<!DOCTYPE d [<!ENTITY a "lol">{entities}]>')
    try:
        length = sum(len(s.text) for s in extract(data).sections)
    except Exception:
        length = 0
    assert length < 10_000
