import io

import pptx
import pytest
from pptx.util import Inches

from corpuskit.errors import ReadError
from corpuskit.ingest.presentation import PPTX
from corpuskit.ingest.reader import RawFile, ReadOptions
from tests.ingest import packages


def extract(presentation):
    stream = io.BytesIO()
    presentation.save(stream)
    return PPTX.extract(RawFile("x.pptx", stream.getvalue(), ReadOptions()))


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


def test_an_empty_presentation_has_no_text():
    with pytest.raises(ReadError) as caught:
        extract(pptx.Presentation())
    assert caught.value.code == "no_text"


def test_another_office_file_under_this_suffix_is_named():
    with pytest.raises(ReadError, match=r"word/document\.xml"):
        PPTX.extract(RawFile("x.pptx", packages.docx(packages.paragraph("x")), ReadOptions()))
