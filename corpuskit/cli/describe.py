"""``corpuskit describe``: corpus statistics only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Dictionary,
    Encoding,
    Jobs,
    Json,
    LabelColumn,
    NoCache,
    NoProgress,
    Paths,
    Quiet,
    Remove,
    TextColumn,
    cache_folder,
    dictionary_overrides,
    progress_display,
    put,
    read_overrides,
    removal_overrides,
    table,
)

if TYPE_CHECKING:
    from corpuskit.estimators import Estimate


def describe_command(
    paths: Paths,
    text_column: TextColumn = None,
    label_column: LabelColumn = None,
    encoding: Encoding = None,
    remove: Remove = None,
    dictionary: Dictionary = None,
    config: ConfigFile = None,
    jobs: Jobs = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Show corpus statistics: size, languages, coverage, sparsity, ambiguity, each with its interval.

    Example: corpuskit describe ./documents
    """
    from corpuskit.audit import describe, load_settings

    overrides = {
        "read": read_overrides(text_column, label_column, jobs=jobs, encoding=encoding),
        "text": {**removal_overrides(remove), **dictionary_overrides(dictionary)},
    }
    settings = load_settings(config, Path(), overrides)
    with progress_display(quiet, no_progress) as progress:
        corpus, estimates = describe(paths, settings, cache=cache_folder(cache, no_cache), progress=progress)
    if as_json:
        body = {
            "corpus": corpus.model_dump(mode="json"),
            "estimates": [estimate.model_dump(mode="json") for estimate in estimates.estimates],
            "series": [series.model_dump(mode="json") for series in estimates.series],
            "exit_code": 0,
        }
        put(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    languages = ", ".join(f"{name} {count}" for name, count in corpus.languages.items())
    put(f"{corpus.root}: {corpus.files_read} of {corpus.files_found} files read, {corpus.documents} documents")
    put(f"{corpus.tokens:,} tokens, {corpus.types:,} types")
    put(f"languages: {languages} · near-duplicate groups: {corpus.near_duplicate_groups} · exact: {corpus.exact_duplicate_groups}")
    if corpus.documents_removed or corpus.lines_removed:
        put(f"removed before counting: {corpus.documents_removed} documents, {corpus.lines_removed} different boilerplate lines")
    put(f"dates: {corpus.oldest or '?'} to {corpus.newest or '?'}")
    for skipped in corpus.files_skipped:
        put(f"skipped {skipped.path}: {skipped.reason}")
    put("")
    put(table(("measure", "value", "95 % interval", "n", "grade", "subject"), [_row(estimate) for estimate in estimates.estimates], right=(1, 2, 3)))
    return 0


def _row(estimate: Estimate) -> tuple[str, ...]:
    count = f"{estimate.n:,} {estimate.unit}"
    if estimate.value is None:
        reason = estimate.undefined_because.code if estimate.undefined_because else ""
        return (estimate.measure, "undefined", reason, count, estimate.grade, estimate.subject)
    interval = "none" if estimate.interval is None else f"{_figure(estimate.interval[0])} to {_figure(estimate.interval[1])}"
    return (estimate.measure, _figure(estimate.value), interval, count, estimate.grade, estimate.subject)


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
