"""Do the intervals cover? Every interval is computed again and again on languages with known truth.

``python -m tests.validation.estimators --replications 1000`` prints a table and, with ``--write``, puts it into ``reports/validation/estimators.md``.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, triu
from scipy.stats import binom

from corpuskit.estimators import clopper_pearson, least_error, wilson
from corpuskit.estimators.association_index import effective_number, extrapolated_measures, index_with_interval
from corpuskit.estimators.coverage import chao_jost_coverage, esty_interval, leave_one_document_out
from corpuskit.estimators.entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.grouped_cells import GroupedCells, group_cells
from corpuskit.estimators.independence_null import independent_cells, independent_pairs
from corpuskit.estimators.influence import (
    DEALINGS,
    coverage_of_new_documents,
    effect_of_clustering,
    independent_error_of_index,
    index_without_each_group,
)
from corpuskit.estimators.joint_cells import joint_coverage
from corpuskit.estimators.resampling import jackknife_error, jackknife_interval
from corpuskit.estimators.sparsity import concentration, indices
from corpuskit.synthetic import FeatureTable, block_table, dirichlet_table, independent_table, ring_messages, zipf_shares

REPORT = Path(__file__).parents[2] / "reports" / "validation" / "estimators.md"
GROUPS = 25
DOCUMENTS = 40
COMMON = 1000
LEAST_COVERAGE = 0.5
"""Where less of the joint was seen, the estimators refuse: such replications are counted as refusals."""

Outcome = tuple[float, tuple[float, float] | None, float]
"""Value, interval and truth; an interval of None is a refusal."""


@dataclass(frozen=True)
class Design:
    """A language, a size, and what is measured on it; ``replicate`` gives an outcome for every measure."""

    name: str
    n: int
    replicate: Callable[[int], Mapping[str, Outcome]]


@dataclass
class Row:
    """What one measure did on one design."""

    design: str
    n: int
    measure: str
    replications: int = 0
    refused: int = 0
    covered: int = 0
    errors: list[float] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        value, interval, truth = outcome
        self.replications += 1
        if interval is None:
            self.refused += 1
            return
        self.covered += interval[0] <= truth <= interval[1]
        self.errors.append(value - truth)
        self.widths.append(interval[1] - interval[0])

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
    def verdict(self) -> str:
        """Compare with the acceptance of the design: exact ones cover in .93 or more, the others in .91 to .99."""
        if not self.used:
            return "refused"
        _, high = clopper_pearson(self.covered, self.used)
        least, most = (0.93, 1.0) if self.exact else (0.91, 0.99)
        if least <= self.rate <= most:
            return "covers"
        if self.rate > most:
            return "wide"
        return "undecided" if high >= least else "too narrow"


def words(n: int, agreement: float = 0.0) -> Design:
    """Words by Zipf's law in 40 documents: coverage and entropy."""
    table = FeatureTable(zipf_shares()[:, None])

    def replicate(seed: int) -> dict[str, Outcome]:
        documents = csr_matrix(np.hstack([part.toarray() for part in table.draw(n, DOCUMENTS, seed, agreement)]).T)
        totals = np.asarray(documents.sum(axis=0)).ravel()
        f1, f2 = float((totals == 1).sum()), float((totals == 2).sum())
        value, truth = chao_jost_coverage(f1, f2, n), float(table.joint[totals > 0].sum())
        assert value is not None
        esty, whole = esty_interval(value, f1, f2, n), jackknife_interval(value, leave_one_document_out(documents), bounds=(0.0, 1.0))
        assert whole is not None
        wider = max(esty, whole, key=lambda ends: ends[1] - ends[0])
        h = chao_wang_jost(*spectrum_of(totals))
        left_out = [chao_wang_jost(*spectrum_of(totals - np.asarray(documents[group::GROUPS].sum(axis=0)).ravel())) for group in range(GROUPS)]
        assert h is not None
        new, without = coverage_of_new_documents(documents)
        assert new is not None
        return {
            "coverage of new documents, jackknife": (new, jackknife_interval(new, without, bounds=(0.0, 1.0)), truth),
            "coverage, Esty": (value, esty, truth),
            "coverage, delete-one-document jackknife": (value, whole, truth),
            "coverage as printed (the wider)": (value, wider, truth),
            "entropy, jackknife": (h, jackknife_interval(h, np.array(left_out, float)), table.joint_entropy),
        }

    return Design("words by Zipf" + (f", {agreement:g} alike in documents" if agreement else ""), n, replicate)


