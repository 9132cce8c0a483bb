"""``corpuskit terms``: terms of several words that the documents use, as a table to make a user dictionary of."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Dictionary,
    Encoding,
    Jobs,
    Json,
    NoCache,
    NoProgress,
    Paths,
    Quiet,
    TextColumn,
    cache_folder,
    dictionary_overrides,
    progress_display,
    put,
    read_overrides,
    say,
    table,
)
from corpuskit.errors import InputError

if TYPE_CHECKING:
    from corpuskit.counts import TermSuggestion

Longest = Annotated[int, typer.Option("--longest", min=2, max=8, help="Words of the longest term.")]
LeastFrequency = Annotated[int, typer.Option("--min-frequency", min=1, help="Occurrences below which nothing is suggested.")]
LeastDocuments = Annotated[int, typer.Option("--min-documents", min=1, help="Documents below which nothing is suggested.")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Suggestions for each language; 0 gives all.")]
Csv = Annotated[
    Path | None,
    typer.Option("--csv", help="Write the suggestions to this file, to be edited and used as --dictionary.", show_default=False),
]


def terms_command(
    paths: Paths,
    longest: Longest = 4,
    least_frequency: LeastFrequency = 3,
    least_documents: LeastDocuments = 2,
    limit: Limit = 50,
    to_csv: Csv = None,
    text_column: TextColumn = None,
    encoding: Encoding = None,
    dictionary: Dictionary = None,
    config: ConfigFile = None,
    jobs: Jobs = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Suggest terms of several words for the user dictionary, by C-value. Nothing is decided: take out what is no term of yours.

    Example: corpuskit terms ./documents --csv terms.csv
    """
    from corpuskit.audit import load_settings
    from corpuskit.counts import suggest_terms
    from corpuskit.ingest import Document, read
    from corpuskit.text import tokenize

    overrides = {"read": read_overrides(text_column, None, jobs=jobs, encoding=encoding), "text": dictionary_overrides(dictionary)}
    settings = load_settings(config, Path(), overrides)
    known = {spelling for entry in settings.text.dictionary for spelling in entry.spellings()}
    # without the dictionary, whose terms would be single words and hide what they are made of
    plain = settings.text.model_copy(update={"dictionary": ()})
    intake = {"read": 0, "skipped": 0}
    with progress_display(quiet, no_progress) as progress:
        results = read(
            paths, settings.read, cache=cache_folder(cache, no_cache), progress=lambda done, total, what: progress("read", done, total, what)
        )

        def documents() -> Iterator[Document]:
            for result in results:
                intake["read" if isinstance(result, Document) else "skipped"] += 1
                if isinstance(result, Document):
                    yield result

        found = suggest_terms(tokenize(documents(), plain), longest, least_frequency, least_documents, known)
    if not intake["read"]:
        raise InputError(f"{', '.join(map(str, paths))}: nothing could be read. `corpuskit read` says why.")
    shown = _first(found.terms, limit)
    if to_csv is not None:
        _write(to_csv, shown)
        say(f"wrote {to_csv}: edit it, then name it as --dictionary or in corpuskit.toml.", quiet)
    if as_json:
        body = {"terms": [asdict(term) for term in shown], "complete": len(shown) == len(found.terms), "missing": found.missing, "exit_code": 0}
        put(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        columns = ("term", "language", "frequency", "documents", "C-value", "logDice", "known")
        put(table(columns, [_row(term) for term in shown], right=(2, 3, 4, 5)))
    if not shown:
        say(
            f"No sequence of words stands {least_frequency} times in {least_documents} documents; --min-frequency and --min-documents ask for less.",
            quiet,
        )
    elif len(shown) < len(found.terms):
        say(f"The first {limit} of each language; --limit 0 gives all {len(found.terms)}.", quiet)
    if found.missing:
        say(f"Rare sequences were forgotten for want of room: a frequency may be too low by {found.missing}.", quiet)
    if intake["skipped"]:
        say(f"Files that could not be read: {intake['skipped']}; `corpuskit read` says why.", quiet)
    return 0


def _first(terms: Sequence[TermSuggestion], limit: int) -> list[TermSuggestion]:
    """Give the first terms of each language."""
    seen: dict[str, int] = {}
    shown = []
    for term in terms:
        seen[term.language] = seen.get(term.language, 0) + 1
        if not limit or seen[term.language] <= limit:
            shown.append(term)
    return shown


def _row(term: TermSuggestion) -> tuple[str, ...]:
    together = "" if term.log_dice is None else f"{term.log_dice:.2f}"
    return (term.term, term.language, f"{term.frequency:,}", f"{term.documents:,}", f"{term.c_value:,.1f}", together, "yes" if term.known else "")


def _write(path: Path, terms: Sequence[TermSuggestion]) -> None:
    """Write a user dictionary with a byte order mark, without which Excel would take UTF-8 for the code page of the machine."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(("term", "variants", "language", "frequency", "documents", "c_value", "log_dice", "known"))
        for term in terms:
            together = "" if term.log_dice is None else f"{term.log_dice:.4f}"
            rows.writerow(
                (term.term, "", term.language, term.frequency, term.documents, f"{term.c_value:.4f}", together, "yes" if term.known else "")
            )
