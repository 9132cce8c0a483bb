import gzip
import io
import zipfile
from email.message import EmailMessage

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.document import Section
from corpuskit.ingest.mail_body import read_attachment, split_quotes, write_html, write_plain
from corpuskit.ingest.outline import Outline
from corpuskit.ingest.reader import Extraction, RawFile, ReadOptions
from corpuskit.ingest.readers import extract


def test_answers_between_quoted_lines_stay_body():
    lines = ["On Mon, 5 May 2025, A wrote:", "> Can you come?", "Yes.", ">> And when?", "At ten."]
    assert split_quotes(lines) == [
        ("quote", ["On Mon, 5 May 2025, A wrote:", "Can you come?"]),
        ("body", ["Yes."]),
        ("quote", ["And when?"]),
        ("body", ["At ten."]),
    ]


def test_japanese_header_block_begins_a_quote():
    lines = ["了解です。", "", "差出人: 新堂", "日時: 2025年5月26日", "よろしくお願いします。"]
    assert [kind for kind, _ in split_quotes(lines)] == ["body", "quote"]
    assert [kind for kind, _ in split_quotes(["件名: だけの行", "本文"])] == ["body"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_plain_body_is_cut_into_kinds_whatever_its_line_ends(ends):
    outline = Outline()
    write_plain(ends.join(["承知しました。", "> 日程はいかがですか。", "-- ", "株式会社アオミネ"]), outline)
    assert [(s.kind, s.text) for s in outline.finish()] == [
        ("body", "承知しました。"),
        ("quote", "日程はいかがですか。"),
        ("footer", "--\n株式会社アオミネ"),
    ]


def test_headings_of_an_html_body_become_lines():
    outline = Outline()
    outline.add_heading(1, "Subject")
    write_html("<h1>Prices</h1><p>They rise in May.</p>", outline)
    assert [(s.heading, s.text) for s in outline.finish()] == [(("Subject",), "Prices\nThey rise in May.")]


def test_hidden_text_of_an_html_body_is_kept_apart_as_in_a_page():
    page = '<!-- written by hand --><p>Seen</p><p style="display:none">unseen</p><p>too</p>'
    outline = Outline()
    outline.add_heading(1, "Subject")
    write_html(page, outline)
    assert [(s.heading, s.kind, s.locator, s.text) for s in outline.finish()] == [
        (("Subject",), "body", "", "Seen\ntoo"),
        (("Subject",), "hidden", "comment", "written by hand"),
        (("Subject",), "hidden", "", "unseen"),
    ]


def test_an_attachment_stands_below_subject_and_name_one_deeper():
    depths = []

    def read_inner(name, data, depth):
        depths.append(depth)
        return Extraction((Section("text", ("Part",), "row", "row 2"),), warnings=("ragged_rows: 1",))

    warnings = []
    found = read_attachment(RawFile("x.eml", b"", ReadOptions(), read_inner, 1), "a.csv", b"", "Subject", warnings)
    assert [(s.heading, s.locator) for s in found] == [(("Subject", "a.csv", "Part"), "a.csv row 2")]
    assert (depths, warnings) == ([2], ["ragged_rows: 1 (a.csv)"])


def test_an_attachment_that_cannot_be_read_is_a_warning():
    def read_inner(name, data, depth):
        raise ReadError("encrypted", "Locked.")

    warnings = []
    assert read_attachment(RawFile("x.eml", b"", ReadOptions(), read_inner), "a.pdf", b"", "", warnings) == []
    assert warnings == ["attachment_not_read: a.pdf (encrypted)"]


def zipped(contents):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def mail_with(name, data, *others):
    mail = EmailMessage()
    mail["Subject"] = "Subject"
    mail.set_content("body")
    for title, content in ((name, data), *others):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=title)
    return mail.as_bytes()


