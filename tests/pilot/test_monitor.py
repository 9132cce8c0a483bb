"""Monitoring: what changed raises its alarm, what did not stays quiet."""

import numpy as np
import pytest

from corpuskit.errors import InputError
from corpuskit.pilot import append
from corpuskit.pilot.monitor import monitor
from corpuskit.pilot.monitoring import MonitorOptions
from corpuskit.pilot.use import read_use
from corpuskit.report import phrasebook
from tests.pilot.use import events

OPTIONS = MonitorOptions(tolerance=0.05)


def judged(tmp_path, rows, options=OPTIONS):
    path = tmp_path / f"use-{len(rows)}.jsonl"
    path.unlink(missing_ok=True)
    append(path, rows, "L2")
    return monitor(read_use(path), options)


def codes(messages):
    return [message.code for message in messages]


def test_a_quiet_log_raises_no_alarm(tmp_path):
    found = judged(tmp_path, events(each=120, error=0.03))
    assert codes(found.alarms) == []
    assert found.exit_code == 0
    assert found.events == 960
    assert found.error is not None
    assert found.error.n == found.audited
    assert {(chart.rate, chart.part) for chart in found.charts} >= {("reject", ""), ("abstain", ""), ("group", "ja"), ("group", "en")}


def test_an_error_above_the_tolerance_is_an_alarm_that_stays(tmp_path):
    found = judged(tmp_path, events(error=0.25, each=120))
    assert codes(found.alarms) == ["monitor_error_above"]
    assert found.exit_code == 1
    assert found.alarmed_after is not None
    assert found.error is not None
    assert found.error.interval[0] > 0.05


def test_an_error_below_it_is_shown_to_be_so(tmp_path):
    found = judged(tmp_path, events(weeks=12, each=200, error=0.005))
    assert found.certified_after is not None
    assert found.alarms == ()


def test_false_alarms_about_the_error_stay_below_alpha_however_often_one_looks(tmp_path):
    """300 logs at the tolerance exactly, looked at after every case: an alarm at any time in at most alpha of them, and three standard errors."""
    from corpuskit.estimators import alarmed_after

    generator = np.random.default_rng(1)
    alarms = sum(alarmed_after(generator.random(400) < 0.05, 0.05) is not None for _ in range(300))
    assert alarms / 300 <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)


def test_cases_before_a_change_of_the_system_do_not_count_for_its_error(tmp_path):
    bad = events(weeks=4, each=120, error=0.3)
    good = events(weeks=8, each=120, error=0.01, system_version="2")[480:]
    found = judged(tmp_path, [*bad, *good])
    assert "monitor_error_above" not in codes(found.alarms)
    assert "monitor_note_changed" in codes(found.notes)
    assert found.error is not None
    assert found.error.value < 0.05
    assert found.since == "2026-02-02"


def test_only_cases_drawn_at_random_stand_for_all(tmp_path):
    """Cases that the system was unsure of go to review too; they are the hard ones and would make the error look three times as large."""
    rows = events(each=200, error=0.01)
    generator = np.random.default_rng(3)
    for row in rows:
        if row["route"] == "auto" and generator.random() < 0.3:
            row |= {"route": "review", "decision": "reject" if generator.random() < 0.4 else "accept"}
    found = judged(tmp_path, rows)
    assert found.error is not None
    assert found.audited == sum(row["route"] == "sample" and not row["abstained"] for row in rows)
    assert found.error.value < 0.05


def test_where_every_case_is_reviewed_all_count(tmp_path):
    rows = [row | {"route": "review"} for row in events(weeks=5, each=20, sampled=1.0)]
    found = judged(tmp_path, rows)
    assert found.audited == sum(not row["abstained"] for row in rows)


@pytest.mark.parametrize(
    ("changed", "alarm"),
    [
        ({"abstained": lambda week, g: bool(g.random() < (0.4 if week == 7 else 0.05))}, "monitor_outside"),
        ({"group_or_language": lambda week, g: "ja" if g.random() < (0.2 if week == 7 else 0.7) else "en"}, "monitor_outside_group"),
        ({"confidence": lambda week, g: float(g.beta(3, 4) if week == 7 else g.beta(8, 2))}, "monitor_confidence_moved"),
        ({"input_cluster_epsilon": lambda week, g: float(g.beta(5, 5) if week == 7 else g.beta(2, 20))}, "monitor_epsilon_moved"),
        ({"review_seconds": lambda week, g: float(g.lognormal(1 if week == 7 else 3.5, 0.4))}, "monitor_review_shorter"),
    ],
)
def test_each_change_raises_its_own_alarm(tmp_path, changed, alarm):
    found = judged(tmp_path, events(each=120, **changed))
    assert alarm in codes(found.alarms)
    book = phrasebook("ja")
    assert all(book.message(message) for message in (*found.alarms, *found.notes))


def test_short_reviews_that_find_more_are_no_rubber_stamp(tmp_path):
    quick = {"review_seconds": lambda week, g: float(g.lognormal(1 if week == 7 else 3.5, 0.4))}
    found = judged(tmp_path, events(each=200, error=lambda week: 0.5 if week == 7 else 0.02, sampled=0.4, **quick))
    assert "monitor_review_shorter" not in codes(found.alarms)
    assert "monitor_outside" in codes(found.alarms)


@pytest.mark.parametrize(("caught", "n", "alarm", "note"), [(10, 30, True, False), (29, 30, False, True), (58, 58, False, False)])
def test_seeded_errors_count_for_the_catch_rate_only(tmp_path, caught, n, alarm, note):
    seeded = [
        row | {"event_id": f"s{place}", "seeded": True, "route": "sample", "decision": "reject" if place < caught else "accept"}
        for place, row in enumerate(events(weeks=1, each=n, seed=9))
    ]
    found = judged(tmp_path, [*events(), *seeded])
    assert ("monitor_seeded_missed" in codes(found.alarms)) == alarm
    assert ("monitor_note_seeded_open" in codes(found.notes)) == note
    assert found.events == 480
    assert found.seeded is not None
    assert (found.seeded.caught, found.seeded.n) == (caught, n)


def test_an_old_excursion_is_noted_and_not_raised_again(tmp_path):
    found = judged(tmp_path, events(each=120, abstained=lambda week, g: bool(g.random() < (0.5 if week == 5 else 0.05))))
    assert "monitor_outside" not in codes(found.alarms)
    assert "monitor_note_earlier" in codes(found.notes)


def test_nothing_to_judge_is_said_and_has_its_exit_code(tmp_path):
    found = judged(tmp_path, events(weeks=1, each=10, sampled=0.0))
    assert found.exit_code == 2
    assert found.error is None
    assert set(codes(found.notes)) >= {"monitor_note_nothing_audited", "monitor_note_no_charts", "monitor_note_no_seeded"}
    with pytest.raises(InputError, match="No case in use"):
        monitor([], OPTIONS)


@pytest.mark.parametrize(("every", "periods"), [("day", 8 * 2), ("week", 8), ("month", 2)])
def test_periods_are_days_weeks_or_months(tmp_path, every, periods):
    found = judged(tmp_path, events(), OPTIONS.model_copy(update={"every": every, "baseline": 1}))
    chart = next(chart for chart in found.charts if chart.rate == "abstain" and not chart.part)
    assert len(chart.periods) == periods
