"""Axes of charts: their ends, their ticks, and how values are written on them."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from corpuskit.report.numbers import number, percent_digits

WIDE, NARROW = 680, 420
"""Widths of view boxes: the width of a page of text, and what still has letters of a readable size when two stand side by side on A4."""


@dataclass(frozen=True)
class Tick:
    """A tick of an axis: its position and its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Axis:
    """Ends of an axis in scaled units (powers of ten where it is logarithmic), and its ticks in units of the data."""

    low: float
    high: float
    ticks: tuple[float, ...]
    logarithmic: bool = False

    def place(self, value: float, start: float, end: float) -> float:
        """Give the position of a value between the positions of the two ends of the axis."""
        scaled = math.log10(value) if self.logarithmic else value
        share = (scaled - self.low) / (self.high - self.low)
        return round(start + (end - start) * min(max(share, 0.0), 1.0), 1)


def axis(values: Sequence[float], logarithmic: bool = False, percent: bool = False) -> Axis:
    """Choose the ends and the ticks of an axis that holds all values; shares are shown up to 1, or to a round end where all are small."""
    if logarithmic:
        low = math.floor(math.log10(min(values, default=1.0)))
        high = max(math.ceil(math.log10(max(values, default=10.0))), low + 1)
        step = math.ceil((high - low) / 6)
        return Axis(low, high, tuple(10.0**power for power in range(low, high + 1, step)), logarithmic=True)
    largest, smallest = max(values, default=1.0), min(values, default=0.0)
    whole = percent and 0.4 < largest <= 1
    end = 1.0 if whole else nice(largest) if largest > 0 else 1.0
    start = -nice(-smallest) if smallest < 0 else 0.0
    return Axis(start, end, tuple(start + (end - start) * step / 4 for step in range(5)))


def text_of(value: float, percent: bool) -> str:
    """Write a value of a chart."""
    return f"{percent_digits(value)}%" if percent else number(float(f"{value:.6g}"))


def nice(value: float) -> float:
    """Give the smallest of 1, 2, 4, 5 or 10 times a power of ten that is not below a positive value.

    Examples
    --------
    >>> nice(.13), nice(37), nice(100)
    (0.2, 40.0, 100.0)
    """
    value = max(value, sys.float_info.min)  # below it a float has too few digits for its power of ten
    power = 10.0 ** math.floor(math.log10(value))
    step = next(step for step in (1, 2, 4, 5, 10) if step * power >= value * (1 - 1e-9))
    return float(f"{step * power:.6g}")


def finite(*values: float | None) -> bool:
    """Tell whether all values are there and finite."""
    return all(value is not None and math.isfinite(value) for value in values)
