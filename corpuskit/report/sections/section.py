"""The spec of a section, and what several sections need: cutting long text and naming tasks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpuskit.report.blocks import Block
from corpuskit.report.contract import AuditReport
from corpuskit.report.localise import name_of_task
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.tasks import TaskAssessment, Verdict

SIGNS: dict[Verdict, str] = {"start": "○", "start_with_conditions": "△", "fix_first": "▲", "do_not_start": "×", "insufficient_evidence": "－"}
"""A sign beside each verdict, so that colour is never the only signal."""


@dataclass(frozen=True)
class Section:
    """One section of the report.

    Attributes
    ----------
    name : str
        Also the anchor of its heading.
    build : callable
        Makes the blocks from a localised report and its phrasebook.
    first_page : bool
        Part of the one-page summary.
    beside : str
        Name of the section before it that this one is set beside; empty: below.
    """

    name: str
    build: Callable[[AuditReport, Phrasebook], tuple[Block, ...]]
    first_page: bool = False
    beside: str = ""


def width(text: str) -> int:
    """Count the cells a text takes: East Asian wide characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def shorten(text: str, cells: int) -> str:
    """Cut a text to a number of cells, ending in an ellipsis where something was cut; white space becomes single blanks."""
    text = " ".join(text.split())
    if width(text) <= cells:
        return text
    taken, used = [], 0
    for character in text:
        used += width(character)
        if used > cells - 1:
            break
        taken.append(character)
    return "".join(taken).rstrip() + "…"


def first_sentence(text: str) -> str:
    """Give the first sentence of a text, Japanese or English; all of it where it has but one.

    Examples
    --------
    >>> first_sentence("Keep one. Move the others."), first_sentence("正本を一つ決めます。残りは移します。"), first_sentence("See v1.2 first")
    ('Keep one.', '正本を一つ決めます。', 'See v1.2 first')
    """
    found = re.match(r".+?(?:。|[.!?](?=\s+[A-Z]))", " ".join(text.split()))
    return found[0] if found else text


def shorten_path(path: str, cells: int) -> str:
    """Cut a path from the left, so that the file name stays."""
    path = " ".join(path.split())
    if width(path) <= cells:
        return path
    return "…" + shorten(path[::-1], cells)[:-1][::-1]


def task_name(task: TaskAssessment, book: Phrasebook) -> str:
    """Name a task in the language of the report; one of a labelled table with the table it was found in."""
    return name_of_task(task, book.language)


def verdict(value: Verdict, book: Phrasebook) -> str:
    """Name a verdict, with its sign."""
    return f"{SIGNS[value]} {book.label(f'verdict_{value}')}"


def in_order(tasks: Sequence[TaskAssessment]) -> list[TaskAssessment]:
    """Order tasks: ranked ones by rank, then the others as they came."""
    return sorted(tasks, key=lambda task: (task.rank is None, task.rank or 0))


def suitability(task: TaskAssessment, book: Phrasebook) -> str:
    """Write a task's suitability with its interval; a task without one says so in words."""
    if task.suitability is None:
        return book.label("not_scored")
    value = book.probability(task.suitability)
    if task.interval is None:
        return f"{value} ({book.label('no_interval')})"
    interval = book.probability_interval(*task.interval)
    return value if interval == value else f"{value} ({interval})"
