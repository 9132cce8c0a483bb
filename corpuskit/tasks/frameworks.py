"""The legal and governance frameworks that controls and tiers refer to, one dated data file each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Literal

from pydantic import ValidationError

from corpuskit.errors import ConfigurationError
from corpuskit.registry import Registry
from corpuskit.tasks.assessment import Frozen, Reference

Status = Literal["in_force", "postponed", "adopted", "voluntary", "unverified"]


class Rule(Frozen):
    """One rule of a framework.

    Attributes
    ----------
    id : str
        Short and unique in the framework; ``framework:id`` refers to it.
    ref : str
        As people cite it ("Art. 26", "MEASURE 2.4").
    title : str
        What it is about, in our own words.
    applies_from : str
        ISO date, or a prefix of one; empty where no date is known.
    status : str
        ``postponed``: in the law, and not yet applicable; ``adopted``: promulgated, and the day still to be set; ``unverified``: check the text.
    """

    id: str
    ref: str
    title: str
    applies_from: str
    status: Status


class Framework(Frozen):
    """A law, guideline or standard.

    ``checked_on`` is the day on which all its rules were last checked; a report prints it beside every reference. ``source_url`` is an
    official address or empty.
    """

    id: str
    name: dict[Literal["en", "ja"], str]
    source_url: str
    note: str
    checked_on: str
    rules: tuple[Rule, ...]

    def reference(self, rule: Rule) -> Reference:
        """Give a rule as the report prints it."""
        return Reference(
            ref=f"{self.id}:{rule.id}",
            title=f"{rule.ref}: {rule.title}" if rule.ref != rule.title else rule.title,
            applies_from=rule.applies_from,
            status=rule.status,
            source_url=self.source_url,
            checked_on=self.checked_on,
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
        if file.name != f"{framework.id}.toml" or len({rule.id for rule in framework.rules}) != len(framework.rules):
            raise ConfigurationError(f"{file.name}: the file is named after its id, and rule ids differ.")
        loaded.append(framework)
    return tuple(loaded)


FRAMEWORKS: Registry[NamedFramework] = Registry("framework", (NamedFramework(framework.id, framework) for framework in load_frameworks()))
_REFERENCES = {f"{named.name}:{rule.id}": named.framework.reference(rule) for named in FRAMEWORKS.values() for rule in named.framework.rules}


def reference(ref: str) -> Reference:
    """Find a rule by ``framework:rule``, with the date of its last check.

    Raises
    ------
    ConfigurationError
        No data file has this rule: nothing is cited without a date.
    """
    try:
        return _REFERENCES[ref]
    except KeyError:
        raise ConfigurationError(f"Reference {ref!r} is not in catalogue/frameworks: add the rule with its date.") from None
