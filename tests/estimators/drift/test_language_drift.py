"""Drift: what was planted is found and named, and what stayed raises no alarm."""

import pytest

from corpuskit.counts import merge
from corpuskit.estimators.drift.language_drift import ALPHA, compare_corpora
from tests.counts.build import counted, message, sentence
from tests.estimators.drift.corpora import drawn


@pytest.mark.parametrize("rows", [False, True])
def test_a_term_that_triples_is_named(rows):
    found = compare_corpora(drawn(seed=1, rows=rows), drawn(seed=2, lift=10, times=6, rows=rows))
    terms = next(one for one in found if one.measure == "terms")
    assert terms.alarm
    assert terms.value > terms.band
    assert terms.terms[0].form == "w10"
    assert terms.terms[0].second > 3 * terms.terms[0].first
    assert (terms.n_first, terms.n_second) == (60, 60)


def test_two_halves_of_one_corpus_raise_no_alarm_in_95_of_100_splits():
    alarms = sum(any(one.alarm for one in compare_corpora(drawn(units=25, seed=2 * n), drawn(units=25, seed=2 * n + 1))) for n in range(100))
    assert alarms <= 5
    assert alarms / 100 <= ALPHA + 3 * (ALPHA / 100) ** 0.5


def test_a_new_mix_of_languages_is_found():
    japanese = {f"ja{n}.txt": [sentence("請求", "書", "の", f"件{n}", language="ja")] for n in range(30)}
    english = {f"en{n}.txt": [sentence("invoice", "late", f"case{n}", language="en")] for n in range(30)}
    before = counted({**dict(list(japanese.items())[:25]), **dict(list(english.items())[:10])})
    after = counted({**dict(list(japanese.items())[:10]), **dict(list(english.items())[:25])})
    mix = next(one for one in compare_corpora(before, after) if one.measure == "languages")
    assert mix.alarm
    assert not any(one.alarm for one in compare_corpora(before, before))


def test_labels_sources_and_formats_are_mixes_too():
    def tickets(folder, share, seed):
        labels = ["billing" if (place * 7 + seed) % 10 < share else "access" for place in range(80)]
        rows = [message(f"ticket about something case{seed}x{place}", {"queue": label}) for place, label in enumerate(labels)]
        return {f"{folder}/tickets.csv": rows, **{f"{folder}/{n}.txt": [sentence("memo", "of", f"day{seed}{n}")] for n in range(12)}}

    before, same, after = counted(tickets("sales", 3, 0)), counted(tickets("sales", 3, 1)), counted(tickets("support", 8, 0))
    assert not any(one.alarm for one in compare_corpora(before, same))
    alarms = {(one.measure, one.subject) for one in compare_corpora(before, after) if one.alarm}
    assert alarms == {("labels", "queue"), ("sources", "")}


def test_what_came_is_not_hidden_by_what_stayed():
    """Fifteen documents about something else among three hundred old ones."""
    old = {f"old{n}.txt": [sentence("invoice", "late", f"number{n}")] for n in range(300)}
    new = {f"new{n}.txt": [sentence("password", "gone", f"user{n}")] for n in range(15)}
    before, after = counted(old), counted({**old, **new})
    assert [one.measure for one in compare_corpora(before, after, new_only=True) if one.alarm] == ["terms"]
    assert compare_corpora(before, after, new_only=True)[0].n_second == 15
    assert compare_corpora(before, before, new_only=True) == ()


def test_too_few_units_and_one_language_give_no_measure():
    assert compare_corpora(drawn(units=5), drawn(units=5, seed=1)) == ()
    assert [one.measure for one in compare_corpora(drawn(), drawn(seed=1))] == ["terms"]


def test_what_is_merged_from_parts_drifts_like_the_whole():
    whole = merge([drawn(units=30, seed=3, prefix="a"), drawn(units=30, seed=4, prefix="b")])
    assert compare_corpora(whole, drawn(seed=5))[0].n_first == 60
