"""Templates: how much of the running text is form text, and how many sections repeat another one word for word."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from corpuskit.counts import CorpusStats, groups_of_sections, scan_table
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import jackknife_interval, ratio_without_each
from corpuskit.estimators.specification import Estimates, Estimator, Measure

FEWEST_DOCUMENTS = 3
"""A line in fewer documents is no template, because two are often a document and its copy, or a letter and its reply; a form is filled in again."""

REFERENCE = "Broder 1997; Kohlschuetter, Fankhauser and Nejdl 2010"
TEMPLATES = Measure("template_share", "words", "E", REFERENCE)
SECTIONS = Measure("repeated_section_share", "sections", "E", REFERENCE)


def template_words(lines: pl.LazyFrame, documents: int = FEWEST_DOCUMENTS) -> int:
    """Count the running words of lines that stand in at least so many documents, whatever their folders.

    Parameters
    ----------
    lines : polars.LazyFrame
        Lines by source: hash, documents, words of all occurrences.
    documents : int
        Documents that make a line a template.
    """
    whole = lines.group_by("line").agg(pl.col("documents", "words").sum()).filter(pl.col("documents") >= documents)
    # by streaming, since a large folder has millions of lines
    return int(whole.select(pl.col("words").sum()).collect(engine="streaming").item())


def repeated_sections(stats: CorpusStats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the sections with text of each group of documents, and those of them whose text stands in another section too.

    Returns
    -------
    repeated, sections : int64 arrays, shape (g,)
        One entry for each group that has a section with text.
    """
    filled = np.diff(stats.section_terms.indptr) > 0
    group, hashes = groups_of_sections(stats)[filled], stats.sections["text_hash"].to_numpy()[filled]
    _, place, times = np.unique(hashes, return_inverse=True, return_counts=True)
    sections = np.bincount(group, minlength=1)
    repeated = np.bincount(group[times[place] > 1], minlength=len(sections))
    return repeated[sections > 0].astype(np.int64), sections[sections > 0].astype(np.int64)


def estimate_templates(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the share of words in template lines, of the folder as it was found, and the share of repeated sections, of what was counted."""
    return Estimates(estimates=(_template_share(inputs.as_found), _section_share(inputs.stats, options)))


def _template_share(stats: CorpusStats) -> Estimate:
    """Formula: words in template lines over all words. No interval: the counts of lines do not say which documents hold them."""
    words = int(stats.documents["tokens"].sum())
    method = computed("words_of_repeated_lines", documents=FEWEST_DOCUMENTS) + computed("counted_in_full")
    if not words:
        return TEMPLATES.undefined("corpus", 0, method, "undefined_no_tokens")
    return TEMPLATES.given("corpus", min(1.0, template_words(scan_table(stats, "lines")) / words), words, method)


def _section_share(stats: CorpusStats, options: EstimatorOptions) -> Estimate:
    """Formula: sections with text whose text stands in another section too, over sections with text.

    The jackknife leaves out the sections of a group and keeps which texts repeat: without the group fewer would, for no other reason than size.
    """
    repeated, sections = repeated_sections(stats)
    n, method = int(sections.sum()), computed("sections_of_equal_text")
    if not n:
        return SECTIONS.undefined("corpus", 0, method, "undefined_no_tokens")
    value = float(repeated.sum() / n)
    interval = jackknife_interval(value, ratio_without_each(repeated.astype(float), sections.astype(float)), options.level, bounds=(0.0, 1.0))
    how = computed("jackknife_with_repeated_texts" if interval is not None else "no_interval_too_few_groups")
    return SECTIONS.given("corpus", value, n, method + how, interval, options.level)


TEMPLATE_TEXT = Estimator(
    name="templates",
    question="How much of the text is form text that returns word for word?",
    reference=REFERENCE,
    function=estimate_templates,
)
