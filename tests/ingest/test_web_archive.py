from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from corpuskit.ingest.web_archive import MHTML
from tests.ingest import packages


def saved(*pages, charset="utf-8"):
    message = MIMEMultipart("related")
    message["Subject"] = "saved"
    message.attach(MIMEText("p {}", "css"))
    for html in pages:
        message.attach(MIMEText(html, "html", charset))
    return message.as_bytes()


def extract(data):
    return MHTML.extract(RawFile("x.mhtml", data, ReadOptions()))


def test_the_first_page_is_read_with_its_headings_and_charset():
    page = "<html><head><title>社内報</title></head><body><h1>お知らせ</h1><p>①本文</p><!-- plan --><p hidden>unseen</p></body></html>"
    found = extract(saved(page, "<p>a frame</p>"))
    assert [(s.heading, s.kind, s.text) for s in found.sections] == [
        (("お知らせ",), "body", "①本文"),
        (("お知らせ",), "hidden", "plan"),
        (("お知らせ",), "hidden", "unseen"),
    ]
    assert dict(found.metadata)["title"] == "社内報"
    assert found.warnings == ("hidden_text: 1",)


def test_a_page_in_another_charset():
    body = "<p>旅費規程①</p>".encode("cp932")
    data = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=shift_jis\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body
    assert extract(data).sections[0].text == "旅費規程①"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"rubbish", "broken"),
        (b"Subject: x\r\n\r\ntext", "broken"),
        (saved(), "no_text"),
        (saved("<div></div>"), "no_text"),
        (saved("<!-- only this -->"), "no_text"),
    ],
    ids=range(5),
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.mht", data, ReadOptions())
    assert caught.value.code == code


WHOLE = saved("<p>text</p>")


@given(st.integers(0, len(WHOLE)), st.binary(max_size=8))
def test_damaged_files_give_text_or_a_reason(cut, inserted):
    for data in (WHOLE[:cut] + inserted, WHOLE[:cut] + inserted + WHOLE[cut:]):
        texts, reason = packages.texts_or_reason("x.mhtml", data)
        assert bool(texts) != bool(reason)
