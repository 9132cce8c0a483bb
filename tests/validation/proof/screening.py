"""What a user gets who audits a labelled table: the estimates of an audit with its defaults, for a task of which 200 rows have their label.

The table (columns ``text`` and ``label``, the other rows with an empty label) is declared as ``ticket_routing``: of the entries of the catalogue
whose tolerance is the rate of wrong labels among all cases it is the general one. Without a declaration such a table belongs to no task and has
no suitability; the declaration changes no estimate.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpuskit.audit import Settings, audit_with_counts
from corpuskit.counts import CorpusStats
from corpuskit.estimators import Estimate, Inputs
from corpuskit.estimators.labels.attainable_error import estimate_attainable_error
from corpuskit.report import AuditReport

LABELLED, ROWS, SEEDS = 200, 4_000, (0, 1, 2, 3, 4)
"""Rows that keep their label, rows of a table at most, and seeds of the draws: as the protocol set them."""

FILE, COLUMN, DECLARED = "messages.csv", "label", "ticket_routing"
DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Day of the audits, so that nothing in them depends on the calendar."""


class Screened(NamedTuple):
    """What one audit says of one table.

    Attributes
    ----------
    error : float or None
        Extrapolated error, ``attainable_error``; None where it is refused.
    interval : (float, float) or None
        Its interval as stated, at ``level``.
    level : float or None
    n : int
        Labelled messages that it rests on.
    ambiguity : float or None
        Cross-fitted error at the labels at hand, ``language_ambiguity``.
    suitability : float or None
        Of the declared task, 0 to 1.
    refused : str
        Code of the reason why there is no extrapolated error; empty where there is one.
    at_ninety : (float, float) or None
        The interval that an audit set to 90 % states.
    """

    error: float | None
    interval: tuple[float, float] | None
    level: float | None
    n: int
    ambiguity: float | None
    suitability: float | None
    refused: str
    at_ninety: tuple[float, float] | None = None


def drawn_table(texts: Sequence[str], labels: Sequence[str], seed: int, labelled: int = LABELLED) -> tuple[list[str], list[str]]:
    """Draw the rows of a table: so many with their label, the others (4,000 rows in all) with an empty one."""
    order = np.random.default_rng(seed).permutation(len(texts))[:ROWS]
    return [texts[place] for place in order], [labels[place] if number < labelled else "" for number, place in enumerate(order)]


def screen(texts: Sequence[str], labels: Sequence[str], level: float | None = None) -> Screened:
    """Write a table and audit it.

    Parameters
    ----------
    texts, labels : sequence of str
        Of equal length; an empty label means that the row has none.
    level : float, optional
        Confidence level; the audit's default otherwise.

    Returns
    -------
    Screened
        With the interval at 90 % beside the stated one, from the same counts.
    """
    declared = {"declared": [{"task": DECLARED, "labels": {"file": FILE, "column": COLUMN}}]}
    settings = Settings.model_validate({"tasks": declared} | ({} if level is None else {"estimate": {"level": level}}))
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / FILE).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([("text", COLUMN), *zip(texts, labels, strict=True)])
        audited = audit_with_counts([Path(folder)], settings, now=DAY)
    found = read_off(audited.report)
    return found if found.error is None else found._replace(at_ninety=_at_ninety(audited.counts, settings))


def _at_ninety(counts: CorpusStats, settings: Settings) -> tuple[float, float] | None:
    """Give the interval of the extrapolated error at 90 %: its ends at one level do not tell those at another."""
    options = settings.estimate.model_copy(update={"seed": settings.seed, "level": 0.9})
    return estimate_attainable_error(Inputs(counts, options), options).estimates[0].interval


def read_off(report: AuditReport) -> Screened:
    """Read the numbers of the one table off a report."""
    error, ambiguity = (_of(report.estimates, measure) for measure in ("attainable_error", "language_ambiguity"))
    suitability = next((task.suitability for task in report.tasks if task.catalogue_id == DECLARED), None)
    refused = "" if error is not None and error.value is not None else _reason(error)
    known = error if error is not None and not refused else None
    return Screened(
        error=known.value if known else None,
        interval=known.interval if known else None,
        level=known.level if known else None,
        n=known.n if known else 0,
        ambiguity=ambiguity.value if ambiguity else None,
        suitability=suitability,
        refused=refused,
    )


def _of(estimates: Sequence[Estimate], measure: str) -> Estimate | None:
    return next((one for one in estimates if one.measure == measure), None)


def _reason(error: Estimate | None) -> str:
    return error.undefined_because.code if error is not None and error.undefined_because is not None else "not measured"
