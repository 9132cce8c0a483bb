"""What do names tell of messages without labels? Held against the labels, which no measure here sees.

``python -m tests.validation.names_alone FOLDER`` (development part), ``--part report``. ``FOLDER`` holds the labelled tasks. Tables are made of
classes drawn from tasks with many of them, every second one of uneven sizes; tasks with few classes are one table each.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.stats import spearmanr

from corpuskit.counts import UnlabelledMessages
from corpuskit.estimators.definitions.definition_space import named_wrong
from corpuskit.estimators.definitions.names_alone import (
    HARDLY,
    STRANGE,
    NamesAlone,
    between_readings,
    close_calls,
    expected_error,
    leads_by_name,
    read_by_names,
    shared_wording,
)
from corpuskit.text import hashed_features
from tests.validation.proof.data_sets import is_even

CLASSES, SIZES, TABLES = (3, 5, 10, 20, 30), (300, 800, 2000), 30
CONFUSED = 0.1
MORE = 0.2
MANY = {"development": ("banking77", "clinc150"), "report": ("banking77",)}
FEW = {"development": ("chabsa_polarity", "unfair_tos", "jnli", "sib200_ja"), "report": ("sib200_en", "cuad_clause_type", "sms_spam")}
MOST = 1500


class Told(NamedTuple):
    """One table.

    Its name, the true share led wrong, what was told without labels, how far the labels confuse the pairs of names that were said to compete and all
    pairs, and which share of their messages the names find that were said to be weak, and all names.
    """

    name: str
    error: float
    expected: float
    low: float
    high: float
    pairs: tuple[float, ...]
    every: tuple[float, ...]
    weak: tuple[float, ...]
    found: tuple[float, ...]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=("development", "report"), default="development")
    given = parser.parse_args()
    for line in _lines(given.folder, given.part):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


def tell(name: str, texts: Sequence[str], given: Sequence[str], seed: int = 0) -> Told:
    """Read a table by the names of its labels, and hold that against the labels."""
    names, labels = np.unique(given, return_inverse=True)
    copies = np.unique(np.array(texts), return_inverse=True)[1].astype(np.int64)
    places = tuple(map(str, range(len(texts))))
    messages = UnlabelledMessages("names:t", "t", places, hashed_features(texts), copies, tuple(map(str, names)), None, "")
    read = read_by_names(messages, len(texts), seed)
    labels, classes = labels.astype(np.int64), len(names)
    drawn = np.bincount(labels * classes + read.view.scores.argmax(axis=1), minlength=classes**2).reshape(classes, classes)
    sizes = np.bincount(labels, minlength=classes)
    confused = (drawn + drawn.T) / np.maximum(sizes[:, None] + sizes[None, :], 1)
    pairs = tuple(float(confused[a, b]) for a, b, *_ in close_calls(read).competing())
    low, high = between_readings(read)
    error = float(named_wrong(read.view.scores, labels).mean())
    found = np.diag(drawn) / sizes
    weak = tuple(float(found[code]) for code, lead in leads_by_name(read).items() if lead[2] < HARDLY)
    expected, every = max(expected_error(read.view.reading), low), tuple(confused[np.triu_indices(classes, 1)].tolist())
    return Told(name, error, expected, low, high, pairs, every, weak, tuple(found.tolist()))


def read_task(folder: Path, name: str) -> tuple[list[str], list[str]]:
    """Give the texts and labels of a task."""
    with gzip.open(folder / name / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row["text"] for row in rows], [str(row["label"]) for row in rows]


class Made(NamedTuple):
    """A made table: how many classes it is of, its messages with their labels, and names of classes that are not in it."""

    classes: int
    texts: list[str]
    labels: list[str]
    more: list[str]


def _made(folder: Path, name: str, part: str, random: np.random.Generator, share_more: float = 0.0) -> Iterator[Made]:
    texts, given = read_task(folder, name)
    kept = {label for label in given if label != "oos" and (name != "banking77" or is_even(label) == (part == "development"))}
    labels = np.array(given)
    for number in range(TABLES):
        classes, size = CLASSES[number % len(CLASSES)], SIZES[number % len(SIZES)]
        chosen = np.sort(random.choice(sorted(kept), classes, replace=False))
        absent = sorted(kept - set(chosen.tolist()))
        more = random.choice(absent, max(1, int(classes * share_more)), replace=False).tolist() if share_more else []
        places = np.flatnonzero(np.isin(labels, chosen))
        shares = random.dirichlet(np.ones(classes)) if number % 2 == 0 else np.ones(classes)
        weights = shares[np.searchsorted(chosen, labels[places])]
        drawn = random.choice(places, min(size, len(places)), replace=False, p=weights / weights.sum())
        yield Made(classes, [texts[place] for place in drawn], labels[drawn].tolist(), more)


class Asked(NamedTuple):
    """A table with names that no message belongs to: shares led wrong with all names and without those that draw others' messages, and what was held.

    How many names draw others' messages, how many of these no message belongs to, how many find at most a fifth of what they draw to be theirs.
    """

    wrong: float
    held: bool
    wrong_without: float
    held_without: bool
    strange: int
    absent: int
    hardly: int


def ask(texts: Sequence[str], given: Sequence[str], more: Sequence[str]) -> Asked:
    """Read messages by the names of their labels and by others, and again without the names that share hardly any wording with what they draw."""
    names = sorted({*given, *more})
    read, wrong, held = _read_with(texts, given, names)
    strange = [code for code, shared in shared_wording(read).items() if shared < STRANGE]
    theirs = [float(np.mean(np.array(given)[read.nearest == code] == names[code])) for code in strange]
    _, wrong_without, held_without = _read_with(texts, given, [name for code, name in enumerate(names) if code not in strange])
    absent = sum(names[code] in more for code in strange)
    return Asked(wrong, held, wrong_without, held_without, len(strange), absent, sum(share <= 0.2 for share in theirs))


def _read_with(texts: Sequence[str], given: Sequence[str], names: Sequence[str]) -> tuple[NamesAlone, float, bool]:
    """Give the reading, the share of messages led wrong (to no name or another one's), and whether the interval holds it."""
    copies = np.unique(np.array(texts), return_inverse=True)[1].astype(np.int64)
    places = tuple(map(str, range(len(texts))))
    read = read_by_names(UnlabelledMessages("names:t", "t", places, hashed_features(texts), copies, tuple(names), None, ""), len(texts))
    own = np.array([names.index(label) if label in names else -1 for label in given])
    wrong = np.ones(len(texts), np.bool_)
    wrong[own >= 0] = named_wrong(read.view.scores[own >= 0], own[own >= 0])
    low, high = between_readings(read)
    return read, float(wrong.mean()), low <= wrong.mean() <= high


def _of_strangers(found: Sequence[Asked]) -> Iterator[str]:
    every = np.array(found, float)
    wrong, held, without, held_without, strange, absent, hardly = every.T
    yield f"with a fifth more names: led wrong {wrong.mean():.3f}, interval holds {held.sum():.0f} of {len(found)}"
    yield f"{strange.sum():.0f} names draw others' messages: {absent.sum():.0f} have none, {hardly.sum():.0f} at most a fifth of what they draw"
    fewer, more = int(np.sum(without < wrong)), int(np.sum(without > wrong))
    yield f"without these: led wrong {without.mean():.3f}, less in {fewer} and more in {more} tables, interval holds {held_without.sum():.0f}"


def _lines(folder: Path, part: str) -> Iterator[str]:
    random = np.random.default_rng(7)
    made = [
        tell(f"{name}, {one.classes} classes, {len(one.texts)} messages", one.texts, one.labels)
        for name in MANY[part]
        for one in _made(folder, name, part, random)
    ]
    yield from _summary(f"{len(made)} made tables", made)
    more = np.random.default_rng(11)
    yield from _of_strangers([ask(one.texts, one.labels, one.more) for name in MANY[part] for one in _made(folder, name, part, more, MORE)])
    for name in FEW[part]:
        texts, given = read_task(folder, name)
        drawn = random.permutation(len(texts))[:MOST]
        told = tell(name, [texts[place] for place in drawn], [given[place] for place in drawn])
        yield f"{name}: led wrong {told.error:.3f}, told {told.expected:.3f} [{told.low:.3f}, {told.high:.3f}]"


def _summary(name: str, tables: Sequence[Told]) -> Iterator[str]:
    error, told = np.array([table.error for table in tables]), np.array([table.expected for table in tables])
    held = [table.low <= table.error <= table.high for table in tables]
    yield f"{name}: Spearman {spearmanr(error, told)[0]:.3f}, mean difference {np.mean(told - error):.3f}, distance {np.mean(abs(told - error)):.3f}"
    yield f"interval holds {sum(held)} of {len(held)}, mean width {np.mean([table.high - table.low for table in tables]):.2f}"
    high = [table.high for table in tables]
    yield f"upper end: Spearman {spearmanr(error, high)[0]:.3f}; lower end: {spearmanr(error, [table.low for table in tables])[0]:.3f}"
    pairs, every = np.concatenate([table.pairs for table in tables]), np.concatenate([table.every for table in tables])
    yield f"{len(pairs)} competing pairs, confused {np.mean(pairs >= CONFUSED):.2f}; of all {len(every)} pairs {np.mean(every >= CONFUSED):.3f}"
    weak, found = np.concatenate([table.weak for table in tables]), np.concatenate([table.found for table in tables])
    yield f"{len(weak)} weak names, finding less than half {np.mean(weak < 0.5):.2f}; of all {len(found)} names {np.mean(found < 0.5):.3f}"


if __name__ == "__main__":
    main()
