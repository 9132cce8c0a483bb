import io

import pptx
import pytest
from pptx.dml.color import RGBColor
from pptx.util import Inches, Pt

from corpuskit.errors import ReadError
from corpuskit.ingest.presentation import PPTX
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest import packages


def extract(presentation, **options):
    stream = io.BytesIO()
    presentation.save(stream)
    return PPTX.extract(RawFile("x.pptx", stream.getvalue(), ReadOptions(**options)))


def deck():
    presentation = pptx.Presentation()
    first = presentation.slides.add_slide(presentation.slide_layouts[1])
    first.shapes.title.text, first.placeholders[1].text = "計画", "目的\n範囲"
    first.notes_slide.notes_text_frame.text = "ここで説明する。"
    second = presentation.slides.add_slide(presentation.slide_layouts[5])
    second.shapes.title.text = "Costs"
    table = second.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    for index, text in enumerate(("Item", "EUR", "Pump", "100")):
        table.cell(index // 2, index % 2).text = text
    group = second.shapes.add_group_shape()
    group.shapes.add_textbox(0, 0, 100, 100).text_frame.text = "in a group"
    third = presentation.slides.add_slide(presentation.slide_layouts[5])
    third.shapes.title.text = "Only a title"
    return presentation


def test_slides_with_titles_tables_groups_and_notes():
    assert [(s.locator, s.heading, s.kind, s.text) for s in extract(deck()).sections] == [
        ("slide 1", ("計画",), "body", "目的\n範囲"),
        ("slide 1", ("計画",), "notes", "ここで説明する。"),
        ("slide 2", ("Costs",), "table", "Item\tEUR\nPump\t100"),
        ("slide 2", ("Costs",), "body", "in a group"),
        ("slide 3", (), "body", "Only a title"),
    ]


def test_the_order_is_that_of_the_show_not_of_the_files():
    presentation = deck()
    order = presentation.slides._sldIdLst
    order.insert(0, order[2])
    found = extract(presentation).sections
    assert (found[0].locator, found[0].text) == ("slide 1", "Only a title")


def test_hidden_slides_are_read_and_reported():
    presentation = deck()
    presentation.slides[1]._element.set("show", "0")
    found = extract(presentation)
    assert found.warnings == ("hidden_slides: 2",)
    assert any(s.text == "in a group" for s in found.sections)


def slide_with(text):
    """Build a slide with a text box: "seen", and a second run to be changed."""
    presentation = pptx.Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    slide.shapes.title.text = "Title"
    box = slide.shapes.add_textbox(0, 0, 100, 100)
    line = box.text_frame.paragraphs[0]
    line.add_run().text = "seen"
    run = line.add_run()
    run.text = text
    return presentation, slide, box, run


def test_white_letters_on_nothing_and_letters_of_no_size_are_kept_apart():
    for change in ("white", "tiny"):
        presentation, _, _, run = slide_with(" unseen")
        if change == "white":
            run.font.color.rgb = RGBColor(255, 255, 255)
        else:
            run.font.size = Pt(1)
        found = extract(presentation)
        assert [(s.heading, s.kind, s.locator, s.text) for s in found.sections] == [
            (("Title",), "body", "slide 1", "seen"),
            (("Title",), "hidden", "slide 1", "unseen"),
        ]
        assert found.warnings == ("hidden_text: 1",)


def test_white_letters_where_something_is_drawn_are_seen():
    for drawn in ("shape", "other shape", "background"):
        presentation, slide, box, run = slide_with(" too")
        run.font.color.rgb = RGBColor(255, 255, 255)
        if drawn == "background":
            slide.background.fill.solid()
            slide.background.fill.fore_color.rgb = RGBColor(0, 0, 128)
        else:
            filled = box if drawn == "shape" else slide.shapes.add_shape(1, 0, 0, 100, 100)
            filled.fill.solid()
            filled.fill.fore_color.rgb = RGBColor(0, 0, 128)
        assert [(s.kind, s.text) for s in extract(presentation).sections] == [("body", "seen too")]


def test_slides_beyond_the_limit_are_counted():
    found = extract(deck(), max_pages=1)
    assert ({s.locator for s in found.sections}, found.warnings) == ({"slide 1"}, ("pages_left_out: 2",))


def test_an_empty_presentation_has_no_text():
    with pytest.raises(ReadError) as caught:
        extract(pptx.Presentation())
    assert caught.value.code == "no_text"


def test_another_office_file_under_this_suffix_is_named():
    with pytest.raises(ReadError, match=r"word/document\.xml"):
        PPTX.extract(RawFile("x.pptx", packages.docx(packages.paragraph("x")), ReadOptions()))
