"""What a renderer gives: the text of the file, and the files beside it that the text links to; and how all of them are named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rendered:
    """A report in one format.

    Attributes
    ----------
    text : str
        The file itself.
    companions : mapping of str to bytes
        Files that the text links to, by their names in the folder :func:`folder_name`. Where the file is written, they are too.
    """

    text: str
    companions: Mapping[str, bytes] = field(default_factory=dict)


def page_name(stem: str, language: str, suffix: str) -> str:
    """Name the file of a report: ``<stem>.<language><suffix>``."""
    return f"{stem}.{language}{suffix}"


def folder_name(stem: str) -> str:
    """Name the folder of the companions, which stands beside the file."""
    return f"{stem}.files"
