"""Damaged files of every format: nothing but a reason or clean text may come out, whatever the bytes are.

Each format starts from one valid small file, which is cut, flipped, stretched, repeated, and, for zip packages, changed inside a part
or robbed of one. The damage is drawn by Hypothesis, so that a failure is reduced to the smallest one. Formats whose libraries may end the
process are read where the audit reads them, in a process of its own; what damages those is drawn from a fixed seed.
"""

import io
import random
import time
import zipfile
from email.message import EmailMessage

import polars
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from reportlab.pdfgen.canvas import Canvas

from corpuskit.errors import ReadError
from corpuskit.ingest import READERS, SKIP_REASONS, ReadOptions
from corpuskit.ingest.readers import extract
from corpuskit.ingest.workers import START_SECONDS, Worker
from tests.ingest import packages, test_outlook
from tests.ingest.legacy_office import doc, ppt, xls, xlsb

TEXT = "出張の前に申請する。請求書は月末に送付してください。\nThe valve is stuck & leaks. It’s urgent.\n"
TABLE = "番号,内容,区分\n" + "".join(f"{n},弁が固着して動かない {n},{'AB'[n % 2]}\n" for n in range(6))
LIMITS = ReadOptions(max_decompressed_bytes=2**24, max_rows=1000, max_cells=10_000, max_pages=20, max_members=50, max_depth=2)


def mail():
    message = EmailMessage()
    message["Subject"], message["From"], message["Date"] = "見積りの件", "大内 <o@example.com>", "Tue, 20 May 2025 10:00:00 +0900"
    message.set_content(TEXT + "> quoted\n", charset="utf-8")
    message.add_alternative(f"<p>{TEXT}</p>", subtype="html")
    message.add_attachment(TABLE.encode("cp932"), maintype="text", subtype="csv", filename="一覧.csv")
    return message.as_bytes()


def pdf():
    stream = io.BytesIO()
    canvas = Canvas(stream, invariant=True)
    for number in (1, 2):
        canvas.drawString(60, 700, f"Page {number} of the travel policy for all employees.")
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pptx():
    stream = io.BytesIO()
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = "旅費", "申請は前日まで"
    slide.notes_slide.notes_text_frame.text = "notes"
    deck.save(stream)
    return stream.getvalue()


def xlsx():
    row = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>弁が固着 {0}</t></is></c><c r="B{0}"><f>1+{0}</f><v>{0}</v></c></row>'
    return packages.xlsx("".join(row.format(n) for n in range(1, 6)))


def parquet():
    stream = io.BytesIO()
    polars.DataFrame({"id": [1, 2, 3], "message": ["弁が固着", "the valve leaks", "stuck again"]}).write_parquet(stream)
    return stream.getvalue()


def opendocument(kind, body):
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    content = f"<office:document-content {names}><office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    return packages.zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content})


def epub():
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        '<spine><itemref idref="a"/></spine></package>'
    )
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="p.opf"/></rootfiles></container>'
    return packages.zipped({"META-INF/container.xml": container, "p.opf": package, "a.xhtml": f"<html><body><h1>一</h1><p>{TEXT}</p></body></html>"})


