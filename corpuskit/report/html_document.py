"""One HTML document: its head, its policy, its style and its script, around content that is markup already."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.sections.section import shorten
from corpuskit.report.visible import visible

RUNNING_TITLE_CELLS = 90
"""Cells of the title that is printed above each page: what fits on one line of A4 beside nothing else."""

_KANA = re.compile("[\u3040-\u30ff]")
_JAPANESE = re.compile("[\u3005-\u30ff\u3400-\u9fff\uff66-\uff9f]")
_LATIN = re.compile(r"[A-Za-z]")
_ENGLISH_WORDS = re.compile(r"[A-Za-z]{2,}(?:[^A-Za-z]+[A-Za-z]{2,}){2}")


def document(book: Phrasebook, title: str, content: Markup) -> str:
    """Write the document.

    The content security policy allows nothing except the style and the script that stand in the document, each by its hash; there are no style
    attributes and no handlers in attributes, and nothing is fetched. The script is one file of this package, the same in every report: its words
    come from attributes. The style ends with the title for the margin of printed pages, in which all but letters and digits are escaped.
    """
    style = _packaged("report.css") + _running_title(title)
    script = _packaged("report.js")
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'; form-action 'none'"
    return environment(book.language).get_template("report.html.j2").render(
        language=book.language,
        title=title,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        words=_words(book),
        skip=book.label("skip_to_content"),
        content=content,
    )  # fmt: skip


@cache
def environment(language: str) -> Environment:
    """Give the templates for pages in a language: every value is escaped, and what cannot be seen in it is shown by its code point."""
    made = Environment(
        loader=PackageLoader("corpuskit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_shown,
    )
    made.globals["spoken"] = partial(spoken, language)
    made.globals["language_of"] = language_of
    return made


@cache
def macros(template: str, language: str) -> Any:
    """Give the macros of a template."""
    return environment(language).get_template(template).module


def markup(rendered: Any) -> Markup:
    """Mark what a macro returned: macros of an autoescaping template have escaped what they were given."""
    return Markup(rendered)  # see above


def language_of(text: str) -> str:
    """Guess the language of a quote for the ``lang`` attribute: Han characters look different in Japanese fonts. Empty where nothing tells."""
    if _KANA.search(text):
        return "ja"
    return "en" if text.isascii() and _LATIN.search(text) else ""


def spoken(language: str, text: str) -> Markup:
    """Give the ``lang`` attribute of a text that is plainly in the other language of the page; empty where it is not.

    On a Japanese page that is ASCII with three words or more, on an English one text with kana of which most letters are Japanese.
    """
    if language == "ja":
        return Markup(' lang="en"') if text.isascii() and _ENGLISH_WORDS.search(text) else Markup("")
    if text.isascii() or not _KANA.search(text):
        return Markup("")
    return Markup(' lang="ja"') if len(_JAPANESE.findall(text)) > len(_LATIN.findall(text)) else Markup("")


def _shown(value: Any) -> Any:
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _words(book: Phrasebook) -> Mapping[str, str]:
    """Give what the script says, by the names of its attributes; it fills the braces itself."""
    return {
        "open-all": book.label("script_open_all"),
        "close-all": book.label("script_close_all"),
        "sort": book.label("script_sort", column="{column}"),
        "sorted-up": book.label("script_sorted_up", column="{column}"),
        "sorted-down": book.label("script_sorted_down", column="{column}"),
        "unsorted": book.label("script_unsorted"),
        "filter": book.label("script_filter"),
        "shown": book.label("script_shown", shown="{shown}", total="{total}"),
        "copy": book.label("script_copy"),
        "copy-this": book.label("script_copy_this", sentence="{sentence}"),
        "copied": book.label("script_copied"),
        "not-copied": book.label("script_not_copied"),
    }


@cache
def _packaged(name: str) -> str:
    return files("corpuskit.report").joinpath("templates", name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _running_title(title: str) -> str:
    """Write the rule for the margin of printed pages; a browser without margin boxes ignores it."""
    escaped = "".join(
        character if character.isascii() and character.isalnum() else f"\\{ord(character):x} "
        for character in shorten(visible(title), RUNNING_TITLE_CELLS)
    )
    return f'@page {{ @top-left {{ content: "{escaped}"; }} }}\n@page :first {{ @top-left {{ content: none; }} }}\n'
