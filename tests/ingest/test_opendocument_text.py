from corpuskit.ingest.opendocument import ODP, ODT
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest import packages
from tests.ingest.opendocuments import NAMES, cell, content, packed, row, sheet, slide


def extract(data, reader=ODT, **options):
    return reader.extract(RawFile(f"x{reader.suffixes[0]}", data, ReadOptions(**options)))


def sections(body, kind="text", reader=ODT, **more):
    return [(s.heading, s.kind, s.text) for s in extract(packed(kind, body, **more), reader).sections]


def test_furigana_deleted_text_contents_and_page_numbers_are_left_out():
    deleted = "<text:changed-region><text:deletion><text:p>deleted</text:p></text:deletion></text:changed-region>"
    body = f"""<text:tracked-changes>{deleted}</text:tracked-changes>
    <text:table-of-content><text:index-body><text:p>Contents 1</text:p></text:index-body></text:table-of-content>
    <text:p><text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby
    >本社<text:s text:c="2"/>で<text:tab/>行う<text:line-break/>p.
<text:page-number>7</text:page-number></text:p>"""
    assert sections(body) == [((), "body", "東京本社 で\t行う\np.")]


def test_notes_annotations_and_text_boxes_do_not_cut_the_paragraph():
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a note</text:p></text:note-body></text:note>"
    remark = "<office:annotation><dc:creator>Me</dc:creator><dc:date>2025</dc:date><text:p>a remark</text:p></office:annotation>"
    box = "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box><svg:desc>a picture</svg:desc></draw:frame>"
    body = f"<text:p>before{note}{remark}{box} after</text:p>"
    assert sections(body) == [((), "body", "box\nbefore after"), ((), "notes", "a note"), ((), "comment", "a remark")]


def test_a_note_inside_a_cell_and_a_nested_table():
    cell = "<table:table-cell>{}</table:table-cell>"
    note = "<text:note><text:note-body><text:p>note</text:p></text:note-body></text:note>"
    inner = f"<table:table><table:table-row>{cell.format('<text:p>x</text:p>')}{cell.format('<text:p>y</text:p>')}</table:table-row></table:table>"
    cells = cell.format(f"<text:p>a{note}</text:p>{inner}") + cell.format("<text:p>b</text:p>")
    body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert sections(body) == [((), "table", "a x y\tb"), ((), "notes", "note")]


def test_headers_and_footers_come_from_the_styles_and_equal_ones_once():
    page = "<style:master-page><style:header><text:p>社外秘</text:p></style:header><style:header-left><text:p>社外秘</text:p></style:header-left>"
    styles = f"<office:master-styles>{page}<style:footer><text:p>総務部</text:p></style:footer></style:master-page></office:master-styles>"
    part = f"<office:document-styles {NAMES}>{styles}</office:document-styles>"
    data = packages.zipped({"content.xml": content("text", "<text:p>本文</text:p>"), "styles.xml": part})
    assert [(s.kind, s.text) for s in extract(data).sections] == [("body", "本文"), ("header", "社外秘"), ("footer", "総務部")]


def test_hidden_and_white_text_is_told_apart():
    styles = (
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="W" style:family="text"><style:text-properties fo:color="#FFFFFF"/></style:style>'
        '<style:style style:name="D" style:family="text" style:parent-style-name="W">'
        '<style:text-properties fo:background-color="#000000"/></style:style>'
        '<style:style style:name="S" style:family="text"><style:text-properties fo:font-size="1pt"/></style:style>'
    )
    spans = "".join(f'<text:span text:style-name="{name}">{name}{name}</text:span> ' for name in "HWDS")
    found = extract(packed("text", f"<text:h>Title</text:h><text:p>seen {spans}</text:p>", styles))
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [(("Title",), "body", "seen DD"), (("Title",), "hidden", "HHWWSS")]
    assert found.warnings == ("hidden_text: 1",)


def test_slides_with_titles_notes_tables_and_hidden_slides():
    styles = (
        '<style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>'
    )
    table = sheet(row(cell("Item"), cell("EUR")))
    body = slide("計画", "<text:p>目的</text:p><text:p>範囲</text:p>", "説明") + slide("Costs", table, style="dp1")
    found = extract(packed("presentation", body + slide("Only a title", ""), styles), ODP)
    assert [(s.locator, s.heading, s.kind, s.text) for s in found.sections] == [
        ("slide 1", ("計画",), "body", "目的\n範囲"),
        ("slide 1", ("計画",), "notes", "説明"),
        ("slide 2", ("Costs",), "table", "Item\tEUR"),
        ("slide 3", (), "body", "Only a title"),
    ]
    assert found.warnings == ("hidden_slides: 2",)


def test_slides_beyond_the_limit_are_counted():
    found = extract(packed("presentation", "".join(slide(f"t{n}", "<text:p>x</text:p>") for n in range(5))), ODP, max_pages=2)
    assert ([s.locator for s in found.sections], found.warnings) == (["slide 1", "slide 2"], ("pages_left_out: 3",))
