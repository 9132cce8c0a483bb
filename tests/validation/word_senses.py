"""Does the ambiguity of a word, estimated from its contexts alone, go with the entropy of its true senses?

``python -m tests.validation.word_senses FOLDER [--part report]``.

``FOLDER`` holds ``speed`` and ``ambiguity``. The *development* part is made of pseudo-words (Schuetze 1998): the contexts of one to three words of
the speed corpora taken for one, where the entropy of the mixture is known. The *report* part, SemCor and the readings of Aozora Bunko, is opened
once. Of it the estimate sees the contexts of the marked word and never a label.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.stats import rankdata, spearmanr

from corpuskit.counts import CorpusStats, CountOptions, count, merge, pairs, ppmi_matrix, vocabulary
from corpuskit.estimators.words.neighbourhoods import content_terms, cosines, ego_networks, mean_likeness, strongest
from corpuskit.estimators.words.sense_clusters import effective_senses, sense_shares, senses, split_in_two
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions, TokenTable, tokenize

SPACE = 4_000
"""Terms of the speed corpus that contexts are compared in."""

WORDS = 400
"""Pseudo-words, half of unrelated words and half of neighbours."""

FURTHEST = 30
"""Tokens on either side that a context holds, as in the SemCor data."""

REACH = 30
"""Tokens on either side that are used; set on the development part."""

PRIMARY = "diversity"
"""The score that the bar is read on; set on the development part, where it is best over both languages and both kinds of pseudo-words. That frequency
goes with the entropy of pseudo-words is their making (more parts, a more frequent most frequent part), so it was not considered."""

COMBINED = (
    ("separation", "diversity"),
    ("unlike", "diversity"),
    ("separation", "unlike", "diversity"),
    ("effective", "diversity"),
    ("diversity", "frequency"),
)
SOURCE = Source(path="x", sha256="0" * 64, bytes=1, modified="2024-04-01T00:00:00Z", reader="text")

Floats = NDArray[np.float64]


class Space(NamedTuple):
    """Terms, how alike their company is, and the share of the running words that each makes."""

    forms: list[str]
    likeness: NDArray[np.float32]
    share: Floats
    frequency: dict[str, int]


class Word(NamedTuple):
    """A word: its name, the tokens on its left and right in each context, and the entropy of its senses in bits."""

    name: str
    contexts: list[tuple[list[str], list[str]]]
    truth: float
    in_source: float = 0.0


def scores(word: Word, space: Space, place: dict[str, int], reach: int) -> dict[str, float]:
    """Give what might tell ambiguity, from the contexts of a word within ``reach`` tokens."""
    own = set(word.name.split("+"))
    near = [[*left[-reach:], *right[:reach]] for left, right in word.contexts]
    rows = [[place[token] for token in context if token in place and token not in own] for context in near]
    indptr = np.cumsum([0, *map(len, rows)])
    flat = np.array([token for row in rows for token in row], np.int64)
    counts = csr_matrix((np.ones(len(flat)), flat, indptr), shape=(len(rows), len(space.forms)))
    counts.sum_duplicates()
    held = csr_matrix(counts.minimum(1))
    seen = np.asarray(held.sum(axis=0)).ravel()
    expected = len(flat) * space.share
    excess = np.where((seen >= 2) & (seen > expected), seen - expected, 0.0)
    places, weights = strongest(csr_matrix(excess[None, :]))
    networks = ego_networks(space.likeness, places)
    split = split_in_two(networks, weights)
    number = senses(networks, weights, 0.4)
    return {
        "separation": float(split.separation[0]),
        "unlike": -float(np.nan_to_num(mean_likeness(networks, weights, weights))[0]),
        "effective": float(effective_senses(sense_shares(number, weights))[0]),
        "diversity": -_pairs_alike(held, space),
        "open": -float(weights[0][:5].sum()),
        "contexts": float(len(word.contexts)),
        "in_source": word.in_source,
        "frequency": float(np.log(1 + max(space.frequency.get(name, 0) for name in own))),
    }


def _pairs_alike(held: csr_matrix, space: Space) -> float:
    """Give the mean likeness of two contexts: semantic diversity, the other way round (Hoffman, Lambon Ralph and Rogers 2013)."""
    used = np.unique(held.indices)
    idf = np.log(1 / np.maximum(space.share[used], 1e-7))
    weighted = held[:, used].toarray() * idf
    sizes = weighted.sum(axis=1, keepdims=True)
    means = (weighted[sizes.ravel() > 0] / sizes[sizes > 0][:, None]).astype(np.float32)
    products = (means @ space.likeness[np.ix_(used, used)] @ means.T).astype(np.float64)
    lengths = np.sqrt(np.diag(products))
    cosine = products / np.maximum(np.outer(lengths, lengths), 1e-12)
    n = len(cosine)
    return float((cosine.sum() - n) / max(n * (n - 1), 1))


def combined(values: Sequence[dict[str, float]], names: Sequence[str]) -> Floats:
    """Give the mean rank of some scores."""
    return np.mean([rankdata([value[name] for value in values]) for name in names], axis=0)


def build_space(texts: Sequence[tuple[str, str]], language: str) -> tuple[Space, list[list[str]]]:
    """Count a corpus and compare its terms; give the tokens of each section as well."""
    stats, tokens = counted(texts)
    return space_of(stats, language), tokens


def counted(texts: Sequence[tuple[str, str]]) -> tuple[CorpusStats, list[list[str]]]:
    """Count a corpus; give the tokens of each section as well."""
    options, tokens = CountOptions(), []
    parts: list[CorpusStats] = []
    for table in tokenize((Document(name, SOURCE, (Section(text),)) for name, text in texts), TextOptions()):
        parts.append(count(table, options))
        tokens += tokens_of(table)
    return merge(parts, options), tokens


def space_of(stats: CorpusStats, language: str) -> Space:
    """Compare the terms of a corpus."""
    known = content_terms(stats, language, 10).head(SPACE)
    columns = known["column"].to_numpy().astype(np.int64)
    chosen = csr_matrix(pairs(stats, language)[columns][:, columns], dtype=np.float64)
    words = vocabulary(stats, language)
    frequency = dict(zip(words["form"].to_list(), words["frequency"].to_list(), strict=True))
    share = known["frequency"].to_numpy() / float(words["frequency"].sum())
    return Space(known["form"].to_list(), cosines(ppmi_matrix(csr_matrix(chosen + chosen.T))), share, frequency)


def tokens_of(table: TokenTable) -> list[list[str]]:
    """Give the words of each section of a batch, punctuation left out."""
    words = table.tokens.join(table.terms.select("term", "form", "word"), on="term").filter(pl.col("word") & ~pl.col("heading"))
    found = dict(words.sort("section", "position").group_by("section").agg("form").iter_rows())
    return [found.get(number, []) for number in table.sections["section"]]


def pseudo_words(tokens: Sequence[Sequence[str]], space: Space, seed: int = 0) -> Iterator[Word]:
    """Take the contexts of one to three words for those of one."""
    random = np.random.default_rng(seed)
    number = {form: row for row, form in enumerate(space.forms)}
    seen: dict[str, list[tuple[int, int]]] = {}
    for section, forms in enumerate(tokens):
        for at, form in enumerate(forms):
            if form in number:
                seen.setdefault(form, []).append((section, at))
    known = [form for form in space.forms if 60 <= len(seen.get(form, [])) <= 4_000]
    for made in range(WORDS):
        first = known[random.integers(len(known))]
        parts = [first]
        for _ in range(int(random.choice([0, 1, 2], p=[0.35, 0.45, 0.2]))):
            alike = np.argsort(-space.likeness[number[first]])
            other = space.forms[alike[random.integers(5, 200)]] if made % 2 else known[random.integers(len(known))]
            if other in seen and len(seen[other]) >= 60 and other not in parts:
                parts.append(other)
        sizes = random.multinomial(random.integers(40, 121), random.dirichlet(np.ones(len(parts))))
        contexts = []
        for part, size in zip(parts, sizes, strict=True):
            for place in random.permutation(len(seen[part]))[:size]:
                section, at = seen[part][place]
                contexts.append((list(tokens[section][max(at - FURTHEST, 0) : at]), list(tokens[section][at + 1 : at + 1 + FURTHEST])))
        yield Word("+".join(parts), contexts, entropy(sizes))


def entropy(sizes: NDArray[np.int64]) -> float:
    shares = sizes[sizes > 0] / sizes.sum()
    return float(-(shares * np.log2(shares)).sum())


def marked_words(folder: Path, key: Sequence[str]) -> list[Word]:
    """Read the words of a data set: contexts from the rows, the entropy of the senses (and the baseline of the readings) from ``words.csv``."""
    with (folder / "words.csv").open(encoding="utf-8") as stream:
        told = {tuple(row[name] for name in key): row for row in csv.DictReader(stream)}
    contexts: dict[tuple[str, ...], list[tuple[list[str], list[str]]]] = {word: [] for word in told}
    with gzip.open(folder / "data.jsonl.gz", "rt", encoding="utf-8") as stream:
        rows = [{name: row[name] for name in (*key, "text", "start", "end")} for row in map(json.loads, stream)]
    documents = (
        Document(f"{number:06}", SOURCE, (Section(row["text"][: row["start"]].strip() or "."), Section(row["text"][row["end"] :].strip() or ".")))
        for number, row in enumerate(rows)
    )
    sides = [tokens for batch in tokenize(documents, TextOptions()) for tokens in tokens_of(batch)]
    for number, row in enumerate(rows):
        contexts[tuple(row[name] for name in key)].append((sides[2 * number], sides[2 * number + 1]))
    return [Word(word[0], contexts[word], float(row["entropy_bits"]), float(row.get("instances_in_source", 0))) for word, row in told.items()]


def table(words: Sequence[Word], values: Sequence[dict[str, float]]) -> list[str]:
    """Give the rank correlation of each score with the true entropy."""
    truth = np.array([word.truth for word in words])
    found = {name: np.array([value[name] for value in values]) for name in values[0]}
    found |= {"+".join(names): combined(values, names) for names in COMBINED}
    return [
        f"| {name}{' (primary)' if name == PRIMARY else ''} | {len(words)} | {float(spearmanr(each, truth)[0]):.3f} |"
        for name, each in found.items()
        if np.ptp(each) > 0
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", choices=["development", "report"], default="development")
    parser.add_argument("--reach", type=int, nargs="*", default=[REACH])
    given = parser.parse_args()
    for language, name, key in (("en", "word_sense_semcor", ("lemma", "pos")), ("ja", "readings_aozora", ("word",))):
        with gzip.open(given.folder / "speed" / f"{language}.jsonl.gz", "rt", encoding="utf-8") as stream:
            texts = [(row["id"], row["text"]) for row in map(json.loads, stream)]
        space, tokens = build_space(texts, language)
        words = list(pseudo_words(tokens, space)) if given.part == "development" else marked_words(given.folder / "ambiguity" / name, key)
        place = {form: row for row, form in enumerate(space.forms)}
        for reach in given.reach:
            values = [scores(word, space, place, reach) for word in words]
            parts = {"": slice(None)} if given.part == "report" else {"unrelated": slice(0, None, 2), "neighbours": slice(1, None, 2)}
            for part, chosen in parts.items():
                sys.stdout.write(f"{language} {part} within {reach}\n" + "\n".join(table(words[chosen], values[chosen])) + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