def test_an_archive_that_is_attached_is_read_member_by_member():
    found = extract(
        "x.eml", mail_with("a.zip", zipped({"b/c.txt": "first", "d.zip": zipped({"e.md": "# T\n\nsecond"}), "f.png": "x"})), ReadOptions()
    )
    assert [(s.heading, s.text, s.locator) for s in found.sections[1:]] == [
        (("Subject", "a.zip", "b/c.txt"), "first", "a.zip b/c.txt"),
        (("Subject", "a.zip", "d.zip", "e.md", "T"), "second", "a.zip d.zip e.md"),
    ]
    assert found.warnings == ("attachment_not_read: f.png (unsupported) (a.zip)",)


def test_a_compressed_attachment_is_unpacked():
    found = extract("x.eml", mail_with("a.txt.gz", gzip.compress(b"text")), ReadOptions())
    assert found.sections[-1].text == "text"


def test_an_archive_of_which_nothing_is_read_says_why():
    locked = bytearray(zipped({"a.txt": "text"}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert extract("x.eml", mail_with("a.zip", bytes(locked)), ReadOptions()).warnings == ("attachment_not_read: a.zip (encrypted)",)
    assert extract("x.eml", mail_with("a.zip", zipped({})), ReadOptions()).warnings == ("attachment_not_read: a.zip (no_text)",)
    assert extract("x.eml", mail_with("a.zip", b"rubbish"), ReadOptions()).warnings == ("attachment_not_read: a.zip (broken)",)


def test_archives_in_archives_end_at_the_limit():
    data = zipped({"a.txt": "text"})
    for _ in range(6):
        data = zipped({"a.zip": data})
    assert extract("x.eml", mail_with("a.zip", data), ReadOptions()).warnings == ("attachment_not_read: a.zip (too_large)",)


def packed(contents):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()


def test_archives_in_one_mail_share_what_may_come_out():
    # each stays far below the limit, all of them together go far beyond it
    bombs = [(f"{number}.zip", packed({"a.zip": packed({"a.txt": b"word " * 20_000, "b.txt": b"word " * 20_000})})) for number in range(30)]
    found = extract("x.eml", mail_with(*bombs[0], *bombs[1:]), ReadOptions(max_decompressed_bytes=500_000))
    assert [section.locator for section in found.sections[1:]] == [f"{n}.zip a.zip {name}.txt" for n in (0, 1) for name in "ab"]
    assert found.warnings == tuple(f"attachment_not_read: {number}.zip (too_large)" for number in range(2, 30))


def test_files_in_one_mail_share_the_limit_of_number():
    bombs = [(f"{number}.zip", packed({"a.txt": b"a", "b.txt": b"b"})) for number in range(30)]
    found = extract("x.eml", mail_with(*bombs[0], *bombs[1:]), ReadOptions(max_members=8))
    assert [section.locator for section in found.sections[1:]] == ["0.zip a.txt", "0.zip b.txt", "1.zip a.txt", "1.zip b.txt", "2.zip a.txt"]
    assert found.warnings[:2] == ("attachment_not_read: b.txt (too_large) (2.zip)", "attachment_not_read: 3.zip (too_large)")


def test_compressed_attachments_count_by_what_they_unpack_to():
    files = [(f"{number}.txt.gz", gzip.compress(b"word " * 20_000)) for number in range(30)]
    found = extract("x.eml", mail_with(*files[0], *files[1:]), ReadOptions(max_decompressed_bytes=250_000))
    assert [section.locator for section in found.sections[1:]] == ["0.txt.gz", "1.txt.gz"]
    assert found.warnings[0] == "attachment_not_read: 2.txt.gz (too_large)"


def test_an_archive_refused_as_a_whole_says_that_it_was_too_much():
    files = {"a.txt": b"a" * 900, "b.txt": b"b" * 900}
    found = extract("x.eml", mail_with("0.txt", b"x" * 900, ("a.zip", packed(files))), ReadOptions(max_decompressed_bytes=1_900))
    assert found.warnings == ("attachment_not_read: a.zip (too_large)",)
