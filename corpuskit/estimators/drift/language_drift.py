"""Drift of one corpus against another: what it is about, which languages it is in, how much of it is new."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix, vstack

from corpuskit.counts import CorpusStats
from corpuskit.estimators.decisions.comparison import holm
from corpuskit.estimators.drift.divergence import Divergence, divergence
from corpuskit.estimators.drift.units import Sides, Units, sides_of
from corpuskit.text import source_of

ALPHA = 0.01
"""Probability of a false alarm of all measures together; because a comparison is made every week, and one a week in a hundred is one in two years."""

LISTED = 10
"""Terms that are named on each side, because more are not read."""

LEAST_UNITS = 5
"""Units of a side that a named term stands in; because a term of fewer is chance, or a person's name."""


class MovedTerm(NamedTuple):
    """A term that became more or less frequent: times in a thousand words of each side, and its part of the divergence."""

    form: str
    first: float
    second: float
    part: float


class Drift(NamedTuple):
    """One measure of drift.

    Attributes
    ----------
    measure : {"terms", "languages", "formats", "sources", "labels", "personal_data"}
    subject : str
        The language of ``terms``, the column of ``labels``, the type of ``personal_data``; empty for mixes of documents.
    value, band : float
        Jensen-Shannon divergence in bits, and what random deals of the same units stay below in 95 of 100.
    p : float
        After Holm over all measures of the comparison.
    n_first, n_second : int
        Units: rows of tables, other documents.
    alarm : bool
    terms : tuple of MovedTerm
        The terms, or the values of a mix, that moved most; with an alarm only.
    """

    measure: str
    subject: str
    value: float
    band: float
    p: float
    n_first: int
    n_second: int
    alarm: bool
    terms: tuple[MovedTerm, ...]


def compare_corpora(first: CorpusStats, second: CorpusStats, seed: int = 0, alpha: float = ALPHA, *, new_only: bool = False) -> tuple[Drift, ...]:
    """Compare two corpora: words of each language, and mixes of languages, formats, sources (folders) and labels.

    Parameters
    ----------
    first : CorpusStats
        What was audited.
    second : CorpusStats
        What is compared with it.
    seed : int
        Of the deals.
    alpha : float
        Largest probability of any false alarm, by Holm 1979 over the measures.
    new_only : bool
        Compare only what the second corpus says and the first does not: of a folder that is audited again, the unchanged part would hide what came.

    Returns
    -------
    tuple of Drift
        A language with fewer than eight units on a side is left out, and so is a measure that cannot vary.
    """
    before = Units.of(first)
    return compare_units(before, Units.of(second, before.texts if new_only else frozenset()), seed, alpha)


def compare_units(before: Units, after: Units, seed: int = 0, alpha: float = ALPHA) -> tuple[Drift, ...]:
    """Compare units of two corpora, or of two parts of one; see :func:`compare_corpora`."""
    found: list[tuple[str, str, Divergence, Sides]] = []
    for language in sorted(set(before.stats.terms["language"].to_list()) & set(after.stats.terms["language"].to_list())):
        sides = sides_of(before, after, language)
        compared = divergence(sides.counts, sides.first, seed)
        if compared is not None:
            found.append(("terms", language, compared, sides))
    for measure, subject, values in _mixes(before, after):
        sides = _one_hot(values)
        compared = divergence(sides.counts, sides.first, seed)
        if compared is not None:
            found.append((measure, subject, compared, sides))
    adjusted = holm(np.array([one.p for _, _, one, _ in found]))
    return tuple(_drift(measure, subject, one, sides, float(p), alpha) for (measure, subject, one, sides), p in zip(found, adjusted, strict=True))


def _drift(measure: str, subject: str, one: Divergence, sides: Sides, p: float, alpha: float) -> Drift:
    alarm = p <= alpha
    terms = _moved(sides, one) if alarm else ()
    return Drift(measure, subject, one.value, one.band, p, one.n_first, one.n_second, alarm, terms)


