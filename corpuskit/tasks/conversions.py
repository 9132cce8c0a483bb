"""Conversions: which estimate bears on the error that a task may make, and why. Nothing else is compared with a tolerance."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Literal, Self

from pydantic import Field, ValidationError, model_validator

from corpuskit.errors import ConfigurationError
from corpuskit.tasks.assessment import Frozen, Kind
from corpuskit.tasks.catalogue import Catalogue, Measure

Exactness = Literal["same", "upper", "part", "step", "none"]


class Conversion(Frozen):
    """One way from an estimate to an error rate; see ``catalogue/conversions.toml`` for what each key means."""

    id: str
    kinds: tuple[Kind, ...] = Field(min_length=1)
    measures: tuple[str, ...]
    estimates: tuple[str, ...]
    exactness: Exactness
    because: str

    @model_validator(mode="after")
    def _estimates_or_none(self) -> Self:
        if (self.exactness == "none") == bool(self.estimates):
            raise ValueError(f"{self.id}: give estimates, or the exactness 'none'.")
        return self


class _File(Frozen):
    conversions: tuple[Conversion, ...]


def load_conversions(text: str) -> tuple[Conversion, ...]:
    """Read conversions from TOML.

    Raises
    ------
    ConfigurationError
        No valid TOML, an unknown or missing key, or two conversions for one measure of one kind.
    """
    try:
        conversions = _File.model_validate(tomllib.loads(text)).conversions
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"catalogue/conversions.toml: {error}") from error
    seen: dict[tuple[str, str], str] = {}
    for conversion in conversions:
        for kind in conversion.kinds:
            for measure in conversion.measures:
                if (kind, measure) in seen:
                    other = seen[kind, measure]
                    raise ConfigurationError(f"catalogue/conversions.toml: {measure!r} of {kind!r} is in {other!r} and in {conversion.id!r}.")
                seen[kind, measure] = conversion.id
    return conversions


CONVERSIONS: Catalogue[Conversion] = Catalogue(
    "conversion", load_conversions(files("corpuskit.tasks").joinpath("catalogue", "conversions.toml").read_text(encoding="utf-8"))
)

NOT_STATED = Conversion(
    id="not_stated",
    kinds=("classify", "retrieve", "extract", "generate", "summarise", "translate"),
    measures=(),
    estimates=(),
    exactness="none",
    because="conversion_not_stated",
)
"""What holds for a measure that no conversion names, such as one of a user's own task: only a pilot measures it."""

OWN_RATE = Conversion(
    id="own_rate",
    kinds=("classify",),
    measures=(),
    estimates=("attainable_error", "language_ambiguity"),
    exactness="same",
    because="conversion_own_rate",
)
"""What holds where the owner gives an error rate for a task whose usual measure is a score: it is the share of wrong labels."""


def conversion_of(kind: Kind, measure: Measure, *, owner_gives_rate: bool = False) -> Conversion:
    """Find how the first measure of a task is reached from what is measured.

    Parameters
    ----------
    kind : Kind
    measure : Measure
    owner_gives_rate : bool
        Whether the owner named an error rate. For labels it then takes the place of a score.

    Raises
    ------
    UnknownName
        The measure names a conversion that does not exist.
    ConfigurationError
        It names one for another kind of work.
    """
    if measure.conversion:
        named = CONVERSIONS[measure.conversion]
        if kind not in named.kinds:
            valid = ", ".join(one.id for one in CONVERSIONS.values() if kind in one.kinds)
            raise ConfigurationError(f"measure {measure.name!r}: the conversion {named.id!r} is not for {kind!r}. Valid: {valid}.")
        return named
    found = next((one for one in CONVERSIONS.values() if kind in one.kinds and measure.name in one.measures), NOT_STATED)
    if kind == "classify" and owner_gives_rate and found.id in ("score", "rate_among_alarms", "not_stated"):
        return OWN_RATE
    return found
