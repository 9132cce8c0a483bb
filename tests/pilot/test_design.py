"""The design of a pilot follows from the audit; what the labels do not allow is refused."""

import json

import pytest

from corpuskit.errors import RecordError, UsageError
from corpuskit.estimators import Estimate, Series, computed
from corpuskit.finding import Message
from corpuskit.pilot.design import DOUBLE_LEAST, design, refuse_beyond_labels, severe_class
from corpuskit.pilot.plan import fix, load_plan, plan
from corpuskit.tasks import ControlNumber
from tests.report.sample import sample

LABELS = "labels:tickets.csv#queue"


def task(**update):
    first = next(task for task in sample().tasks if task.kind == "classify")
    given = {"id": "ticket_routing@tickets.csv", "catalogue_id": "ticket_routing", "estimates": (f"double_coding_ambiguity@{LABELS}",)}
    return first.model_copy(update=given | update)


def double_coded(low, high=0.2):
    return Estimate(
        id=f"double_coding_ambiguity@{LABELS}",
        measure="double_coding_ambiguity",
        subject=LABELS,
        value=(low + high) / 2,
        interval=(low, high),
        n=120,
        unit="messages",
        grade="B",
        method=computed("cross_fitted_error"),
        reference="r",
    )


def series(name, *rows):
    return Series(id=f"{name}@{LABELS}", name=name, subject=LABELS, columns=tuple("abcde"[: len(rows[0])]), rows=rows)


def laid_out(n=234, low=0.01, **more):
    confusions = series("confusions", ("billing", "access", 4), ("delivery", "access", 7), ("access", "billing", 9))
    errors = series("label_error", ("billing", 0.1, 30, 0.02, 0.3), ("access", 0.1, 30, 0.02, 0.3), ("delivery", 0.1, 30, 0.02, 0.3))
    bound = double_coded(low)
    found = {item.id: item for item in (confusions, errors)}
    return design(more.pop("of", task()), {bound.id: bound}, found, n, "run", **more)


def test_labels_and_both_directions_of_a_confusion_are_taken_from_the_audit():
    found = laid_out()
    assert found.labels == ("billing", "access", "delivery")
    assert found.confused == (("access", "billing", 13), ("access", "delivery", 7))
    assert found.unit == "row"
    assert found.least_error is not None
    assert (found.least_error.value, found.least_error.n) == (0.01, 120)


@pytest.mark.parametrize(("share", "n", "expected"), [(0.2, 234, 0.2), (0.2, 60, 0.5), (1.0, 234, 1.0), (0.0, 234, 0.0), (0.2, 20, 1.0)])
def test_enough_cases_are_labelled_twice_to_tell_whether_people_agree(share, n, expected):
    numbers = (ControlNumber(id="double_labelling_share", control="C08", value=share, unit="share"),)
    found = laid_out(n=n, of=task(numbers=numbers))
    assert found.double_share == expected
    assert share == 0 or round(n * found.double_share) >= min(n, DOUBLE_LEAST)


def test_a_tolerance_below_the_least_error_is_refused_but_for_a_written_reason():
    found = laid_out(low=0.08)
    with pytest.raises(UsageError, match=r"5.0% lies below the least error of 8.0%.*--override"):
        refuse_beyond_labels(found, 0.05)
    refuse_beyond_labels(found, 0.09)
    refuse_beyond_labels(found.model_copy(update={"override": "labels are settled anew before the pilot"}), 0.05)
    with pytest.raises(UsageError):
        refuse_beyond_labels(found.model_copy(update={"override": "  "}), 0.05)


@pytest.mark.parametrize(("available", "provable"), [(40, False), (299, True), (298, False), (None, None)])
def test_severe_cases_that_cannot_show_their_tolerance_are_told(available, provable):
    """One in a hundred with 95 % confidence needs 299 cases without an error."""
    found = severe_class("safety", 0.01, available)
    assert found.needed == 299
    assert found.provable is provable


def test_the_work_counts_second_labels_and_costs_what_the_user_pays():
    found = laid_out(n=200, minutes=3, hourly=4000, currency="JPY", of=task(numbers=()))
    assert found.work is not None
    assert (found.work.labels, found.work.hours, found.work.cost) == (200, 10, 40_000)
    assert laid_out(minutes=3).work.cost is None
    assert laid_out().work is None
    with pytest.raises(UsageError, match="above 0"):
        laid_out(minutes=0)
    with pytest.raises(UsageError, match="cannot be -1"):
        severe_class("safety", 0.01, -1)


def by_month(rate, n=240):
    update = {
        "id": "documents_per_month@task:ticket_routing@tickets.csv",
        "measure": "documents_per_month",
        "subject": "task:ticket_routing@tickets.csv",
        "value": rate,
        "interval": None,
        "n": n,
        "undefined_because": None if rate else Message(code="volume_few_dates"),
    }
    return double_coded(0.1).model_copy(update=update)


@pytest.mark.parametrize(
    ("rate", "n", "period"),
    [(10, 40, "quarter"), (10, 39, "half"), (10, 15, "year"), (None, 234, None)],  # 240 rows at 10 a month: two years
)
def test_dates_are_divided_by_the_finest_period_that_the_cases_allow(rate, n, period):
    assert design(task(volume=by_month(rate)), {}, {}, n, "run").period == period
    assert design(task(volume=None), {}, {}, n, "run").period is None


def test_without_a_rate_by_month_the_draw_settles_the_period():
    assert laid_out().period is None
    assert laid_out().slices == ("ambiguity", "label", "language", "date", "source")


def test_a_plan_that_was_fixed_before_periods_were_settled_is_still_read(tmp_path):
    path = tmp_path / "plan.json"
    fixed = fix(plan(), "ticket_routing@tickets.csv", "2026-11-29", laid_out())
    written = fixed.model_dump(mode="json")
    del written["design"]["period"]
    path.write_text(json.dumps(written), encoding="utf-8")
    assert load_plan(path) == fixed
    settled = fix(plan(), "ticket_routing@tickets.csv", "2026-11-29", laid_out().model_copy(update={"period": "quarter"}))
    path.write_text(settled.model_dump_json().replace('"quarter"', '"half"'), encoding="utf-8")
    with pytest.raises(RecordError, match="changed after it was fixed"):
        load_plan(path)


def test_a_fixed_plan_shows_a_change_of_its_design(tmp_path):
    path = tmp_path / "plan.json"
    fixed = fix(plan(), "ticket_routing@tickets.csv", "2026-11-29", laid_out())
    path.write_text(fixed.model_dump_json(), encoding="utf-8")
    assert load_plan(path) == fixed
    path.write_text(fixed.model_dump_json().replace('"delivery"', '"returns"'), encoding="utf-8")
    with pytest.raises(RecordError, match="changed after it was fixed"):
        load_plan(path)


def test_a_task_without_a_table_is_judged_by_documents_or_questions():
    assert laid_out(of=task(id="faq_answer", catalogue_id="faq_answer", kind="retrieve", estimates=())).unit == "question"
    found = laid_out(of=task(id="reply_draft", catalogue_id="reply_draft", kind="generate", estimates=()))
    assert (found.unit, found.labels, found.confused, found.least_error) == ("document", (), (), None)
