"""How far to trust this: what the tool's own proof found, as data that ships with the package.

``trust.toml`` is written by the proof (``reports/validation/protocol.md`` says how a figure is judged); the words stand in the language files.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from corpuskit.report.phrasebook import Phrasebook

Standing = Literal["borne_out", "borne_out_not_surely", "not_borne_out", "described", "not_examined"]
STANDINGS: tuple[Standing, ...] = ("borne_out", "borne_out_not_surely", "not_borne_out", "described", "not_examined")
"""From what a reader may lean on to what nothing is known of; lists are in this order. What is only described had no aim."""


@dataclass(frozen=True)
class ProvenFigure:
    """One figure of the proof.

    Attributes
    ----------
    code : str
        The sentence about it is the label ``trust_<code>``.
    standing : Standing
    value, low, high : float or None
        None, all three, where it was not examined; ``low`` and ``high`` also where it has no interval.
    n : int
        Sample size; the sentence names the unit.
    """

    code: str
    standing: Standing
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0


@cache
def proven_figures() -> tuple[ProvenFigure, ...]:
    """Load the figures, in the order of the file."""
    text = files("corpuskit.report").joinpath("trust.toml").read_text(encoding="utf-8")
    return tuple(ProvenFigure(**entry) for entry in tomllib.loads(text).get("figure", ()))


def trust_sentences(book: Phrasebook) -> tuple[tuple[Standing, tuple[str, ...]], ...]:
    """Give the sentences by standing; standings that no figure has are left out.

    Returns
    -------
    tuple of (Standing, tuple of str)
        In the order of ``STANDINGS``; inside one, in that of the file.
    """
    told = [(standing, tuple(_sentence(figure, book) for figure in proven_figures() if figure.standing == standing)) for standing in STANDINGS]
    return tuple((standing, sentences) for standing, sentences in told if sentences)


def _sentence(figure: ProvenFigure, book: Phrasebook) -> str:
    claim = book.label(f"trust_{figure.code}")
    if figure.value is None:
        return claim
    told = [number for number in (figure.value, figure.low, figure.high) if number is not None]
    counts = all(number == int(number) for number in told) and max(map(abs, told)) > 1
    written = [f"{number:.0f}" if counts else f"{number:.2f}" for number in told]
    if figure.low is None or figure.high is None:
        return book.label("trust_figure", claim=claim, value=written[0], n=figure.n)
    return book.label("trust_figure_interval", claim=claim, value=written[0], low=written[1], high=written[2], n=figure.n)
