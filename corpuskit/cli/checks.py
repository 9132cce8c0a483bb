"""What an installation needs, checked: packages, dictionary, write access, fonts, browser."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from corpuskit.cli.console import cache_folder

PACKAGES = (
    "spacy",
    "sudachipy",
    "sudachidict-core",
    "scikit-learn",
    "numpy",
    "scipy",
    "polars",
    "typer",
    "pydantic",
    "lxml",
    "pypdfium2",
    "resiliparse",
)
JAPANESE_FONTS = ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino", "Yu Gothic", "IPAGothic", "IPAexGothic", "TakaoGothic")


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report. ``needed`` tells whether an audit fails without it."""

    name: str
    ok: bool
    found: str
    fix: str = ""
    needed: bool = True


def check_all() -> list[Check]:
    """Check everything, what is needed first."""
    return [*_packages(), _word_lists(), _japanese(), _writable("reports", Path()), _cache(), japanese_font(), _browser()]


def _packages() -> list[Check]:
    checks = []
    for name in PACKAGES:
        try:
            checks.append(Check(name, True, metadata.version(name)))
        except metadata.PackageNotFoundError:
            checks.append(Check(name, False, "", f"pip install {name}"))
    return checks


def _word_lists() -> Check:
    name = "word lists (wordfreq)"
    try:
        return Check(name, True, metadata.version("wordfreq"), needed=False)
    except metadata.PackageNotFoundError:
        return Check(name, False, "", 'pip install "wordfreq>=3.1,<4"', needed=False)


def _japanese() -> Check:
    from corpuskit.errors import CorpuskitError
    from corpuskit.text import TOKENIZERS, TextOptions

    try:
        tokenizer = TOKENIZERS["sudachi"].load(TextOptions())
    except CorpuskitError as error:
        return Check("Japanese tokenizer", False, "", str(error))
    info = tokenizer.info
    return Check("Japanese tokenizer", True, f"{info.name} {info.version}, mode {info.mode}, dictionary {info.dictionary_version}")


def _writable(name: str, folder: Path) -> Check:
    try:
        with tempfile.TemporaryFile(dir=folder):
            return Check(f"write access ({name})", True, str(folder.resolve()))
    except OSError as error:
        return Check(f"write access ({name})", False, str(error), "choose another folder with --out")


def _cache() -> Check:
    folder = cache_folder(None, none=False) or Path()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return Check("write access (cache)", False, str(error), "use --cache DIR or --no-cache", needed=False)
    return _writable("cache", folder)


def japanese_font() -> Check:
    """Look for a font with Japanese letters: without one a PDF shows boxes in their place."""
    if shutil.which("fc-list") is None:
        return Check("Japanese font", True, "not checked (fc-list not found): the reader's browser chooses one", needed=False)
    listed = subprocess.run(["fc-list", ":lang=ja", "family"], capture_output=True, text=True, check=False, timeout=20).stdout
    found = next((font for font in JAPANESE_FONTS if font in listed), listed.splitlines()[0] if listed else "")
    return Check("Japanese font", bool(found), found, "" if found else "install Noto Sans CJK (Debian: fonts-noto-cjk)", needed=False)


def _browser() -> Check:
    from corpuskit.errors import MissingDependency
    from corpuskit.report import find_chromium

    name = "Chromium (for PDF)"
    try:
        found = find_chromium()
    except MissingDependency as error:
        return Check(name, False, "", str(error), needed=False)
    return Check(name, found is not None, found or "", "" if found else "Debian: apt-get install chromium; Chrome or Edge do as well", needed=False)
