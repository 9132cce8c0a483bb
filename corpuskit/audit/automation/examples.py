"""Files for programs that call audits, filled in."""

from __future__ import annotations

import json
import os.path
import re
import shlex
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from corpuskit import __version__
from corpuskit.audit.automation.automations import Automation
from corpuskit.audit.automation.wanted import Wanted
from corpuskit.report import phrasebook, wrap

KEPT_DAYS = 90
"""Days that runners keep reports and history: what GitHub takes without a change of its settings."""
_CELLS = 110
"""Cells of a line of comments: as wide as editors and diffs show without folding."""


def example(kind: Automation, wanted: Wanted, here: Path, today: date) -> str:
    """Fill in a file of one kind.

    Parameters
    ----------
    kind : Automation
    wanted : Wanted
    here : Path
        Folder that relative paths are seen from.
    today : date
        A DAG begins with it.

    Returns
    -------
    str
        The file; its comments say where it belongs, what exit codes mean and what to know before it is used.

    Raises
    ------
    UsageError
        A path, an option, a time or a zone that such a file cannot carry.
    """
    fitted = wanted.fitted(kind, here)
    book = phrasebook(fitted.language)

    def say(key: str, **parameters: str | int) -> str:
        return book.label(f"automation_{key}", None, **parameters)

    def note(key: str, indent: int = 0, **parameters: str | int) -> str:
        mark = f"{indent * ' '}# "
        return "\n".join(wrap(say(key, **parameters), _CELLS, mark, mark))

    command = fitted.command(kind)
    return (
        _environment()
        .get_template(kind.template)
        .render(
            kind=kind,
            note=note,
            say=say,
            command=command,
            baseline="last" in command,
            every=fitted.every,
            zone=fitted.zone,
            reports=fitted.reports,
            version=__version__,
            days=KEPT_DAYS,
            day=today,
            mount=_mount(fitted.documents) if kind.paths == "absolute" else "",
            files=_pattern(fitted.documents),
        )
    )


@cache
def _environment() -> Environment:
    # brackets, because braces are what GitHub Actions has for its own expressions; plain text, so nothing is escaped for HTML
    made = Environment(
        loader=PackageLoader("corpuskit.audit.automation", "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        variable_start_string="[[",
        variable_end_string="]]",
        block_start_string="[%",
        block_end_string="%]",
        comment_start_string="[#",
        comment_end_string="#]",
    )
    made.filters |= {"quoted": _quoted, "shell": shlex.quote, "shell_words": shlex.join, "argument": _argument}
    return made


def _quoted(text: str) -> str:
    """Quote a text in a way that YAML, JSON and Python read alike."""
    return json.dumps(text, ensure_ascii=False)


def _argument(word: str) -> str:
    """Quote an argument of a container: Kubernetes puts variables in the place of ``$(NAME)``."""
    return _quoted(word.replace("$(", "$$("))


def _mount(documents: Sequence[str]) -> str:
    """Give the folder that holds all documents of a container."""
    return os.path.commonpath(documents)


def _pattern(documents: Sequence[str]) -> str:
    """Give the regular expression of the files that an audit reads, seen from the repository."""
    names = [document.removeprefix("./") for document in documents]
    return "" if "." in names else f"^({'|'.join(re.escape(name) for name in names)})(/|$)"
