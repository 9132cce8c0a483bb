"""Collect the files of all departments and write them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.sample_data import folders_office, folders_works, readme


def all_files() -> dict[str, bytes]:
    """Path in the folder to bytes, sorted."""
    made: dict[str, bytes] = {}
    for part in (folders_office.files(), folders_works.files()):
        twice = made.keys() & part.keys()
        if twice:
            raise ValueError(f"made twice: {sorted(twice)}")
        made |= part
    made["README.md"] = readme.readme(made)
    return dict(sorted(made.items()))


def write_all(folder: Path) -> tuple[int, int]:
    """Write into ``folder``, which is emptied first; return the number of files and of bytes."""
    files = all_files()
    if folder.exists():
        mark = folder / "README.md"
        if any(folder.iterdir()) and not (mark.is_file() and mark.read_text(encoding="utf-8").startswith(readme.TITLE)):
            raise SystemExit(f"{folder} holds something else; it was left alone.")
        shutil.rmtree(folder)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return len(files), sum(map(len, files.values()))
