"""One document saved in many formats gives the same words: token F1 of at least .95 against its own text."""

import html
import io
import json
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

import pytest
from docx import Document as Word
from pptx import Presentation

from corpuskit.ingest import Document, read
from corpuskit.text import TextOptions, tokenize
from tests.sample_data.pages import pdf

TEXTS = {
    "ja": [
        "旅費規程",
        "第1条 この規程は、従業員が会社の業務のために出張する場合の旅費について定める。",
        "第2条 出張する者は、事前に所属長の承認を得なければならない。ただし、緊急の場合は事後の承認で足りる。",
        "第3条 日当は、宿泊を伴う出張について一日につき三千円とし、㈱青嶺精密の各事業所に適用する。",
        "第4条 交通費は、経済的かつ合理的な経路により計算し、領収書を添えて出張後十日以内に精算する。",
    ],
    "en": [
        "Travel policy",
        "This policy sets out which expenses the company pays when an employee travels on its business.",
        "Travellers ask their manager for approval before they book; in an emergency they may ask afterwards.",
        "The daily allowance is 40 euros for trips that need an overnight stay, and it covers meals and small costs.",
        "Receipts are handed in within ten days after the trip; what has no receipt is not paid back.",
    ],
}


def docx(lines: list[str]) -> bytes:
    document = Word()
    document.add_heading(lines[0], 1)
    for line in lines[1:]:
        document.add_paragraph(line)
    return saved(document)


def pptx(lines: list[str]) -> bytes:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = lines[0]
    slide.placeholders[1].text = "\n".join(lines[1:])
    return saved(deck)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def odt(lines: list[str]) -> bytes:
    spaces = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = f'<text:h text:outline-level="1">{lines[0]}</text:h>' + "".join(f"<text:p>{line}</text:p>" for line in lines[1:])
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces}><office:body><office:text>{body}</office:text></office:body>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content + "</office:document-content>")
    return out.getvalue()


def rtf(lines: list[str]) -> bytes:
    escaped = "\\par\n".join("".join(character if character.isascii() else f"\\u{ord(character)}?" for character in line) for line in lines)
    return ("{\\rtf1\\ansi\\uc1 " + escaped + "}").encode("ascii")


def page(lines: list[str]) -> bytes:
    body = f"<h1>{html.escape(lines[0])}</h1>" + "".join(f"<p>{html.escape(line)}</p>" for line in lines[1:])
    return f'<!doctype html><html><head><meta charset="utf-8"><title>{lines[0]}</title></head><body>{body}</body></html>'.encode()


def mail(lines: list[str]) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = lines[0], "a@example.co.jp", "b@example.co.jp"
    message.set_content("\n\n".join(lines[1:]))
    return message.as_bytes()


def notebook(lines: list[str]) -> bytes:
    cell = {"cell_type": "markdown", "metadata": {}, "source": ["# " + "\n\n".join(lines)]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


WRITERS = {
    "docx": docx,
    "odt": odt,
    "pdf": lambda lines: pdf("# " + "\n\n".join(lines)),
    "rtf": rtf,
    "html": page,
    "pptx": pptx,
    "eml": mail,
    "ipynb": notebook,
    "md": lambda lines: ("# " + "\n\n".join(lines)).encode(),
    "cp932.txt": lambda lines: "\n\n".join(lines).encode("cp932"),
    "utf16.txt": lambda lines: "\n\n".join(lines).encode("utf-16"),
}


def words(documents: list[Document]) -> Counter[str]:
    (table,) = tokenize(documents, TextOptions())
    counted = table.tokens.join(table.terms.filter("word"), on="term").group_by("form").len()
    return Counter(dict(counted.iter_rows()))


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("language", TEXTS)
def test_the_words_are_those_of_the_text(tmp_path: Path, language: str, kind: str):
    lines = TEXTS[language]
    (tmp_path / "plain.txt").write_text("\n\n".join(lines), encoding="utf-8")
    (tmp_path / f"other.{kind}").write_bytes(WRITERS[kind](lines))
    found = {item.id: item for item in read([tmp_path])}
    plain, other = words([found["plain.txt"]]), words([found[f"other.{kind}"]])
    shared = (plain & other).total()
    f1 = 2 * shared / (plain.total() + other.total())
    assert f1 >= 0.95, f"{(plain - other)} only in the text, {(other - plain)} only in {kind}"
