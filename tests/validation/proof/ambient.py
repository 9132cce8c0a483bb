"""AmbiEnt: pairs of sentences whose readings linguists named, what six language models said of the readings, and what crowd workers said.

The answers and the crowd are of the report part as a whole; on the development part made pairs of the same shape stand in for them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.estimators.documents.predictability import MOST_UNSEEN, held_out_losses
from corpuskit.estimators.labels.message_groups import link_near_copies
from corpuskit.estimators.vocabulary.public_rarity import TERMS
from corpuskit.estimators.vocabulary.public_words import PublicWords, public_words
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions, hashed_features, tokenize
from tests.validation.proof.data_sets import Part
from tests.validation.proof.results import Cell, Figure, Table
from tests.validation.proof.runs import OverRuns, Run, areas, mean_over_runs, over_runs
from tests.validation.proof.statistics import DRAWS_OF_AREAS

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SOURCE = Source(path="x", sha256="0" * 64, bytes=1, modified="2024-04-01T00:00:00Z", reader="text")
NO_MODEL = ("id", "ambiguous_sentence", "disambiguation", "template", "answer")
"""Columns of ``llm_true_false.jsonl.gz`` that are no model."""

SCORES = {
    "length": "length of the pair in characters",
    "readings": "number of readings named by linguists (an oracle, which no tool has)",
    "rarity": "share of its content words that are rare in public",
    "predictability": "nats a word, foretold from the other pairs",
}
THIN_DRAWS = 200


class Pair(NamedTuple):
    """A pair of sentences: what it says, whether linguists call it ambiguous, and how many readings they named (0 for none)."""

    id: str
    text: str
    text_b: str
    ambiguous: bool
    readings: int


class Told(NamedTuple):
    """Figures, tables and notes for the page."""

    figures: tuple[Figure, ...]
    tables: tuple[Table, ...]
    notes: tuple[str, ...]


def of_answers(data: Path | None, part: Part, thin: bool) -> Told:
    """Hold label-free numbers of pairs against the answers of the models."""
    if data is None or thin or part == "development":
        pairs, answers, origin = (*made_pairs(), "made pairs and answers")
    else:
        folder = data / "ambiguity" / "ambient"
        pairs, answers = read_pairs(folder), read_rows(folder / "llm_true_false.jsonl.gz")
        origin = "AmbiEnt, six language models"
    return told(pairs, answers, origin, THIN_DRAWS if thin else DRAWS_OF_AREAS)


def read_rows(file: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def read_pairs(folder: Path) -> list[Pair]:
    """Read the pairs; ids are numbers and strings, so all are made strings."""
    rows = read_rows(folder / "data.jsonl.gz")
    return [Pair(str(row["id"]), row["text"], row["text_b"], bool(row["ambiguous"]), len(row["disambiguations"])) for row in rows]


def told(pairs: Sequence[Pair], answers: Sequence[dict[str, Any]], origin: str, draws: int) -> Told:
    """Measure how far each score tells wrong answers from right ones."""
    known = {pair.id: place for place, pair in enumerate(pairs)}
    place = np.array([known[str(row["id"])] for row in answers], np.int64)
    runs = runs_of(answers)
    by_pair, unseen = scores(pairs)
    features = hashed_features([f"{pair.text} {pair.text_b}" for pair in pairs])
    groups = np.unique(link_near_copies(features, np.arange(len(pairs)))[place], return_inverse=True)[1].astype(np.int64)
    found = over_runs(runs, groups, areas([by_pair[name][place] for name in SCORES], wanted=lambda run: ~run.right), draws)
    method = (
        f"mean over {len(runs)} models of the area under the curve for wrong answers (.5: tells nothing); percentile bootstrap over groups of near "
        f"copies, all answers to a pair in one, {draws:,} draws"
    )
    figures = tuple(_figure(name, says, found, column, len(answers), method, origin) for column, (name, says) in enumerate(SCORES.items()))
    notes = (
        f"AmbiEnt: {len(set(place.tolist())):,} pairs have answers. Expected before the run: what corpuskit gives without labels does not tell (.45 "
        "to .55); no aim was set. An audit gives rarity and predictability of folders; here their functions are put to each pair.",
        f"{unseen:.1%} of the words of the pairs stand in no other pair; above {MOST_UNSEEN:.0%} an audit refuses predictability for such a folder.",
    )
    return Told(figures, (_by_model(runs, found),), notes)


def runs_of(answers: Sequence[dict[str, Any]]) -> tuple[Run, ...]:
    """Give each model's answers as a run over the rows; rows that it left without an answer are not in it."""
    models = sorted({name for row in answers for name in row} - set(NO_MODEL))
    runs = []
    for model in models:
        rows = [number for number, row in enumerate(answers) if row.get(model) is not None]
        right = np.array([answers[number][model] == answers[number]["answer"] for number in rows], np.bool_)
        runs.append(Run(model, np.array(rows, np.int64), right, np.full(len(rows), np.nan)))
    return tuple(runs)


def scores(pairs: Sequence[Pair], words: PublicWords | None = None) -> tuple[dict[str, Floats], float]:
    """Give each pair the scores of :data:`SCORES`, nan where it has none, and the share of words that stand in no other pair."""
    tokens = _tokens(pairs)
    losses, unseen = predictability(tokens, len(pairs))
    return {
        "length": np.array([float(len(pair.text) + len(pair.text_b)) for pair in pairs]),
        "readings": np.array([float(pair.readings) for pair in pairs]),
        "rarity": rarity(tokens, len(pairs), words or public_words("en")),
        "predictability": losses,
    }, unseen


