"""What a file of automation is to do: documents, gates, times; checked, so that no value is taken for code by a program that reads the file."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from corpuskit.audit.automation.automations import Automation
from corpuskit.audit.schedule import cron_expression, time_zone
from corpuskit.errors import UsageError

DEFAULT_EVERY = "17 3 * * 1"
"""Mondays in the night, because the report is there when the week begins; off the full hour, when runners and servers are busiest."""
_GATES = ("--fail-on", "--fail-under")
_DEFAULT_GATE = ("--fail-on", "error")
"""Because an automatic audit without a gate never says anything, and errors are what a report asks to be mended first."""
_SET_BY_FILE = ("--out", "--format", "--report-lang", "--cache", "--no-cache")
_FOLDER = re.compile(r"[\w./-]+")
_NAMES = "SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_PLAIN_FIELD = re.compile(rf"(?:\d+|\*|{_NAMES})(?:[,/-](?:\d+|{_NAMES}))*", re.IGNORECASE)


@dataclass(frozen=True)
class Wanted:
    """What a file is to do.

    Attributes
    ----------
    documents : tuple of str
        Files or folders.
    options : tuple of str
        Of ``corpuskit audit``; without a gate among them, that of :data:`_DEFAULT_GATE` is added, and ``--baseline last`` without a baseline.
    every : str
        Five cron fields, of numbers, names, and ``* , - /`` only: what all these programs read alike.
    zone : str
        Name of a time zone.
    reports : str
        Folder of the reports, and of the history below it.
    language : {"en", "ja"}
        Of the comments and of the reports.
    """

    documents: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    every: str = DEFAULT_EVERY
    zone: str = "UTC"
    reports: str = ""
    language: Literal["en", "ja"] = "en"

    def fitted(self, kind: Automation, here: Path) -> Wanted:
        """Give what is wanted of one kind of file: with its defaults, and every value checked.

        Parameters
        ----------
        kind : Automation
        here : Path
            Folder that relative paths are seen from.

        Raises
        ------
        UsageError
            A path, an option, a time or a zone that such a file cannot carry.
        """
        documents = tuple(_path(path, kind, here) for path in (self.documents or (kind.documents,)))
        reports = _path(self.reports or kind.reports, kind, here)
        for word in (*documents, reports, *self.options):
            _check(word, kind)
        if not _FOLDER.fullmatch(reports):
            raise UsageError(f"{reports}: the folder of reports stands in patterns of these files. Choose one of letters, digits, and . _ - / only.")
        return replace(
            self,
            documents=documents,
            options=_with_gate(self.options),
            every=_plain(cron_expression(self.every)),
            zone=time_zone(self.zone).key,
            reports=reports,
        )

    def command(self, kind: Automation) -> tuple[str, ...]:
        """Give the words of the audit."""
        own = tuple(option.format(reports=self.reports) for option in kind.options)
        written = ("--format", "html,json,sarif", "--report-lang", self.language, "--out", self.reports)
        return ("corpuskit", "audit", *self.options, *written, *own, "--no-progress", "--", *self.documents)


def _with_gate(options: tuple[str, ...]) -> tuple[str, ...]:
    named = {option.partition("=")[0] for option in options}
    if own := sorted(named.intersection(_SET_BY_FILE)):
        raise UsageError(f"{', '.join(own)}: the file needs to know it. Use the options of corpuskit automation, or change the file.")
    gate = () if named.intersection(_GATES) else _DEFAULT_GATE
    baseline = () if "--baseline" in named else ("--baseline", "last")
    return (*options, *gate, *baseline)


def _plain(every: str) -> str:
    """Refuse what only some readers of cron fields know."""
    weekday = every.split()[4]
    if not all(_PLAIN_FIELD.fullmatch(field) for field in every.split()) or re.search(r"(?<!/)\b7\b", weekday):
        raise UsageError(f"{every!r}: not every program knows L, W, #, and 7 for Sunday. Use numbers, names, and * , - / only; 0 is Sunday.")
    return every


def _path(path: str, kind: Automation, here: Path) -> str:
    if "://" in path:
        return path
    if kind.paths == "relative":
        return path.replace(os.sep, "/").rstrip("/") or "/"
    if kind.paths == "made absolute":
        return (here / path).absolute().as_posix()
    if not path.startswith("/"):
        raise UsageError(f"{path}: a {kind.name} file names paths as they are inside of the container. Give one such as {kind.documents}.")
    return path.rstrip("/") or "/"


def _check(word: str, kind: Automation) -> None:
    """Refuse what no quoting keeps from being read as code."""
    if not word.isprintable():
        raise UsageError(f"{word!r}: a line break or control character cannot be carried by a {kind.name} file.")
    if "${{" in word and kind.name == "github-actions":
        raise UsageError(f"{word!r}: GitHub Actions would work out what stands behind ${{{{. Rename it.")
