"""Category definitions: a CSV file with the column category and, where meanings are written down, description."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from corpuskit.errors import ConfigurationError
from corpuskit.ingest import read_table

CATEGORY = ("category", "区分", "区分名", "カテゴリ", "カテゴリー", "分類", "label", "ラベル")
DESCRIPTION = ("description", "説明", "定義", "意味", "definition", "meaning")
"""Names of the two columns; the first of each that is there."""


def read_definitions(path: Path, encoding: str = "") -> dict[str, str]:
    """Read the names of the categories and what each means.

    Parameters
    ----------
    path : Path
        A CSV file in any encoding that corpuskit reads, with a header that names ``category`` and, unless there are no meanings, ``description``
        (in Japanese 区分 and 説明; :data:`CATEGORY`, :data:`DESCRIPTION`).
    encoding : str
        As ``read.encoding``; empty: found.

    Returns
    -------
    dict
        Category to description, in the order of the file; empty text where there is none.

    Raises
    ------
    ConfigurationError
        The file is missing, lacks the column of categories, or names a category twice.
    """
    if not path.is_file():
        raise ConfigurationError(f"Definitions file not found: {path}. It is a CSV file with the column category and, if you like, description.")
    header, rows = read_table(path, encoding)
    category, description = _column(header, CATEGORY), _column(header, DESCRIPTION)
    if category is None:
        raise ConfigurationError(f"{path}: needs the column category (and, for what each means, description); it has: {', '.join(header)}.")
    definitions: dict[str, str] = {}
    for number, row in enumerate(rows, start=2):
        name = row[category].strip()
        if name in definitions:
            raise ConfigurationError(f"{path}, line {number}: category {name!r} is defined twice. Keep one line for each category.")
        if name:
            definitions[name] = row[description].strip() if description is not None else ""
    return definitions


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    """Find a column by the first of the names that is there; compared without case and width."""
    plain = [unicodedata.normalize("NFKC", column).strip().casefold() for column in header]
    return next((plain.index(name) for name in names if name in plain), None)
