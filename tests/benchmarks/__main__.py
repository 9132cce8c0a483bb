"""Run benchmarks: ``python -m tests.benchmarks extraction FOLDER... | tokens [FOLDER] [--rounds N]``.

What they print goes to ``reports/benchmarks.md`` by hand.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from tests.benchmarks import extraction, tokens
from tests.text.tokenizers.speed_data import SPEED


def main() -> None:
    parser = argparse.ArgumentParser(description="Benchmarks; results are ratios and rates of this machine only.")
    parser.add_argument("name", choices=["extraction", "tokens"])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    lines = [f"{platform.machine()}, {cores} cores, Python {platform.python_version()}, medians of {given.rounds} alternated rounds", ""]
    folders = [folder.resolve() for folder in given.folders]
    if given.name == "tokens":
        lines += tokens.measure(folders[0] if folders else SPEED, given.rounds)
    elif folders:
        lines += extraction.measure(folders, given.rounds)
    else:
        parser.error("extraction needs folders to read")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
