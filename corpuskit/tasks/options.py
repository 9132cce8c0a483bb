"""Options of the task floor: thresholds, each with the reason for its default, and what only the owner of a task can answer."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.tasks.assessment import Frozen
from corpuskit.tasks.catalogue import Condition, Impact, Reversible, Task
from corpuskit.tasks.declared import DeclaredTask
from corpuskit.tasks.prices import Prices
from corpuskit.tasks.rulebook import Rulebook
from corpuskit.tasks.user_rules import OwnEntries, Source, read_entries, rulebook_of

PersonEffect = Literal["none", "indirect", "decides"]
Audience = Literal["team", "company", "customer", "public"]
Data = Literal["open", "internal", "personal", "special"]
Autonomy = Literal["draft", "sampled", "automatic"]

CONDITIONS: tuple[Condition, ...] = get_args(Condition)


class OwnerAnswers(Frozen):
    """What the owner of a task says. None: not answered; the default of the catalogue stands.

    An answer may raise the tier above the catalogue's, never lower it.
    """

    owner: str = Field(default="", description="Who answered.")
    max_error: float | None = Field(default=None, gt=0, lt=1, description="Largest error rate that the business bears.")
    person_effect: PersonEffect | None = Field(default=None, description="Does the output affect a person: none, indirect, or does it decide?")
    impact: Impact | None = Field(
        default=None, description="I0 none, I1 time, I2 customer or reputation, I3 money, law or quality, I4 rights or safety."
    )
    reversible: Reversible | None = Field(default=None, description="Can an error be undone?")
    audience: Audience | None = Field(default=None, description="Who sees the output.")
    data: Data | None = Field(default=None, description="Most sensitive data in the input.")
    autonomy: Autonomy | None = Field(default=None, description="draft: a person sends it; sampled: a sample is checked; automatic: nobody looks.")
    prohibited: bool = Field(default=False, description="Falls under a prohibited practice (EU AI Act Art. 5).")
    conditions: tuple[Condition, ...] = Field(default=(), description="Conditions of the catalogue that hold, such as safety_or_legal.")
    cases_per_month: float | None = Field(default=None, gt=0, description="Cases of a month; asked, because a folder shows what was kept.")
    minutes_per_case: float | None = Field(default=None, gt=0, description="Minutes of a person for one case today.")
    review_minutes: float | None = Field(default=None, gt=0, description="Minutes of a person to look over one output.")
    error_cost: float | None = Field(default=None, gt=0, description="What one error costs that nobody finds, in the currency of tasks.prices.")


class TaskOptions(Frozen):
    """How tasks are found, ranked, judged and sized."""

    min_documents: int = Field(default=5, ge=1, description="A task exists in at least this many documents or labelled rows; fewer may be chance.")
    min_section_share: float = Field(
        default=0.2,
        ge=0,
        le=1,
        description="Without an agreeing path or title, cues stand in this share of sections; one slide on a policy makes no policy.",
    )
    min_cases: int = Field(default=30, ge=10, description="Fewer measured cases give no suitability; below 30 the interval spans most rates.")
    start_probability: float = Field(
        default=0.8, gt=0.5, lt=1, description="Start when even the lower end of the suitability is this high: one wrong in five."
    )
    even_probability: float = Field(
        default=0.5, ge=0.5, lt=1, description="Start with conditions from here: the tolerance is more likely met than not."
    )
    fix_probability: float = Field(
        default=0.2, gt=0, lt=0.5, description="Fix first below this suitability: the odds are four to one against the tolerance."
    )
    replication_level: float = Field(
        default=0.9, gt=0.5, lt=1, description="Level of the interval of the suitability under replication: nine repeats in ten."
    )
    structure_discount: float = Field(default=0.5, gt=0, le=1, description="Evidence of grade D counts half: headings only stand in for questions.")
    missing_mass: float = Field(
        default=0.2, gt=0, lt=1, description="More unseen vocabulary than this raises the tier: the corpus shows too little of the language."
    )
    personal_share: float = Field(
        default=0.1, ge=0, lt=1, description="From this share of the task's documents personal data count as usual, not as a stray address."
    )
    min_agreement: float = Field(
        default=0.6,
        gt=0,
        lt=1,
        description="Kappa of two labellers below this raises the tier: they share less than six tenths of what chance leaves.",
    )
    labels_per_class: int = Field(
        default=200, ge=1, description="Labels per class from which a small classifier is suggested; published comparisons use 200 to 500."
    )
    pilot_power: float = Field(default=0.8, gt=0, lt=1, description="Probability that a system twice as good as required passes the pilot.")
    pilot_alpha: float = Field(default=0.05, gt=0, lt=1, description="Largest probability that a system at the tolerance passes the pilot.")
    framework_days: int = Field(
        default=365,
        ge=1,
        description="A framework checked longer ago than this is a finding; three facts of the calendar changed within one year (2026).",
    )
    today: str = Field(default="", description="Day that frameworks are compared with (ISO); empty: the day of the audit.")
    prices: Prices = Field(default=Prices(), description="What models and people cost; without it no cost is given.")
    answers: dict[str, OwnerAnswers] = Field(default={}, description="Answers of owners, by the id of the task or of the catalogue entry.")
    declared: tuple[DeclaredTask, ...] = Field(default=(), description="Tasks that the user declares; they take precedence over what is discovered.")
    files: tuple[str, ...] = Field(default=(), description="Files (TOML or YAML) with own tasks, controls and rules.")
    own: OwnEntries = Field(default=OwnEntries(), description="Own tasks, controls and rules, laid over those of the files.")

    @cached_property
    def rulebook(self) -> Rulebook:
        """The tasks, controls and frameworks of this audit: those that ship, then the files in their order, then :attr:`own`.

        Raises
        ------
        ConfigurationError
            A file or an entry cannot be used; the message names file, line, entry and key.
        """
        return rulebook_of([*(read_entries(Path(file)) for file in self.files), (self.own, Source("corpuskit.toml, tasks.own", ""))])

    def digest_of_files(self) -> tuple[str, ...]:
        """Give the SHA-256 of each file of own rules, so that two audits tell whether they used the same ones."""
        return tuple(hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in self.files)

    def answers_for(self, task: Task, id: str) -> OwnerAnswers:
        """Give the answers for a task: those for its own id, else those for its catalogue entry, else none; a declaration's own over them."""
        answers = self.answers.get(id) or self.answers.get(task.id) or OwnerAnswers()
        declared = next((one for one in self.declared if one.id == id), None)
        if declared is None:
            return answers
        given = {"owner": declared.owner or None, "max_error": declared.max_error}
        return answers.model_copy(update={key: value for key, value in given.items() if value is not None})

    def check(self) -> None:
        """Refuse what names no task of the rulebook, and what is said twice in two ways.

        Raises
        ------
        UnknownName
            The part of a key before ``@``, or the task of a declaration, is no id of the catalogue.
        ConfigurationError
            The rulebook cannot be made (:attr:`rulebook`), two declarations have one id, or an answer and a declaration give the same task two
            tolerances.
        """
        tasks = self.rulebook.tasks
        for name in (*(key.split("@", 1)[0] for key in self.answers), *(one.task for one in self.declared)):
            if name not in tasks:
                raise UnknownName("task", name, tasks)
        seen: set[str] = set()
        for one in self.declared:
            if one.id in seen:
                raise ConfigurationError(f"tasks.declared: {one.id} is declared twice. Keep one, or give each its own folder or labels.")
            seen.add(one.id)
            answered = self.answers[one.id].max_error if one.id in self.answers else None
            if one.max_error is not None and answered is not None and answered != one.max_error:
                raise ConfigurationError(
                    f"tasks: {one.id} has the tolerance {one.max_error:g} in tasks.declared and {answered:g} in tasks.answers. Keep one of them."
                )
