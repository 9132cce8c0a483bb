"""Does retrieval ambiguity say what is known of planted folders, and what does it say of real ones?

``python -m tests.validation.retrieval [FOLDER ...] [--write] [--sections 60000]``.

Three parts: folders of known truth (own, copied and shared headings, so that every rank is known), how often the intervals hold the expected value
where headings of one document go right or wrong together, and each folder of documents given, where BM25, the co-occurrence space and the fusion of
both by reciprocal rank (Cormack, Clarke and Buettcher 2009) are set side by side. ``--sections`` measures time and memory on counts of that size.
Nothing was fitted on the folders of ``company_docs``; each opening is logged in ``reports/validation/retrieval.md``.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import CorpusStats, CountOptions, count_documents, count_nothing
from corpuskit.estimators import Estimates, EstimatorOptions, Inputs
from corpuskit.estimators.retrieval.retrieval_ambiguity import estimate_retrieval_ambiguity
from corpuskit.estimators.retrieval.retrieval_cues import draw, heading_cues, passages_of, title_cues
from corpuskit.estimators.retrieval.retrieval_measures import mean_of_cues, share_of_cues
from corpuskit.estimators.retrieval.retrieval_scores import bm25_weights, by_space, by_words, place_terms, ranks_of_own, weigh
from corpuskit.ingest import Document, read
from corpuskit.text import TextOptions
from tests.counts.build import Part, counted

Floats = NDArray[np.float64]
FUSION, POOL = 60, 100
"""The published constant of reciprocal rank fusion, and the places of each list that are fused."""

HEAD = ("| folder | language | measure | value | interval | n |", "|---|---|---|---|---|---|")
WORDS = 30


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--sections", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="append to reports/validation/retrieval.md")
    given = parser.parse_args()
    lines = ["### Planted folders", "", *planted_table(), "", "### Intervals", "", *coverage_table(), ""]
    if given.folders:
        lines += ["### Folders", "", *HEAD]
        fusions = ["", "| folder | language | cues | n | search | recall@1 | @5 | @10 | MRR |", "|" + "---|" * 9]
        for folder in given.folders:
            stats = stats_of(folder)
            lines += folder_rows(folder.name, stats)
            fusions += fusion_rows(folder.name, stats)
        lines += fusions
    if given.sections:
        lines += ["", "### Size", "", size_line(given.sections)]
    text = "\n".join(lines) + "\n"
    sys.stdout.write(text)
    if given.write:
        with Path("reports/validation/retrieval.md").open("a", encoding="utf-8") as report:
            report.write("\n" + text)


def planted(own: int, pairs: int, shared: int, seed: int) -> tuple[CorpusStats, dict[str, float]]:
    """Plant a folder: sections with names of their own, pairs of near copies under one name, and sections that share one heading.

    The second of a pair says the name twice and one other word less, so it comes first for both: ranks 1 and 2. The shared word stands once in each
    of its sections and all have the same length, so they are level: rank ``(shared + 1) / 2``. All else is noise that no heading names.
    """
    random = np.random.default_rng(seed)

    def noise(words: int) -> list[str]:
        return [f"noise{number}" for number in random.integers(0, 400, words)]

    parts = [Part(paragraphs=[[[f"name{number}", *noise(WORDS - 1)]]], heading=[f"name{number}"]) for number in range(own)]
    for number in range(pairs):
        base = [f"pair{number}", *[f"own{number}x{place}" for place in range(WORDS - 2)]]
        parts.append(Part(paragraphs=[[[*base, f"end{number}"]]], heading=[f"pair{number}"]))
        parts.append(Part(paragraphs=[[[*base, f"pair{number}"]]], heading=[f"pair{number}"]))
    parts += [Part(paragraphs=[[["overview", *noise(WORDS - 1)]]], heading=["overview"]) for _ in range(shared)]
    order = random.permutation(len(parts))
    stats = counted({f"d{start:04}.md": [parts[place] for place in order[start : start + 6]] for start in range(0, len(parts), 6)})
    n, middle = own + 2 * pairs + shared, (shared + 1) / 2
    missed = pairs + shared
    return stats, {
        "retrieval_ambiguity": shared / n if middle > 10 else 0.0,
        "retrieval_recall_1": (own + pairs) / n,
        "retrieval_recall_5": (own + 2 * pairs) / n,
        "retrieval_mrr": (own + 1.5 * pairs + shared / middle) / n,
        "retrieval_misses_with_copies": pairs / missed,
        "retrieval_misses_mended": pairs / missed,
        "dead_section_share": 0.0,
    }


def planted_table() -> list[str]:
    lines = ["| own, pairs, shared | measure | truth | found | interval |", "|---|---|---|---|---|"]
    for own, pairs, shared in ((120, 30, 40), (60, 60, 30), (200, 0, 100), (100, 100, 0)):
        stats, truth = planted(own, pairs, shared, 0)
        found = {item.measure: item for item in measured(stats).estimates}
        for measure, value in truth.items():
            item = found[measure]
            interval = f"{item.interval[0]:.3f} to {item.interval[1]:.3f}" if item.interval else "-"
            told = "-" if item.value is None else f"{item.value:.3f}"
            lines.append(f"| {own}, {pairs}, {shared} | {measure} | {value:.3f} | {told} | {interval} |")
    return lines


def measured(stats: CorpusStats) -> Estimates:
    options = EstimatorOptions()
    return estimate_retrieval_ambiguity(Inputs(stats, options), options)


def coverage_table(replications: int = 1000) -> list[str]:
    """Headings of a document find their section with a probability of the document's own (Beta with mean .7); those that miss have rank 2 to 20."""
    lines = ["| documents | headings a document | alike within documents | recall holds | MRR holds |", "|---|---|---|---|---|"]
    later = np.arange(2, 21)
    expected = 0.7 + 0.3 * float(np.mean(1 / later))
    for documents, each, alike in ((20, 5, 0.0), (20, 5, 0.3), (60, 5, 0.3), (60, 20, 0.3), (200, 5, 0.1)):
        held = np.zeros(2)
        for seed in range(replications):
            random = np.random.default_rng(seed)
            sizes = random.poisson(each, documents) + 1
            chance = random.beta(0.7 * (1 - alike) / alike, 0.3 * (1 - alike) / alike, documents) if alike else np.full(documents, 0.7)
            document = np.repeat(np.arange(documents), sizes)
            hit = random.random(len(document)) < chance[document]
            value = np.where(hit, 1.0, 1 / random.choice(later, len(document)))
            recall = share_of_cues(hit, document, 0.95)[1]
            mean = mean_of_cues(value, document, 0.95)[1]
            held += [recall[0] <= 0.7 <= recall[1], mean is not None and mean[0] <= expected <= mean[1]]
        lines.append(f"| {documents} | {each + 1} | {alike:g} | {held[0] / replications:.3f} | {held[1] / replications:.3f} |")
    return lines


