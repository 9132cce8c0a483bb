"""Parts of cases: months become periods, small parts join by the stated rule, and weights stay right whatever joined."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.estimators import Frame, FrameCase
from corpuskit.pilot import choose
from corpuskit.pilot.strata import (
    EXPECTED_EACH,
    OTHER,
    TOP,
    folders_joined,
    one_part,
    parts_of,
    period_for,
    period_of_span,
    periods_joined,
    small_joined,
)

DIVISIONS = ("ambiguity", "label", "language", "date", "source")


def made(rows):
    """A frame of rows of values, each a case."""
    cases = tuple(FrameCase("t.csv", number, f"row {number}", f"{number:06}", tuple(row)) for number, row in enumerate(rows))
    return Frame(cases, DIVISIONS, len(rows), 0, 0)


def months(first_year, count):
    return [f"{first_year + number // 12}-{number % 12 + 1:02}" for number in range(count)]


@pytest.mark.parametrize(
    ("count", "n", "period"),
    # 24 months are 8 quarters, 4 half years, 2 years; 5 cases each
    [(24, 40, "quarter"), (24, 39, "half"), (24, 20, "half"), (24, 19, "year"), (24, 3, "year"), (3, 5, "quarter"), (1, 4, "year")],
)
def test_the_finest_period_that_leaves_five_cases_to_each(count, n, period):
    assert period_for(months(2024, count), n) == period
    if count % 12 == 0:
        assert period_of_span(count, n) == period, "a plan that knows only the span says the same"


def test_months_become_periods_that_are_named_by_their_months():
    counted = dict.fromkeys(months(2024, 24), 10)
    parts = {period: list(dict.fromkeys(periods_joined(counted, period, 0).values())) for period in ("quarter", "half", "year")}
    assert parts["quarter"][:5] == ["2024-01–03", "2024-04–06", "2024-07–09", "2024-10–12", "2025-01–03"]
    assert parts["half"] == ["2024-01–06", "2024-07–12", "2025-01–06", "2025-07–12"]
    assert parts["year"] == ["2024", "2025"]


@pytest.mark.parametrize(
    ("counted", "joined"),
    [
        # the first quarter is too small and joins the next, the last one joins the one before
        ({"2024-12": 1, "2025-02": 9, "2025-05": 9, "2025-07": 2}, ["2024-10–2025-03", "2024-10–2025-03", "2025-04–09", "2025-04–09"]),
        # over a gap
        ({"2020-01": 3, "2025-01": 3}, ["2020-01–2025-03", "2020-01–2025-03"]),
        # all together are too small: one part
        ({"2025-01": 1, "2025-04": 1}, ["2025-01–06", "2025-01–06"]),
        ({"2024-01": 1, "2024-12": 1}, ["2024", "2024"]),
        ({"2023-01": 1, "2024-12": 1}, ["2023–2024", "2023–2024"]),
    ],
)
def test_small_periods_join_those_beside_them(counted, joined):
    assert list(periods_joined(counted, "quarter", 5).values()) == joined


def test_small_folders_join_the_one_above_as_far_as_needed():
    counted = {"hr/rules/old": 2, "hr/rules": 2, "hr/forms": 9, "sales": 1, "legal/nda/2024": 1, "legal/nda/2025": 1, "legal": 3, TOP: 4}
    assert folders_joined(counted, 5) == {
        "hr/rules/old": TOP,  # 2 + 2 in hr/rules are too few, and hr holds no more
        "hr/rules": TOP,
        "hr/forms": "hr/forms",
        "sales": TOP,
        "legal/nda/2024": "legal",  # 1 + 1 + 3
        "legal/nda/2025": "legal",
        "legal": "legal",
        TOP: TOP,
    }


def test_small_values_become_one_part_and_a_single_one_stays():
    assert small_joined({"a": 9, "b": 2, "c": 1, "": 1}, 5) == {"b": OTHER, "c": OTHER}
    assert small_joined({"a": 9, "b": 2, "": 1}, 5) == {}


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["clear", "unclear", "unmeasured"]),
        st.sampled_from(["", "a", "b", "c", "other"]),
        st.sampled_from(["en", "ja"]),
        st.sampled_from(["", *months(2023, 30)]),
        st.sampled_from([TOP, "hr", "hr/rules", "hr/rules/old", "sales/2024"]),
    ),
    min_size=1,
    max_size=120,
)


@given(ROWS, st.floats(0.02, 1))
def test_joining_only_puts_parts_together_and_leaves_few_small_ones(rows, share):
    frame = made(rows)
    n = max(1, round(share * len(rows)))
    parts = parts_of(frame, n)
    fewest = EXPECTED_EACH * len(rows) / n
    assert [case.key for case in parts.frame.cases] == [case.key for case in frame.cases]
    for place, division in enumerate(DIVISIONS):
        before, after = ([case.divisions[place] for case in one.cases] for one in (frame, parts.frame))
        part_of = dict(zip(before, after, strict=True))
        assert [part_of[value] for value in before] == after, "equal values stay together"
        assert ("" in before) == ("" in after)
        small = [part for part, size in Counter(after).items() if part and size < fewest]
        if division in ("ambiguity", "language"):
            assert before == after
        elif division == "date":
            assert len(small) <= (len(set(after) - {""}) == 1)
        else:
            assert len(small) <= 1, "what is left over"


def test_unknown_values_are_a_part_of_their_own_and_no_dates_are_no_period():
    parts = parts_of(made([("clear", "a", "en", "", "t.csv")] * 10), 5)
    assert (parts.period, parts.joined) == (None, {})
    assert set(one_part(parts.frame)) == set(DIVISIONS)
    assert parts_of(Frame((), DIVISIONS, 0, 0, 0), 5).frame.cases == ()


def test_what_joined_is_told_and_the_period_of_the_plan_is_kept_to():
    rows = [("clear", label, "en", month, "t.csv") for month in months(2024, 24) for label in "aaaaaabc"]
    parts = parts_of(made(rows), 60)
    assert (parts.period, parts.joined) == ("quarter", {})
    few = parts_of(made(rows), 39)
    assert few.period == "half"
    assert few.joined == {"label": {"b": OTHER, "c": OTHER}}, "24 of 192 times 39 are 4.9"
    planned = parts_of(made(rows), 39, "quarter")
    assert planned.period == "quarter"
    assert planned.joined["date"]["2024-01–03"] == "2024-01–06"


def tickets(seed=5):
    """Tickets of two years, more of them at the end; errors come with unclear messages and with the last half year."""
    random = np.random.default_rng(seed)
    when = random.choice(months(2024, 24), 600, p=np.linspace(1, 3, 24) / np.linspace(1, 3, 24).sum())
    half = random.choice(["clear", "unclear"], 600)
    label = random.choice(list("abcdefgh"), 600, p=[0.4, 0.3, 0.1, 0.1, 0.04, 0.03, 0.02, 0.01])
    rows = list(zip(half, label, random.choice(["en", "ja"], 600), when, ["t.csv"] * 600, strict=True))
    wrong = random.random(600) < np.where(half == "unclear", 0.2, 0.02) + np.where(when >= "2025-07", 0.2, 0)
    return made([tuple(map(str, row)) for row in rows]), wrong


@pytest.mark.parametrize("allocation", ["proportional", "at_least_one"])
def test_weighted_errors_are_unbiased_whatever_joined(allocation):
    """Horvitz and Thompson 1952: over draws the mean of the sum of weights of wrong cases is the number of wrong cases of the population."""
    frame, wrong = tickets()
    totals, each = [], []
    for seed in range(300):
        chosen = choose("ticket_routing", frame, 80, seed=seed, allocation=allocation)
        weights = 1 / np.array(chosen.probability)
        totals.append(float((wrong[list(chosen.places)] * weights).sum()))
        each.append(float(weights.sum()))
    assert np.mean(totals) == pytest.approx(wrong.sum(), abs=4 * np.std(totals) / np.sqrt(len(totals)))
    assert each == pytest.approx([600] * len(each)), "weights add up to the population"


def test_periods_get_their_share_more_steadily_than_by_chance_and_none_stays_empty():
    frame, _ = tickets()
    date = DIVISIONS.index("date")
    parts = Counter(case.divisions[date] for case in parts_of(frame, 80).frame.cases)
    drawn = [Counter(case.divisions[date] for case in choose("ticket_routing", frame, 80, seed=seed).cases) for seed in range(200)]
    assert len(parts) == 8
    assert sum(counted[part] == 0 for counted in drawn for part in parts) <= 0.01 * 200 * len(parts)
    last = [counted["2025-10–12"] for counted in drawn]
    share = parts["2025-10–12"] / 600
    assert np.var(last) < 80 * share * (1 - share) * (600 - 80) / 599, "the variance of a draw without parts"
