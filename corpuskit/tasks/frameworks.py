"""The legal and governance frameworks that controls and tiers refer to, one dated data file each."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from corpuskit.errors import ConfigurationError
from corpuskit.registry import Registry
from corpuskit.tasks.assessment import Frozen, Reference

Day = Annotated[str, Field(pattern=r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]
PartialDay = Annotated[str, Field(pattern=r"^(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$")]
Address = Annotated[str, Field(pattern=r"^(https://\S+)?$")]
Status = Literal["in_force", "postponed", "adopted", "voluntary", "unverified"]


class Rule(Frozen):
    """One rule of a framework.

    Attributes
    ----------
    id : str
        Short and unique in the framework; ``framework:id`` refers to it.
    ref : str
        As people cite it ("Art. 26", "MEASURE 2.4").
    title : dict
        What it is about, in our own words, by language; one text stands for both.
    applies_from : str
        ISO date, or a prefix of one; empty where no date is known.
    status : str
        ``postponed``: in the law, and not yet applicable; ``adopted``: promulgated, and the day still to be set; ``unverified``: check the text.
    source_url, checked_on : str
        Of this rule alone; empty: those of its framework.
    """

    id: str = Field(min_length=1)
    ref: str = Field(min_length=1)
    title: dict[Literal["en", "ja"], str] = Field(min_length=2)
    applies_from: PartialDay
    status: Status
    source_url: Address = ""
    checked_on: Day | Literal[""] = ""

    @field_validator("title", mode="before")
    @classmethod
    def _one_text_for_both(cls, title: object) -> object:
        return {"en": title, "ja": title} if isinstance(title, str) and title else title

    def titled(self, language: Literal["en", "ja"]) -> str:
        """Give the reference with what it is about."""
        return self.ref if self.title[language] == self.ref else f"{self.ref}: {self.title[language]}"


class Framework(Frozen):
    """A law, guideline or standard.

    ``checked_on`` is the day on which all its rules were last checked; a report prints it beside every reference. ``source_url`` is an
    official address or empty. ``note`` says by language how far the text itself was read; one text stands for both.
    """

    id: str = Field(min_length=1)
    name: dict[Literal["en", "ja"], str]
    source_url: Address
    note: dict[Literal["en", "ja"], str]
    checked_on: Day
    rules: tuple[Rule, ...]

    @field_validator("note", mode="before")
    @classmethod
    def _one_note_for_both(cls, note: object) -> object:
        return {"en": note, "ja": note} if isinstance(note, str) else note

    @model_validator(mode="after")
    def _rules_differ(self) -> Self:
        twice = sorted(id for id, number in Counter(rule.id for rule in self.rules).items() if number > 1)
        if twice:
            raise ValueError(f"rule ids differ; given twice: {', '.join(twice)}")
        return self

    def reference(self, rule: Rule) -> Reference:
        """Give a rule as the report prints it."""
        return Reference(
            ref=f"{self.id}:{rule.id}",
            title=rule.titled("en"),
            title_ja=rule.titled("ja"),
            framework={str(language): name for language, name in self.name.items()},
            note={str(language): note for language, note in self.note.items() if note},
            applies_from=rule.applies_from,
            status=rule.status,
            source_url=rule.source_url or self.source_url,
            checked_on=rule.checked_on or self.checked_on,
        )


@dataclass(frozen=True, slots=True)
class NamedFramework:
    """A framework under its id, as registries want it."""

    name: str
    framework: Framework


def load_frameworks() -> tuple[Framework, ...]:
    """Load all data files in ``catalogue/frameworks``, by name.

    Raises
    ------
    ConfigurationError
        A file is not what it should be, its name is not its id, or two rules share an id.
    """
    folder = files("corpuskit.tasks").joinpath("catalogue", "frameworks")
    loaded = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        try:
            framework = Framework.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        except (ValidationError, tomllib.TOMLDecodeError) as error:
            raise ConfigurationError(f"{file.name}: {error}") from error
        if file.name != f"{framework.id}.toml":
            raise ConfigurationError(f"{file.name}: the file is named after its id ({framework.id}).")
        loaded.append(framework)
    return tuple(loaded)


def references(frameworks: Iterable[Framework]) -> dict[str, Reference]:
    """Give every rule of some frameworks by ``framework:rule``, as the report prints it."""
    return {f"{framework.id}:{rule.id}": framework.reference(rule) for framework in frameworks for rule in framework.rules}


FRAMEWORKS: Registry[NamedFramework] = Registry("framework", (NamedFramework(framework.id, framework) for framework in load_frameworks()))
_REFERENCES = references(named.framework for named in FRAMEWORKS.values())


def reference(ref: str) -> Reference:
    """Find a rule that ships by ``framework:rule``, with the date of its last check.

    Raises
    ------
    ConfigurationError
        No data file has this rule: nothing is cited without a date.
    """
    try:
        return _REFERENCES[ref]
    except KeyError:
        raise ConfigurationError(f"Reference {ref!r} is not in catalogue/frameworks: add the rule with its date.") from None
