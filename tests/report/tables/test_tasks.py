from corpuskit.report import localise, phrasebook
from corpuskit.report.tables.table import Probability, Share
from corpuskit.report.tables.tasks import tasks
from tests.report.sample import sample


def rows_of(report, language="en"):
    table = tasks(localise(report, language), phrasebook(language))
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def test_ranked_tasks_come_first_with_their_numbers_and_what_they_rest_on():
    first = rows_of(sample())[0]
    assert (first["rank"], first["task"], first["verdict"]) == (1, "Ticket routing", "○ Start")
    assert (first["suitability"], first["low"], first["high"], first["grade"]) == (0.962, 0.88, 0.99, "C")
    assert all(isinstance(first[name], Probability) for name in ("suitability", "low", "high"))
    assert (first["max_error"], first["pilot_cases"], first["pilot_max_errors"]) == (Share(0.05), 234, 6)
    assert first["estimates"].split("\n") == ["language_ambiguity@labels:tickets/support.csv#queue", "sparsity_u@labels:small.csv#queue"]


def test_a_task_without_a_value_says_why_and_is_no_zero():
    unscored = [row for row in rows_of(sample(), "ja") if row["rank"] is None]
    assert len(unscored) == 4
    for row in unscored:
        assert (row["suitability"], row["low"], row["high"], row["pilot_cases"]) == (None, None, None, None)
        assert row["no_value_because"] == "推定値が不足"


def test_a_task_without_an_error_rate_says_so():
    minutes = next(row for row in rows_of(sample()) if row["id"] == "minutes_summary")
    assert (minutes["max_error"], minutes["max_error_status"]) == (None, phrasebook("en").label("no_error_rate"))
