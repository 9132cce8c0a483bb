"""The controls C01 to C24, their parameter in each tier and what they rest on."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from importlib.resources import files
from typing import Literal

from pydantic import Field, ValidationError

from corpuskit.errors import ConfigurationError
from corpuskit.finding import Message
from corpuskit.tasks.assessment import Control, Frozen, Reference, TaskControl, Tier
from corpuskit.tasks.catalogue import Catalogue, Name
from corpuskit.tasks.frameworks import reference


class ControlEntry(Frozen):
    """One control of the data file. ``parameter`` gives the sentence for each tier that needs it: its name in the language files, or itself."""

    id: str = Field(pattern=r"^C\d\d$")
    title: Name
    references: tuple[str, ...] = Field(min_length=1)
    parameter: dict[Literal["T1", "T2", "T3", "T4"], str | Name]

    def printed(self, find: Callable[[str], Reference] = reference) -> Control:
        """Give the control as the report prints it, every reference with its date."""
        return Control(id=self.id, title=self.title.model_dump(), references=tuple(find(ref) for ref in self.references))

    def said(self, tier: Literal["T1", "T2", "T3", "T4"]) -> Message:
        """Give the parameter of a tier that needs the control."""
        told = self.parameter[tier]
        return Message(code=told) if isinstance(told, str) else Message(code="own_words", parameters={"en": told.en, "ja": told.ja})


class _File(Frozen):
    controls: tuple[ControlEntry, ...]


def load_controls(text: str) -> tuple[ControlEntry, ...]:
    """Read controls from TOML; every reference must be in a framework file.

    Raises
    ------
    ConfigurationError
        The text is not what it should be, or a reference has no date.
    """
    try:
        controls = _File.model_validate(tomllib.loads(text)).controls
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/controls.toml: {error}") from error
    for control in controls:
        control.printed()
    return controls


CONTROLS: Catalogue[ControlEntry] = Catalogue(
    "control", load_controls(files("corpuskit.tasks").joinpath("catalogue", "controls.toml").read_text(encoding="utf-8"))
)


def controls_for(tier: Tier, entries: Iterable[ControlEntry] | None = None) -> tuple[TaskControl, ...]:
    """Give the controls that a tier needs, of those that ship or of ``entries``. T0 needs none, because nothing may run."""
    if tier == "T0":
        return ()
    every = CONTROLS.values() if entries is None else entries
    return tuple(TaskControl(id=entry.id, parameter=entry.said(tier)) for entry in every if tier in entry.parameter)
