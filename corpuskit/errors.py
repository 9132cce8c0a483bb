"""Every error that corpuskit raises on purpose.

The tree::

    CorpuskitError                exit code 2 when it reaches the command line
    ├── UsageError                the call itself is wrong
    │   ├── ConfigurationError    a configuration file or value is wrong
    │   └── UnknownName           a name is not in a registry; lists the valid ones
    ├── InputError                there is nothing to work on: missing, empty or wholly unreadable input
    ├── ReadError                 one file cannot be read; the audit goes on and reports it
    ├── MissingDependency         an optional package, dictionary, browser or font is not installed
    └── RecordError               a stored audit record is damaged or of an unknown version

Each message says what is wrong, where, and what to do about it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from difflib import get_close_matches


class CorpuskitError(Exception):
    """Root of the tree. ``exit_code`` is what the command line answers."""

    exit_code = 2


class UsageError(CorpuskitError):
    """The call is wrong: an option, a path or a combination of them."""


class ConfigurationError(UsageError):
    """A configuration file cannot be used: unknown key, wrong type, unreadable file."""


class UnknownName(UsageError):
    """A name is not registered.

    Parameters
    ----------
    kind : str
        What was looked for, such as ``"reader"``.
    name : str
        The name that was asked for.
    valid : iterable of str
        Names that would have been accepted.
    """

    def __init__(self, kind: str, name: str, valid: Iterable[str]) -> None:
        self.kind, self.name, self.valid = kind, name, tuple(sorted(valid))
        close = get_close_matches(name, self.valid, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        super().__init__(f"Unknown {kind} {name!r}.{hint} Valid: {', '.join(self.valid) or 'none'}.")


class InputError(CorpuskitError):
    """There is nothing to work on: the input is missing, empty or wholly unreadable."""


class ReadError(CorpuskitError):
    """One file cannot be read.

    Parameters
    ----------
    code : str
        Stable reason, one of :data:`corpuskit.ingest.SKIP_REASONS`.
    reason : str
        One sentence for the reader of the report, with what to do.
    """

    def __init__(self, code: str, reason: str) -> None:
        self.code, self.reason = code, reason
        super().__init__(reason)


class MissingDependency(CorpuskitError):
    """Something optional is needed and not installed; the message says how to get it."""


class RecordError(CorpuskitError):
    """A stored audit record is damaged or was written by a newer version."""


def refused(error: OSError) -> str:
    """Say in one line what the system refused, where, and of a full disk what to do."""
    said = f"{error.strerror or error}: {os.fspath(error.filename) if error.filename else ''}".rstrip(": ")
    # libraries that write files hand on only the words
    if error.errno not in (errno.ENOSPC, errno.EDQUOT) and os.strerror(errno.ENOSPC) not in str(error):
        return said
    place = f" ({os.fspath(error.filename)})" if error.filename else ""
    return (
        f"{os.strerror(errno.ENOSPC)}{place}. Nothing half-written was left behind. Make room, or write elsewhere (audit: --out, --cache), "
        "and run the same command again."
    )
