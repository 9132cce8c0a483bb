"""Find the labelled messages of a corpus: one set for each table and label column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts.joint import LabelledMessages
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import CorpusStats
from corpuskit.ingest import OF_OTHERS, RATER, SECOND
from corpuskit.text import hashed_features


def labelled_messages(stats: CorpusStats, definitions: Mapping[str, str] | None = None) -> tuple[LabelledMessages, ...]:
    """Give the labelled messages of every table and label column that has at least two different labels.

    Parameters
    ----------
    stats : CorpusStats
    definitions : mapping, optional
        Label to description.

    Returns
    -------
    tuple of LabelledMessages
        By document and column. Empty where no document has labels.

    Notes
    -----
    A column ``second:<name>`` holds the labels of a second person: for the column ``<name>`` if there is one, else for the document's only label
    column, else for the columns that share a label with it. Columns ``rater:<name>`` hold the labels of many raters, for the document's only label
    column or those that share a label with them.
    """
    rows = stats.sections.with_row_index("row")
    placed = stats.labels.join(rows, on=["document", "ordinal"], how="inner", maintain_order="left")
    found = []
    for (document,), frame in placed.group_by("document", maintain_order=True):
        of_document = rows.filter((pl.col("document") == document) & (pl.col("kind") == "row"))
        first = frame.filter(~pl.col("column").str.contains(OF_OTHERS))
        for (column,), labelled in first.group_by("column", maintain_order=True):
            if labelled["value"].n_unique() < 2:
                continue
            without = of_document.join(labelled, on=["document", "ordinal"], how="anti", maintain_order="left")
            others = _second(frame, str(column)), _raters(frame, str(column))
            found.append(_messages(stats, str(column), labelled, *others, without, definitions))
    return tuple(sorted(found, key=lambda messages: (messages.document, messages.column)))


def _second(frame: pl.DataFrame, column: str) -> pl.DataFrame | None:
    """Choose the rows of the second person's column that belongs to a label column."""
    seconds = frame.filter(pl.col("column").str.starts_with(SECOND))
    firsts = frame.filter(~pl.col("column").str.contains(OF_OTHERS))
    own = set(firsts.filter(pl.col("column") == column)["value"])
    names = sorted(seconds["column"].unique())
    if SECOND + column in names:
        chosen = SECOND + column
    else:
        taken = {SECOND + name for name in firsts["column"].unique()}
        free = [name for name in names if name not in taken]
        if firsts["column"].n_unique() > 1:
            free = [name for name in free if own & set(seconds.filter(pl.col("column") == name)["value"])]
        if not free:
            return None
        chosen = free[0]
    return seconds.filter(pl.col("column") == chosen)


def _raters(frame: pl.DataFrame, column: str) -> pl.DataFrame | None:
    """Give the labels of raters, where they belong to a label column: to the document's only one, or to those that share a label with them."""
    said = frame.filter(pl.col("column").str.starts_with(RATER))
    firsts = frame.filter(~pl.col("column").str.contains(OF_OTHERS))
    if said.is_empty():
        return None
    shared = set(firsts.filter(pl.col("column") == column)["value"]) & set(said["value"])
    return said if shared or firsts["column"].n_unique() == 1 else None


def _messages(
    stats: CorpusStats,
    column: str,
    labelled: pl.DataFrame,
    second: pl.DataFrame | None,
    raters: pl.DataFrame | None,
    unlabelled: pl.DataFrame,
    definitions: Mapping[str, str] | None,
) -> LabelledMessages:
    rows = labelled["row"].to_numpy()
    document = str(labelled["document"][0])
    names = sorted(labelled["value"].unique())
    others = {value for said in (second, raters) if said is not None for value in said["value"]}
    names += sorted(others - set(names))
    index = {name: place for place, name in enumerate(names)}
    words = stats.section_terms[rows]
    used = np.unique(words.indices)
    return LabelledMessages(
        subject=f"labels:{document}#{column}",
        document=document,
        column=column,
        locators=tuple(labelled["locator"]),
        features=freeze(stats.features[rows]),
        term_counts=freeze(words[:, used]),
        terms=tuple(stats.terms["form"].gather(used)),
        first_terms=_first_terms(stats.first_terms[rows], used, stats.terms.height),
        labels=_frozen([index[value] for value in labelled["value"]]),
        label_names=tuple(names),
        fold_groups=_frozen(np.unique(labelled["text_hash"].to_numpy(), return_inverse=True)[1]),
        description_features=described_features(names, definitions),
        unlabelled_features=freeze(stats.features[unlabelled["row"].to_numpy()]),
        language=most_frequent_language(labelled["language"]),
        unlabelled_locators=tuple(unlabelled["locator"]),
        second=None if second is None else _second_labels(labelled, second, index),
        votes=None if raters is None else _votes(labelled, raters, index),
        stop=_stop(stats, used),
        facets={"language": tuple(labelled["language"]), "month": _months(labelled["month"])},
    )


def _first_terms(words: csr_matrix, used: Any, terms: int) -> Any:
    """Give the first words of messages as indices into ``used``, the rows of the terms that occur; -1 behind the last."""
    index = np.full(terms + 1, -1, np.int32)
    index[used + 1] = np.arange(used.size)
    first = index[words.toarray()]
    first.flags.writeable = False
    return first


def _stop(stats: CorpusStats, used: Any) -> Any:
    stop = stats.terms["stop"].gather(used).to_numpy().copy()
    stop.flags.writeable = False
    return stop


def _second_labels(labelled: pl.DataFrame, second: pl.DataFrame, index: dict[str, int]) -> Any:
    given = dict(zip(second["row"], second["value"], strict=True))
    return _frozen([index[given[row]] if row in given else -1 for row in labelled["row"]])


def _votes(labelled: pl.DataFrame, raters: pl.DataFrame, index: dict[str, int]) -> Any:
    """Count how many raters gave a message each label. Shape (messages, labels)."""
    place = {row: number for number, row in enumerate(labelled["row"])}
    votes = np.zeros((labelled.height, len(index)), np.int64)
    kept = [(place[row], index[value]) for row, value in raters.select("row", "value").iter_rows() if row in place]
    if kept:
        np.add.at(votes, tuple(np.array(kept).T), 1)
    votes.flags.writeable = False
    return votes


def _features(texts: Sequence[str]) -> csr_matrix:
    return freeze(csr_matrix(hashed_features(texts)))


def described_features(names: Sequence[str], definitions: Mapping[str, str] | None) -> csr_matrix | None:
    """Give the hashed character n-grams of what categories mean, row by row, empty rows where nothing is said; None where nothing is said of any."""
    described = [(definitions or {}).get(name, "").strip() for name in names]
    return _features(described) if any(described) else None


def most_frequent_language(languages: pl.Series) -> str:
    """Give the language of most messages; of equally frequent ones the first by name."""
    counted = languages.value_counts(name="messages").sort(["messages", languages.name], descending=[True, False])
    return str(counted[languages.name][0])


def _months(numbers: pl.Series) -> tuple[str, ...]:
    """Write months, ``YYYY-MM``, empty where there is none; one text for each month, because a table has many rows and few months."""
    written = {number: "" if number is None else f"{number // 100}-{number % 100:02}" for number in numbers.unique()}
    return tuple(written[number] for number in numbers)


def _frozen(values: Any) -> Any:
    array = np.asarray(values, np.int64)
    array.flags.writeable = False
    return array
