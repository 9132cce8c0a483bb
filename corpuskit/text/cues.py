"""Cues: words that show that a business task is present. The task floor owns them; this floor finds them while text exists."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that speaks for a task.

    Attributes
    ----------
    task : str
        Id of the task in the catalogue.
    language : str
        ``en`` (matched on word boundaries, case folded) or ``ja`` (matched as a substring, longest first).
    text : str
        The cue; compared after NFKC and case folding on both sides.
    """

    task: str
    language: str
    text: str
