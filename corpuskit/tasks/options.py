"""Options of the task floor: thresholds, each with the reason for its default, and what only the owner of a task can answer."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from corpuskit.errors import UnknownName
from corpuskit.tasks.assessment import Frozen
from corpuskit.tasks.catalogue import TASKS, Condition, Impact, Reversible, Task

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
    labels_per_class: int = Field(
        default=200, ge=1, description="Labels per class from which a small classifier is suggested; published comparisons use 200 to 500."
    )
    pilot_power: float = Field(default=0.8, gt=0, lt=1, description="Probability that a system twice as good as required passes the pilot.")
    pilot_alpha: float = Field(default=0.05, gt=0, lt=1, description="Largest probability that a system at the tolerance passes the pilot.")
    answers: dict[str, OwnerAnswers] = Field(default={}, description="Answers of owners, by the id of the task or of the catalogue entry.")

    def answers_for(self, task: Task, id: str) -> OwnerAnswers:
        """Give the answers for a task: those for its own id, else those for its catalogue entry, else none."""
        return self.answers.get(id) or self.answers.get(task.id) or OwnerAnswers()

    def check(self) -> None:
        """Refuse answers for tasks that are not in the catalogue.

        Raises
        ------
        UnknownName
            The part of a key before ``@`` is no id of the catalogue.
        """
        for key in self.answers:
            if key.split("@", 1)[0] not in TASKS:
                raise UnknownName("task", key, TASKS)
