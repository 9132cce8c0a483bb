"""Labels that documents carry without a table: the folder they lie in, the mailbox or folder of a mail, the first word of a file name, and the
category that they give themselves, in front matter or in the properties of an Office file.

A name counts as a label only where it looks like a category: names that are dates, numbers, languages or identifiers are none, and folders that
differ by a number alone are parts of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import polars as pl
import xxhash
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from corpuskit.counts.joint import LabelledMessages
from corpuskit.counts.sparse import empty, freeze
from corpuskit.counts.stats import FIRST_TERMS, CorpusStats
from corpuskit.text import FEATURES

MOST_DOCUMENTS = 6_000
"""Documents used of each kind of place at most, those with the smallest hash of their name; because the estimators use no more messages either."""

DEEPEST = 4
"""Folder levels looked at, because deeper ones tell single matters and no categories."""

NAMED_SHARE = 0.2
"""Share of the documents whose file names must begin with a word that enough others begin with, because the habit of a few files is no category."""

MAILS = frozenset({"eml", "msg"})
"""Readers of mails."""

NO_CATEGORY = re.compile(
    "en|eng|english|en-us|ja|jp|jpn|japanese|ja-jp|de|fr|zh|cn|ko|英語|日本語|英文|和文|new|old|tmp|temp|cur|misc|others?|img|dsc|image|scan|copy|page|"
    "docs?|documents?|files?|untitled|readme|その他|旧|新|案|版|コピー|スキャン|無題|文書|資料|添付|ファイル|フォルダー?"
)
"""Names that say how, when or in which language something was written and not what it is."""

TIME_WORDS = re.compile(
    "fy|q|h|r|s|v|vol|no|ver|rev|part|week|month|year|年|月|日|年度|期|第|号|版|回|分|上期|下期|上半期|下半期|四半期|令和|平成|昭和|"
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
"""Words of dates and numbers."""

_LETTERS = re.compile(r"[^\W\d_]+")
_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_JAPANESE = "぀-ヿ一-鿿々ー"
_FIRST_WORD = re.compile(
    rf"[\s【\[(「]*(?:(?P<code>[A-Z]{{2,10}})(?=[\s_\-]?\d|[_\-])|(?P<word>[a-z]{{3,20}})(?=[\s_\-]?\d)|(?P<japanese>[{_JAPANESE}]{{2,12}})(?=[\s_\-】\])」\d]))",
)

Places = Mapping[str, str]


@dataclass(frozen=True)
class _Kind:
    """Documents labelled in one way: ``name`` (folders, mail_folders, file_names, categories), what the labels look like, label of each document."""

    name: str
    pattern: str
    label_of: Places


def labelled_documents(stats: CorpusStats, fewest: int = 5) -> tuple[LabelledMessages, ...]:
    """Give the documents that folders, mail folders or file names put into categories, each document one message.

    Parameters
    ----------
    stats : CorpusStats
    fewest : int
        Documents that at least two categories must have.

    Returns
    -------
    tuple of LabelledMessages
        With subjects ``labels:folders``, ``labels:mail_folders``, ``labels:file_names`` and ``labels:categories``, as far as there are such; a kind
        that parts the documents as an earlier one does is left out. ``column`` shows what the labels look like (``pages/*/``), ``document`` is the
        first document, locators are the documents' ids, features are the words hashed to the same number of columns as character n-grams elsewhere.

    Notes
    -----
    Documents with a label column are left out, and of exact copies or versions of one document (same series) all stand in one fold group, like mails
    with one subject. Facets are ``language``, ``month`` (of documents that tell their date themselves) and, where the folder is not the label itself,
    ``source`` (first folder).
    """
    tables = set(stats.labels["document"].unique())
    documents = stats.documents.filter(~pl.col("document").is_in(list(tables)) & (pl.col("tokens") > 0))
    mails = [name for name, reader in documents.select("document", "reader").iter_rows() if reader in MAILS]
    others = [name for name, reader in documents.select("document", "reader").iter_rows() if reader not in MAILS]
    found: list[_Kind] = []
    own = dict(documents.filter(pl.col("category") != "").select("document", "category").iter_rows())
    for kind in (by_folder(others, fewest), by_mail_folder(mails, fewest), by_first_word(others, fewest), by_category(own, fewest)):
        if kind is not None and not any(_same_parts(kind.label_of, earlier.label_of) for earlier in found):
            found.append(kind)
    return tuple(_messages(stats, kind) for kind in found)


def is_category(name: str) -> bool:
    """Tell whether a name may stand for a kind of document: it has letters that are neither a date, a language nor an identifier."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    if NO_CATEGORY.fullmatch(plain) or _HEXADECIMAL.fullmatch(plain.replace("_", "-")):
        return False
    words = [word for word in _LETTERS.findall(plain) if not TIME_WORDS.fullmatch(word) and not NO_CATEGORY.fullmatch(word)]
    return any(len(word) > 1 or not word.isascii() for word in words)


def without_numbers(name: str) -> str:
    """Give a name as a category: NFKC, digits and the signs around them gone ("01_Contracts" and "Contracts" are one, so are "part1" and "part2")."""
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"^[\s_.\-]+|[\s_.\-]+$", "", re.sub(r"[\s_.\-]*\d+[\s_.\-]*", " ", plain)).strip() or plain


def by_folder(documents: Sequence[str], fewest: int) -> _Kind | None:
    """Choose the folder level whose categories tell most in all: the largest ``-sum_k n_k log(n_k / n)`` over folders with enough documents."""
    best: tuple[float, int, Places] | None = None
    folders = {name: PurePosixPath(name).parts[:-1] for name in documents}
    for level in range(DEEPEST):
        deep = {name: parts[level] for name, parts in folders.items() if len(parts) > level}
        labels = {folder: without_numbers(folder) for folder in set(deep.values()) if is_category(folder)}
        label_of = {name: labels[folder] for name, folder in deep.items() if folder in labels}
        told = _information(label_of.values(), fewest)
        if told > 0 and (best is None or told > best[0] + 1e-9):
            best = (told, level, label_of)
    if best is None:
        return None
    _, level, chosen = best
    fronts = {PurePosixPath(name).parts[:level] for name in chosen}
    front = "/".join(fronts.pop()) if len(fronts) == 1 else "/".join("*" * level)
    return _Kind("folders", f"{front}/*/".lstrip("/"), chosen)


def by_mail_folder(mails: Sequence[str], fewest: int) -> _Kind | None:
    """Label each mail with the folder or mailbox file that holds it."""
    label_of: dict[str, str] = {}
    for name in mails:
        folders = [part for part in PurePosixPath(name).parts[:-1] if part not in ("cur", "new", "tmp")]
        label = re.sub(r"\.(mbox|mbx|pst|zip)$", "", folders[-1], flags=re.IGNORECASE) if folders else ""
        if label and is_category(label):
            label_of[name] = without_numbers(label)
    return _Kind("mail_folders", "*/", label_of) if _information(label_of.values(), fewest) > 0 else None


def by_first_word(documents: Sequence[str], fewest: int) -> _Kind | None:
    """Label each document with the first word of its file name where that looks like a kind: capitals (INV-12), or a word before a number or sign."""
    label_of = {}
    for name in documents:
        match = _FIRST_WORD.match(unicodedata.normalize("NFKC", PurePosixPath(name).stem))
        word = (match["code"] or match["word"] or match["japanese"]) if match else ""
        if word and is_category(word):
            label_of[name] = word
    sizes = Counter(label_of.values())
    label_of = {name: word for name, word in label_of.items() if sizes[word] >= fewest}
    if _information(label_of.values(), fewest) <= 0 or len(label_of) < NAMED_SHARE * len(documents):
        return None
    names = sorted(set(label_of.values()), key=lambda word: (-sizes[word], word))
    return _Kind("file_names", ", ".join(f"{word}*" for word in names[:3]), label_of)


def by_category(categories: Places, fewest: int) -> _Kind | None:
    """Label each document with the category that it gives itself.

    Parameters
    ----------
    categories : mapping from str to str
        Of the documents that name one.
    """
    label_of = {name: unicodedata.normalize("NFKC", category).strip() for name, category in categories.items() if is_category(category)}
    return _Kind("categories", "category", label_of) if _information(label_of.values(), fewest) > 0 else None


def _information(labels: Iterable[str], fewest: int) -> float:
    """Give ``-sum n_k log(n_k / n)`` of the labels with enough documents, 0 where there are fewer than two."""
    sizes = np.array([size for size in np.unique(list(labels), return_counts=True)[1] if size >= fewest], np.float64)
    return float(-(sizes * np.log(sizes / sizes.sum())).sum()) if sizes.size > 1 else 0.0


def _same_parts(one: Places, other: Places) -> bool:
    """Tell whether two kinds of labels say the same of the documents that both label, which are nearly all of the first."""
    both = [(one[name], other[name]) for name in one if name in other]
    pairs = set(both)
    return len(both) >= 0.9 * len(one) and len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})


