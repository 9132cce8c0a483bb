"""A judge beside people: narrower where it is right, ignored where it is not, never without audits."""

import numpy as np
import pytest

from corpuskit.errors import InputError
from corpuskit.pilot import put_together, read_sheet
from corpuskit.pilot.judged import judged_rate
from tests.pilot.sheets import pilot, write


def sheets(folder, judge, n=234, wrong=30, others=2000):
    """Write a pilot and what a judge says of it and of other traffic; ``judge`` gives a verdict for a case that is wrong or not."""
    labels, answers = pilot(folder, n=n, wrong=wrong)
    cases = put_together(read_sheet(labels), read_sheet(answers))
    generator = np.random.default_rng(1)
    true = cases.outcomes("system").wrong
    rows = [(case, judge(bool(bad), generator)) for case, bad in zip(cases.ids, true, strict=True)]
    rows += [(f"o{place}", judge(bool(generator.random() < wrong / n), generator)) for place in range(others)]
    path = write(folder / "judge.csv", {"id": [case for case, _ in rows], "judge": [f"{value:.3f}" for _, value in rows]})
    return cases, read_sheet(path)


def test_a_judge_that_is_mostly_right_narrows_the_interval(tmp_path):
    found = judged_rate(*both(sheets(tmp_path, lambda bad, g: float(bad) if g.random() < 0.95 else float(not bad))))
    assert found is not None
    assert found.weight > 0.5
    assert found.interval[1] - found.interval[0] < 0.8 * (found.audits_alone[2] - found.audits_alone[1])
    assert (found.audited, found.judged) == (234, 2000)


def truth_itself(bad, _):
    return float(bad)


def nothing_wrong(_bad, _generator):
    return 0.0


def both(made):
    cases, sheet = made
    return cases, "system", sheet


def test_a_judge_that_always_says_the_same_changes_nothing(tmp_path):
    found = judged_rate(*both(sheets(tmp_path, nothing_wrong)))
    assert found is not None
    assert found.weight == 0
    assert (found.value, *found.interval) == pytest.approx(found.audits_alone)


def test_without_audits_or_other_traffic_there_is_nothing(tmp_path):
    assert judged_rate(*both(sheets(tmp_path, truth_itself, n=29, wrong=3))) is None
    assert judged_rate(*both(sheets(tmp_path, truth_itself, others=0))) is None


@pytest.mark.parametrize(
    ("row", "told"), [("c001,yes", "line 236: judge 'yes'"), ("c001,1.5", "from 0 .right. to 1"), ("c000,0", "'c000' stands there twice")]
)
def test_verdicts_that_cannot_be_used_are_told_with_their_lines(tmp_path, row, told):
    cases, _ = sheets(tmp_path, truth_itself, others=0)
    path = tmp_path / "judge.csv"
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=told):
        judged_rate(cases, "system", read_sheet(path))


def test_the_judge_has_to_judge_the_audited_cases_too(tmp_path):
    cases, _ = sheets(tmp_path, truth_itself)
    path = write(tmp_path / "few.csv", {"id": ["c000", "x"], "judge": ["0", "1"]})
    with pytest.raises(InputError, match="says nothing of 233 audited cases, such as 'c001'"):
        judged_rate(cases, "system", read_sheet(path))
