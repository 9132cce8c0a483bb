import pickle
from dataclasses import FrozenInstanceError, fields

import pytest

from corpuskit.ingest import Document, Section, Skipped, Source
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.readers import extract

SOURCE = Source(path="a.txt", sha256="0" * 64, bytes=3, modified="2024-04-01T00:00:00+00:00", reader="txt", encoding="utf-8")
SECTION = Section("text", ("Rules", "Scope"), "row", "row 2", (("queue", "IT"),), (("tel", "1"),))
DOCUMENT = Document("a.txt", SOURCE, (SECTION,), (("title", "Rules"),), ("encoding_guessed: cp932",))
SKIPPED = Skipped("b.pdf", "encrypted", "The file is protected by a password.")
NOUNS = (SECTION, SOURCE, DOCUMENT, SKIPPED)


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
def test_a_noun_cannot_be_changed_and_takes_no_new_field(noun):
    with pytest.raises(FrozenInstanceError):
        setattr(noun, fields(noun)[0].name, "other")
    assert not hasattr(noun, "__dict__")


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: type(noun).__name__)
def test_a_noun_is_its_values_and_survives_another_process(noun):
    again = pickle.loads(pickle.dumps(noun))
    assert again == noun
    assert hash(again) == hash(noun)


def test_a_section_is_body_text_without_place_unless_said_otherwise():
    assert Section("x") == Section("x", heading=(), kind="body", locator="", labels=(), fields=())
    assert Section("x") != Section("x", heading=("",))


def test_a_skipped_file_counts_as_unreadable_by_nature_unless_said_otherwise():
    # what nobody could have read must not lower the share of readable files that was read
    assert not SKIPPED.readable


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "One line.\n\n\n  Another.\n"),
        ("a.md", "# Title\n\n## Empty\n\n## Full\n\ntext\n"),
        ("a.csv", "id,message\n1,\n2,the valve is stuck\n3,   \n"),
        ("a.html", "<h1>Title</h1><p></p><p>text</p><p>&nbsp;</p>"),
        ("a.jsonl", '{"text": ""}\n{"text": "one message"}\n'),
        ("a.json", '{"a": "", "b": "text", "c": {"d": " "}}'),
        ("a.eml", "Subject: x\n\n\n\ntext\n\n> \n> quoted text\n"),
    ],
)
def test_no_reader_gives_a_blank_section(name, text):
    sections = extract(name, text.encode(), ReadOptions()).sections
    assert sections
    assert [section for section in sections if not section.text.strip()] == []
    assert [line for section in sections for line in section.text.split("\n") if not line.strip()] == []
