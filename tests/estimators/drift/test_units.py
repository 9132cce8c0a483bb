"""Units: rows one by one, other documents whole; the vocabularies of both sides lined up; function words left out."""

import numpy as np

from corpuskit.estimators.drift.units import MOST_TERMS, Units, sides_of
from tests.counts.build import Part, counted, message, sentence
from tests.estimators.drift.corpora import drawn


def test_rows_are_units_and_other_documents_are_whole():
    table = counted({"t.csv": [Part(paragraphs=[[["invoice", "late", f"case{n}"]]], kind="row") for n in range(5)]})
    documents = counted({"a.txt": [sentence("invoice", "paid"), sentence("invoice")], "b.txt": [sentence("parcel")]})
    sides = sides_of(Units.of(table), Units.of(documents), "en")
    assert (sides.first, sides.second) == (5, 2)
    counts = dict(zip(sides.forms, np.asarray(sides.counts.sum(axis=0)).ravel().tolist(), strict=False))
    assert {form: n for form, n in counts.items() if not form.startswith("case")} == {"invoice": 7, "late": 5, "paid": 1, "parcel": 1}
    assert sides.counts.sum() == 14 + 5


def test_equal_texts_are_one_unit():
    """Copies come together, so dealing them apart would make chance look smaller than it is."""
    row = Part(paragraphs=[[["invoice", "late"]]], kind="row")
    copies = Units.of(counted({"t.csv": [row] * 5, "u.csv": [row, Part(paragraphs=[[["parcel"]]], kind="row")]}))
    assert copies.count == 2
    sides = sides_of(copies, copies, "en")
    assert (sides.first, sides.second) == (2, 2)
    assert sides.counts.sum() == 2 * (12 + 1)


def test_a_language_that_only_one_side_has_leaves_the_other_without_units():
    japanese = counted({"a.txt": [sentence("請求", "書", language="ja")]})
    sides = sides_of(Units.of(japanese), Units.of(drawn(units=3)), "ja")
    assert (sides.first, sides.second) == (1, 0)


def test_rare_terms_count_as_one():
    sides = sides_of(*(Units.of(drawn(units=40, words=200, types=5000, seed=seed)) for seed in (1, 2)), "en")
    assert len(sides.forms) == MOST_TERMS
    assert sides.counts.shape[1] == MOST_TERMS + 1
    assert sides.counts.sum() == 2 * 40 * 200


def test_what_is_known_already_is_left_out_row_by_row():
    kept, memo = message("invoice late", {}), sentence("memo", "one")
    before = counted({"t.csv": [kept, message("parcel lost", {})], "a.txt": [memo]})
    after = counted({"t-2.csv": [kept, message("password gone", {})], "a.txt": [memo], "b.txt": [sentence("memo", "two")]})
    left = Units.of(after, Units.of(before).texts)
    assert left.frame.select("document", "ordinal").rows() == [("b.txt", None), ("t-2.csv", 1)]
    assert Units.of(after, Units.of(after).texts).frame.height == 0
