import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from corpuskit.ingest.subtitles import SUBTITLES
from tests.ingest import packages


def extract(text, encoding="utf-8"):
    return SUBTITLES.extract(RawFile("x.srt", text.encode(encoding), ReadOptions()))


def sections(text):
    return [(s.locator, s.text) for s in extract(text).sections]


def test_cues_join_to_paragraphs_until_a_pause():
    srt = """1
00:00:01,000 --> 00:00:03,500
<i>Welcome to the</i>
training, everyone.

2
00:00:03,600 --> 00:00:05,000
{\\an8}Please sit down.

3
01:02:03,000 --> 01:02:05,000
After lunch.
"""
    assert sections(srt) == [("00:00:01", "Welcome to the training, everyone. Please sit down."), ("01:02:03", "After lunch.")]


def test_speakers_begin_paragraphs_and_stay_in_the_text():
    vtt = """WEBVTT - title

NOTE a remark
of two lines

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.000 align:start
<v.loud Ando Mai>Hello &amp; welcome.</v>

00:02.100 --> 00:03.000
<00:02.500><c.yellow>Sit down.</c>

00:03.100 --> 00:04.000
ITO: Thanks.
"""
    assert sections(vtt) == [("00:00:01", "Ando Mai: Hello & welcome. Sit down."), ("00:00:03", "ITO: Thanks.")]


def test_japanese_lines_join_without_a_space_and_without_furigana():
    vtt = "WEBVTT\n\n00:00.000 --> 00:01.000\n<ruby>漢<rt>かん</rt></ruby>字を\n読み\n\n00:01.000 --> 00:02.000\nます。\n"
    assert sections(vtt) == [("00:00:00", "漢字を読みます。")]
    assert (
        extract("1\n00:00:00,000 --> 00:00:01,000\n研修を始めます。どうぞお座りください。\n", "cp932").sections[0].text.startswith("研修を始めます。")
    )


def test_captions_that_roll_up_are_told_once():
    cues = ["one line", "one line\ntwo lines", "two lines\nthree lines"]
    vtt = "WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{cue}" for n, cue in enumerate(cues))
    assert sections(vtt) == [("00:00:00", "one line two lines three lines")]


def test_missing_blank_lines_and_numbers():
    assert sections("1\n00:00:00,000 --> 00:00:01,000\na\n2\n00:00:01,000 --> 00:00:02,000\nb") == [("00:00:00", "a b")]


def test_a_talk_without_pauses_is_cut_at_the_end_of_a_sentence():
    cue = "00:00:{0:02},000 --> 00:00:{1:02},000\nThis sentence is a bit longer than fifty characters, really.\n"
    found = sections("\n".join(cue.format(n, n + 1) for n in range(30)))
    assert 2 <= len(found) <= 4
    assert all(text.endswith("really.") for _, text in found)


@pytest.mark.parametrize(
    ("data", "code"), [(b"plain text", "broken"), (b"WEBVTT\n", "broken"), (b"1\n00:00:00,000 --> 00:00:01,000\n\n", "no_text"), (b"\n", "empty")]
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.vtt", data, ReadOptions())
    assert caught.value.code == code


@given(st.lists(st.sampled_from(["1", "", "00:00:00,000 --> 00:00:01,000", "99:59:59.9 --> 00:00.0", "<v A>x", "text", "<", "&", "名前: はい"])))
def test_any_order_of_lines_gives_text_or_a_reason(lines):
    texts, reason = packages.texts_or_reason("x.srt", "\n".join(lines).encode())
    assert bool(texts) != bool(reason)
