"""The catalogue of business tasks: what shows a task in a folder, what error it may make, and what governs it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Generic, Literal, Protocol, TypeVar

from pydantic import Field, ValidationError, field_validator

from corpuskit.errors import ConfigurationError, UnknownName
from corpuskit.tasks.assessment import Frozen, Kind, Tier
from corpuskit.tasks.frameworks import reference
from corpuskit.text import Cue

Impact = Literal["I0", "I1", "I2", "I3", "I4"]
Reversible = Literal["yes", "partly", "no"]
Statistic = Literal["AMB", "TRM", "TPL", "COV", "LEN", "NUM", "VER", "PII", "OCR", "LNG", "IMB"]
ToleranceReason = Literal[
    "easy_to_correct",
    "customer_sees_it",
    "acted_upon",
    "money_or_contract",
    "rights_or_safety",
    "zero_in_sample",
    "not_an_error_rate",
    "person_decides",
    "own_rule",
]
Part = Literal["", "urgent", "serious", "critical", "severe", "risky", "violating", "erroneous"]
Condition = Literal[
    "personal_data", "automatic_action", "external_audience", "public_audience", "health_or_money", "safety_or_legal",
    "board", "public_record", "contract_safety_medical", "labour_or_tax", "mixed_access", "triggers_payment",
    "safety_equipment", "freedom_to_operate", "staff_scores", "deletion", "production_data",
]  # fmt: skip
"""What raises a tier. ``personal_data`` is measured; all others are asked from the owner, because a folder shows language, not consequences."""


def normal(text: str) -> str:
    """Compare cues as they are searched: NFKC, case folded."""
    return unicodedata.normalize("NFKC", text).casefold()


class Words(Frozen):
    """Words in both languages."""

    en: tuple[str, ...] = Field(min_length=1)
    ja: tuple[str, ...] = Field(min_length=1)

    def items(self) -> Iterator[tuple[str, str]]:
        """Give (language, word) in the order of the file."""
        for language, words in (("en", self.en), ("ja", self.ja)):
            for word in words:
                yield language, word


class Name(Frozen):
    """A name in both languages."""

    en: str = Field(min_length=1)
    ja: str = Field(min_length=1)


class Measure(Frozen):
    """How errors of the task are counted.

    ``max_error`` is a rate of errors; ``minimum`` is a score that is no rate (F1). ``part`` names the cases that the rate refers to when it
    is not all of them; ``zero`` asks for a sample without any error. ``conversion`` says, for a measure of one's own, by which entry of
    ``conversions.toml`` an estimate bears on it; empty: the entry that lists the measure.
    """

    name: str
    max_error: float | None = Field(default=None, gt=0, lt=1)
    minimum: float | None = Field(default=None, gt=0, lt=1)
    part: Part = ""
    zero: bool = False
    conversion: str = ""


class Raise(Frozen):
    """Tier at least ``to`` when ``condition`` holds."""

    condition: Condition = Field(alias="if")
    to: Tier
    ref: str


class LawFlag(Frozen):
    """A rule to look at: ``always``, or when what ``condition`` says is the case.

    An empty ``ref`` stands for a rule that was not checked, and is asked from counsel.
    """

    condition: Literal["always", "talks_to_people", "public_interest_text", "legal_advice"] = Field(alias="if")
    ref: str


class Task(Frozen):
    """One task of the catalogue; the first kind is the one that is measured. See ``catalogue/tasks.toml`` for what each key means."""

    id: str
    name: Name
    kinds: tuple[Kind, ...] = Field(min_length=1)
    documents: tuple[str, ...] = Field(min_length=1)
    names: Words
    cues: Words
    patterns: tuple[str, ...] = ()
    stats: tuple[Statistic, ...] = Field(min_length=1)
    measures: tuple[Measure, ...] = Field(min_length=1)
    because: ToleranceReason
    impact: Impact
    reversible: Reversible
    tier_floor: Tier
    raise_to: tuple[Raise, ...] = ()
    law_flags: tuple[LawFlag, ...] = ()

    @property
    def kind(self) -> Kind:
        """The kind that is measured."""
        return self.kinds[0]

    @cached_property
    def words_of_the_work(self) -> frozenset[str]:
        """The cues as they are compared; a name of a document alone says what a file is called."""
        return frozenset(normal(word) for _, word in self.cues.items())

    @property
    def cited(self) -> tuple[str, ...]:
        """The rules that it cites, as ``framework:rule``."""
        return (*(rule.ref for rule in self.raise_to), *(flag.ref for flag in self.law_flags if flag.ref))

    @field_validator("patterns")
    @classmethod
    def _are_expressions(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                matched = re.compile(pattern).match("")
            except re.error as error:
                raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
            if matched:
                raise ValueError(f"{pattern!r} matches an empty cell: it would speak for every table")
        return patterns


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


Entry = TypeVar("Entry", bound=_Identified)


class Catalogue(Mapping[str, Entry], Generic[Entry]):
    """Entries of a data file by id, in the order of the file; read-only.

    Raises
    ------
    ConfigurationError
        Two entries share an id.
    UnknownName
        On look-up of an id that is not there; lists the valid ones.
    """

    def __init__(self, kind: str, entries: Iterable[Entry]) -> None:
        self.kind = kind
        self._entries: dict[str, Entry] = {}
        for entry in entries:
            if entry.id in self._entries:
                raise ConfigurationError(f"Two {kind}s have the id {entry.id!r}.")
            self._entries[entry.id] = entry

    def __getitem__(self, name: str) -> Entry:
        try:
            return self._entries[name]
        except KeyError:
            raise UnknownName(self.kind, name, self._entries) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, name: object) -> bool:
        return name in self._entries


class _File(Frozen):
    tasks: tuple[Task, ...]


def load_tasks(text: str) -> tuple[Task, ...]:
    """Read a catalogue of tasks from TOML.

    Raises
    ------
    ConfigurationError
        No valid TOML, an unknown or missing key, or a reference that no framework has.
    """
    try:
        tasks = _File.model_validate(tomllib.loads(text)).tasks
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/tasks.toml: {error}") from error
    for ref in (ref for task in tasks for ref in task.cited):
        reference(ref)
    return tasks


TASKS: Catalogue[Task] = Catalogue("task", load_tasks(files("corpuskit.tasks").joinpath("catalogue", "tasks.toml").read_text(encoding="utf-8")))


def cues(tasks: Iterable[Task] | None = None) -> tuple[Cue, ...]:
    """Give every word that speaks for a task, to be searched while the text exists: names of documents and words of the work, each once.

    Patterns of cells are cues of their own kind (``language`` "pattern").

    Parameters
    ----------
    tasks : iterable of Task, optional
        Default: those that ship.
    """
    found: dict[tuple[str, str, str], Cue] = {}
    for task in TASKS.values() if tasks is None else tasks:
        words = [*task.names.items(), *task.cues.items(), *(("pattern", pattern) for pattern in task.patterns)]
        for language, word in words:
            found.setdefault((task.id, language, word), Cue(task=task.id, language=language, text=word))
    return tuple(found.values())