def _messages(stats: CorpusStats, kind: _Kind) -> LabelledMessages:
    names = sorted(kind.label_of, key=lambda name: xxhash.xxh3_64_intdigest(name.encode()))[:MOST_DOCUMENTS]
    frame = stats.documents.filter(pl.col("document").is_in(names))
    documents = frame["document"].to_list()
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
        name_features=_hashed_names(label_names),
        description_features=None,
        unlabelled_features=_hashed(empty((0, 0)), []),
        language=str(frame["language"].mode().sort()[0]),
        stop=_frozen(stats.terms["stop"].gather(used).to_numpy().copy(), np.bool_),
        facets=_facets(frame, kind),
    )


def words_of_documents(stats: CorpusStats, documents: Sequence[str]) -> csr_matrix:
    """Count the terms of each of these documents, text and headings together."""
    place = pl.DataFrame({"document": documents}).with_row_index("place")
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


def _hashed_names(names: Sequence[str]) -> csr_matrix:
    words = [_LETTERS.findall(unicodedata.normalize("NFKC", name).casefold()) for name in names]
    terms = sorted({word for each in words for word in each})
    rows = [row for row, each in enumerate(words) for _ in each]
    columns = [terms.index(word) for each in words for word in each]
    return _hashed(csr_matrix((np.ones(len(rows), np.int64), (rows, columns)), shape=(len(names), len(terms))), terms)


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


def _facets(frame: pl.DataFrame, kind: _Kind) -> dict[str, tuple[str, ...]]:
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
