"""Sizes: exact pilots, and a class of model that follows from what was measured."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from corpuskit.tasks import TASKS, TaskOptions, sizing
from corpuskit.tasks.catalogue import Measure
from corpuskit.tasks.sizing import Load, choose_model_class, size_pilot
from tests.tasks.build import said

DEFAULTS = TaskOptions()
RATE, ZERO = Measure(name="wrong", max_error=0.05), Measure(name="wrong", max_error=0.05, zero=True)
MANY_LABELS = Load(error=0.005, high=0.01, tolerance=0.05, labels_per_class=200)


# Exact binomial, one-sided alpha 5 %, power 80 %: the design's sizes of pilots (theory 3.1, governance 3.3).
@pytest.mark.parametrize(
    ("tolerance", "share", "n", "max_errors"),
    [(0.10, 0.5, 179, 11), (0.05, 0.4, 234, 6), (0.05, 0.2, 124, 2), (0.02, 0.5, 969, 12), (0.20, 0.5, 82, 10), (0.15, 1 / 3, 59, 4)],
)
def test_known_sizes_at_eighty_percent_power(monkeypatch, tolerance, share, n, max_errors):
    monkeypatch.setattr(sizing, "EXPECTED_SHARE", share)
    pilot = size_pilot(RATE, tolerance, DEFAULTS)
    assert (pilot.n, pilot.max_errors) == (n, max_errors)


@pytest.mark.parametrize(("tolerance", "share", "n", "max_errors"), [(0.10, 0.5, 239, 16), (0.05, 0.4, 311, 9), (0.05, 0.2, 153, 3)])
def test_known_sizes_at_ninety_percent_power(monkeypatch, tolerance, share, n, max_errors):
    monkeypatch.setattr(sizing, "EXPECTED_SHARE", share)
    pilot = size_pilot(RATE, tolerance, TaskOptions(pilot_power=0.9))
    assert (pilot.n, pilot.max_errors) == (n, max_errors)


# ceil(ln 0.05 / ln(1 - tolerance)), the rule of three made exact.
@pytest.mark.parametrize(("tolerance", "n"), [(0.10, 29), (0.05, 59), (0.02, 149), (0.01, 299), (0.005, 598), (0.001, 2995)])
def test_where_no_error_may_be_seen_the_zero_error_rule_holds(tolerance, n):
    pilot = size_pilot(ZERO, tolerance, DEFAULTS)
    assert (pilot.n, pilot.max_errors, pilot.expected, pilot.power) == (n, 0, 0.0, 1.0)


@settings(max_examples=30)
@given(st.floats(0.01, 0.4), st.floats(0.5, 0.95), st.sampled_from([0.01, 0.05, 0.1]))
def test_a_pilot_keeps_both_promises(tolerance, power, alpha):
    pilot = size_pilot(RATE, tolerance, TaskOptions(pilot_power=power, pilot_alpha=alpha))
    assert binom.cdf(pilot.max_errors, pilot.n, tolerance) <= alpha
    assert binom.cdf(pilot.max_errors, pilot.n, tolerance / 2) == pytest.approx(pilot.power)
    assert pilot.power >= power


@pytest.mark.parametrize("tolerance", [0.1, 0.2, 0.3])
def test_no_smaller_pilot_keeps_both_promises(tolerance):
    pilot = size_pilot(RATE, tolerance, DEFAULTS)
    for n in range(1, pilot.n):
        most = binom.ppf(0.05, n, tolerance)
        allowed = most if binom.cdf(most, n, tolerance) <= 0.05 else most - 1
        assert binom.cdf(allowed, n, tolerance / 2) < 0.8


def test_a_stricter_tolerance_needs_more_cases():
    sizes = [size_pilot(RATE, tolerance, DEFAULTS).n for tolerance in (0.2, 0.1, 0.05, 0.02, 0.01)]
    assert sizes == sorted(set(sizes))


def test_without_an_error_rate_no_pilot_is_sized():
    assert size_pilot(TASKS["notice_draft"].measures[0], None, DEFAULTS) is None


def test_a_pilot_that_nobody_can_label_is_not_proposed():
    assert size_pilot(RATE, 1e-6, DEFAULTS) is None


def test_the_owner_of_a_score_may_set_an_error_rate():
    assert TASKS["voc_mining"].measures[0].max_error is None
    assert size_pilot(TASKS["voc_mining"].measures[0], 0.10, DEFAULTS).n == 179


# The design's decision table of model classes, tolerance 5 %.
@pytest.mark.parametrize(
    ("kind", "tier", "load", "code"),
    [
        ("classify", "T1", MANY_LABELS, "model_small_encoder"),
        ("classify", "T1", replace(MANY_LABELS, labels_per_class=199), "model_small_language_model"),
        ("classify", "T1", replace(MANY_LABELS, labels_per_class=None), "model_small_language_model"),
        ("retrieve", "T1", Load(0.005, 0.01, 0.05), "model_mid_with_search"),
        ("classify", "T1", replace(MANY_LABELS, high=0.025), "model_small_encoder"),
        ("classify", "T1", replace(MANY_LABELS, high=0.026), "model_cascade"),
        ("classify", "T1", replace(MANY_LABELS, high=0.05), "model_cascade"),
        ("retrieve", "T1", Load(0.02, 0.04, 0.05), "model_cascade"),
        ("classify", "T1", replace(MANY_LABELS, high=0.051), "model_not_sized_unsure"),
        ("classify", "T1", replace(MANY_LABELS, error=0.05, high=0.08), "model_not_sized_unsure"),
        ("classify", "T1", replace(MANY_LABELS, error=0.051, high=0.08), "model_not_sized_error"),
        ("classify", "T1", replace(MANY_LABELS, missing_mass=0.3), "model_not_sized_documents"),
        ("retrieve", "T1", Load(0.005, 0.01, 0.05, contradictions=True), "model_not_sized_documents"),
        ("classify", "T1", Load(None, None, 0.05), "model_not_measured_labels"),
        ("extract", "T1", Load(None, None, 0.05), "model_not_measured_labels"),
        ("retrieve", "T1", Load(None, None, 0.05), "model_not_measured_retrieval"),
        ("summarise", "T1", Load(None, None, 0.05), "model_not_measured_generation"),
        ("classify", "T1", Load(0.005, 0.01, None), "model_not_measured_labels"),
        ("classify", "T4", MANY_LABELS, "model_person_decides"),
        ("classify", "T0", MANY_LABELS, "model_person_decides"),
        ("decide", "T1", MANY_LABELS, "model_person_decides"),
    ],
)
def test_the_decision_table(kind, tier, load, code):
    message = choose_model_class(kind, tier, load, DEFAULTS)
    assert message.code == code
    english, japanese = said(message)
    assert english != japanese


SIZED = [
    "model_small_encoder",
    "model_small_language_model",
    "model_mid_with_search",
    "model_cascade",
    "model_not_sized_unsure",
    "model_not_sized_error",
]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.sampled_from(["classify", "retrieve"]))
def test_more_error_never_leads_to_a_lighter_model(one, two, three, kind):
    least, middle, most = sorted((one, two, three))

    def place(error, high):
        return SIZED.index(choose_model_class(kind, "T1", Load(error, high, 0.3), DEFAULTS).code)

    assert place(least, middle) <= place(least, most) <= place(middle, most)


@given(st.floats(0, 0.3), st.floats(0.301, 1), st.sampled_from(["classify", "retrieve"]))
def test_no_model_is_sized_where_the_upper_end_is_above_the_tolerance(error, high, kind):
    assert choose_model_class(kind, "T1", Load(error, high, 0.3), DEFAULTS).code == "model_not_sized_unsure"
