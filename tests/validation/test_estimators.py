"""A thinned version of the experiment of reports/validation/estimators.md, with bounds as wide as so few replications need."""

import numpy as np
import pytest

from tests.validation.estimators.coders import coders
from tests.validation.estimators.joints import joint
from tests.validation.estimators.rows import Row, run, save, saved, table_of
from tests.validation.estimators.words import words

FEW = 40
NEAR, FAR = 0.80, 0.35
"""An interval that covers in .95 does so in fewer than 32 of 40 once in 20,000 times; one that fails covers in fewer than 14."""


def rates(design, replications=FEW):
    return {row.measure: row.rate for row in run((design,), replications)}


def test_independent_words_are_covered():
    found = rates(words(20_000))
    assert {measure: rate for measure, rate in found.items() if rate < NEAR} == {}


WIDE = {"new words of a further document": 4.31, "exponent of growth (Heaps)": 0.01934, "new words in as much text again": 478.7}
"""Mean widths of 1,000 intervals of a jackknife from which nothing was taken, on the same words."""


def test_intervals_of_words_seen_once_are_covered_and_not_as_wide_as_a_jackknife_is():
    found = {row.measure: row for row in run((words(20_000, also=("growth",)),), FEW)}
    assert {measure: found[measure].rate for measure in WIDE if found[measure].rate < NEAR} == {}
    assert {measure: found[measure].widths / FEW for measure, wide in WIDE.items() if found[measure].widths / FEW > 0.85 * wide} == {}


def test_words_of_their_own_are_covered_by_what_is_printed():
    found = {row.measure: row for row in run((words(20_000, 0.02),), FEW)}
    assert found["coverage of new documents"].rate >= NEAR
    assert found["entropy"].rate >= NEAR
    assert found["coverage as printed"].verdict == "refused"
    assert found["not printed alone: coverage, Esty"].rate < FAR  # a finding: tokens of one document are no sample of other documents


@pytest.mark.parametrize(
    ("key", "n", "agreement"),
    [
        ("400 x 20, U .32", 2000, 0.0),
        ("400 x 20, U .32", 20_000, 0.002),
        ("independent 60 x 40, U 0", 4000, 0.0),
        ("pairs in 6 blocks of 10", 2000, 0.0),
        ("1,000 x 200 by Zipf, U .37", 20_000, 0.001),
    ],
)
def test_joints_are_covered_whether_documents_cluster_or_not(key, n, agreement):
    found = rates(joint(key, n, agreement), 12)
    assert {measure: rate for measure, rate in found.items() if rate < 0.66} == {}  # fewer than 8 of 12: once in 10,000


def test_a_joint_of_which_little_was_seen_is_refused():
    rows = run((joint("400 x 20, U .32", 500),), 5)
    assert {row.verdict for row in rows} == {"refused"}
    assert "refused" in table_of(rows)


def test_exact_intervals_cover():
    found = {row.measure: row for row in run((coders(200, 0.04, 0.1963, 0.2689),), 200)}
    assert {measure: row.rate for measure, row in found.items() if row.exact and row.rate < 0.93 - 0.03} == {}


def test_verdicts():
    def row(covered, used, measure="jackknife"):
        made = Row("design", 1, measure)
        for number in range(used):
            made.add((0.0, (-1.0, 1.0), 0.0 if number < covered else 2.0))
        return made.verdict

    assert row(190, 200) == "covers"
    assert row(200, 200) == "wide"
    assert row(200, 200, "exact: this") == "covers"
    assert row(178, 200) == "undecided"
    assert row(150, 200) == "too narrow"
    assert np.isnan(Row("design", 1, "x").rate)


def test_rows_that_were_saved_are_those_that_are_read(tmp_path):
    file, made = tmp_path / "rows.jsonl", Row("design", 1, "jackknife")
    assert saved(file) == []
    made.add((1.0, (0.5, 2.0), 0.75))
    made.add((0.0, None, 0.75))
    save(file, [made])
    save(file, [Row("other", 2, "exact")])
    assert saved(file) == [made, Row("other", 2, "exact")]
    assert (made.rate, made.used, made.refused, made.errors, made.widths) == (1.0, 1, 1, 0.25, 1.5)


def test_a_truth_at_the_end_of_its_range_is_not_called_wide():
    held = [Row("design", 1, measure, replications=100, covered=100, widths=1.0) for measure in ("U", "at the end of its range: U")]
    assert [row.verdict for row in held] == ["wide", "covers"]
    assert Row("design", 1, "at the end of its range: U", replications=1000, covered=850, widths=1.0).verdict == "too narrow"
