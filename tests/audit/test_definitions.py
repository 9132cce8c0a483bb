"""Category definitions: encodings that spreadsheets write, and tables that cannot be meant."""

import pytest

from corpuskit.audit import Settings, describe
from corpuskit.audit.definitions import read_definitions
from corpuskit.errors import ConfigurationError, ReadError

TABLE = "category,description\n納期,納期と出荷の問い合わせ\n品質,不良・不具合の連絡\n"
MEANINGS = {"納期": "納期と出荷の問い合わせ", "品質": "不良・不具合の連絡"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_the_encodings_of_japanese_spreadsheets_give_the_same_definitions(tmp_path, encoding):
    path = tmp_path / "definitions.csv"
    path.write_bytes(TABLE.encode(encoding))
    assert read_definitions(path) == MEANINGS
    assert list(read_definitions(path)) == list(MEANINGS)


@pytest.mark.parametrize(
    "text",
    [
        'Description; Category ;owner\n"Late; or lost";delivery;Ann\n',
        "sep=,\nowner,CATEGORY,description\nAnn, delivery , Late; or lost \n",
        "category\tdescription\ndelivery\tLate; or lost\n",
    ],
    ids=["semicolons in another order", "written by a spreadsheet", "tabs"],
)
def test_columns_are_found_by_name_whatever_their_order_case_and_delimiter(tmp_path, text):
    path = tmp_path / "definitions.csv"
    path.write_text(text, encoding="utf-8")
    assert read_definitions(path) == {"delivery": "Late; or lost"}


def test_rows_without_a_category_are_left_out_and_a_missing_description_is_empty(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_text("category,description\n,nobody knows\nreturns\n\nrefunds,Money back\n", encoding="utf-8")
    assert read_definitions(path) == {"returns": "", "refunds": "Money back"}


def test_a_missing_column_is_named_beside_those_that_are_there(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_text("部署,description\n納期,x\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"definitions\.csv: needs the column category .*; it has: 部署, description"):
        read_definitions(path)


@pytest.mark.parametrize("header", ["区分,説明", "カテゴリ,定義", "ﾗﾍﾞﾙ,意味", "説明,区分", "label,category,description"])
def test_japanese_headers_are_understood_and_the_surest_name_counts(tmp_path, header):
    path = tmp_path / "definitions.csv"
    cells = {"区分": "納期", "カテゴリ": "納期", "ﾗﾍﾞﾙ": "納期", "category": "納期", "label": "A1"}
    path.write_text(f"{header}\n{','.join(cells.get(name, '出荷') for name in header.split(','))}\n", encoding="utf-8")
    assert read_definitions(path) == {"納期": "出荷"}


def test_names_alone_are_a_list_of_categories(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_text("category\n納期\n品質\n", encoding="utf-8")
    assert read_definitions(path) == {"納期": "", "品質": ""}


def test_a_category_that_is_defined_twice_is_refused_with_its_line(tmp_path):
    path = tmp_path / "definitions.csv"
    path.write_text("category,description\nreturns,a\nrefunds,b\n returns ,c\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"definitions\.csv, line 4: category 'returns' is defined twice"):
        read_definitions(path)


def test_a_missing_file_says_what_it_should_be(tmp_path):
    with pytest.raises(ConfigurationError, match=r"not found: .*none\.csv\. It is a CSV file with the column category"):
        read_definitions(tmp_path / "none.csv")


@pytest.mark.parametrize("content", [b"", b"\n\n \n"])
def test_an_empty_table_is_refused(tmp_path, content):
    path = tmp_path / "definitions.csv"
    path.write_bytes(content)
    with pytest.raises(ReadError, match="empty"):
        read_definitions(path)


def test_definitions_reach_the_estimates_and_wrong_ones_stop_the_run_before_the_documents(tmp_path):
    rows = [f"the parcel {n} has not arrived,A1\nthe lid {n} is scratched,B2" for n in range(30)]
    table = tmp_path / "tickets.csv"
    table.write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    definitions = tmp_path / "definitions.csv"
    definitions.write_text("category,description\nA1,a parcel has not arrived\nB2,a lid is scratched\n", encoding="utf-8")

    def placed(**more: str) -> float | None:
        settings = Settings.model_validate({"read": {"text_columns": ["text"], "label_columns": ["label"]}, **more})
        _, estimates = describe([table], settings)
        return next(item.value for item in estimates.estimates if item.measure == "definition_ambiguity")

    bare, defined = placed(), placed(definitions=str(definitions))
    assert defined is not None
    assert bare is None or defined < bare
    with pytest.raises(ConfigurationError, match="Definitions file not found"):
        describe([tmp_path / "nowhere"], Settings(definitions=str(tmp_path / "none.csv")))
