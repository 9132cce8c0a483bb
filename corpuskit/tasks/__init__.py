"""FLOOR 5: tasks.

Enters: :class:`~corpuskit.counts.CorpusStats` with the signals of :func:`cues`, and :class:`~corpuskit.estimators.Estimates`. Leaves:
:class:`Assessment`: the tasks found, how suitable each looks, its tier, controls, sizes, failure modes, and findings; small typed values
with names of sentences, no frames.

To add a task, a control or a legal rule: one entry in a data file of ``catalogue/``; it is validated on load, a reference must be in a
framework file with its date, and every code it names needs its sentences in the language files of the report floor. A user adds or changes
entries in files of their own (``user_rules.py``), without touching these; one audit works with one :class:`Rulebook`. To add a rule of the
verdict: ``verdict.py``; of the tier: ``tiers.py``. Which estimate bears on a measure stands in ``catalogue/conversions.toml``, the numbers of
the tiers in ``strictness.toml``, the staged plan in ``stages.toml``, the work that repairs take in ``repairs.toml``; each entry says why.
"""

from __future__ import annotations

from corpuskit.tasks.assessing import assess
from corpuskit.tasks.assessment import (
    Alternative,
    Assessment,
    Control,
    ControlNumber,
    Kind,
    PilotSize,
    Reference,
    Repair,
    Stage,
    TaskAssessment,
    TaskControl,
    Tier,
    Tolerance,
    Verdict,
)
from corpuskit.tasks.catalogue import TASKS, Task, cues
from corpuskit.tasks.controls import CONTROLS
from corpuskit.tasks.declared import DeclaredLabels, DeclaredTask
from corpuskit.tasks.discovery import Found, discover
from corpuskit.tasks.frameworks import FRAMEWORKS
from corpuskit.tasks.options import OwnerAnswers, TaskOptions
from corpuskit.tasks.owner_questions import OWNER_QUESTIONS, OwnerQuestion, questions_for, toml_value
from corpuskit.tasks.prices import Prices
from corpuskit.tasks.rulebook import Rulebook
from corpuskit.tasks.stages import staged_plan, usual_plan
from corpuskit.tasks.tiers import assumed_answers
from corpuskit.tasks.unused_answers import close_names

__all__ = [
    "CONTROLS",
    "FRAMEWORKS",
    "OWNER_QUESTIONS",
    "TASKS",
    "Alternative",
    "Assessment",
    "Control",
    "ControlNumber",
    "DeclaredLabels",
    "DeclaredTask",
    "Found",
    "Kind",
    "OwnerAnswers",
    "OwnerQuestion",
    "PilotSize",
    "Prices",
    "Reference",
    "Repair",
    "Rulebook",
    "Stage",
    "Task",
    "TaskAssessment",
    "TaskControl",
    "TaskOptions",
    "Tier",
    "Tolerance",
    "Verdict",
    "assess",
    "assumed_answers",
    "close_names",
    "cues",
    "discover",
    "questions_for",
    "staged_plan",
    "toml_value",
    "usual_plan",
]
