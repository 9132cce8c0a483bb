from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest.joined_ratings import Ratings, adjudicators, agreed, folded_name, items_of, pairs_of, ratings_of, usual_values


def ratings(*lines):
    """Bring lines of (item, person, label) together."""
    items = items_of([line[0] for line in lines])
    return ratings_of(items, [folded_name(line[1]) for line in lines], [line[2] for line in lines]), items


def test_items_are_numbered_by_their_first_lines_and_blank_keys_stay_alone():
    items = items_of(["b", "", "a", "b", ""])
    assert list(items.of) == [0, 1, 2, 0, 3]
    assert list(items.first) == [0, 1, 2, 4]
    assert (items.names[0], items.names[2]) == ("b", "a")


def test_what_lines_agree_on_is_kept_as_first_written_and_blanks_contradict_nothing():
    items = items_of(["a", "a", "b", "b", "c"])
    found = agreed(["two\n words", "two words", "", "late", ""], items)
    assert (found.values, found.differing, found.partly) == (["two\n words", "late", ""], frozenset(), 1)
    assert agreed(["x", "y", "x", "x", "z"], items).values == ["", "x", "z"]


def test_the_usual_value_is_that_of_most_lines_and_of_equals_the_first_in_order():
    items = items_of(["a", "a", "a", "b", "b"])
    assert usual_values(["x", "y ", "y", "z", "w"], items, {0, 1}) == {0: "y", 1: "w"}
    assert usual_values(["", "", "", "z", "w"], items, {0}) == {0: ""}


def test_people_stand_in_the_order_in_which_wide_tables_number_them():
    found, _ = ratings(("i", "Rater 10", "c"), ("i", "rater 2", "b"), ("i", "ＲATER 1", "a"))
    assert found.given == [[("rater 1", "a"), ("rater 2", "b"), ("rater 10", "c")]]
    assert found.people == 3


def test_names_of_any_length_and_script_have_an_order():
    found, _ = ratings(*(("i", name, "a") for name in ("1" * 5000, "٣", "²", "007", "7", "佐藤", "a1b22")))
    assert len(found.given[0]) == 7


def test_repeated_and_nameless_labels_are_counted_and_blank_ones_are_none():
    found, _ = ratings(("i", "a", "x"), ("i", "A ", "x"), ("i", "b", "y"), ("i", "b", "z"), ("i", "", "x"), ("i", "c", ""), ("j", "", ""))
    assert (found.repeated, found.without_rater, found.people) == (2, 1, 2)
    assert found.given[0][0] == ("a", "x")
    assert found.given[0][1] in (("b", "y"), ("b", "z"))
    assert found.given[1] == []


def test_of_a_persons_several_labels_each_is_drawn_now_and_then_wherever_it_stands():
    lines = [(f"item {n}", "a", label) for n in range(400) for label in "xy"]
    drawn = [given[0][1] for given in ratings(*lines)[0].given]
    assert 140 < Counter(drawn)["x"] < 260  # 200 expected; five standard deviations are 50
    assert [given[0][1] for given in ratings(*lines[::-1])[0].given][::-1] == drawn


def test_two_people_are_first_and_second_by_name():
    found, items = ratings(("i", "b", "2"), ("i", "a", "1"), ("j", "b", "3"), ("k", "a", "4"), ("k", "b", "5"))
    pairs = pairs_of(found, items)
    assert (pairs.first, pairs.second, pairs.further()) == (["1", "3", "4"], ["2", "", "5"], ((), [[], [], []]))


@given(st.integers(3, 6), st.randoms(use_true_random=False))
def test_pairs_of_more_people_are_two_different_ones_whatever_the_order_of_lines(people, random):
    lines = [(f"item {n}", f"p{person}", f"{n} {person}") for n in range(20) for person in range(people)]
    found, items = ratings(*lines)
    pairs = pairs_of(found, items)
    names, cells = pairs.further()
    assert names == tuple(f"rater:{place}" for place in range(1, people + 1))
    assert [sorted(row) for row in cells] == [[f"{n} {person}" for person in range(people)] for n in range(20)]
    assert [row[:2] for row in cells] == [list(pair) for pair in zip(pairs.first, pairs.second, strict=True)]
    assert all(
        one != other and one.split()[0] == other.split()[0] == str(n) for n, (one, other) in enumerate(zip(pairs.first, pairs.second, strict=True))
    )
    random.shuffle(lines)
    again, items_again = ratings(*lines)
    shuffled = pairs_of(again, items_again)
    by_name = dict(zip(items_again.names, zip(shuffled.first, shuffled.second, strict=True), strict=True))
    assert [by_name[name] for name in items.names] == list(zip(pairs.first, pairs.second, strict=True))


def test_every_pair_of_people_in_either_order_is_drawn_about_equally_often():
    found, items = ratings(*((f"item {n}", person, person) for n in range(1200) for person in "abc"))
    pairs = pairs_of(found, items)
    counted = Counter(zip(pairs.first, pairs.second, strict=True))
    assert len(counted) == 6
    assert all(130 < count < 270 for count in counted.values())  # 200 expected; five standard deviations are 65


def test_who_labels_only_what_others_disagree_on_is_no_blind_rater():
    settled = [[("a", "x"), ("b", "x")]] * 60 + [[("a", "x"), ("b", "y"), ("judge", "x")]] * 20
    assert adjudicators(Ratings(settled, 3, 0, 0)) == frozenset({"judge"})
    items = items_of([str(n) for n in range(80)])
    pairs = pairs_of(Ratings(settled, 3, 0, 0), items)
    assert (pairs.adjudicated, pairs.further()[0]) == (20, ())
    assert sum(one != other for one, other in zip(pairs.first, pairs.second, strict=True)) == 20


@pytest.mark.parametrize(
    "given",
    [
        [[("a", "x"), ("b", "y"), ("c", "x")]] * 80,  # a panel that agrees on nothing
        [[("a", "x"), ("b", "x"), ("c", "x")]] * 60 + [[("a", "x"), ("b", "y"), ("c", "x")]] * 20,
        [[("a", "x"), ("b", "x")], [("a", "x"), ("b", "y")]] * 30 + [[("a", "x"), ("b", "y"), ("c", "x")]] * 3,  # three may be chance
        [[("a", "x"), ("b", "x")]] * 60 + [[("a", "x"), ("b", "y"), ("c", "x")]] * 20 + [[("a", "x"), ("c", "x")]],
        [],
    ],
)
def test_other_people_are_blind_raters(given):
    assert adjudicators(Ratings(given, 3, 0, 0)) == frozenset()


def test_without_items_there_is_nothing():
    found, items = ratings()
    assert (found.given, pairs_of(found, items).first) == ([], [])


def test_items_of_two_people_among_those_of_three_have_no_further_cells():
    found, items = ratings(*((f"item {n}", person, f"{n}{person}") for n in range(9) for person in ("abc" if n % 3 else "ab")))
    names, cells = pairs_of(found, items).further()
    assert names == ("rater:1", "rater:2", "rater:3")
    assert [sorted(row) for row in cells] == [[f"{n}{person}" for person in "abc"] if n % 3 else ["", "", ""] for n in range(9)]