def stats_of(folder: Path) -> CorpusStats:
    return count_documents([one for one in read([folder]) if isinstance(one, Document)], TextOptions())


def folder_rows(name: str, stats: CorpusStats) -> list[str]:
    found = measured(stats)
    rows = []
    for item in found.estimates:
        value = f"{item.value:.3f}" if item.value is not None else item.undefined_because.code if item.undefined_because else ""
        interval = f"{item.interval[0]:.3f} to {item.interval[1]:.3f}" if item.interval else "-"
        rows.append(f"| {name} | {item.subject.removeprefix('lang:')} | {item.measure} | {value} | {interval} | {item.n:,} |")
    rows += [f"| {name} | {item.id.split(':')[-1]} | finding {item.code} | {item.parameters.get('count', '')} | - | - |" for item in found.findings]
    return rows


def fusion_rows(name: str, stats: CorpusStats) -> list[str]:
    rows, options = [], EstimatorOptions()
    for language in Inputs(stats, options).languages:
        passages = passages_of(stats, language, options)
        if passages.n < 50:
            continue
        words = by_words(csr_matrix(bm25_weights(passages.texts).T))
        weighted = weigh(passages.texts)
        space = by_space(weighted, place_terms(weighted, np.random.default_rng(0).permutation(passages.n)))
        searches = {
            "BM25": words,
            "space": space,
            "fused": lambda cues, one=words, two=space: reciprocal_ranks(one(cues)) + reciprocal_ranks(two(cues)),
        }
        starts = np.flatnonzero(np.concatenate(([True], np.diff(passages.documents) != 0)))
        for cues, of_documents in ((heading_cues(passages), None), (title_cues(passages), starts)):
            tried = draw(cues, 1000, 0)
            for search, scorer in searches.items() if tried.n >= 30 else ():
                ranks = ranks_of_own(tried, scorer, passages.n, of_documents)
                told = " | ".join(f"{np.mean(ranks <= depth):.3f}" for depth in (1, 5, 10))
                rows.append(f"| {name} | {language} | {cues.kind} | {tried.n} | {search} | {told} | {np.mean(1 / ranks):.3f} |")
    return rows


