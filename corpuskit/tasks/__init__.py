"""FLOOR 5: tasks.

Enters: :class:`~corpuskit.counts.CorpusStats` with the signals of :func:`cues`, and :class:`~corpuskit.estimators.Estimates`. Leaves:
:class:`Assessment`: the tasks found, how suitable each looks, its tier, controls, sizes, failure modes, and findings; small typed values
with names of sentences, no frames.

To add a task, a control or a legal rule: one entry in a data file of ``catalogue/``; it is validated on load, a reference must be in a
framework file with its date, and every code it names needs its sentences in the language files of the report floor. To add a rule of the
verdict: ``verdict.py``; of the tier: ``tiers.py``.
"""

from __future__ import annotations

from corpuskit.tasks.assessing import assess
from corpuskit.tasks.assessment import (
    Assessment,
    Control,
    Kind,
    PilotSize,
    Reference,
    TaskAssessment,
    TaskControl,
    Tier,
    Tolerance,
    Verdict,
)
from corpuskit.tasks.catalogue import TASKS, Task, cues
from corpuskit.tasks.controls import CONTROLS
from corpuskit.tasks.frameworks import FRAMEWORKS
from corpuskit.tasks.options import OwnerAnswers, TaskOptions

__all__ = [
    "CONTROLS",
    "FRAMEWORKS",
    "TASKS",
    "Assessment",
    "Control",
    "Kind",
    "OwnerAnswers",
    "PilotSize",
    "Reference",
    "Task",
    "TaskAssessment",
    "TaskControl",
    "TaskOptions",
    "Tier",
    "Tolerance",
    "Verdict",
    "assess",
    "cues",
]
