import io
import zipfile

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Package, ZippedParts, parse_events, parse_tree
from corpuskit.ingest.reader import MIB, ReadOptions
from corpuskit.ingest.readers import extract
from tests.ingest import packages

OPTIONS = ReadOptions()


def test_a_document_bomb_is_refused_before_it_is_parsed():
    data = packages.docx(packages.paragraph(" " * (64 * MIB)))
    assert len(data) < MIB
    with pytest.raises(ReadError) as caught:
        Package(data, OPTIONS)
    assert caught.value.code == "too_large"


def test_pictures_do_not_count():
    parts = {
        "_rels/.rels": packages.rels(("officeDocument", "word/document.xml")),
        "word/document.xml": "<x/>",
        "word/media/film.bin": bytes(64 * MIB),
    }
    assert Package(packages.zipped(parts), OPTIONS).main_part() == "word/document.xml"


def test_an_encrypted_member_is_named(tmp_path):
    data = bytearray(packages.zipped({"a.xml": "<x/>"}))
    place = data.rindex(b"PK\x01\x02")
    data[place + 8] |= 1  # the flag in the directory
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    assert zipfile.ZipFile(path).infolist()[0].flag_bits & 1
    with pytest.raises(ReadError) as caught:
        Package(bytes(data), OPTIONS)
    assert caught.value.code == "encrypted"


def test_links_to_the_outside_are_never_followed():
    external = packages.rels(("hyperlink", "https://example.com/")).replace("/>", ' TargetMode="External"/>')
    package = Package(packages.zipped({"word/_rels/document.xml.rels": external}), OPTIONS)
    assert package.relations("word/document.xml") == []


def test_relations_are_resolved_within_the_package():
    package = Package(
        packages.zipped({"a/_rels/b.xml.rels": packages.rels(("x", "../c/d.xml"), ("y", "/e.xml"), ("z", "gone.xml")), "c/d.xml": "<x/>"}), OPTIONS
    )
    assert [relation.target for relation in package.relations("a/b.xml")] == ["c/d.xml", "e.xml", "a/gone.xml"]
    assert (package.related("a/b.xml", "x"), package.related("a/b.xml", "z")) == (["c/d.xml"], [])
    with pytest.raises(ReadError, match=r"gone\.xml"):
        package.open("a/gone.xml")


WHOLE = {
    "docx": lambda: packages.docx(packages.paragraph("規程を改定した。" * 50)),
    "xlsx": lambda: packages.xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>new sheet</t></is></c></row>'),
    "odt": lambda: packages.zipped({"content.xml": "<x/>" * 50}),
    "epub": lambda: packages.zipped({"META-INF/container.xml": "<x/>"}),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_file_that_is_cut_off_says_so_and_what_to_do(name):
    data = WHOLE[name]()
    for cut in (len(data) // 2, len(data) - 10):
        with pytest.raises(ReadError) as caught:
            extract(f"x.{name}", data[:cut], OPTIONS)
        assert caught.value.code == "broken"
        assert caught.value.reason == (
            "Damaged or truncated: its end is missing. Open it in the program that made it and save it again, or fetch it once more."
        )


@pytest.mark.parametrize("part", [b"<w:document", b"\x00\x01", b""], ids=("cut", "no text", "empty"))
def test_a_damaged_part_says_so_and_what_to_do(part):
    data = packages.zipped({"_rels/.rels": packages.rels(("officeDocument", "word/document.xml")), "word/document.xml": part})
    with pytest.raises(ReadError) as caught:
        extract("x.docx", data, OPTIONS)
    assert caught.value.code == "broken"
    assert caught.value.reason.startswith("Damaged or truncated: ")
    assert "save it again, or fetch it once more" in caught.value.reason


def test_a_wrong_checksum_and_a_missing_part_are_damage():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.xml", "<text/>")
    package = ZippedParts(stream.getvalue().replace(b"<text/>", b"<test/>"), OPTIONS, "Office")
    with pytest.raises(ReadError, match="Damaged or truncated: Bad CRC"):
        package.read("a.xml")
    for read in (lambda: list(parse_events(package.open("a.xml"), ("end",))), lambda: parse_tree(package.open("a.xml"))):
        with pytest.raises(ReadError, match="Damaged or truncated: Bad CRC"):
            read()
    with pytest.raises(ReadError, match=r"Damaged or truncated: the file lacks its part 'b\.xml'"):
        package.open("b.xml")


def test_another_kind_of_file_under_the_suffix_says_so():
    with pytest.raises(ReadError, match="Not an Office file although its suffix says so"):
        Package(b"plain text", OPTIONS)