def reciprocal_ranks(scores: Floats) -> Floats:
    """Give ``1 / (60 + rank)`` to the first hundred of each list that score anything; level ones share the mean of their ranks."""
    pool = min(POOL, scores.shape[1])
    best = np.argpartition(-scores, pool - 1, axis=1)[:, :pool]
    values = np.take_along_axis(scores, best, axis=1)
    above, level = values[:, :, None] < values[:, None, :], values[:, :, None] == values[:, None, :]
    ranks = above.sum(axis=2) + (level.sum(axis=2) + 1) / 2
    given = np.zeros_like(scores)
    np.put_along_axis(given, best, np.where(values > 0, 1 / (FUSION + ranks), 0.0), axis=1)
    return given


def large(sections: int, seed: int = 0) -> CorpusStats:
    """Make counts of many sections of about eighty content words drawn from Zipf's law, ten to a document, with headings of three of their words."""
    random, terms = np.random.default_rng(seed), 80_000
    share = np.cumsum(1 / np.arange(1, terms + 1))
    lengths = random.poisson(80, sections) + 20
    columns = np.minimum(np.searchsorted(share / share[-1], random.random(int(lengths.sum()))), terms - 1).astype(np.int32)
    text = csr_matrix((np.ones(len(columns), np.int64), columns, np.concatenate(([0], np.cumsum(lengths)))), shape=(sections, terms))
    text.sum_duplicates()
    chosen = np.concatenate(
        [random.choice(text.indices[low:high], 3, replace=False) for low, high in zip(text.indptr, text.indptr[1:], strict=False)]
    )
    heading = csr_matrix((np.ones(3 * sections, np.int64), chosen, np.arange(0, 3 * sections + 1, 3)), shape=text.shape)
    nothing = count_nothing(CountOptions())
    names = [f"d{number:06}.md" for number in range(-(-sections // 10))]
    frame = pl.DataFrame({"document": np.repeat(names, 10)[:sections], "ordinal": np.arange(sections) % 10, "language": "en", "kind": "body"})
    frame = frame.with_columns(locator=pl.lit(""), text_hash=pl.Series(np.arange(sections)), month=None).cast(dict(nothing.sections.schema))
    form = [f"w{number:06}" for number in range(terms)]
    words = pl.DataFrame({"language": "en", "form": form, "stop": False, "frequency": 1, "document_frequency": 1}).with_columns(units=None)
    papers = pl.DataFrame({"document": names, "title": [f"w{number:06}" for number in range(len(names))], "language": "en"})
    blank = {
        name: pl.lit(b"" if kind == pl.Binary else "" if kind == pl.String else 0).alias(name) for name, kind in nothing.documents.schema.items()
    }
    papers = papers.with_columns(**{name: value for name, value in blank.items() if name not in papers.columns})
    return replace(
        nothing,
        documents=papers.select(nothing.documents.columns).cast(dict(nothing.documents.schema)),
        sections=frame.select(nothing.sections.columns),
        terms=words.cast(dict(nothing.terms.schema)),
        section_terms=text,
        heading_terms=heading,
    )


def size_line(sections: int) -> str:
    stats = large(sections)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    wall, processor = time.perf_counter(), time.process_time()
    measured(stats)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6 - before
    entries = stats.section_terms.nnz
    return (
        f"{sections:,} sections, {entries:,} entries: {processor:.1f} s of processor, {wall:.1f} s of wall time; peak {more:.2f} GB above the counts"
    )


if __name__ == "__main__":
    main()
