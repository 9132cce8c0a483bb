"""What to do about the names of categories: merge, rename, split; with the messages that say so."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.definition_space import DefinitionView, drawn_to
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.resampling import effective_size
from corpuskit.finding import Evidence, Finding

Floats = NDArray[np.float64]
Kind = Literal["merge", "rename", "split"]

COMPETES = 0.25
"""Share of a category's messages that another name must draw to count as a competitor, because a name that takes one message in four is met daily."""

MISLEADS = 0.5
"""Share that one other name must draw for a name to count as misleading, because from there most messages go to the wrong place."""

FEWEST_DRAWN = 10
"""Messages drawn to another name needed for any advice, because below ten the interval of the share is wider than the share."""

LONGEST = 20
"""Categories shown at most, because a reader can act on few; those whose names lead to the fewest of their messages come first."""

MOST_ADVICE = 3
"""Findings of each kind at most for one table, because the worst three are a day's work."""


class Advice(NamedTuple):
    """One thing to do: categories by number, the messages of the first that the others draw, and their share."""

    kind: Kind
    category: int
    others: tuple[int, ...]
    messages: int
    share: float


def advise(drawn: NDArray[np.int64], sizes: NDArray[np.int64], worth: Floats, level: float = 0.95) -> tuple[Advice, ...]:
    """Find the categories whose names do not lead to their own messages, and say what would help.

    A name competes for a category when it draws at least :data:`COMPETES` of its messages and the exact interval of that share lies above the share
    that it draws of the messages of third categories (so names that draw everything alike compete with none). *Merge*: two categories compete for
    each other.
    *Rename*: one other name draws at least :data:`MISLEADS`, more than the category's own. *Split*: at least two other names compete, and together
    they draw more than the category's own name. Each category gets one piece of advice, in this order.

    Parameters
    ----------
    drawn : array of int, shape (K, K)
        Messages by (label, category whose name is nearest).
    sizes : array of int, shape (K,)
        Messages of each label.
    worth : array, shape (K,)
        How many independent messages they are worth.
    level : float

    Returns
    -------
    tuple of Advice
        The largest share first.
    """
    share = drawn / np.maximum(sizes, 1)[:, None]
    competing = np.zeros(drawn.shape, np.bool_)
    for first, second in zip(*np.nonzero((share >= COMPETES) & (drawn >= FEWEST_DRAWN)), strict=True):
        low = clopper_pearson(float(share[first, second] * worth[first]), float(worth[first]), level)[0]
        thirds = np.delete(np.arange(len(sizes)), [first, second])
        elsewhere = int(drawn[thirds, second].sum()) / max(int(sizes[thirds].sum()), 1)
        competing[first, second] = first != second and low > elsewhere
    own = np.diag(share)
    found, done = [], set()
    for first, second in zip(*np.nonzero(np.triu(competing & competing.T)), strict=True):
        count = int(drawn[first, second] + drawn[second, first])
        found.append(Advice("merge", int(first), (int(second),), count, count / int(sizes[first] + sizes[second])))
        done |= {int(first), int(second)}
    for category in range(len(sizes)):
        rivals = sorted(np.flatnonzero(competing[category]).tolist(), key=lambda rival: -share[category, rival])
        taken = float(share[category, rivals].sum())
        if category in done or not rivals:
            continue
        strongest = float(share[category, rivals[0]])
        if strongest >= MISLEADS and strongest > own[category]:
            found.append(Advice("rename", category, (rivals[0],), int(drawn[category, rivals[0]]), strongest))
        elif len(rivals) > 1 and taken > own[category]:
            found.append(Advice("split", category, tuple(rivals), int(drawn[category, rivals].sum()), taken))
    return tuple(sorted(found, key=lambda advice: (-advice.share, advice.category)))


def advice_findings(sample: LabelledSample, advice: tuple[Advice, ...]) -> tuple[Finding, ...]:
    """Write the advice down, the worst :data:`MOST_ADVICE` of each kind."""
    names, messages, found = sample.names, sample.messages, []
    for kind in ("merge", "rename", "split"):
        for item in [each for each in advice if each.kind == kind][:MOST_ADVICE]:
            others = ", ".join(names[other] for other in item.others)
            found.append(
                Finding(
                    id=f"definitions_{kind}@{messages.subject}:{names[item.category]}/{others}",
                    level="note",
                    code=f"definitions_{kind}",
                    parameters={
                        "column": messages.column,
                        "label": names[item.category],
                        "others": others,
                        "count": item.messages,
                        "share": item.share,
                    },
                    evidence=(Evidence(document=messages.document),),
                )
            )
    return tuple(found)


def worth_of_labels(sample: LabelledSample) -> Floats:
    """Give how many independent messages those of each label are worth."""
    own = [np.unique(sample.groups[sample.labels == code], return_counts=True)[1].astype(float) for code in range(len(sample.names))]
    return np.array([effective_size(sizes) for sizes in own])


def match_series(sample: LabelledSample, view: DefinitionView, level: float) -> Series:
    """Tabulate for each category the share of its messages that its own name draws, with interval, and the name that draws most of the others."""
    drawn = drawn_to(view, sample.labels)
    sizes, worth = np.bincount(sample.labels, minlength=len(sample.names)), worth_of_labels(sample)
    rows = []
    for code, name in enumerate(sample.names):
        share = float(drawn[code, code]) / int(sizes[code])
        elsewhere = np.where(np.arange(len(sizes)) == code, 0, drawn[code])
        rival = int(elsewhere.argmax())
        competitor = sample.names[rival] if elsewhere[rival] else ""
        low, high = clopper_pearson(share * worth[code], float(worth[code]), level)
        rows.append((name, share, low, high, int(sizes[code]), competitor, float(elsewhere[rival]) / int(sizes[code])))
    rows.sort(key=lambda row: (row[1], row[0]))
    columns = ("label", "drawn_by_own_name", "low", "high", "n", "competitor", "drawn_by_competitor")
    subject = sample.messages.subject
    return Series(id=f"definition_match@{subject}", name="definition_match", subject=subject, columns=columns, rows=tuple(rows[:LONGEST]))
