"""What an experiment gives: figures with their aims, tables, notes. The page and the JSON file are made of nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Standing = Literal["borne_out", "borne_out_not_surely", "not_borne_out", "described", "undefined"]
Cell = str | int | float | None


@dataclass(frozen=True)
class Aim:
    """A bound set before the run.

    Attributes
    ----------
    low, high : float or None
        The value must not lie below, not lie above; None for no bound.
    source : str
        Where the aim was set, such as ``protocol, 2``.
    """

    low: float | None = None
    high: float | None = None
    source: str = "protocol"

    def holds(self, value: float) -> bool:
        """Tell whether a value lies inside the bounds.

        >>> Aim(low=0.9).holds(0.89), Aim(low=0.85, high=0.95).holds(0.9)
        (False, True)
        """
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def told(self) -> str:
        """Write the aim as a reader sees it.

        >>> Aim(low=0.9).told(), Aim(low=0.85, high=0.95).told(), Aim(high=0.5).told()
        ('at least 0.9', '0.85 to 0.95', 'at most 0.5')
        """
        if self.low is not None and self.high is not None:
            return f"{self.low:g} to {self.high:g}"
        return f"at least {self.low:g}" if self.low is not None else f"at most {self.high:g}"


@dataclass(frozen=True)
class Figure:
    """One result.

    Attributes
    ----------
    code : str
        Unique inside the proof, such as ``tasks_spearman_trained``; what reads ``proof.json`` relies on it.
    says : str
        What it is, in plain words.
    value : float or None
        None exactly when ``undefined_because`` says why.
    interval : (float, float) or None
        At ``level``; None where there is none, and ``method`` says why.
    n, unit : int, str
        Sample size.
    method, origin : str
        How it was computed; which data and part.
    aim : Aim or None
        None for a figure that only describes.
    first_reading : bool
        False where this data had been opened before for this measure; the page marks it.
    """

    code: str
    says: str
    value: float | None
    interval: tuple[float, float] | None
    n: int
    unit: str
    method: str
    origin: str
    level: float = 0.95
    aim: Aim | None = None
    first_reading: bool = True
    undefined_because: str = ""

    def __post_init__(self) -> None:
        if (self.value is None) != bool(self.undefined_because):
            raise ValueError(f"{self.code}: give either a value or the reason why there is none.")
        if self.value is not None and self.value != self.value:
            raise ValueError(f"{self.code}: NaN is not a value.")

    @property
    def standing(self) -> Standing:
        """Judge by the rule that the protocol fixed in its section 6."""
        if self.value is None:
            return "undefined"
        if self.aim is None:
            return "described"
        if not self.aim.holds(self.value):
            return "not_borne_out"
        sure = self.interval is not None and all(self.aim.holds(end) for end in _ends_that_count(self.interval, self.aim))
        return "borne_out" if sure else "borne_out_not_surely"


def _ends_that_count(interval: tuple[float, float], aim: Aim) -> tuple[float, ...]:
    """Give the ends of the interval that could break the aim: the lower one for a least value, the upper one for a highest."""
    low, high = interval
    return (*((low,) if aim.low is not None else ()), *((high,) if aim.high is not None else ()))


@dataclass(frozen=True)
class Table:
    """A table of results; ``code`` is unique inside the proof. Numbers are rounded by whoever fills it."""

    code: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Experiment:
    """One section of the proof.

    Attributes
    ----------
    code : str
        ``theory``, ``tasks``, ``items``, ``people`` or ``peers``.
    asked : str
        The question in one sentence.
    not_run : str
        Reason why it was not run; empty if it was.
    measured_once : tuple of Table
        Tables whose numbers depend on the machine (times, memory): on the page, and apart from what must come out the same in every run.
    """

    code: str
    title: str
    asked: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    measured_once: tuple[Table, ...] = ()
    not_run: str = ""
