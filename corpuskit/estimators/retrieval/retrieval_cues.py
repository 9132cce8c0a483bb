"""What is searched and what it is searched with: passages, and the cues that should lead to them (headings, questions, titles of documents).

Counts hold words without their order and without punctuation, so a cue is a set of words. First sentences are not kept apart from the rest of a
text in the counts and cannot be tried.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, choose, give_back
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.text import normalise

Integers = NDArray[np.int64]

KINDS = ("body", "table", "notes")
"""Sections with a text of their own; rows, running heads and quotes repeat what stands elsewhere."""

QUESTION_WORDS = {
    "en": frozenset({"what", "who", "whom", "whose", "which", "when", "where", "why", "how"}),
    "ja": frozenset(
        {
            "何",
            "なに",
            "なん",
            "誰",
            "だれ",
            "どなた",
            "いつ",
            "どこ",
            "どれ",
            "どの",
            "どう",
            "どんな",
            "どちら",
            "なぜ",
            "何故",
            "いくら",
            "いくつ",
            "か",
        }
    ),
}
"""Words that ask. Question marks are no words and were not counted, and a Japanese question may end in nothing but か."""

LONGEST_WORD = 12
"""Characters of the longest word looked for in a Japanese title, because longer dictionary words are rarer than one in a thousand."""

_WORDS_APART = re.compile(r"[^\W_]+")
_SCRIPTS_APART = re.compile(r"[a-z0-9]+|[^\W_a-z0-9]+")


@dataclass(frozen=True, eq=False)
class Passages:
    """The different texts of one language that are searched; copies with equal text are one passage, as a search page folds them.

    Attributes
    ----------
    stats : CorpusStats
        Where they come from.
    language : str
    columns : int64 array, shape (terms,)
        Terms that are searched by: those of the language that are no function words.
    rows : int64 array, shape (passages,)
        Section of each passage, the first of its copies, ascending.
    passage_of_row : int64 array, shape (sections,)
        Passage of each section of the corpus; -1 for none.
    texts : csr_matrix, shape (passages, terms)
        Term counts without the heading.
    documents : int64 array, shape (passages,)
        Row of the document in ``stats.documents``.
    """

    stats: CorpusStats
    language: str
    columns: Integers
    rows: Integers
    passage_of_row: Integers
    texts: csr_matrix
    documents: Integers

    @property
    def n(self) -> int:
        """Number of passages."""
        return len(self.rows)


@dataclass(frozen=True, eq=False)
class Cues:
    """Cues of one kind.

    Attributes
    ----------
    kind : str
        ``headings``, ``questions`` or ``titles``.
    terms : csr_matrix of 0 and 1, shape (cues, terms)
        Words of each cue.
    own : int64 array, shape (cues,)
        Passage that should be found; for titles the place of their document among the documents that have passages.
    documents : int64 array, shape (cues,)
        Row of the cue's document: cues of one document are not independent.
    """

    kind: str
    terms: csr_matrix
    own: Integers
    documents: Integers

    @property
    def n(self) -> int:
        """Number of cues."""
        return len(self.own)

    def take(self, places: Integers | NDArray[np.bool_], kind: str | None = None) -> Cues:
        """Keep some of the cues."""
        return Cues(kind or self.kind, csr_matrix(self.terms[places]), self.own[places], self.documents[places])


def passages_of(stats: CorpusStats, language: str, options: EstimatorOptions) -> Passages:
    """Take the different texts of a language that are long enough to hold an answer."""
    of_language = (stats.terms["language"] == language).arg_true().to_numpy()
    columns = of_language[~stats.terms["stop"].gather(of_language).to_numpy().astype(bool)].astype(np.int64)
    chosen = ((stats.sections["language"] == language) & stats.sections["kind"].is_in(KINDS)).arg_true().to_numpy()
    counted = np.zeros(stats.section_terms.shape[1], np.int64)
    counted[columns] = 1
    long_enough = np.flatnonzero((stats.section_terms @ counted)[chosen] >= options.min_section_words)
    chosen = chosen[long_enough]
    _, first, group = np.unique(stats.sections["text_hash"].to_numpy()[chosen], return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    passage_of_row = np.full(stats.sections.height, -1, np.int64)
    passage_of_row[chosen] = place[group]
    kept = first[order]
    rows = chosen[kept].astype(np.int64)
    texts = choose(stats.section_terms, rows, columns)
    give_back(stats)  # what was read of the counts is the size of what follows
    return Passages(stats, language, columns, rows, passage_of_row, texts, document_rows(stats)[rows])


def document_rows(stats: CorpusStats) -> Integers:
    """Give the row in ``stats.documents`` of each section."""
    places = pl.DataFrame({"document": stats.documents["document"], "place": np.arange(stats.documents.height)})
    found = stats.sections.select("document").join(places, on="document", how="left", maintain_order="left")["place"]
    return found.fill_null(0).to_numpy().astype(np.int64)


def heading_cues(passages: Passages) -> Cues:
    """Take the headings that hold a word to search by; a heading that two copies of a passage have in common is one cue."""
    stats = passages.stats
    rows = np.flatnonzero(passages.passage_of_row >= 0)
    terms = csr_matrix(stats.heading_terms[rows][:, passages.columns])
    return _different(Cues("headings", _present(terms), passages.passage_of_row[rows], document_rows(stats)[rows]))


def question_cues(passages: Passages) -> Cues:
    """Take the headings that hold a question word (:data:`QUESTION_WORDS`)."""
    stats, asking = passages.stats, QUESTION_WORDS.get(passages.language, frozenset())
    asked = (stats.terms["language"] == passages.language) & stats.terms["form"].is_in(sorted(asking))
    rows = np.flatnonzero(passages.passage_of_row >= 0)
    rows = rows[np.asarray(stats.heading_terms[rows][:, asked.arg_true().to_numpy()].sum(axis=1)).ravel() > 0]
    terms = csr_matrix(stats.heading_terms[rows][:, passages.columns])
    return _different(Cues("questions", _present(terms), passages.passage_of_row[rows], document_rows(stats)[rows]))


def title_cues(passages: Passages) -> Cues:
    """Take the titles of documents with passages, by the words of the corpus in them; full copies have no passages of their own."""
    stats = passages.stats
    documents = np.unique(passages.documents)
    titles = [normalise(title) for title in stats.documents["title"].gather(documents).to_list()]
    forms = stats.terms["form"].gather(passages.columns).to_frame().with_row_index("column")
    if passages.language != "ja":  # Japanese titles are cut by all words there are
        forms = forms.filter(pl.col("form").is_in({word for title in titles for word in _WORDS_APART.findall(title)}))
    known = dict(forms.select("form", "column").iter_rows())
    cut = _longest_words if passages.language == "ja" else _words_apart
    found = [sorted(set(cut(title, known))) for title in titles]
    indptr = np.concatenate(([0], np.cumsum([len(words) for words in found]))).astype(np.int64)
    indices = np.array([column for words in found for column in words], np.int64)
    terms = csr_matrix((np.ones(len(indices)), indices, indptr), shape=(len(documents), len(passages.columns)))
    return _different(Cues("titles", terms, np.arange(len(documents)), documents))


def _words_apart(title: str, known: dict[str, int]) -> list[int]:
    return [known[word] for word in _WORDS_APART.findall(title) if word in known]


def _longest_words(title: str, known: dict[str, int]) -> list[int]:
    """Cut from left to right, the longest known word first (maximum matching); Latin words are taken whole."""
    found: list[int] = []
    for run in _SCRIPTS_APART.findall(title):
        if run.isascii():
            found += [known[run]] if run in known else []
            continue
        place = 0
        while place < len(run):
            lengths = range(min(LONGEST_WORD, len(run) - place), 0, -1)
            length = next((length for length in lengths if run[place : place + length] in known), 0)
            if length:
                found.append(known[run[place : place + length]])
            place += max(length, 1)
    return found


def _present(counts: csr_matrix) -> csr_matrix:
    present = csr_matrix(counts, dtype=float)
    present.eliminate_zeros()
    present.data = np.ones_like(present.data)
    return present


def _different(cues: Cues) -> Cues:
    """Leave out cues without a word, and all but the first of cues with the same words for the same passage."""
    usable = cues.take(np.diff(cues.terms.indptr) > 0)
    pairs = np.column_stack((marks_of(usable.terms), usable.own))
    first = np.unique(pairs, axis=0, return_index=True)[1] if usable.n else np.zeros(0, np.int64)
    return usable.take(np.sort(first))


def marks_of(terms: csr_matrix) -> Integers:
    """Give a number to each row, equal for equal sets of terms: sums of random marks, which wrap around and agree by chance once in 2^60."""
    marks = np.random.default_rng(0).integers(0, 2**62, terms.shape[1], dtype=np.int64)
    return np.asarray(terms.astype(np.int64) @ marks)


def draw(cues: Cues, most: int, seed: int) -> Cues:
    """Draw at most as many cues as are tried, at random."""
    if cues.n <= most:
        return cues
    return cues.take(np.sort(np.random.default_rng(seed).permutation(cues.n)[:most]))
