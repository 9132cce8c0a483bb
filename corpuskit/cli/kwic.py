"""``corpuskit kwic``: every number can be followed to its lines."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpuskit.cli.console import (
    CacheFolder,
    ConfigFile,
    Dictionary,
    Encoding,
    Json,
    NoCache,
    NoProgress,
    Quiet,
    cache_folder,
    dictionary_overrides,
    progress_display,
    put,
    say,
)
from corpuskit.errors import InputError

Folder = Annotated[Path, typer.Argument(metavar="PATH", help="File or folder.", show_default=False)]
Term = Annotated[str, typer.Argument(help="Word or phrase, English or Japanese.", show_default=False)]
Width = Annotated[int, typer.Option("--width", min=10, max=400, help="Characters of context on each side.")]
With = Annotated[str | None, typer.Option("--with", help="Only lines where this second term stands within the window ([count] window).")]
Limit = Annotated[int, typer.Option("--limit", min=0, help="Lines to show; 0 shows all.")]


def kwic_command(
    path: Folder,
    term: Term,
    beside: With = None,
    width: Width = 30,
    limit: Limit = 50,
    encoding: Encoding = None,
    dictionary: Dictionary = None,
    config: ConfigFile = None,
    cache: CacheFolder = None,
    no_cache: NoCache = False,
    as_json: Json = False,
    quiet: Quiet = False,
    no_progress: NoProgress = False,
) -> int:
    """Show a concordance: each occurrence of a term in its line (keyword in context).

    Example: corpuskit kwic ./documents 出張 --with 旅費
    """
    from corpuskit.audit import load_settings
    from corpuskit.ingest import Document, read
    from corpuskit.text import Near, concordance

    if not path.exists():
        raise InputError(f"{path}: no such file or folder.")
    _refuse_empty(term, beside)
    settings = load_settings(config, Path(), {"read": {"encoding": encoding}, "text": dictionary_overrides(dictionary)})
    window, boundary = settings.count.window, settings.count.boundary
    near = None if beside is None else Near(beside, window, "sentence" if boundary == "sentence" else "line")
    intake = {"read": 0, "skipped": 0}
    with progress_display(quiet, no_progress) as progress:
        results = read(
            [path], settings.read, cache=cache_folder(cache, no_cache), progress=lambda done, total, what: progress("read", done, total, what)
        )

        def documents() -> Iterator[Document]:
            for result in results:
                intake["read" if isinstance(result, Document) else "skipped"] += 1
                if isinstance(result, Document):
                    yield result

        found = concordance(documents(), term, settings.text, width, near)
        lines = list(found if limit == 0 else itertools.islice(found, limit + 1))
    if not intake["read"]:
        raise InputError(f"{path}: nothing could be read. `corpuskit read` says why.")
    more = limit and len(lines) > limit
    lines = lines[:limit] if limit else lines
    second = {} if near is None else {"with": near.term, "window": near.window, "within": near.within}
    if as_json:
        body = {"term": term, **second, "lines": [asdict(line) for line in lines], "complete": not more, "exit_code": 0}
        put(json.dumps(body, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            put(f"{line.left}【{line.keyword}】{line.right}  {line.document}{' ' + line.locator if line.locator else ''}")
    if not lines:
        say(f"{term!r} was not found{f' within {window} positions of {beside!r}' if beside else ''} in {path}.", quiet)
    elif more:
        say(f"The first {limit} lines; --limit 0 shows all.", quiet)
    if near and boundary in ("section", "document"):
        say(f"Pairs are counted within a {boundary}; those that reach over a line end are not shown.", quiet)
    if intake["skipped"]:
        say(f"Files that could not be read: {intake['skipped']}; `corpuskit read` says why.", quiet)
    return 0


def _refuse_empty(*terms: str | None) -> None:
    if any(term is not None and not term.strip() for term in terms):
        raise InputError("The term is empty. Give a word or a phrase.")