SEEDS = {
    "txt": lambda: TEXT.encode("cp932"),
    "md": lambda: ("---\ntitle: x\n---\n# 規程\n\n" + TEXT + "\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\ncode\n```\n").encode(),
    "rst": lambda: ("規程\n====\n\n" + TEXT + "\n.. note:: text\n\n* item\n").encode(),
    "html": lambda: f'<meta charset="utf-8"><body><h1>規程</h1><table><tr><td>{TEXT}<td>2</table><ul><li>a<pre>b</pre></ul></body>'.encode(),
    "csv": lambda: TABLE.encode("cp932"),
    "jsonl": lambda: b'{"text": "valve stuck", "tags": ["a", {"b": 1}]}\n{"text": "pump leaks"}\n',
    "json": lambda: '{"rows": [{"text": "弁", "n": 1}, {"text": "\\u30dd\\ud83d\\ude00", "n": {"m": null}}]}'.encode(),
    "docx": lambda: packages.docx(packages.paragraph("旅費規程", "Heading1") + packages.paragraph("申請する。") + "<w:tbl><w:tr/></w:tbl>"),
    "xlsx": xlsx,
    "pptx": pptx,
    "pdf": pdf,
    "eml": mail,
    "odt": lambda: opendocument("text", f'<text:h text:outline-level="1">規程</text:h><text:p>{TEXT.replace("&", "")}</text:p>'),
    "ods": lambda: opendocument(
        "spreadsheet",
        '<table:table table:name="S"><table:table-row><table:table-cell><text:p>弁</text:p></table:table-cell></table:table-row></table:table>',
    ),
    "odp": lambda: opendocument(
        "presentation", "<draw:page><draw:frame><draw:text-box><text:p>旅費</text:p></draw:text-box></draw:frame></draw:page>"
    ),
    "rtf": lambda: rb"{\rtf1\ansi\ansicpg932{\fonttbl{\f0\fcharset128 MS;}}\f0 \'8b\'e6\'95\'aa\par plain {\b bold}\u26085?\par\trowd a\cell\row}",
    "xml": lambda: f"<?xml version='1.0'?><doc><title>規程</title><p a='b'>{TEXT.replace('&', '&amp;')}</p></doc>".encode(),
    "ipynb": lambda: (
        b'{"cells": [{"cell_type": "markdown", "source": ["# Title\\n", "text"]}, {"cell_type": "code", "source": "x = 1", "outputs": []}]}'
    ),
    "subtitles": lambda: "1\n00:00:01,000 --> 00:00:02,000\n弁が固着\n\n2\n00:00:03,000 --> 00:00:04,000\n<i>stuck</i>\n".encode(),
    "epub": epub,
    "parquet": parquet,
    "msg": lambda: test_outlook.WHOLE,
    "mhtml": lambda: (
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n"
        b"Content-Transfer-Encoding: quoted-printable\n\n<p>The valve =E5=BC=81 is stuck</p>\n--b--\n"
    ),
}

ROWS = [["番号", "内容"], *([n, f"弁が固着して動かない {n}"] for n in range(1, 7))]
NATIVE = {
    "xls": ("python_calamine", lambda: xls([("一覧", 0, ROWS), ("b", 1, [["x", 1.5, True, ("date", 45797)]])])),
    "xlsb": ("python_calamine", lambda: xlsb(ROWS)),
    "doc": ("xberg", lambda: doc("規程の改定について\r次のとおり改定する。\r条\x07内容\x07\x07")),
    "ppt": ("xberg", lambda: ppt([["題名", "一つ目\r二つ目"], ["二枚目"]])),
}
"""Formats whose libraries are no Python and may end the process: the library, and the file to damage."""

ATTEMPTS = 40
PATIENCE = LIMITS.model_copy(update={"max_seconds": 3.0})


def read(name, data):
    """Read damaged bytes: a reason, or sections of clean text; nothing else may happen."""
    try:
        found = extract(f"x{READERS[name].suffixes[0]}", data, LIMITS)
    except ReadError as error:
        error.reason.encode()
        return
    check_clean(found)


def check_clean(found):
    assert found.sections
    for section in found.sections:
        assert section.text.strip()
        pairs = (*section.labels, *section.fields)
        for text in (section.text, section.locator, *section.heading, *(text for pair in pairs for text in pair)):
            assert "\0" not in text
            text.encode()
    for text in (*found.warnings, *(text for pair in found.metadata for text in pair)):
        assert "\0" not in text
        text.encode()


