"""What one interval did on one language: outcomes of replications, and the verdict on them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpuskit.estimators import clopper_pearson
from corpuskit.estimators.estimate import Estimate

Outcome = tuple[float, tuple[float, float] | None, float]
"""Value, interval and truth; an interval of None is a refusal."""

REFUSED: Outcome = (0.0, None, 0.0)


@dataclass(frozen=True)
class Design:
    """A language, a size, and what is measured on it; ``replicate`` gives an outcome for every measure."""

    name: str
    n: int
    replicate: Callable[[int], Mapping[str, Outcome]]


@dataclass
class Row:
    """What one measure did on one design; sums, so that it can be written to a file and read again."""

    design: str
    n: int
    measure: str
    replications: int = 0
    refused: int = 0
    covered: int = 0
    below: int = 0
    errors: float = 0.0
    widths: float = 0.0

    def add(self, outcome: Outcome) -> None:
        value, interval, truth = outcome
        self.replications += 1
        if interval is None:
            self.refused += 1
            return
        slack = 1e-9 * abs(truth)  # an end that is the truth itself, as of a share of 0, holds it
        self.covered += interval[0] - slack <= truth <= interval[1] + slack
        self.below += interval[1] + slack < truth
        self.errors += value - truth
        self.widths += interval[1] - interval[0]

    @property
    def used(self) -> int:
        return self.replications - self.refused

    @property
    def rate(self) -> float:
        return self.covered / self.used if self.used else float("nan")

    @property
    def exact(self) -> bool:
        return self.measure.startswith("exact")

    @property
    def at_the_end(self) -> bool:
        return self.measure.startswith("at the end of its range")

    @property
    def verdict(self) -> str:
        """Compare with the acceptance of the design: exact ones cover in .93 or more, the others in .91 to .99; no width is always right.

        An interval whose truth is the least or the greatest possible value is cut there and can miss on one side only, so it is not called wide.
        """
        if not self.used:
            return "refused"
        if self.covered == self.used and self.widths == 0:
            return "no width"
        _, high = clopper_pearson(self.covered, self.used)
        least, most = 0.93 if self.exact else 0.91, 1.0 if self.exact or self.at_the_end else 0.99
        if least <= self.rate <= most:
            return "covers"
        if self.rate > most:
            return "wide"
        return "undecided" if high >= least else "too narrow"


def outcome(estimate: Estimate, truth: float) -> Outcome:
    """Hold what is printed against the truth; a value that is printed without an interval counts as refused."""
    return REFUSED if estimate.value is None else (estimate.value, estimate.interval, truth)


def run(chosen: Sequence[Design], replications: int, first_seed: int = 0) -> list[Row]:
    """Replicate every design and collect one row per measure."""
    rows: list[Row] = []
    for design in chosen:
        of_design: dict[str, Row] = {}
        for seed in range(first_seed, first_seed + replications):
            for measure, found in design.replicate(seed).items():
                of_design.setdefault(measure, Row(design.name, design.n, measure)).add(found)
        rows += of_design.values()
    return rows


def saved(file: Path) -> list[Row]:
    """Read the rows that an earlier call has written."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [Row(**json.loads(line)) for line in lines]


def save(file: Path, rows: Sequence[Row]) -> None:
    """Add rows to a file, one a line."""
    with file.open("a", encoding="utf-8") as stream:
        stream.writelines(json.dumps(asdict(row)) + "\n" for row in rows)


def table_of(rows: Sequence[Row]) -> str:
    """Write the rows as a Markdown table."""
    lines = [
        "| language | n | interval | used | refused | covers | 95 % of that | lies below the truth | bias | mean width | verdict |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        shown = [row.design, f"{row.n:,}", row.measure, str(row.used), str(row.refused)]
        if row.used:
            low, high = clopper_pearson(row.covered, row.used)
            shown += [f"{row.rate:.3f}", f"{low:.3f} to {high:.3f}", f"{row.below / row.used:.3f}", f"{row.errors / row.used:+.4g}"]
            shown += [f"{row.widths / row.used:.4g}", row.verdict]
        else:
            shown += [""] * 5 + [row.verdict]
        lines.append(f"| {' | '.join(shown)} |")
    return "\n".join(lines)
