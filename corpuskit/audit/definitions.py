"""Category definitions: a CSV file with the columns category and description."""

from __future__ import annotations

from pathlib import Path

from corpuskit.errors import ConfigurationError
from corpuskit.ingest import read_table


def read_definitions(path: Path, encoding: str = "") -> dict[str, str]:
    """Read what each category means.

    Parameters
    ----------
    path : Path
        A CSV file in any encoding that corpuskit reads, with a header that names ``category`` and ``description``.
    encoding : str
        As ``read.encoding``; empty: found.

    Returns
    -------
    dict
        Category to description, in the order of the file.

    Raises
    ------
    ConfigurationError
        The file is missing, lacks one of the columns, or names a category twice.
    """
    if not path.is_file():
        raise ConfigurationError(f"Definitions file not found: {path}. It is a CSV file with the columns category and description.")
    header, rows = read_table(path, encoding)
    names = [column.strip().casefold() for column in header]
    if "category" not in names or "description" not in names:
        raise ConfigurationError(f"{path}: needs the columns category and description; it has: {', '.join(header)}.")
    category, description = names.index("category"), names.index("description")
    definitions: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        name = row[category].strip()
        if name in definitions:
            raise ConfigurationError(f"{path}, line {number}: category {name!r} is defined twice. Keep one line for each category.")
        if name:
            definitions[name] = row[description].strip()
    return definitions
