from dataclasses import replace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words.moved_terms import (
    CALENDAR,
    beyond_chance,
    company_by_document,
    compare_sides,
    documents_with,
    estimate_moved_terms,
    likeness,
)
from tests.counts.build import counted, sentence

OPTIONS = EstimatorOptions()
LETTERS = "bcdfghjklm"
WORDS = [f"{a}o{b}u" for a in LETTERS for b in LETTERS]


def corpus(circles, dated=False, documents=60, term="order"):
    """Two folders with the same words; the term and "usual" stand in sections with words of a circle, for the term that of its folder."""
    random = np.random.default_rng(0)
    made = {}
    for number in range(documents):
        side = number % 2
        parts = [sentence(*(str(word) for word in random.choice(WORDS, 12))) for _ in range(6)]
        parts += [sentence(term, *(str(word) for word in random.choice(WORDS[circles[side]], 6))) for _ in range(3)]
        parts += [sentence("usual", *(str(word) for word in random.choice(WORDS[40:50], 6))) for _ in range(3)]
        if dated:
            parts[0] = replace(parts[0], dates=("2015-01-01" if side == 0 else "2024-01-01", ""))
        folder = "all" if dated else ("sales", "works")[side]
        made[f"{folder}/{number:02}.txt"] = parts
    return counted(made, groups=25)


def named(stats):
    found = estimate_moved_terms(Inputs(stats, OPTIONS), OPTIONS)
    return {series.name: [row[0] for row in series.rows] for series in found.series}, found.findings


def test_the_company_of_a_term_by_document():
    sections = csr_matrix(np.array([[1, 2, 0], [0, 5, 5], [2, 0, 1], [1, 1, 0]]))
    owner, where = np.array([0, 0, 1, 0]), np.array([0, 2, 3])
    documents, company = company_by_document(sections, owner, 0, where, np.arange(2))
    assert documents.tolist() == [0, 1]
    assert company.tolist() == [[0, 3, 0], [0, 0, 1]]
    assert company_by_document(sections, owner, 0, where, np.array([1]))[1].tolist() == [[0, 0, 1]]
    found, others = documents_with(where, np.array([1, 2, 1]), owner, np.asarray(sections.sum(axis=1)).ravel())
    assert (found.tolist(), others.tolist()) == ([0, 1], [3, 1])


def test_company_as_usual_is_not_beyond_chance():
    usual = np.array([[0.5, 0.25, 0.25]])
    assert beyond_chance(np.array([[4.0, 2, 2]]), usual) == pytest.approx(np.zeros((1, 3)))
    assert beyond_chance(np.array([[8.0, 0, 0]]), usual) == pytest.approx(np.array([[0.5 / 0.5**0.5, -0.5, -0.5]]))


def test_likeness_of_rows():
    assert likeness(np.array([[1.0, 0], [1, 1], [0, 0]]), np.array([[0.0, 1], [2, 2], [1, 1]])) == pytest.approx([0, 1, 0])


def test_sides_that_differ_and_sides_that_do_not():
    random = np.random.default_rng(1)
    side = np.repeat([0, 1], 20)
    same = random.normal(size=(40, 30)) + 3 * np.eye(30)[0]
    across, within, p = compare_sides(same, side)
    assert p > 0.05
    assert across == pytest.approx(within, abs=0.1)
    apart = random.normal(size=(40, 30)) + 3 * np.eye(30)[side]
    across, within, p = compare_sides(apart, side)
    assert p == pytest.approx(1 / 2000)
    assert across < 0.3 < within


def test_p_is_uniform_where_the_sides_are_random():
    random = np.random.default_rng(2)
    p = [compare_sides(random.normal(size=(24, 10)) + 1, np.repeat([0, 1], 12), seed, 199)[2] for seed in range(100)]
    assert 0.4 < np.mean(p) < 0.6
    assert np.mean(np.array(p) <= 0.1) < 0.2


@pytest.mark.parametrize(("term", "named_by_time"), [("order", True), ("april", False), ("dates", False)])
def test_words_of_the_calendar_are_compared_between_departments_only(term, named_by_time):
    circles = (slice(0, 10), slice(20, 30))
    assert (term in named(corpus(circles, dated=True, term=term))[0]["terms_moved_by_time"]) == named_by_time
    assert term in named(corpus(circles, term=term))[0]["terms_moved_by_source"]


def test_words_of_the_calendar_are_whole_words():
    assert [word for word in ("日付", "翌月", "月曜日", "四半期", "日程", "年収", "may", "maybe") if CALENDAR.fullmatch(word)] == [
        "日付",
        "翌月",
        "月曜日",
        "四半期",
        "may",
    ]


def test_a_term_that_two_departments_use_differently_is_named():
    told, (finding,) = named(corpus((slice(0, 10), slice(20, 30))))
    assert told["terms_moved_by_source"][0] == "order"
    assert "usual" not in told["terms_moved_by_source"]
    assert {finding.parameters["first"], finding.parameters["second"]} == {"sales", "works"}
    assert {evidence.document.split("/")[0] for evidence in finding.evidence} == {"sales", "works"}


def test_a_term_that_both_use_alike_is_not():
    assert "order" not in named(corpus((slice(0, 10), slice(0, 10))))[0].get("terms_moved_by_source", [])


def test_a_term_whose_use_has_changed_over_time_is_named():
    told, (finding,) = named(corpus((slice(0, 10), slice(20, 30)), dated=True))
    assert list(told) == ["terms_moved_by_time"]
    assert told["terms_moved_by_time"][0] == "order"
    assert finding.parameters["first"] == "2024-01-01"


def test_few_documents_and_nothing_give_nothing():
    assert named(corpus((slice(0, 10), slice(20, 30)), documents=12)) == ({}, ())
    assert named(count_nothing(CountOptions())) == ({}, ())
