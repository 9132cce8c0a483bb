"""Lines that each hold one person's label of one item, brought together: the items, what their lines agree on, whose labels are compared.

Nothing here depends on the order of lines but the order of items, which is that of their first lines. Where something must be drawn, it is drawn
by a digest of the item and the person: the same in every run and from every file format, and without regard to the labels.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import xxhash

from corpuskit.ingest.messages import flat
from corpuskit.ingest.raters import RATER

LEAST_CHANCE = 0.001
"""Chance, shared by all people, below which it is no accident that a person labelled only what others disagreed on."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Items:
    """The items of lines.

    Attributes
    ----------
    of : sequence of int
        Number of the item that each line is about.
    first : sequence of int
        The line that each item begins with.
    names : sequence of str
        What tells each item from the others.
    """

    of: Sequence[int]
    first: Sequence[int]
    names: Sequence[str]


def items_of(keys: Sequence[str]) -> Items:
    """Number the items in the order of their first lines; a line with a blank key is an item of its own.

    >>> items_of(["a", "b", "a", ""]).of
    [0, 1, 0, 2]
    """
    numbers: dict[str, int] = {}
    of: list[int] = []
    first: list[int] = []
    names: list[str] = []
    for line, key in enumerate(keys):
        name = key or f"\0{line}"
        number = numbers.setdefault(name, len(first))
        if number == len(first):
            first.append(line)
            names.append(name)
        of.append(number)
    return Items(of, first, names)


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the lines of each item agree on in one column: blank where they do not.

    ``differing`` are the numbers of those items; ``partly`` counts the items for which some lines are filled and some blank.
    """

    values: list[str]
    differing: frozenset[int]
    partly: int = 0


def agreed(values: Sequence[str], items: Items) -> Agreed:
    """Give the value that the lines of each item share, where blanks contradict nothing, nor do line ends and runs of blanks.

    >>> agreed(["x", "", "y", "z"], items_of(["a", "a", "b", "b"]))
    Agreed(values=['x', ''], differing=frozenset({1}), partly=1)
    """
    kept, told = [""] * len(items.first), [""] * len(items.first)
    differing, blank = set(), set()
    for item, value, said in zip(items.of, values, each(flat, values), strict=True):
        if not said:
            blank.add(item)
        elif not told[item]:
            kept[item], told[item] = value, said
        elif said != told[item]:
            differing.add(item)
    for item in differing:
        kept[item] = ""
    return Agreed(kept, frozenset(differing), sum(bool(told[item]) for item in blank))


def usual_values(values: Sequence[str], items: Items, among: Collection[int]) -> dict[int, str]:
    """Give the value that most lines of some items hold, on one line; of equally frequent ones the first in order: no line's place decides."""
    counted: dict[int, Counter[str]] = {item: Counter() for item in among}
    for item, value in zip(items.of, values, strict=True):
        if item in counted and (said := flat(value)):
            counted[item][said] += 1
    return {item: min(found, key=lambda said: (-found[said], said)) if found else "" for item, found in counted.items()}


@dataclass(frozen=True, slots=True)
class Ratings:
    """Who gave which label to what.

    Attributes
    ----------
    given : list of list of (str, str)
        For each item the people and their labels, one label a person, in the order of the people's names.
    people : int
        How many different people there are.
    repeated : int
        Lines beyond the first in which a person labels an item again.
    without_rater : int
        Lines with a label of nobody.
    """

    given: list[list[tuple[str, str]]]
    people: int
    repeated: int
    without_rater: int


def ratings_of(items: Items, raters: Sequence[str], labels: Sequence[str]) -> Ratings:
    """Bring the labels of each item together.

    A person who gave an item several labels counts with one of them, which is drawn: it is as good a sample of that person's answers as any, while
    the last one, or none, would be chosen by a place in the file or leave out just those items that are hard.

    Parameters
    ----------
    items : Items
    raters : sequence of str
        Names of people as :func:`folded_name` gives them, one for each line; blank: not known.
    labels : sequence of str
        One for each line; blank: none given.
    """
    found: list[dict[str, list[str]]] = [{} for _ in items.first]
    repeated = without = 0
    for item, rater, label in zip(items.of, raters, labels, strict=True):
        if label and rater:
            said = found[item].setdefault(rater, [])
            repeated += bool(said)
            said.append(label)
        else:
            without += bool(label)
    place = {name: number for number, name in enumerate(sorted(set(raters), key=_natural))}
    given = [
        [(rater, said[rater][0] if len(said[rater]) == 1 else _drawn(name, rater, said[rater])) for rater in sorted(said, key=place.__getitem__)]
        for name, said in zip(items.names, found, strict=True)
    ]
    return Ratings(given, len({rater for said in found for rater in said}), repeated, without)


