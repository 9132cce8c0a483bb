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
from corpuskit.estimators.definitions.names_alone import HARDLY, between_readings, close_calls, expected_error, leads_by_name, read_by_names
from corpuskit.text import hashed_features
from tests.validation.proof.data_sets import is_even

CLASSES, SIZES, TABLES = (3, 5, 10, 20, 30), (300, 800, 2000), 30
CONFUSED = 0.1
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


def _rows(folder: Path, name: str) -> tuple[list[str], list[str]]:
    with gzip.open(folder / name / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def _made(folder: Path, name: str, part: str, random: np.random.Generator) -> Iterator[Told]:
    texts, given = _rows(folder, name)
    kept = {label for label in given if label != "oos" and (name != "banking77" or is_even(label) == (part == "development"))}
    labels = np.array(given)
    for number in range(TABLES):
        classes, size = CLASSES[number % len(CLASSES)], SIZES[number % len(SIZES)]
        chosen = np.sort(random.choice(sorted(kept), classes, replace=False))
        places = np.flatnonzero(np.isin(labels, chosen))
        shares = random.dirichlet(np.ones(classes)) if number % 2 == 0 else np.ones(classes)
        weights = shares[np.searchsorted(chosen, labels[places])]
        drawn = random.choice(places, min(size, len(places)), replace=False, p=weights / weights.sum())
        yield tell(f"{name}, {classes} classes, {len(drawn)} messages", [texts[place] for place in drawn], labels[drawn].tolist())


def _lines(folder: Path, part: str) -> Iterator[str]:
    random = np.random.default_rng(7)
    made = [told for name in MANY[part] for told in _made(folder, name, part, random)]
    yield from _summary(f"{len(made)} made tables", made)
    for name in FEW[part]:
        texts, given = _rows(folder, name)
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
