"""The README of the folder, written from the list of what was planted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from tests.sample_data.planted import PLANTED

TITLE = "# Sample data: an invented company"


def readme(paths: Collection[str]) -> bytes:
    kinds = Counter(path.rsplit(".", 1)[1] for path in paths)
    parts = [
        TITLE,
        "The files of Aomine Fluid Precision (株式会社アオミネ流体精機), a maker of valves and pumps that does not exist. All people, customers, "
        "addresses and numbers are invented; any likeness is chance. The texts were written for this project and stand under its licence. "
        "The script that makes the files is kept with the tests: `python -m tests.sample_data OUTFOLDER` writes the same files again.",
        f"There are {len(paths)} files beside this one: " + ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items())) + ".",
        "## What was planted",
    ]
    for plant in PLANTED:
        parts.append(f"### {plant.title}\n\n{plant.fact}\n\n" + "\n".join(f"- `{path}{'' if path in paths else '...'}`" for path in plant.paths))
    return ("\n\n".join(parts) + "\n").encode()