POSITIONS = st.floats(0, 1, exclude_max=True)
DAMAGE = st.lists(
    st.one_of(
        st.tuples(st.just("cut"), POSITIONS, st.just(b"")),
        st.tuples(st.just("flip"), POSITIONS, st.binary(min_size=1, max_size=1)),
        st.tuples(st.just("insert"), POSITIONS,
                  st.one_of(st.binary(max_size=12), st.sampled_from([b"\0", b"\xff\xfe", b"\x1b$B", b"&#xD800;", b"\\ud800"]))),
        st.tuples(st.just("remove"), POSITIONS, st.binary(max_size=20)),
        st.tuples(st.just("double"), POSITIONS, st.binary(max_size=80)),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip


def damaged(data, steps):
    for kind, where, extra in steps:
        at = int(where * len(data))
        if kind == "cut":
            data = data[:at]
        elif kind == "flip":
            data = data[:at] + extra + data[at + 1 :]
        elif kind == "insert":
            data = data[:at] + extra + data[at:]
        elif kind == "remove":
            data = data[:at] + data[at + len(extra) :]
        else:
            data = data[:at] + data[at : at + 4 * len(extra)] * 2 + data[at + 4 * len(extra) :]
    return data


def repacked(data, part, steps, other):
    """Damage one part of a zip package, or put another part in its place."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted(parts)
    chosen = names[int(part * len(names))]
    parts[chosen] = damaged(parts[chosen], steps) if other is None else parts[names[int(other * len(names))]]
    if not parts[chosen]:
        del parts[chosen]
    return packages.zipped(parts)


def drawn(data, chance):
    """Damage a file, or a part of a zip package, as :data:`DAMAGE` does, by numbers from a fixed seed."""
    kinds = ("cut", "flip", "flip", "flip", "insert", "remove", "double")
    steps = [(chance.choice(kinds), chance.random(), chance.randbytes(chance.randint(1, 12))) for _ in range(chance.randint(1, 4))]
    if data.startswith(b"PK") and chance.random() < 0.7:
        return repacked(data, chance.random(), steps, None)
    return damaged(data, [(kind, where, extra[:1] if kind == "flip" else extra) for kind, where, extra in steps])


BOUNDED = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
ZIPPED = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "epub")


def test_every_reader_has_a_file_to_damage():
    assert sorted((*SEEDS, *NATIVE)) == sorted(READERS)


@pytest.mark.parametrize("name", SEEDS)
def test_the_file_itself_is_read(name):
    assert extract(f"x{READERS[name].suffixes[0]}", SEEDS[name](), LIMITS).sections
    read(name, SEEDS[name]())


@pytest.mark.parametrize("name", SEEDS)
def test_damaged_bytes_give_a_reason_or_clean_text(name):
    seed = SEEDS[name]()

    @BOUNDED
    @given(DAMAGE)
    def check(steps):
        read(name, damaged(seed, steps))

    check()


@pytest.mark.parametrize("name", ZIPPED)
def test_damaged_parts_give_a_reason_or_clean_text(name):
    seed = SEEDS[name]()

    @BOUNDED
    @given(POSITIONS, DAMAGE, st.one_of(st.none(), POSITIONS))
    def check(part, steps, other):
        read(name, repacked(seed, part, steps, other))

    check()


@pytest.mark.parametrize("name", SEEDS)
def test_any_bytes_give_a_reason_or_clean_text(name):
    @BOUNDED
    @given(st.binary(max_size=200))
    def check(data):
        read(name, data)

    check()


@pytest.fixture(scope="module")
def worker():
    made = Worker(PATIENCE)
    yield made
    made.close()


@pytest.mark.parametrize("name", NATIVE)
def test_damage_that_may_end_the_process_costs_one_file(name, worker, tmp_path):
    library, seed = NATIVE[name]
    pytest.importorskip(library, reason=f"the extra that reads {name} is not installed")
    path = tmp_path / f"x.{name}"
    path.write_bytes(seed())
    (whole,) = worker.read(path)
    check_clean(whole.outcome)
    chance = random.Random(name)
    for _ in range(ATTEMPTS):
        path.write_bytes(drawn(seed(), chance))
        begun = time.monotonic()
        (part,) = worker.read(path)
        assert time.monotonic() - begun < PATIENCE.max_seconds + START_SECONDS
        if isinstance(part.outcome, ReadError):
            assert part.outcome.code in SKIP_REASONS
        else:
            check_clean(part.outcome)
    path.write_bytes(seed())
    assert worker.read(path)[0].outcome == whole.outcome