def _moved(sides: Sides, one: Divergence) -> tuple[MovedTerm, ...]:
    """Name the terms that add most, those that stand in too few units of both sides left out."""
    held = csr_matrix(sides.counts > 0)
    within = np.maximum(_sum(held[: sides.first]), _sum(held[sides.first :]))[:-1]
    before, after = _sum(sides.counts[: sides.first]), _sum(sides.counts[sides.first :])
    order = np.argsort(-np.abs(one.contributions[:-1]), kind="stable")
    named = [place for place in order.tolist() if within[place] >= LEAST_UNITS][:LISTED]
    return tuple(
        MovedTerm(
            sides.forms[place],
            1000 * float(before[place]) / max(float(before.sum()), 1.0),
            1000 * float(after[place]) / max(float(after.sum()), 1.0),
            float(abs(one.contributions[place])),
        )
        for place in named
    )


def _sum(counts: csr_matrix) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.asarray(counts.sum(axis=0), dtype=np.int64).ravel()


class _Values(NamedTuple):
    """Values of one side, with what each of them says as a text: equal texts are one unit."""

    texts: list[int]
    values: list[str]


def _mixes(first: Units, second: Units) -> Iterator[tuple[str, str, tuple[_Values, _Values]]]:
    """Give the values of the units of each side, of their documents and of each labelled column; mixes without a choice are left out."""
    sides = (first, second)
    documents = [_documents(units) for units in sides]
    mixes: list[tuple[str, str, list[_Values]]] = [
        ("languages", "", [_Values(units.frame["text"].to_list(), units.frame["language"].to_list()) for units in sides]),
        ("formats", "", [_of(held, held["reader"].to_list()) for held in documents]),
        ("sources", "", [_of(held, [source_of(name) for name in held["document"]]) for held in documents]),
    ]
    labels = [_labels(units) for units in sides]
    for column in sorted(set(labels[0]["column"]) & set(labels[1]["column"])):
        of_column = [side.filter(pl.col("column") == column) for side in labels]
        mixes.append(("labels", column, [_of(rows, rows["value"].to_list()) for rows in of_column]))
    for kind in sorted({*first.stats.personal_data["type"], *second.stats.personal_data["type"]}):
        mixes.append(("personal_data", kind, [_holding(units, held, kind) for units, held in zip(sides, documents, strict=True)]))
    for measure, subject, (one, other) in mixes:
        if len({*one.values, *other.values}) > 1:
            yield measure, subject, (one, other)


def _of(rows: pl.DataFrame, values: list[str]) -> _Values:
    return _Values(rows["text"].to_list(), values)


def _documents(units: Units) -> pl.DataFrame:
    """Give the documents of the units, with what each says as a whole."""
    held = units.stats.documents.join(units.frame.select("document").unique(), on="document", how="semi")
    return held.with_columns(pl.col("text_hash").fill_null(pl.col("document").hash(seed=0)).alias("text"))


def _holding(units: Units, documents: pl.DataFrame, kind: str) -> _Values:
    """Tell for each document whether it holds a type of personal data."""
    of_kind = units.stats.personal_data.filter((pl.col("type") == kind) & (pl.col("count") > 0))
    held = set(of_kind["document"].to_list())
    return _of(documents, ["yes" if name in held else "no" for name in documents["document"]])


def _labels(units: Units) -> pl.DataFrame:
    """Give the labels of the units that are rows, by column wherever it stands: a file that is exported anew each month has another name."""
    rows = units.frame.filter(pl.col("ordinal").is_not_null()).select("document", "ordinal", "text")
    return units.stats.labels.join(rows, on=["document", "ordinal"], how="inner").sort("document", "ordinal")


def _one_hot(sides: tuple[_Values, _Values]) -> Sides:
    """Count the values of each text; nothing stands for the rest."""
    names = sorted({*sides[0].values, *sides[1].values})
    place = {name: column for column, name in enumerate(names)}
    matrices = []
    for side in sides:
        rows = np.unique(np.array(side.texts, dtype=np.uint64), return_inverse=True)[1]
        entries = (rows, np.array([place[value] for value in side.values], dtype=np.int64))
        height = int(rows.max()) + 1 if len(rows) else 0
        matrices.append(csr_matrix((np.ones(len(rows), np.int64), entries), shape=(height, len(names) + 1)))
    return Sides(tuple(names), csr_matrix(vstack(matrices)), int(matrices[0].shape[0]))
