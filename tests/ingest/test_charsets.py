import pytest
from pydantic import ValidationError

from corpuskit.ingest import ReadOptions
from corpuskit.ingest.charsets import USUAL, chosen_name, is_charset, is_japanese, is_western, is_wide, real_name


def test_names_of_standards_mean_what_files_hold():
    assert [real_name(name) for name in ("Shift_JIS", ' "x-sjis" ', "EUC-JP", "ISO-8859-1", "US-ASCII", "UTF-8", "nonsense")] == [
        "cp932", "cp932", "euc_jp", "cp1252", "cp1252", "utf-8", "nonsense",
    ]  # fmt: skip
    assert [chosen_name(name) for name in ("shift_jis", "latin-1", "ascii")] == ["cp932", "latin-1", "ascii"]


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_names_are_accepted(name):
    assert ReadOptions(encoding=name).encoding == name


@pytest.mark.parametrize("name", ["nonsense", "rot13", "base64", "utf-7", "unicode_escape", "punycode", "idna", "undefined", "zip", "a\0b", "é"])
def test_others_are_refused_with_the_usual_ones_listed(name):
    assert not is_charset(name)
    with pytest.raises(ValidationError, match=r"unknown encoding.*utf-8.*cp932"):
        ReadOptions(encoding=name)


def test_kinds_of_encodings():
    assert is_western("cp1252") and is_western("iso-8859-15") and not is_western("cp932") and not is_western("nonsense")  # noqa: PT018
    assert is_japanese("cp932") and is_japanese("iso-2022-jp") and not is_japanese("gb2312")  # noqa: PT018
    assert is_wide("utf-16-le") and is_wide("UTF-32") and not is_wide("utf-8") and not is_wide("")  # noqa: PT018