@cache
def truth_at(key: str, size: int, unordered: bool) -> tuple[float, ...]:
    """Give cells against the null, Gini, Hoyer and mass of the fullest cells that draws of this size have in expectation."""
    table = TABLES[key].joint
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    shares = (table + np.tril(table, -1).T)[np.triu_indices(len(table))] if unordered else table.ravel()
    null = independent_pairs(rows + columns, size) if unordered else independent_cells(rows, columns, size)
    highest = size * float(shares.max())
    j = np.arange(1, int(highest + 12 * np.sqrt(highest) + 12))
    spectrum = np.array([binom.pmf(count, size, shares).sum() for count in j])
    return float(spectrum.sum()) / null, *(float(value) for value in concentration(j.astype(float), spectrum, len(shares)))


TABLES = {
    "400 x 20, U .32": dirichlet_table(seed=1),
    "independent 60 x 40, U 0": independent_table(seed=1),
    "pairs in 6 blocks of 10": block_table(seed=1),
}


def joint(key: str, n: int, agreement: float = 0.0) -> Design:
    """A joint table: U, effective numbers, and the indices at a common size. Blocks are read as unordered pairs."""
    table, unordered = TABLES[key], key.startswith("pairs")
    symmetric = FeatureTable((table.joint + table.joint.T) / 2) if unordered else table
    truth = (symmetric.determination, np.exp(symmetric.joint_entropy), np.exp(symmetric.joint_entropy - row_entropy(symmetric)))

    def drawn(seed: int) -> GroupedCells:
        parts = table.draw(n, GROUPS, seed, agreement)
        return group_cells([csr_matrix(triu(part + triu(part.T, 1))) if unordered else part for part in parts], unordered)

    at_common = expected_at_common(drawn, key, n) if agreement else truth_at(key, COMMON, unordered)

    def replicate(seed: int) -> dict[str, Outcome]:
        cells = drawn(seed)
        names = ("U", "effective cells", "effective columns per row")
        found = extrapolated_measures(cells, seed) if (joint_coverage(cells) or 0) >= LEAST_COVERAGE else None
        if found is None:
            outcomes: dict[str, Outcome] = {
                f"{name}, halves and jackknife x 1.15": (0.0, None, value) for name, value in zip(names, truth, strict=True)
            }
        else:
            values, left_out = found
            made = [index_with_interval(values, left_out), *(effective_number(values[place], left_out[:, place]) for place in (1, 2))]
            outcomes = {f"{name}, halves and jackknife x 1.15": (*each, value) for name, each, value in zip(names, made, truth, strict=True)}
        if found is not None and truth[0] > 0.1 and n >= 4000 and not agreement:  # four times the work of the rest
            outcomes["design effect of U, F"] = (*design_effect(cells), 1.0)
        return outcomes | at_common_size(cells, unordered, at_common)

    return Design(key + (f", {agreement:g} alike in groups" if agreement else ""), n, replicate)


def design_effect(cells: GroupedCells) -> tuple[float, tuple[float, float] | None]:
    error = jackknife_error(index_without_each_group(cells)) or 0.0
    found = effect_of_clustering(error, independent_error_of_index(cells), GROUPS, freedom=DEALINGS * (GROUPS - 1.0))
    return found or (0.0, None)


@cache
def expected_at_common(drawn: Callable[[int], GroupedCells], key: str, n: int) -> tuple[float, ...]:
    """Give what the indices are in the mean over draws of their own: under clustering they speak of documents like these, not of the table."""
    places = TABLES[key].joint.size
    return tuple(np.mean([indices(drawn(seed), COMMON, places) for seed in range(10**6, 10**6 + 300)], axis=0).tolist())


def row_entropy(table: FeatureTable) -> float:
    return table.joint_entropy - table.label_entropy + table.information