@dataclass(frozen=True, slots=True)
class Pairs:
    """The labels of each item that are compared, and how many are no blind ones.

    ``first`` and ``second`` are two of them (blank where there is none), ``everyone`` holds all, these two first.
    """

    first: list[str]
    second: list[str]
    everyone: list[list[str]]
    adjudicated: int

    def further(self) -> tuple[tuple[str, ...], list[list[str]]]:
        """Give names and cells of columns for the labels of each item that has more than two; no columns where none has."""
        several = [labels if len(labels) > len((self.first, self.second)) else [] for labels in self.everyone]
        most = max(map(len, several), default=0)
        return tuple(f"{RATER}{place}" for place in range(1, most + 1)), [labels + [""] * (most - len(labels)) for labels in several]


def pairs_of(ratings: Ratings, items: Items) -> Pairs:
    """Put the labels of each item in the order in which they are compared.

    Where the table knows two people, the first is the one whose name comes first. Of more people two are drawn for each item, in the order drawn: the
    bound from the disagreement of two holds for a random pair of the people for each item (theory.md 2.4), which a fixed pair is not, nor a majority
    against one; and the first labels, against which everything else is measured, are then those of all people and not of the first by the alphabet.
    """
    not_blind = adjudicators(ratings)
    chosen, adjudicated = [], 0
    for name, everyone in zip(items.names, ratings.given, strict=True):
        given = [one for one in everyone if one[0] not in not_blind] if not_blind else everyone
        adjudicated += len(everyone) - len(given)
        order = sorted(given, key=lambda one: (_digest(name, one[0]), one[0])) if ratings.people - len(not_blind) > 2 else given
        chosen.append([label for _, label in order])
    first, second = ([labels[place] if len(labels) > place else "" for labels in chosen] for place in (0, 1))
    return Pairs(first, second, chosen, adjudicated)


def adjudicators(ratings: Ratings) -> frozenset[str]:
    """Find the people who labelled only items on which at least two others disagree: they settled a dispute, and did not label blind.

    With them among the pairs, the items that two people disagree on would hold a third label that agrees with one of the two, and the disagreement
    would come out a third too low. A person of n items is one where ``p^n < c / people``, p the share of items with two labels or more on which
    people disagree, c :data:`LEAST_CHANCE` (Bonferroni).

    >>> sorted(adjudicators(Ratings([[("a", "x"), ("b", "x")]] * 20 + [[("a", "x"), ("b", "y"), ("c", "x")]] * 10, 3, 0, 0)))
    ['c']
    """
    several = [dict(given) for given in ratings.given if len(given) > 1]
    blind = {rater for given in ratings.given if len(given) < 3 for rater, _ in given}
    labelled: Counter[str] = Counter()
    for given in several:
        if len(given) < 3:
            continue
        counted = Counter(given.values())
        for rater, label in given.items():
            labelled[rater] += 1
            if len(counted) - (counted[label] == 1) < 2:
                blind.add(rater)
    disputed = sum(len(set(given.values())) > 1 for given in several) / max(1, len(several))
    return frozenset(rater for rater, n in labelled.items() if rater not in blind and disputed**n * ratings.people < LEAST_CHANCE)


def each(written: Callable[[str], str], values: Sequence[str]) -> list[str]:
    """Write every value in another way, each different one once: the lines of ratings repeat.

    >>> each(str.upper, ["a", "b", "a"])
    ['A', 'B', 'A']
    """
    known = {value: written(value) for value in set(values)}
    return [known[value] for value in values]


def folded_name(name: str) -> str:
    """Give a person's name as names are compared: without case, width and superfluous blanks.

    >>> folded_name(" Ｓato "), folded_name("SATO")
    ('sato', 'sato')
    """
    return flat(unicodedata.normalize("NFKC", name).casefold())


def _natural(name: str) -> tuple[list[tuple[int, str]], str]:
    """Order names so that ``rater 2`` comes before ``rater 10``, as the columns of a wide table do."""
    parts = [part.lstrip("0") if part.isdecimal() else part for part in _DIGITS.split(name) if part]
    return [(len(part) if part.isdecimal() or not part else -1, part) for part in parts], name


def _drawn(item: str, rater: str, labels: Sequence[str]) -> str:
    return min(set(labels), key=lambda label: (_digest(item, rater, label), label))


def _digest(*parts: str) -> int:
    return xxhash.xxh3_64_intdigest("\0".join(parts).encode("utf-8", "surrogatepass"))
