"""What every format that is made of the report as data is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportOptions:
    """Options of formats.

    Attributes
    ----------
    csv_bom : bool
        Begin CSV files with a byte order mark, because Excel takes UTF-8 for the code page of the machine without one.
    """

    csv_bom: bool = True
