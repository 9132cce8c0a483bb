"""Labels that documents carry without a table: the folder they lie in, the mailbox or folder of a mail, the first word of a file name, and the
category that they give themselves, in front matter or in the properties of an Office file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from corpuskit.counts.definitions import Definitions
from corpuskit.counts.document_places import (
    FEWEST_IN_PLACE,
    MAILS,
    LabelOf,
    Places,
    by_category,
    by_first_word,
    by_folder,
    by_mail_folder,
    without_numbers,
)
from corpuskit.counts.joint import LabelledMessages
from corpuskit.counts.labelled import described_features
from corpuskit.counts.sparse import freeze
from corpuskit.counts.stats import FIRST_TERMS, CorpusStats
from corpuskit.text import FEATURES

MOST_DOCUMENTS = 6_000
"""Documents used of each kind of place at most, those with the smallest hash of their name; because the estimators use no more messages either."""


def labelled_documents(
    stats: CorpusStats, fewest: int = FEWEST_IN_PLACE, definitions: Mapping[str, str] | None = None
) -> tuple[LabelledMessages, ...]:
    """Give the documents that folders, mail folders or file names put into categories, each document one message.

    Parameters
    ----------
    stats : CorpusStats
    fewest : int
        Documents that at least two categories must have.
    definitions : mapping or None
        Category to description, where the owner has written any.

    Returns
    -------
    tuple of LabelledMessages
        With subjects ``labels:folders``, ``labels:mail_folders``, ``labels:file_names`` and ``labels:categories``, as far as there are such; a kind
        that parts the documents as an earlier one does is left out. ``column`` shows what the labels look like (``pages/*/``), ``document`` is the
        first document, locators are the documents' ids, features are the words hashed to the same number of columns as character n-grams elsewhere;
        descriptions are hashed as character n-grams, to go with :func:`~corpuskit.counts.spelled_documents`. Without a label are mails that lie where
        a mail program puts what comes in. Documents beyond :data:`MOST_DOCUMENTS` of either stand in ``not_read``.

    Notes
    -----
    Documents with a label column are left out, and of exact copies or versions of one document (same series) all stand in one fold group, like mails
    with one subject. Facets are ``language``, ``month`` (of documents that tell their date themselves) and, where the folder is not the label itself,
    ``source`` (first folder).
    """
    return tuple(_messages(stats, kind, definitions) for kind in places_of_documents(stats, fewest))


def places_of_documents(stats: CorpusStats, fewest: int = FEWEST_IN_PLACE) -> tuple[Places, ...]:
    """Give the kinds of places that put documents into categories, as :func:`labelled_documents` reads them."""
    tables = set(stats.labels["document"].unique())
    documents = stats.documents.filter(~pl.col("document").is_in(list(tables)) & (pl.col("tokens") > 0))
    mails = [name for name, reader in documents.select("document", "reader").iter_rows() if reader in MAILS]
    others = [name for name, reader in documents.select("document", "reader").iter_rows() if reader not in MAILS]
    found: list[Places] = []
    own = dict(documents.filter(pl.col("category") != "").select("document", "category").iter_rows())
    for kind in (by_folder(others, fewest), by_mail_folder(mails, fewest), by_first_word(others, fewest), by_category(own, fewest)):
        if kind is not None and not any(_same_parts(kind.label_of, earlier.label_of) for earlier in found):
            found.append(kind)
    return tuple(found)


def _same_parts(one: LabelOf, other: LabelOf) -> bool:
    """Tell whether two kinds of labels say the same of the documents that both label, which are nearly all of the first."""
    both = [(one[name], other[name]) for name in one if name in other]
    pairs = set(both)
    return len(both) >= 0.9 * len(one) and len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def _messages(stats: CorpusStats, kind: Places, definitions: Mapping[str, str] | None) -> LabelledMessages:
    frame, waiting = _read(stats, kind.label_of), _read(stats, kind.unsorted)
    documents, unsorted = frame["document"].to_list(), waiting["document"].to_list()
    labels = [kind.label_of[name] for name in documents]
    label_names = sorted(set(labels))
    words = words_of_documents(stats, documents)
    used = np.unique(words.indices)
    terms = stats.terms["form"].gather(used).to_list()
    counts = csr_matrix(words[:, used])
    return LabelledMessages(
        subject=f"labels:{kind.name}",
        document=documents[0],
        column=kind.pattern,
        locators=tuple(documents),
        features=_hashed(counts, terms),
        term_counts=freeze(counts),
        terms=tuple(terms),
        first_terms=_frozen(np.full((len(documents), FIRST_TERMS), -1), np.int32),
        labels=_frozen(np.searchsorted(label_names, labels), np.int64),
        label_names=tuple(label_names),
        fold_groups=_frozen(held_together(frame, kind.name == "mail_folders"), np.int64),
        description_features=described_features(label_names, _meanings(definitions, kind.label_of)),
        unlabelled_features=_features_of(stats, unsorted),
        language=str(frame["language"].mode().sort()[0]),
        unlabelled_locators=tuple(unsorted),
        stop=_frozen(stats.terms["stop"].gather(used).to_numpy().copy(), np.bool_),
        facets=_facets(frame, kind),
        not_read=_not_read(kind, {*documents, *unsorted}),
    )


def _read(stats: CorpusStats, names: Iterable[str]) -> pl.DataFrame:
    """Give the rows of at most :data:`MOST_DOCUMENTS` of these documents."""
    chosen = sorted(names, key=lambda name: xxhash.xxh3_64_intdigest(name.encode()))[:MOST_DOCUMENTS]
    return stats.documents.filter(pl.col("document").is_in(chosen))


def _not_read(kind: Places, read: set[str]) -> dict[str, str]:
    """Give the other documents of these places, with their label, then those that wait."""
    others = {name: label for name, label in sorted(kind.label_of.items()) if name not in read}
    return others | {name: "" for name in sorted(kind.unsorted) if name not in read}


def _meanings(definitions: Mapping[str, str] | None, label_of: LabelOf) -> dict[str, str]:
    """Give the descriptions under the names that labels have here: of "01_Contracts" under "Contracts" too.

    A description that is for some sources only is left out where documents of others have the label: it does not speak of them.
    """
    given, sources = Definitions.of(definitions), defaultdict[str, set[str]](set)
    for document, label in label_of.items():
        sources[label].add(document.split("/", 1)[0])
    of_source = {source: _by_plain_name(given.for_document(source)) for source in set().union(*sources.values())}
    told = {label: {of_source[source].get(label) for source in own} for label, own in sources.items()}
    return {label: meaning for label, meanings in told.items() if len(meanings) == 1 for meaning in meanings if meaning}


def _by_plain_name(given: Mapping[str, str]) -> dict[str, str]:
    return {without_numbers(name): meaning for name, meaning in given.items()} | dict(given)


def _features_of(stats: CorpusStats, documents: Sequence[str]) -> csr_matrix:
    """Give the hashed words of documents."""
    words = words_of_documents(stats, documents)
    used = np.unique(words.indices)
    return _hashed(csr_matrix(words[:, used]), stats.terms["form"].gather(used).to_list())


def words_of_documents(stats: CorpusStats, documents: Sequence[str]) -> csr_matrix:
    """Count the terms of each of these documents, text and headings together."""
    place = pl.DataFrame({"document": documents}, schema={"document": pl.String}).with_row_index("place")
    rows = stats.sections.select("document").with_row_index("row").join(place, on="document", how="inner")
    row, own = rows["row"].to_numpy(), rows["place"].to_numpy()
    belongs = csr_matrix((np.ones(row.size, np.int64), (own, np.arange(row.size))), shape=(len(documents), row.size))
    counted = csr_matrix(belongs @ (stats.section_terms[row] + stats.heading_terms[row]))
    counted.sum_duplicates()
    return counted


def _hashed(counts: csr_matrix, terms: Sequence[str]) -> csr_matrix:
    """Add up the counts of words that share a column."""
    columns = np.array([xxhash.xxh3_64_intdigest(term.encode()) % FEATURES for term in terms], np.int64)
    ends = counts.indptr.copy()  # adding up changes it in place
    matrix = csr_matrix((counts.data.astype(np.float32), columns[counts.indices], ends), shape=(counts.shape[0], FEATURES))
    matrix.sum_duplicates()
    return freeze(matrix)


def held_together(frame: pl.DataFrame, mails: bool) -> NDArray[np.int64]:
    """Number groups of documents that copies, a series or (of mails) a subject join."""
    folders = [str(PurePosixPath(name).parent) for name in frame["document"]]
    series = [f"{folder}/{name}" if name else "" for folder, name in zip(folders, frame["series"].fill_null(""), strict=True)]
    keys: list[Sequence[Any]] = [frame["text_hash"].to_list(), series]
    if mails:
        keys.append([re.sub(r"^(\s*(re|fw|fwd|返信|転送|aw)\s*[:：]\s*)+", "", title or "", flags=re.IGNORECASE) for title in frame["title"]])
    starts: list[int] = []
    ends: list[int] = []
    for values in keys:
        first: dict[Any, int] = {}
        for row, value in enumerate(values):
            if value:
                starts.append(first.setdefault(value, row))
                ends.append(row)
    edges = coo_matrix((np.ones(len(starts)), (np.array(starts, np.int64), np.array(ends, np.int64))), shape=(frame.height, frame.height))
    return np.asarray(connected_components(edges, directed=False)[1], np.int64)


def _facets(frame: pl.DataFrame, kind: Places) -> dict[str, tuple[str, ...]]:
    own = pl.when(pl.col("dated_by") == "metadata").then(pl.col("modified").fill_null("")).otherwise(pl.lit(""))
    months = frame.select(pl.when(pl.col("effective").fill_null("") != "").then("effective").otherwise(own).str.slice(0, 7)).to_series()
    facets = {"language": tuple(frame["language"]), "month": tuple(months)}
    if kind.name != "folders":
        parts = [PurePosixPath(name).parts for name in frame["document"]]
        facets["source"] = tuple(part[0] if len(part) > 1 else "" for part in parts)
    return facets


def _frozen(values: Any, kind: type[np.generic]) -> Any:
    array = np.asarray(values, kind)
    array.flags.writeable = False
    return array
