"""How strictly each tier is controlled, as numbers with the control they belong to and the reason for each."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal

from pydantic import Field, ValidationError

from corpuskit.errors import ConfigurationError
from corpuskit.tasks.assessment import ControlNumber, Frozen, Tier
from corpuskit.tasks.catalogue import Catalogue
from corpuskit.tasks.controls import CONTROLS


class ControlParameter(Frozen):
    """One number for each tier; see ``catalogue/strictness.toml`` for what each key means."""

    id: str
    control: str
    unit: Literal["share", "months", "days", "level"]
    T1: float = Field(ge=0)
    T2: float = Field(ge=0)
    T3: float = Field(ge=0)
    T4: float = Field(ge=0)
    because: str = Field(min_length=1)

    def at(self, tier: Tier) -> float | None:
        """Give the number of a tier; None for T0, in which nothing may run."""
        return None if tier == "T0" else float(getattr(self, tier))


class _File(Frozen):
    parameters: tuple[ControlParameter, ...]


def load_parameters(text: str) -> tuple[ControlParameter, ...]:
    """Read the parameters from TOML.

    Raises
    ------
    ConfigurationError
        No valid TOML, an unknown or missing key, a share above 1, or a control that does not exist.
    """
    try:
        parameters = _File.model_validate(tomllib.loads(text)).parameters
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/strictness.toml: {error}") from error
    for one in parameters:
        if one.control not in CONTROLS:
            raise ConfigurationError(f"catalogue/strictness.toml: {one.id}: there is no control {one.control!r}.")
        if one.unit == "share" and max(one.T1, one.T2, one.T3, one.T4) > 1:
            raise ConfigurationError(f"catalogue/strictness.toml: {one.id}: a share is at most 1.")
    return parameters


PARAMETERS: Catalogue[ControlParameter] = Catalogue(
    "control parameter", load_parameters(files("corpuskit.tasks").joinpath("catalogue", "strictness.toml").read_text(encoding="utf-8"))
)


def numbers_for(tier: Tier) -> tuple[ControlNumber, ...]:
    """Give the numbers that hold in a tier, each with its control; none for T0, and none of a control that the tier does not need."""
    return tuple(
        ControlNumber(id=one.id, control=one.control, value=value, unit=one.unit)
        for one in PARAMETERS.values()
        if tier in CONTROLS[one.control].parameter and (value := one.at(tier)) is not None
    )


def number(id: str, tier: Tier) -> float | None:
    """Give one number of a tier, such as ``review_share``; None for T0.

    Raises
    ------
    UnknownName
        There is no parameter of that name.
    """
    return PARAMETERS[id].at(tier)
