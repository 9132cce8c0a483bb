"""Run the experiment and write its table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.validation.estimators import coders, joints, texts, words
from tests.validation.estimators.rows import Design, Row, run, save, saved, table_of

REPORT = Path(__file__).parents[3] / "reports" / "validation" / "estimators.md"


def designs() -> tuple[tuple[str, Callable[[], Design]], ...]:
    """Name every design and say how it is made, the cheap ones and those that matter most first: making one may draw its truth."""
    dirichlet, wide, independent, blocks, zipf = joints.TABLES
    made: dict[str, Callable[[], Design]] = {
        "coders 200 .01": partial(coders.coders, 200, 0.01, 0.0370, 0.0527),
        "coders 200 .04": partial(coders.coders, 200, 0.04, 0.1963, 0.2689),
        "coders 50 .02": partial(coders.coders, 50, 0.02, 0.0893, 0.1257),
        "words 2000": partial(words.words, 2000),
        "words 20000 .002": partial(words.words, 20_000, 0.002),
        "words 20000 .0005": partial(words.words, 20_000, 0.0005),
        "words uneven .002": partial(words.words, 20_000, 0.002, uneven=1.0),
        "words steep": partial(words.words, 5000, types=30_000, exponent=1.2),
        "words many": partial(words.words, 20_000, types=30_000),
        "joint 1000": partial(joints.joint, dirichlet, 1000),
        "joint 2000": partial(joints.joint, dirichlet, 2000),
        "joint 4000": partial(joints.joint, dirichlet, 4000, at_common=True),
        "joint 20000": partial(joints.joint, dirichlet, 20_000),
        "joint 4000 .002": partial(joints.joint, dirichlet, 4000, 0.002, at_common=True),
        "joint 20000 .002": partial(joints.joint, dirichlet, 20_000, 0.002),
        "joint 20000 .01": partial(joints.joint, dirichlet, 20_000, 0.01),
        "joint 20000 .02": partial(joints.joint, dirichlet, 20_000, 0.02),
        "wide 20000": partial(joints.joint, wide, 20_000),
        "zipf 20000": partial(joints.joint, zipf, 20_000),
        "zipf 20000 .001": partial(joints.joint, zipf, 20_000, 0.001),
        "zipf uneven .0005": partial(joints.joint, zipf, 20_000, 0.0005, uneven=0.8),
        "independent 4000": partial(joints.joint, independent, 4000, at_common=True),
        "blocks 2000": partial(joints.joint, blocks, 2000, at_common=True, effect=True),
        "blocks 20000": partial(joints.joint, blocks, 20_000),
        "blocks 8000 .01": partial(joints.joint, blocks, 8000, 0.01),
        "sections": texts.sections,
        "rare terms": texts.rare_terms,
        "units": texts.units,
        "chain": texts.chain,
        "words 20000": partial(words.words, 20_000, also=("growth", "hill numbers", "chao1", "noise", "averages")),
        "words 20000 .02": partial(words.words, 20_000, 0.02, also=("growth", "hill numbers", "chao1", "noise", "averages")),
        "joint 8000, change": partial(joints.joint, dirichlet, 8000, change=True),
        "words power law": partial(words.words, 12_000, documents=60, also=("power law",)),
    }
    return tuple(made.items())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--rows", type=Path, help="file that rows are added to, design by design; designs in it are not run again")
    parser.add_argument("--only", nargs="*", help="names of designs to run")
    parser.add_argument("--write", action="store_true", help="replace the table in reports/validation/estimators.md")
    given = parser.parse_args()
    started = time.process_time()
    rows: list[Row] = saved(given.rows) if given.rows else []
    known = {(row.design, row.n) for row in rows if row.replications >= given.replications}
    for name, made in designs():
        if given.only and name not in given.only:
            continue
        design = made()
        if (design.name, design.n) in known:
            continue
        found = run((design,), given.replications)
        rows += found
        if given.rows:
            save(given.rows, found)
        sys.stderr.write(f"{name}: {time.process_time() - started:.0f} s\n")
    table = table_of(rows)
    sys.stdout.write(table + "\n")
    if given.write:
        before, _, rest = REPORT.read_text(encoding="utf-8").partition("<!-- table -->\n")
        after = rest.partition("<!-- end of table -->")[2]
        told = f"{given.replications:,} replications of each design, seeds 0 to {given.replications - 1}."
        REPORT.write_text(f"{before}<!-- table -->\n{told}\n\n{table}\n<!-- end of table -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
