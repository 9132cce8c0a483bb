"""Inputs are counted as documents are: rows of a table one by one, the cache used, nothing unread in silence."""

import pytest

from corpuskit.audit import Settings, drift_of_inputs
from corpuskit.errors import InputError


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for place in range(20):
        text = f"請求書の金額が誤っています。第{place}号をご確認ください。"
        (folder / f"{place}.txt").write_text(text, encoding="cp932")
    return folder


def test_rows_of_a_table_are_inputs(documents, tmp_path):
    table = tmp_path / "inputs.csv"
    rows = "".join(f"{place},パスワードを忘れました。再発行をお願いします {place}\n" for place in range(25))
    table.write_text("id,body\n" + rows, encoding="utf-8")
    found = drift_of_inputs([table], [documents], Settings.model_validate({"read": {"text_columns": ["body"]}}), cache=tmp_path / "cache")
    terms = next(one for one in found if one.measure == "terms")
    assert (terms.subject, terms.n_first, terms.n_second) == ("ja", 20, 25)
    assert terms.alarm
    assert terms.terms[0].form in ("パスワード", "請求書", "金額")


def test_what_cannot_be_read_is_an_error(documents, tmp_path):
    with pytest.raises(InputError):
        drift_of_inputs([tmp_path / "nowhere"], [documents], Settings())
