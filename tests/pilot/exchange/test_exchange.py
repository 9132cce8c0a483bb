import pytest

from corpuskit.errors import RecordError, UnknownName
from corpuskit.pilot import EXCHANGES, check_cases, read_sheet, rows_of, rows_of_sheet
from corpuskit.pilot.exchange import table_csv, table_jsonl
from corpuskit.pilot.exchange.exchange import columns_of
from corpuskit.pilot.sampling import digest_of_cases
from tests.pilot.frames import cases


@pytest.mark.parametrize("write", [table_csv, table_jsonl])
def test_cases_are_known_again_after_a_round_trip(tmp_path, write):
    made = cases()
    made = [case.model_copy(update={"input": case.input.strip()}) for case in made]  # as `label_cases` makes them
    file = tmp_path / ("cases.csv" if write is table_csv else "cases.jsonl")
    file.write_bytes(write(rows_of(made, "task")))
    read = EXCHANGES["csv"].read(file, "") if write is table_csv else read_sheet(file)
    rows = rows_of_sheet(read)
    check_cases([{"recorded_label": "", "doc_id": "", **row} for row in rows], digest_of_cases(made), "cases.csv")
    assert [row["input"] for row in rows] == [case.input for case in made]


def test_a_changed_weight_shows():
    rows = rows_of(cases(), "task")
    check_cases(rows, digest_of_cases(cases()), "cases.csv")
    for changed in ({**rows[0], "weight": "1.0"}, {**rows[0], "input": "other"}, {"id": "c000"}):
        with pytest.raises(RecordError, match="not as it was drawn"):
            check_cases([changed, *rows[1:]], digest_of_cases(cases()), "cases.csv")


def test_columns_stand_in_canonical_order():
    rows = [{"own": "x", "slice.b": "1", "truth": "t", "id": "1"}, {"slice.a": "2", "doc_id": "d"}]
    assert columns_of(rows) == ["id", "doc_id", "truth", "slice.a", "slice.b", "own"]


def test_an_unknown_format_lists_the_known_ones():
    with pytest.raises(UnknownName, match="promptfoo"):
        EXCHANGES["promptfo"]


def test_every_format_goes_both_ways():
    assert set(EXCHANGES) == {"csv", "jsonl", "promptfoo", "label-studio", "mlflow", "inspect"}
    assert all(exchange.read and exchange.write for exchange in EXCHANGES.values())
