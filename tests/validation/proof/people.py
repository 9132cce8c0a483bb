"""Section 4 of the protocol: is what corpuskit calls ambiguous what people disagree on?"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators import EstimatorOptions, clopper_pearson
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.estimators.labels.agreement import krippendorff_alpha
from corpuskit.estimators.labels.label_ambiguity import rate_interval
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.text import hashed_features
from tests.validation.double_coding import Held, coded, held_bounds
from tests.validation.proof import made_people, word_entropy
from tests.validation.proof.ambient import read_pairs, read_rows
from tests.validation.proof.data_sets import Part
from tests.validation.proof.labelled_table import labelled_table
from tests.validation.proof.results import Aim, Cell, Experiment, Figure, Table
from tests.validation.proof.statistics import DRAWS_OF_AREAS, DRAWS_OF_RANKS, area

Integers = NDArray[np.int64]

TITLE = "People: is what corpuskit calls ambiguous what people disagree on?"
ASKED = "Does the bound of two coders hold among more of them, and do the senses found of a word go with those that people marked?"
PEOPLE, CROWD, THIN_DRAWS = 3, 9, 200
"""Annotators of a jsick pair, crowd workers of an AmbiEnt item."""


class Annotated(NamedTuple):
    """Texts, the labels that each got from as many people, rows left out because people are missing, and where they are from."""

    texts: list[str]
    labels: list[list[str]]
    left_out: int
    origin: str


class Crowd(NamedTuple):
    """Items that a crowd labelled, how split it was (entropy in bits), and the linguists' verdict on each."""

    annotated: Annotated
    entropy: list[float]
    ambiguous: list[bool]


def run(data: Path | None, part: Part, thin: bool) -> Experiment:
    """Run jsick, the crowd of AmbiEnt, and the words; on the development part made data and pseudo-words stand in for them."""
    if data is None and not thin:
        return Experiment("people", TITLE, ASKED, not_run="the labelled data are not there")
    real = data if part == "report" and not thin else None
    annotated = made_people.annotated() if real is None else read_jsick(real)
    crowd = made_people.crowd() if real is None else read_crowd(real)
    draws = THIN_DRAWS if thin else DRAWS_OF_RANKS
    figures, tables = of_annotators(annotated)
    more, more_tables = of_crowd(crowd)
    senses = measured_words(None if thin else data, part, draws)
    notes = (
        f"jsick: {annotated.left_out} rows without three labels left out. AmbiEnt: {crowd.annotated.left_out} rows of the crowd left out, without "
        f"{CROWD} labels or without a pair of the same text in the linguists' file (ids of the two files differ, so texts are matched).",
        "The truth is 1 less the mean largest share of an item's labels. With few people it is biased down, the more the fewer, so that draws miss "
        "it at the lower end of the bound.",
        "Effective senses are split as in an audit, from the marked contexts within its window; other scores stand in the table, and the earlier "
        "ones in word_senses.md.",
    )
    shown = tuple(_senses_figure(*each) for each in senses)
    return Experiment("people", TITLE, ASKED, (*figures, *more, *shown), (_bounds(*tables, *more_tables), _senses_table(senses)), notes)


def measured_words(data: Path | None, part: Part, draws: int) -> list[tuple[str, word_entropy.Senses]]:
    """Measure both sets of words, each in a process of its own; made words without data."""
    if data is None:
        return [("semcor", word_entropy.measure(made_people.words(), draws))]
    # started afresh: a fork would copy threads of numpy and polars in any state
    with ProcessPoolExecutor(len(word_entropy.SETS), mp_context=get_context("spawn")) as pool:
        waiting = [(name, pool.submit(word_entropy.read_and_measure, data, name, part, draws)) for name in word_entropy.SETS]
        return [(name, each.result()) for name, each in waiting]


def read_jsick(data: Path) -> Annotated:
    """Read the pairs with the labels of three people; both sentences are one text."""
    rows = read_rows(data / "ambiguity" / "jsick_annotators" / "data.jsonl.gz")
    kept = [row for row in rows if len(row["annotator_labels"]) == PEOPLE and all(row["annotator_labels"])]
    texts = [f"{row['text']}\n{row['text_b']}" for row in kept]
    return Annotated(texts, [row["annotator_labels"] for row in kept], len(rows) - len(kept), "jsick, three annotators")


def read_crowd(data: Path) -> Crowd:
    """Read the crowd's labels and match the linguists' verdict by text."""
    folder = data / "ambiguity" / "ambient"
    verdict = {(pair.text, pair.text_b): pair.ambiguous for pair in read_pairs(folder)}
    rows = read_rows(folder / "crowd.jsonl.gz")
    kept = [row for row in rows if sum(row["crowd_labels"].values()) == CROWD and (row["text"], row["text_b"]) in verdict]
    labels = [[label for label, count in sorted(row["crowd_labels"].items()) for _ in range(count)] for row in kept]
    texts = [f"{row['text']}\n{row['text_b']}" for row in kept]
    annotated = Annotated(texts, labels, len(rows) - len(kept), "AmbiEnt, crowd of nine")
    return Crowd(annotated, [float(row["crowd_entropy_bits"]) for row in kept], [verdict[row["text"], row["text_b"]] for row in kept])