def _tokens(pairs: Sequence[Pair]) -> pl.DataFrame:
    """Cut the pairs into words: columns ``pair``, ``sentence``, ``form``, ``stop``, in the order of the text, punctuation left out."""
    documents = (Document(f"{number:06}", SOURCE, (Section(pair.text), Section(pair.text_b))) for number, pair in enumerate(pairs))
    frames = []
    for batch in tokenize(documents, TextOptions()):
        sections = batch.sections.select("section", pl.col("document").cast(pl.Int64).alias("pair"))
        words = batch.tokens.join(batch.terms.select("term", "form", "word", "stop"), on="term").filter("word").join(sections, on="section")
        frames.append(words.sort("section", "position").select("pair", "sentence", "form", "stop"))
    return pl.concat(frames)


def rarity(tokens: pl.DataFrame, pairs: int, words: PublicWords | None) -> Floats:
    """Give the share of the content words of each pair that the public list does not hold, shape (pairs,); nan without a list or such words."""
    found = np.full(pairs, np.nan)
    if words is None:
        return found
    content = tokens.filter(~pl.col("stop") & pl.col("form").str.contains(TERMS))
    absent = {form: words.standing(form) == "absent" for form in content["form"].unique().to_list()}
    place = content["pair"].to_numpy()
    held = np.bincount(place, minlength=pairs)
    rare = np.bincount(place, weights=[float(absent[form]) for form in content["form"].to_list()], minlength=pairs)
    return np.asarray(np.divide(rare, held, out=found, where=held > 0))


def predictability(tokens: pl.DataFrame, pairs: int) -> tuple[Floats, float]:
    """Give the loss of each pair, foretold from all others by the model of an audit, in nats a word, and the share of unseen words."""
    forms, code = np.unique(tokens["form"].to_list(), return_inverse=True)
    pair, sentence = tokens["pair"].to_numpy().astype(np.int64), tokens["sentence"].to_numpy().astype(np.int64)
    size = len(forms)
    words = csr_matrix((np.ones(len(code), np.int64), (pair, code)), shape=(pairs, size))
    words.sum_duplicates()
    follows = np.flatnonzero((np.diff(pair) == 0) & (np.diff(sentence) == 0))
    blocks = []
    for number in range(pairs):
        own = follows[np.searchsorted(pair[follows], number) : np.searchsorted(pair[follows], number, side="right")]
        block = csr_matrix((np.ones(len(own), np.int64), (code[own], code[own + 1])), shape=(size, size))
        block.sum_duplicates()
        blocks.append(block)
    total = csr_matrix((np.ones(len(follows), np.int64), (code[follows], code[follows + 1])), shape=(size, size))
    total.sum_duplicates()
    losses, counts, unseen = held_out_losses(total, tuple(blocks), words)
    found = np.full(pairs, np.nan)
    found[np.diff(words.indptr) > 0] = losses / counts
    return found, float(unseen.sum() / counts.sum())


def _figure(name: str, says: str, found: OverRuns, column: int, n: int, method: str, origin: str) -> Figure:
    each = mean_over_runs(found, column, n)
    told_so = f"{method}; {each.left_out} draws without a value left out" if each.left_out else method
    return Figure(
        f"items_ambient_{name}",
        f"AmbiEnt: wrong answers of language models are told by: {says}",
        each.value,
        each.interval,
        n,
        "answers",
        told_so,
        origin,
        undefined_because=each.undefined_because,
    )


def _by_model(runs: Sequence[Run], found: OverRuns) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for run, values in zip(runs, found.values, strict=True):
        rows.append(
            (run.name, len(run.rows), round(float(run.right.mean()), 3), *(None if np.isnan(value) else round(float(value), 3) for value in values))
        )
    columns = ("model", "answers", "accuracy", *(re.sub(r" \(.*", "", says) for says in SCORES.values()))
    return Table("items_ambient_by_model", "AmbiEnt: area under the curve for wrong answers, by model", columns, tuple(rows))


WORDS = (
    *("river", "bank", "board", "table", "spring", "light", "fair", "note", "match", "plant", "crane", "bark", "bat", "club", "date", "seal"),
    *("ring", "file", "mine", "park", "pitch", "rock", "scale", "well", "snorvel", "quambit"),
)


def made_pairs(pairs: int = 120, seed: int = 0) -> tuple[list[Pair], list[dict[str, Any]]]:
    """Make pairs with two to four readings, and answers of two models that are wrong more often the longer the pair is."""
    random = np.random.default_rng(seed)
    made, answers = [], []
    for number in range(pairs):
        first, second = (" ".join(random.choice(WORDS, int(random.integers(4, 16)))) for _ in range(2))
        made.append(Pair(f"{number}_m", f"The {first}.", f"A {second}.", True, int(random.integers(2, 5))))
        chance = (len(first) + len(second)) / 200
        for template in range(4):
            answer = bool(random.random() < 0.5)
            row: dict[str, Any] = {"id": f"{number}_m", "ambiguous_sentence": "premise", "disambiguation": "", "template": template, "answer": answer}
            answers.append(row | {f"made model {name}": bool(answer != (random.random() < chance)) for name in (1, 2)})
    answers[0]["made model 1"] = None
    return made, answers
