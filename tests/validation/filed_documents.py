"""Does the error extrapolated from some filed documents come out as that with all of them filed? Development part, and folders of real documents.

``python -m tests.validation.filed_documents FOLDER [--draws N]``. ``FOLDER`` holds ``tasks`` and ``company_docs``. There is no public set of long
documents in categories among the data, so documents are made: each of several messages of one class and some of the others, no message used twice.
Some of them are filed, the rest waits; the truths are errors of models that are trained on all of them.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, LabelledMessages, count_documents
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.document_learning import learning_of_places
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions
from tests.validation.places import FOLDERS, counts_of, read_rows
from tests.validation.proof.trained_models import trained_errors

LANGUAGES = {"banking77": "en", "clinc150": "en", "chabsa_polarity": "ja", "sib200_ja": "ja"}
CLASSES, MOST_MADE = 40, 1_000
OWN_SHARES = (0.6, 0.35)
"""Shares of a document's messages that are of its own class: documents that are easy and hard to file."""

FILED = (60, 200)
LEVEL = 0.9


class Made(NamedTuple):
    """Documents, and the category of each."""

    texts: list[str]
    labels: list[str]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--draws", type=int, default=20)
    given = parser.parse_args()
    columns = ("documents", "in all", "words each", "filed", "model on words", "mean of three models", "extrapolated, mean", "90 % interval, mean")
    _told(*columns, "holds the first", "holds the mean", "draws")
    sys.stdout.write("|" + "---|" * 11 + "\n")
    for task, language in LANGUAGES.items():
        for own in OWN_SHARES:
            made = made_documents(read_rows(given.folder / "tasks" / task), own, language)
            inputs = inputs_of(made)
            trained = trained_errors(made.texts, made.labels, language).mean
            _table(f"{task}, {own:.0%} of their class", inputs, trained, given.draws)
    for name in FOLDERS:
        _table(name, Inputs(counts_of(given.folder / "company_docs" / name), EstimatorOptions(level=LEVEL)), None, given.draws)


def made_documents(rows: Sequence[tuple[str, str]], own: float, language: str) -> Made:
    """Make documents of one to about fifteen messages each, as many as the messages of :data:`CLASSES` classes give."""
    random = np.random.default_rng(0)
    classes = sorted({label for _, label in rows})
    chosen = set(random.permutation(classes)[:CLASSES].tolist())
    left: dict[str, list[str]] = defaultdict(list)
    for place in random.permutation(len(rows)).tolist():
        if rows[place][1] in chosen:
            left[rows[place][1]].append(rows[place][0])
    every, made = sum(map(len, left.values())), Made([], [])
    mean = 7 if every >= 4_000 else 2  # messages beyond the first
    while len(made.texts) < MOST_MADE:
        names, sizes = list(left), np.array([len(texts) for texts in left.values()], float)
        label = str(random.choice(names, p=sizes / sizes.sum()))
        wanted = [label, *(label if random.random() < own else str(random.choice(names, p=sizes / sizes.sum())) for _ in range(random.poisson(mean)))]
        if any(wanted.count(name) > len(left[name]) for name in wanted):
            break
        parts = [left[name].pop() for name in wanted]
        left = defaultdict(list, {name: texts for name, texts in left.items() if texts})
        made.texts.append(("" if language == "ja" else " ").join(parts[place] for place in random.permutation(len(parts))))
        made.labels.append(label)
    return made


def inputs_of(made: Made) -> Inputs:
    """Count made documents as files in folders of their category."""
    documents = []
    for number, (text, label) in enumerate(zip(made.texts, made.labels, strict=True)):
        name = f"{label}/{number:04}.txt"
        source = Source(path=name, sha256=name, bytes=len(text), modified="2026-01-01T00:00:00Z", reader="text")
        documents.append(Document(name, source, (Section(text, (), "body", ""),), ()))
    return Inputs(count_documents(documents, TextOptions(), (), CountOptions(), frozenset()), EstimatorOptions(level=LEVEL))


def _table(name: str, inputs: Inputs, trained: float | None, draws: int) -> None:
    for sample in inputs.document_samples:
        messages, total = sample.messages, sample.n
        words = float(np.asarray(messages.term_counts.sum(axis=1)).mean())
        truth = float((sample.crossed.predicted != sample.labels).mean())
        for filed in FILED:
            found = list(_drawn(inputs, messages, sample.chosen, filed, draws)) if filed <= total * 0.6 else []
            if not found:
                continue
            value, low, high = np.mean(found, axis=0)
            held = np.mean([[least <= true <= most for true in (truth, trained or truth)] for _, least, most in found], axis=0)
            kind = messages.subject.removeprefix("labels:")
            columns = (f"{name} ({kind})", f"{total}", f"{words:.0f}", f"{filed}", f"{truth:.3f}", "–" if trained is None else f"{trained:.3f}")
            means = (f"{value:.3f}", f"{low:.3f} to {high:.3f}", f"{held[0]:.2f}", "–" if trained is None else f"{held[1]:.2f}", f"{len(found)}")
            _told(*columns, *means)


def _drawn(inputs: Inputs, messages: LabelledMessages, places: NDArray[np.int64], filed: int, draws: int) -> Iterator[tuple[float, float, float]]:
    """Let some documents stay filed and the others wait; give error and ends of the interval of each draw that is not refused."""
    for seed in range(draws):
        order = np.random.default_rng(seed).permutation(places)
        part = sample_labelled(some_filed(messages, np.sort(order[:filed]), np.sort(order[filed:])), inputs.options)
        if len(part.names) < 2 or part.n < inputs.options.min_messages:
            continue
        error = learning_of_places(inputs.stats, part, inputs.options).estimates[0]
        if error.value is not None and error.interval is not None:
            yield (error.value, *error.interval)


def some_filed(messages: LabelledMessages, filed: NDArray[np.int64], waiting: NDArray[np.int64]) -> LabelledMessages:
    """Give the documents as they would be read if those at the second places waited to be filed."""
    return replace(
        messages,
        locators=tuple(messages.locators[place] for place in filed.tolist()),
        features=csr_matrix(messages.features[filed]),
        term_counts=csr_matrix(messages.term_counts[filed]),
        first_terms=messages.first_terms[filed],
        labels=messages.labels[filed],
        fold_groups=messages.fold_groups[filed],
        facets={kind: tuple(values[place] for place in filed.tolist()) for kind, values in messages.facets.items()},
        unlabelled_features=csr_matrix(messages.features[waiting]),
        unlabelled_locators=tuple(messages.locators[place] for place in waiting.tolist()),
    )


def _told(*columns: str) -> None:
    sys.stdout.write(f"| {' | '.join(columns)} |\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