def at_common_size(cells: GroupedCells, unordered: bool, truth: tuple[float, ...]) -> dict[str, Outcome]:
    side = cells.shape[0]
    places = side * (side + 1) // 2 if unordered else side * cells.shape[1]
    values, groups = indices(cells, COMMON, places), np.arange(GROUPS)
    left_out = np.array([indices(cells, COMMON, places, (groups != group).astype(float)) for group in groups])
    names = ("cells against the null", "Gini", "Hoyer", "mass of the fullest 1 % of cells")
    return {
        f"{name} at {COMMON:,}, jackknife": (float(values[place]), jackknife_interval(float(values[place]), left_out[:, place]), truth[place])
        for place, name in enumerate(names)
    }


def coders(n: int, ambiguity: float, error: float, disagreement: float) -> Design:
    """Two people label messages of the ring language, each by a draw from the exact posterior; truths from 100,000 messages (theory 5.1)."""

    def replicate(seed: int) -> dict[str, Outcome]:
        messages, random = ring_messages(n, ambiguity, seed=seed + 1), np.random.default_rng(seed)
        first, second = ((messages.posterior.cumsum(axis=1) < random.random((n, 1))).sum(axis=1) for _ in range(2))
        differ = float((first != second).sum())
        low, high = clopper_pearson(differ, n)
        wrong = float((messages.posterior.argmax(axis=1) != messages.intentions).sum())
        return {
            "exact: bound [h(l), u] of two coders": (least_error(differ / n, 6), (least_error(low, 6), high), error),
            "exact: disagreement of two coders": (differ / n, (low, high), disagreement),
            "exact: error of the best reader": (wrong / n, clopper_pearson(wrong, n), error),
            "Wilson, for display: error of the best reader": (wrong / n, wilson(wrong, n), error),
        }

    return Design(f"ring language, e = {ambiguity:g}", n, replicate)


def designs() -> tuple[Design, ...]:
    dirichlet, independent, blocks = TABLES
    return (
        *(words(n) for n in (2000, 20_000)),
        *(words(20_000, agreement) for agreement in (0.002, 0.02)),
        *(joint(dirichlet, n) for n in (1000, 2000, 4000, 20_000)),
        *(joint(dirichlet, n, 0.002) for n in (4000, 20_000)),
        joint(independent, 4000),
        *(joint(blocks, n) for n in (2000, 20_000)),
        coders(200, 0.01, 0.0370, 0.0527),
        coders(200, 0.04, 0.1963, 0.2689),
        coders(50, 0.02, 0.0893, 0.1257),
    )


def run(chosen: tuple[Design, ...], replications: int, first_seed: int = 0) -> list[Row]:
    """Replicate every design and collect one row per measure."""
    rows = []
    for design in chosen:
        of_design: dict[str, Row] = {}
        for seed in range(first_seed, first_seed + replications):
            for measure, outcome in design.replicate(seed).items():
                of_design.setdefault(measure, Row(design.name, design.n, measure)).add(outcome)
        rows += of_design.values()
    return rows


def table_of(rows: list[Row]) -> str:
    """Write the rows as a Markdown table."""
    lines = [
        "| language | n | interval | used | refused | covers | 95 % of that | bias | mean width | verdict |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        shown = [row.design, f"{row.n:,}", row.measure, str(row.used), str(row.refused)]
        if row.used:
            low, high = clopper_pearson(row.covered, row.used)
            shown += [f"{row.rate:.3f}", f"{low:.3f} to {high:.3f}", f"{np.mean(row.errors):+.4g}", f"{np.mean(row.widths):.4g}", row.verdict]
        else:
            shown += ["", "", "", "", row.verdict]
        lines.append(f"| {' | '.join(shown)} |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--write", action="store_true", help="replace the table in reports/validation/estimators.md")
    given = parser.parse_args()
    started = time.process_time()
    rows = []
    for design in designs():
        rows += run((design,), given.replications)
        sys.stderr.write(f"{design.name}, n = {design.n:,}: {time.process_time() - started:.0f} s\n")
    table = table_of(rows)
    sys.stdout.write(table + "\n")
    if given.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition("<!-- table -->\n")
        after = rest.partition("<!-- end of table -->")[2]
        told = f"{given.replications:,} replications of each design, seeds 0 to {given.replications - 1}."
        REPORT.write_text(f"{before}<!-- table -->\n{told}\n\n{table}\n<!-- end of table -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
