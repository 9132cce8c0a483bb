"""The label guide of a pilot, to be filled in by the owner of the task: what each label means, and where the borders run."""

from __future__ import annotations

from corpuskit.pilot import PilotDesign
from corpuskit.report.localise import name_of_task
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.visible import visible
from corpuskit.tasks import TaskAssessment

RULES = 6


def label_guide(task: TaskAssessment, design: PilotDesign, book: Phrasebook) -> str:
    """Write the guide as Markdown.

    Labels are written as code, so that nothing in them becomes markup.
    """
    name = name_of_task(task, book.language)
    lines = [f"# {book.label('guide_title', task=_plain(name))}", "", book.label("guide_purpose", unit=design.unit), ""]
    lines += [f"{number}. {book.label(f'guide_rule_{number}')}" for number in range(1, RULES + 1)]
    lines += ["", f"## {book.label('guide_labels')}", ""]
    columns = [book.label(f"guide_column_{column}") for column in ("label", "meaning", "example", "not")]
    lines += [f"| {' | '.join(columns)} |", "|---|---|---|---|"]
    lines += [f"| {_code(label)} | | | |" for label in design.labels or (book.label("guide_label_open"),)]
    if design.confused:
        lines += ["", f"## {book.label('guide_borders')}", "", book.label("guide_borders_note"), ""]
        lines += [f"- {book.label('guide_border', first=_code(first), second=_code(second), n=n)}" for first, second, n in design.confused]
    return "\n".join([*lines, ""])


def _code(label: str) -> str:
    return f"`{_plain(label).replace('`', 'ˋ').replace('|', '¦')}`"


def _plain(text: str) -> str:
    return " ".join(visible(text).split())
