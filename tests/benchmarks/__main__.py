"""Run benchmarks: ``python -m tests.benchmarks NAME [FOLDER ...] [--rounds N]``.

``extraction FOLDER...`` reads documents; ``repeated FOLDER...`` audits them twice; ``ambiguity FOLDER`` takes the folder of the public tasks;
``tokens``, ``pairs``, ``doubling``, ``stack`` and ``scale`` take the folder that holds ``en.jsonl.gz`` and ``ja.jsonl.gz``; ``estimators`` takes
folders of saved counts, or none and counts ``--sizes`` itself. What they print goes to ``reports/benchmarks.md`` by hand.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from corpuskit.cli.processor import sort_well
from tests.benchmarks import ambiguity, doubling, estimators, extraction, pairs, repeated, scale, stack, tokens
from tests.text.tokenizers.speed_data import SPEED

NEED_FOLDERS = ("extraction", "repeated", "ambiguity")


def main() -> None:
    parser = argparse.ArgumentParser(description="Benchmarks; results are ratios and rates of this machine only.")
    parser.add_argument("name", choices=["extraction", "tokens", "pairs", "doubling", "stack", "repeated", "scale", "ambiguity", "estimators"])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tokens", type=int, default=50_000_000, help="size of the corpus of pairs; of the largest of doubling ones")
    parser.add_argument("--glove", type=Path, help="folder with GloVe's vocab_count and cooccur, built elsewhere")
    parser.add_argument("--sizes", type=int, nargs="*", default=[64, 128, 256], help="megabytes of text to scale over")
    given = parser.parse_args()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    folders = [folder.resolve() for folder in given.folders]
    if given.name in NEED_FOLDERS and not folders:
        parser.error(f"{given.name} needs folders of documents")
    sort_well()
    speed = folders[0] if folders else SPEED
    measured = {
        "extraction": lambda: extraction.measure(folders, given.rounds),
        "repeated": lambda: repeated.measure(folders, given.rounds),
        "tokens": lambda: tokens.measure(speed, given.rounds),
        "pairs": lambda: pairs.measure(speed, given.rounds, given.tokens, given.glove),
        "doubling": lambda: doubling.measure(speed, given.rounds, given.tokens),
        "stack": lambda: stack.measure(speed, given.rounds),
        "ambiguity": lambda: ambiguity.measure(folders[0], given.rounds),
        "estimators": lambda: estimators.measure(folders, given.sizes, SPEED),
        "scale": lambda: scale.measure(speed, given.sizes),
    }[given.name]()
    head = f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, medians of {given.rounds} alternated rounds"
    sys.stdout.write("\n".join([head, "", *measured]) + "\n")


if __name__ == "__main__":
    main()
