import zipfile

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.archive import Package
from corpuskit.ingest.reader import MIB, ReadOptions
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
