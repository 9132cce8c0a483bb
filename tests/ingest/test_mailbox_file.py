import mailbox
import random
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.mailbox_file import MBOX
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract


def read(data, **options):
    return list(MBOX.members(RawFile("x.mbox", data, ReadOptions(**options))))


def message(subject="お見積りの件", body="本文です。\n"):
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = subject, "ouchi@example.com", "Tue, 20 May 2025 10:00:00 +0900"
    mail.set_content(body)
    return mail


def boxed(path, *messages):
    box = mailbox.mbox(path)
    for mail in messages:
        box.add(mail)
    box.close()
    return path.read_bytes()


def texts(members):
    return [[section.text for section in extract(member.name, member.data, ReadOptions()).sections] for member in members]


def test_each_mail_is_a_member_with_its_subject_and_time(tmp_path):
    found = read(boxed(tmp_path / "x.mbox", message(), message("Re: 価格/納期", "Yes.\n")))
    assert [(member.name, member.modified) for member in found] == [
        ("00001 お見積りの件.eml", "2025-05-20T01:00:00+00:00"),
        ("00002 Re: 価格_納期.eml", "2025-05-20T01:00:00+00:00"),
    ]
    assert texts(found) == [["本文です。"], ["Yes."]]


def test_a_long_subject_is_cut_and_a_missing_one_left_out():
    data = b"From a\nSubject: " + b"word " * 60 + b"\n\nx\n\nFrom b 10:00\nTo: b@example.com\n\ny\n"
    assert [len(member.name) for member in read(data)] == [len("00001 .eml") + 79, len("00002.eml")]


def test_lines_of_text_that_begin_with_from_are_no_mails(tmp_path):
    body = "From here on it is easy.\nTo do: nothing.\n\nFrom now on, too.\nAnd so on.\n>From quoted.\n"
    (member,) = read(boxed(tmp_path / "x.mbox", message("x", body)))
    assert member.data.endswith(b"\n\nFrom now on, too.\nAnd so on.\nFrom quoted.\n")
    unquoted = (
        b"From a@example.com Tue May 20 10:00:00 2025\nSubject: x\n\nSo:\nFrom here on it is easy.\nNote: yes.\n\nFrom now on, too.\nAnd so on.\n"
    )
    assert len(read(unquoted)) == 1


def test_a_mark_is_taken_off_once():
    (member,) = read(b"From a 10:00\nSubject: x\n\n>From one\n>>From two\n> From three\n")
    assert member.data == b"Subject: x\n\nFrom one\n>From two\n> From three\n"


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_mails_are_found_without_a_blank_line_between_them_where_a_time_stands(end):
    lines = [b"From - Tue May 20 10:00:00 2025", b"Subject: one", b"", b"1", b"From - Tue May 20 10:00:00 2025", b"Subject: two", b"", b"2", b""]
    found = read(end.join(lines))
    assert [member.name for member in found] == ["00001 one.eml", "00002 two.eml"]
    assert [member.data for member in found] == [end.join(lines[1:4]) + end, end.join(lines[5:8]) + end]


def test_the_blank_line_between_mails_belongs_to_none():
    found = read(b"From a\r\nSubject: 1\r\n\r\nx\r\n\r\nFrom b\r\nSubject: 2\r\n\r\ny\r\n")
    assert [member.data for member in found] == [b"Subject: 1\r\n\r\nx\r\n", b"Subject: 2\r\n\r\ny\r\n"]


def test_mails_come_lazily_and_beyond_the_limit_are_said_once():
    data = b"From a\nSubject: x\n\ny\n\n" * 30
    assert next(MBOX.members(RawFile("x.mbox", data, ReadOptions()))).name == "00001 x.eml"
    found = read(data, max_members=20)
    assert (len(found), found[-1].name, found[-1].data.code) == (21, "other files", "too_large")


def test_a_broken_date_is_no_date():
    dates = ["nonsense", "", "Tue, 20 May 2025 10:00:00 -0000", "Tue, 20 May 99999 10:00:00 +0900", "Fri, 1 Jan 1 00:00:00 +2300"]
    data = "".join(f"From a\nDate: {date}\n\ny\n\n" for date in dates).encode()
    assert [member.modified for member in read(data)] == ["", "", "2025-05-20T10:00:00+00:00", "", "2000-12-31T01:00:00+00:00"]


@pytest.mark.parametrize("data", [b"no mailbox", b"Subject: a mail\n\nFrom a\n", b"From here on it is text.\n\xff\xfe", b"\xff\xfe\x00"])
def test_what_is_no_mailbox_is_broken(data):
    with pytest.raises(ReadError) as caught:
        read(data)
    assert caught.value.code == "broken"


WHOLE = b"".join(b"From a 10:00\nSubject: =?utf-8?b?6KaP56iL?=\nDate: Tue, 20 May 2025 10:00:00 +0900\n\n>From b\n\n" for _ in range(4))


@given(st.data())
def test_damage_raises_nothing_but_a_reason(data):
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(0, 10))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        for member in read(bytes(damaged[data.draw(st.integers(0, 3)) :])):
            assert member.name.endswith(".eml")
            assert isinstance(member.data, bytes)
    except ReadError as error:
        assert error.code == "broken"  # noqa: PT017 - either outcome is right


def test_every_byte_of_a_mailbox_without_marks_comes_out():
    words = random.Random(0)
    bodies = ["".join(words.choice("ab \n") for _ in range(200)).strip() for _ in range(20)]
    data = "".join(f"From a@example.com Tue May 20 10:00:00 2025\nSubject: {n}\n\n{body}\n\n" for n, body in enumerate(bodies)).encode()
    assert [member.data for member in read(data)] == [f"Subject: {n}\n\n{body}\n".encode() for n, body in enumerate(bodies)]
