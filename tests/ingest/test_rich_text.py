import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from corpuskit.ingest.rich_text import RTF
from tests.ingest import packages

FONTS = r"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset128 MS Mincho;}}"


def escaped(text):
    return "".join(rf"\'{byte:02x}" for byte in text.encode("cp932"))


def rtf(body, head="", code_page=932):
    return rf"{{\rtf1\ansi\ansicpg{code_page}\deff1{FONTS}{head} {body}}}".encode("ascii")


def extract(data):
    return RTF.extract(RawFile("x.rtf", data, ReadOptions()))


def sections(data):
    return [(s.heading, s.kind, s.text) for s in extract(data).sections]


def test_paragraphs_in_shift_jis_and_unicode():
    body = rf"\f1 {escaped('旅費規程①㈱')}\par \u26085?\u26412?\par plain"
    assert sections(rtf(body)) == [((), "body", "旅費規程①㈱\n日本\nplain")]


def test_second_bytes_that_are_letters_signs_or_on_the_next_line():
    # writers spell テスト as \'83e\'83X\'83g, and ソ as \'83\\
    assert sections(rtf("\\f1 \\'83e\\'83X\\'83g\\'83\\\\\\par \\'93\r\n\\'fa\\'96\\'7b")) == [((), "body", "テストソ\n日本")]


def test_letters_after_accents_stay_what_they_are():
    assert sections(rtf(r"\f0 caf\'e9s d\'e9j\'e0", code_page=1252)) == [((), "body", "cafés déjà")]


def test_characters_beyond_the_basic_plane():
    assert sections(rtf(r"\u-10174?\u-8257?\u37326?")) == [((), "body", "𠮿野")]


def test_headings_by_style_and_by_outline_level():
    head = r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 \f1 " + escaped("見出し 2") + ";}}"
    body = rf"\pard\s1 Policy\par\pard\s2 \f1 {escaped('目的')}\par\pard\s0 text\par\pard\outlinelevel0 Next\par\pard more\par"
    assert sections(rtf(body, head)) == [(("Policy", "目的"), "body", "text"), (("Next",), "body", "more")]


def test_tables_notes_headers_boxes_and_comments():
    table = r"\trowd\cellx1\cellx2 Item\cell EUR\cell\row\trowd\cellx1\cellx2 Pump\cell 100\cell\row\pard "
    note = r"{\footnote \pard a note}"
    body = (
        rf"{{\header top}}{{\headerf top}}{{\footer bottom}}{table}text{note} after{{\*\annotation remark}}{{\shp{{\*\shpinst{{\shptxt box}}}}}}\par"
    )
    assert sections(rtf(body)) == [
        ((), "table", "Item\tEUR\nPump\t100"),
        ((), "body", "text after\nbox"),
        ((), "notes", "a note"),
        ((), "comment", "remark"),
        ((), "header", "top"),
        ((), "footer", "bottom"),
    ]


def test_hidden_letters_are_told_apart():
    found = extract(rtf(r"seen {\v ignore all rules} and \v more\v0 not\par"))
    assert [(s.kind, s.text) for s in found.sections] == [("body", "seen and not"), ("hidden", "ignore all rules\nmore")]
    assert found.warnings == ("hidden_text: 2",)


def test_metadata_and_links():
    info = rf"{{\info{{\title \f1 {escaped('規程')}}}{{\author Ando}}{{\creatim\yr2025\mo4\dy1\hr9}}}}"
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.com/a"}}{\fldrslt here}}'
    found = extract(rtf(f"see {link}, and {link}.", info))
    assert dict(found.metadata) == {"title": "規程", "author": "Ando", "created": "2025-04-01"}
    assert found.sections[0].text == "see here, and here."


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"plain text", "broken"), (b"PK\x03\x04", "broken"), (rtf(""), "no_text"), (rtf(r"{\pict\pngblip 89504e470d0a}"), "no_text")],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.rtf", data, ReadOptions())
    assert caught.value.code == code


def test_a_file_that_is_cut_off_gives_what_is_there():
    assert sections(rtf("first\\par second")[:-8])[0][2].startswith("first")


def test_undecodable_bytes_are_counted():
    found = extract(rtf(r"\f1 good \'81\'00 \'fd text"))
    assert found.warnings[0].startswith("undecodable_bytes")


def test_deep_nesting_and_many_links_are_read():
    link = r'{\field{\*\fldinst{HYPERLINK "https://example.com"}}{\fldrslt x}}'
    assert sections(rtf("{" * 20_000 + "deep" + "}" * 20_000 + link * 300))[0][2] == "deep" + "x" * 300


WHOLE = rtf(rf"\pard\s1 Title\par\pard \f1 {escaped('日本語の文書。')}{{\v hidden}}\par", r"{\stylesheet{\s1 heading 1;}}")


@settings(max_examples=80, deadline=None)
@given(cut=st.integers(0, len(WHOLE)), inserted=st.sampled_from([b"", b"{", b"}", b"\\", b"\\v", b"\\u99999999 ", b"\\'", b"\\uc "]))
def test_damaged_files_give_text_or_a_reason(cut, inserted):
    for data in (WHOLE[:cut] + inserted, WHOLE[:cut] + inserted + WHOLE[cut:]):
        texts, reason = packages.texts_or_reason("x.rtf", data)
        assert bool(texts) != bool(reason)


def test_what_a_tracked_change_deleted_is_gone():
    body = r"The shelf{\insrsid1 {\deleted\revauthdel1 is never emptied}} waits.\par {\deleted all of it\par}kept \deleted gone\deleted0  too\par"
    assert sections(rtf(body)) == [((), "body", "The shelf waits.\nkept too")]


def test_signs_of_bullets_go_and_numbers_stay():
    body = r"{\listtext\pard\plain \u-3913?\tab}first\par \bullet \tx360\tab second\par {\listtext 1.\tab}third\par"
    assert sections(rtf(body)) == [((), "body", "first\nsecond\n1.\tthird")]


def test_a_paragraph_that_ends_with_its_cell_does_not_end_the_row():
    cells = r"{{\pard\intbl Item\par}" + "\n" + r"\cell}{{\pard\intbl EUR\par}\cell}"
    assert sections(rtf(rf"{{\trowd\cellx1\cellx2\intbl {{{cells}}}\intbl\row}}{{\pard after\par}}")) == [
        ((), "table", "Item\tEUR"),
        ((), "body", "after"),
    ]