def of_annotators(given: Annotated, seed: int = 0) -> tuple[tuple[Figure, ...], tuple[tuple[Cell, ...], ...]]:
    """Measure the bound of two of three annotators, their disagreement, and the cross-fitted error against one of them."""
    codes, names = coded(given.labels)
    held = held_bounds(codes, len(names))
    random = np.random.default_rng(seed)
    pair = np.take_along_axis(codes, np.argsort(random.random(codes.shape), axis=1)[:, :2], axis=1)
    sample = sample_labelled(labelled_table(given.texts, [names[code] for code in pair[:, 0]], "ja"), EstimatorOptions())
    wrong = sample.crossed.predicted != sample.labels
    differs = (pair[:, 0] != pair[:, 1])[sample.chosen]
    exact = f"exact interval at {sample.effective_n:.0f} independent messages"
    figures = [
        _held("people_jsick_bound", "jsick: draws in which the bound of two coders holds the error of the best decoder", held, given.origin, True)
    ]
    for code, says, flags in (
        ("people_jsick_disagreement", "jsick: two annotators drawn at random give a pair different labels", differs),
        ("people_jsick_error", "jsick: cross-fitted error of corpuskit against one annotator drawn at random", wrong),
    ):
        rate, interval = rate_interval(flags, sample.effective_n)
        figures.append(Figure(code, says, rate, interval, sample.n, "pairs", f"share; {exact}", given.origin))
    return tuple(figures), (_bound_row("jsick", codes, held),)


def of_crowd(given: Crowd) -> tuple[tuple[Figure, ...], tuple[tuple[Cell, ...], ...]]:
    """Hold the crowd's disagreement against the linguists' verdict, and the bound of two workers against all nine."""
    annotated = given.annotated
    groups = link_near_copies(hashed_features(annotated.texts), np.arange(len(annotated.texts)))
    found = area(given.entropy, given.ambiguous, groups)
    reason = found.undefined_because
    if len(set(given.ambiguous)) == 1:
        verdict = "ambiguous" if given.ambiguous[0] else "not ambiguous"
        reason = f"all {len(given.ambiguous)} items that the crowd labelled are {verdict} by the linguists, so there is nothing to tell apart"
    verdict_told = Figure(
        "people_ambient_crowd",
        "AmbiEnt: a crowd's disagreement tells what linguists call ambiguous",
        found.value,
        found.interval,
        found.n,
        "items",
        f"area under the curve of the entropy of the crowd's labels; percentile bootstrap over groups of near copies, {DRAWS_OF_AREAS:,} draws",
        annotated.origin,
        undefined_because=reason,
    )
    codes, names = coded(annotated.labels)
    held = held_bounds(codes, len(names))
    bound = _held("people_ambient_bound", "AmbiEnt: draws in which the bound of two crowd workers holds the error", held, annotated.origin, False)
    return (verdict_told, bound), (_bound_row("AmbiEnt, crowd", codes, held),)


def _held(code: str, says: str, held: Held, origin: str, aimed: bool) -> Figure:
    method = f"share of {held.draws} draws of {held.items} items, a random pair of the labels of each; Clopper-Pearson interval of draws"
    interval = clopper_pearson(float(held.held), float(held.draws))
    aim = Aim(low=0.93, source="protocol, 4") if aimed else None
    return Figure(code, says, held.held / held.draws, interval, held.draws, "draws", method, origin, aim=aim, first_reading=not aimed)


def _bound_row(name: str, codes: Integers, held: Held) -> tuple[Cell, ...]:
    alpha = krippendorff_alpha(codes)
    shown = None if alpha is None else round(alpha.value, 3)
    numbers = (held.truth, *held.bound, held.disagreement)
    return (name, len(codes), codes.shape[1], shown, *(round(number, 3) for number in numbers))


def _bounds(*rows: tuple[Cell, ...]) -> Table:
    columns = (
        "data",
        "items",
        "people",
        "Krippendorff's alpha",
        "error of the best decoder",
        "bound from (mean)",
        "to (mean)",
        "disagreement of two",
    )
    return Table("people_bounds", "The bound of two coders against the error of the best decoder", columns, rows)


def _senses_figure(name: str, found: word_entropy.Senses) -> Figure:
    rank = found.rank
    words = f"{rank.n} of {len(found.truth)} words have enough neighbours"
    left = f"; {rank.left_out} draws without a value left out" if rank.left_out else ""
    return Figure(
        f"people_senses_{name}",
        f"{name}: effective senses go with the entropy of the {'senses' if name == 'semcor' else 'readings'} that people marked",
        rank.value,
        rank.interval,
        rank.n,
        "words",
        f"Spearman's rho over words, senses split at {found.threshold:.2f}; {words}; percentile bootstrap over words{left}",
        found.origin,
        aim=Aim(low=0.5, source="protocol, 4"),
        first_reading=False,
        undefined_because=rank.undefined_because,
    )


def _senses_table(senses: Sequence[tuple[str, word_entropy.Senses]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, found in senses:
        scores = {"effective senses": found.rank} | found.others
        for score, rank in scores.items():
            ends = (None, None) if rank.interval is None else (round(rank.interval[0], 3), round(rank.interval[1], 3))
            rows.append((name, found.language, score, rank.n, None if rank.value is None else round(rank.value, 3), *ends))
    columns = ("data", "language", "score", "words", "Spearman", "from", "to")
    return Table("people_senses_scores", "Scores of words against the entropy of their senses or readings", columns, tuple(rows))
