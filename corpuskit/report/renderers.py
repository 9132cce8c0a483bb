"""The formats of a page. To add one: write ``to_<format>.py`` and name it here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpuskit.registry import Registry
from corpuskit.report.blocks import Report
from corpuskit.report.to_html import to_html
from corpuskit.report.to_markdown import to_markdown


@dataclass(frozen=True)
class Renderer:
    """A format: its name on the command line, the suffix of its files, and the function that writes a report as text."""

    name: str
    suffix: str
    render: Callable[[Report], str]


RENDERERS: Registry[Renderer] = Registry("report format", (Renderer("html", ".html", to_html), Renderer("md", ".md", to_markdown)))
