"""``corpuskit pilot guide``: a pilot from the audit to the next audit, on one page."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import typer

from corpuskit.cli.console import put

Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


def guide_command(in_japanese: Japanese = False) -> int:
    """Show how a pilot is done, command by command, on the company of sample_data.

    Example: corpuskit pilot guide --ja
    """
    page = files("corpuskit.pilot").joinpath("guide", "ja.md" if in_japanese else "en.md")
    put(page.read_text(encoding="utf-8").rstrip("\n"))
    return 0
