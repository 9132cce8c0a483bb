from corpuskit.report import localise, phrasebook
from corpuskit.report.tables.estimates import estimates
from corpuskit.report.tables.table import Share
from tests.report.sample import sample


def rows_of(language="en"):
    table = estimates(localise(sample(), language), phrasebook(language))
    return {row[-1]: dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows}


def test_every_number_stands_with_interval_level_n_unit_grade_method_and_reference():
    row = rows_of("ja")["coverage@lang:ja"]
    assert (row["value"], row["low"], row["high"], row["confidence"]) == (0.9712, 0.968, 0.9744, 0.95)
    assert (row["n"], row["unit"], row["grade"], row["method"], row["reference"]) == (
        102_334,
        "語（延べ）",
        "E",
        "文字n-gramに基づく線形分類器の交差適合による誤り率、ほぼ同じメッセージを同じ組に入れた5分割。独立なメッセージ102,334件に相当するとみた正確信頼区間",
        "Cover and Hart 1967",
    )


def test_shares_are_marked_and_counts_are_not():
    rows = rows_of()
    assert isinstance(rows["coverage@lang:ja"]["value"], Share)
    assert not isinstance(rows["chao1@lang:ja"]["value"], Share)


def test_an_undefined_value_gives_its_reason_and_one_without_an_interval_no_level():
    rows = rows_of()
    undefined = rows["sparsity_u@labels:small.csv#queue"]
    assert (undefined["value"], undefined["low"], undefined["confidence"]) == (None, None, None)
    assert undefined["no_value_because"] == phrasebook("en").message(sample().estimates[-1].undefined_because)
    without = next(row for row in rows.values() if row["measure"] == phrasebook("en").measure("definition_ambiguity"))
    assert (without["value"], without["low"], without["high"], without["confidence"], without["no_value_because"]) == (0.21, None, None, None, "")
