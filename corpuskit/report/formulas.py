"""Formulas of measures: which holds for a measure, as data. What the letters mean is said by the phrasebook, the paper stands in each estimate."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Formula:
    """A formula and the measures it holds for (names, ``*`` for any characters); ``id`` is the key of its words in the language files.

    ``formula`` is empty where it cannot be written without words: then the language files hold it, too.
    """

    id: str
    measures: tuple[str, ...]
    formula: str

    def holds_for(self, measure: str) -> bool:
        """Tell whether the formula is that of a measure."""
        return any(fnmatchcase(measure, name) for name in self.measures)


@cache
def formulas() -> tuple[Formula, ...]:
    """Load all formulas, in the order of the file."""
    text = files("corpuskit.report").joinpath("formulas.toml").read_text(encoding="utf-8")
    return tuple(Formula(entry["id"], tuple(entry["measures"]), entry.get("formula", "")) for entry in tomllib.loads(text)["formula"])


def formula_of(measure: str) -> Formula | None:
    """Give the formula of a measure; None for one that is not in the file, such as that of a third party's estimator.

    A name that stands in the file as it is comes before names with ``*``.

    Examples
    --------
    >>> formula_of("coverage_in_short_units").id, formula_of("unheard_of")
    ('coverage', None)
    """
    named = next((formula for formula in formulas() if measure in formula.measures), None)
    return named or next((formula for formula in formulas() if formula.holds_for(measure)), None)
