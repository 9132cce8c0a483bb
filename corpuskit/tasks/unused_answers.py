"""Answers of owners that no task of this corpus uses: they would be lost in silence otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from corpuskit.finding import Finding
from corpuskit.tasks.options import TaskOptions

MOST_CLOSE = 3


def unused_answers(options: TaskOptions, found: Sequence[tuple[str, str]]) -> tuple[Finding, ...]:
    """Find the answers that are for a task or a table which is not in this corpus.

    Parameters
    ----------
    options : TaskOptions
    found : sequence of (str, str)
        Id and catalogue id of each task found.

    Returns
    -------
    tuple of Finding
        One for each unused key of ``answers``, with the nearest ids that were found.
    """
    ids = [id for id, _ in found]
    general = {catalogue for id, catalogue in found if id not in options.answers}
    unused = [key for key in options.answers if key not in ids and key not in general]
    return tuple(
        Finding(id=f"answers_unused@{key}", level="warning", code="answers_unused", parameters={"key": key, "close": close_names(key, ids)})
        for key in unused
    )


def close_names(name: str, valid: Sequence[str]) -> str:
    """List the names nearest to one that is not there, else the first few; ``-`` where there are none."""
    return ", ".join(get_close_matches(name, valid, n=MOST_CLOSE) or list(valid)[:MOST_CLOSE]) or "-"
