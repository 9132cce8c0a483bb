"""A page to label cases with: one HTML file that works from disk, without network, keeps the work in the browser and saves it as a file."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpuskit.errors import UsageError
from corpuskit.pilot.sampling import Case

PAGE_WORDS = (
    "title",
    "other_language",
    "save_csv",
    "save_json",
    "load",
    "guide",
    "blind",
    "keys",
    "choose",
    "comment",
    "previous",
    "next",
    "next_open",
    "undo",
    "progress",
    "finished",
    "case",
    "missing",
    "not_kept",
    "loaded",
    "not_loaded",
    "no_script",
)
"""Names of the words that a page needs, in every language it speaks."""


def labelling_page(
    cases: Sequence[Case],
    labels: Sequence[str],
    guide: str,
    words: Mapping[str, Mapping[str, str]],
    *,
    language: str,
    task: str,
    coder: str,
    digest: str,
    file: str,
) -> str:
    """Write the page of one coder.

    Texts reach the page as JSON and are shown as text alone; the content security policy allows the page's own style and script by their hashes and
    nothing else, so no text of a case can run and nothing can leave the page but the file that the coder saves.

    Parameters
    ----------
    cases : sequence of Case
        In the order of this coder.
    labels : sequence of str
        What can be given.
    guide : str
        How to decide, as plain text.
    words : mapping of str to mapping
        Language to the words of :data:`PAGE_WORDS`; the page can be switched between them.
    language : str
        The one it opens in.
    task, coder : str
    digest : str
        Of the cases: what the browser keeps the work under.
    file : str
        Name of the saved file, without suffix.

    Raises
    ------
    UsageError
        There is no case or no label, or a word is missing.
    """
    if not cases or len(labels) < 2:
        raise UsageError(f"A page to label with needs cases and at least two labels; here {len(cases)} and {len(labels)}.")
    lacking = sorted({name for told in words.values() for name in PAGE_WORDS if not told.get(name)})
    if lacking or language not in words:
        raise UsageError(f"Words are missing in the page's languages: {', '.join(lacking) or language}.")
    data = {
        "task": task,
        "coder": coder,
        "digest": digest,
        "file": file,
        "labels": list(labels),
        "guide": guide,
        "words": {name: {word: told[word] for word in PAGE_WORDS} for name, told in words.items()},
        "cases": [{"id": case.id, "input": case.input, "language": language_tag(case.slices.get("language", ""))} for case in cases],
    }
    style, script = (files("corpuskit.pilot").joinpath("templates", name).read_text(encoding="utf-8") for name in ("labelling.css", "labelling.js"))
    return (
        _environment()
        .get_template("labelling.html.j2")
        .render(
            language=language,
            title=words[language]["title"].replace("{task}", task).replace("{coder}", coder),
            no_script=words[language]["no_script"],
            style=Markup(style),  # our own files
            script=Markup(script),
            style_digest=_digest(style),
            script_digest=_digest(script),
            data=Markup(as_script_data(data)),
        )
    )


def as_script_data(data: object) -> str:
    """Write JSON that no text inside can end early: ``<``, ``>`` and ``&`` as escapes."""
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def language_tag(language: str) -> str:
    """Give the tag of a case's language: Han characters look different in Japanese fonts. Empty where it is not one of the two."""
    return {"ja": "ja", "mixed": "ja", "en": "en"}.get(language, "")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    return Environment(loader=PackageLoader("corpuskit.pilot", "templates"), autoescape=True, undefined=StrictUndefined)
