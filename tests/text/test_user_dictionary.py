from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpuskit.counts import Job
from corpuskit.errors import ConfigurationError
from corpuskit.text import DictionaryEntry, TextOptions, read_dictionary
from corpuskit.text.user_dictionary import check_entries, dictionary_digest, entries_for, entries_from


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "terms.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_variants_stand_in_one_cell_in_numbered_columns_or_in_cells_beyond_the_header(tmp_path):
    expected = (DictionaryEntry(term="サーバー", variants=("サーバ", "ｻｰﾊﾞｰ")),)
    for text in (
        "term,variants\nサーバー,サーバ|ｻｰﾊﾞｰ\n",
        "term,variants\nサーバー,サーバ,ｻｰﾊﾞｰ\n",
        "Term,Variant 1,Variant 2\nサーバー,サーバ,ｻｰﾊﾞｰ\n",
        "用語;表記ゆれ\nサーバー;サーバ｜ｻｰﾊﾞｰ|\n",
        "term\tvariants\r\n\r\nサーバー\tサーバ|ｻｰﾊﾞｰ\r\n",
    ):
        assert read_dictionary(written(tmp_path, text)) == expected


def test_a_table_with_other_columns_and_a_language_is_used_as_it_is(tmp_path):
    text = 'frequency,term,language,remark\n3,purchase order,en,"a, b"\n5,経費精算書,日本語,\n7,e-mail,,x\n'
    assert [(entry.term, entry.variants, entry.language) for entry in read_dictionary(written(tmp_path, text))] == [
        ("purchase order", (), "en"),
        ("経費精算書", (), "ja"),
        ("e-mail", (), ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_what_spreadsheets_write_is_decoded(tmp_path, encoding):
    assert read_dictionary(written(tmp_path, "term,variants\n見積書,御見積書|ﾐﾂﾓﾘ\n".encode(encoding)))[0].variants == ("御見積書", "ﾐﾂﾓﾘ")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["line 1", "columns term and variants", "nothing"]),
        ("name,variants\na,b\n", ["line 1", "name, variants"]),
        ("term,用語\na,b\n", ["line 1", "two columns"]),
        ("term,variants\na,b\n,c\n", ["line 3", "the term is empty"]),
        ("term,variants\n--,b\n", ["line 2", "no letter or digit"]),
        ("term,variants\na,b|!!\n", ["line 2", "'!!'", "no letter or digit"]),
        ("term,variants\nmail,e-mail\nletter,E-Mail\n", ["line 3", "'e-mail'", "'letter'", "line 2", "'mail'"]),
        ("term,variants\nmail,\nletter,mail\n", ["line 3", "line 2"]),
        ("term,variants\nmail,x\nMAIL,y\n", ["line 3", "line 2", "already"]),
        ("term,language\nmail,fr\n", ["line 2", "'fr'", "en, ja"]),
        ('term,variants\na,"b\n', ["line 2", "not a CSV file"]),
        ("term,variants\n\nサーバー,鯖\n".encode("euc-jp"), ["line 3", "neither UTF-8 nor cp932"]),
        (b"term,variants\na,\xff\n", ["line 2", "neither UTF-8 nor cp932"]),
        (b"term,variants\na,\x81\n", ["line 2", "neither UTF-8 nor cp932"]),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_line(tmp_path, text, told):
    path = written(tmp_path, text)
    with pytest.raises(ConfigurationError) as caught:
        read_dictionary(path)
    for part in (str(path), *told):
        assert part in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"nowhere\.csv.*columns term and variants"):
        read_dictionary(tmp_path / "nowhere.csv")


def test_one_spelling_may_be_two_terms_in_two_languages():
    entries = (DictionaryEntry(term="po", variants=("PO",), language="en"), DictionaryEntry(term="発注書", variants=("PO",), language="ja"))
    check_entries(entries)
    assert [entry.term for entry in entries_for(entries, "ja")] == ["発注書"]
    with pytest.raises(ConfigurationError, match="Keep one of them"):
        check_entries((*entries, DictionaryEntry(term="post", variants=("po",))))


def test_options_hold_what_the_file_says_and_not_where_it_lies(tmp_path):
    path = written(tmp_path, "term,variants\nmail,e-mail\n")
    options = TextOptions(dictionary=str(path))
    assert options == TextOptions(dictionary=path) == TextOptions(dictionary=(DictionaryEntry(term="mail", variants=("e-mail",)),))
    assert TextOptions.model_validate_json(options.model_dump_json()) == options
    assert TextOptions(dictionary="").dictionary == entries_from(" ") == ()
    with pytest.raises(ValidationError):
        TextOptions(dictionary=3)
    path.write_text("term,variants\nmail,email\n", encoding="utf-8")
    assert len({Job(text=one).digest() for one in (TextOptions(), options, TextOptions(dictionary=path))}) == 3


def test_entries_that_contradict_each_other_are_refused_without_a_file_too():
    with pytest.raises(ConfigurationError, match="user dictionary, 'letter'"):
        TextOptions(dictionary=({"term": "mail", "variants": ["e-mail"]}, {"term": "letter", "variants": ["e-mail"]}))


@given(st.permutations([DictionaryEntry(term="a", variants=("b", "c")), DictionaryEntry(term="d"), DictionaryEntry(term="e", language="ja")]))
def test_the_digest_is_that_of_what_is_said(entries):
    assert dictionary_digest(entries) == dictionary_digest(sorted(entries, key=lambda entry: entry.term))
    assert dictionary_digest(
        [DictionaryEntry(term="A", variants=("c", "b")), *(entry for entry in entries if entry.term != "a")]
    ) == dictionary_digest(entries)
    assert dictionary_digest(entries[:2]) != dictionary_digest(entries)
