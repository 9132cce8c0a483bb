"""Rendering as PDF: the HTML page, printed by the Chromium that is installed. Nothing is fetched, and nothing is left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from corpuskit.errors import CorpuskitError, MissingDependency
from corpuskit.report.rendered import folder_name

VARIABLE = "CHROMIUM"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
"""Where browsers lie that are not on the path."""
SECONDS = 900
"""Time to print, because a page of 4 MB took 320 s on two busy cores (one of 1.6 MB 32 s); what takes three times as long hangs."""
HOW_TO_GET = "Debian and Ubuntu: apt-get install chromium fonts-noto-cjk. Google Chrome and Microsoft Edge do as well"
_DATE = re.compile(rb"/(CreationDate|ModDate) \(D:[^)]*\)")


def find_chromium() -> str | None:
    """Find a browser that prints: the one that the environment variable ``CHROMIUM`` names, else one on the path, else one where they usually lie.

    Raises
    ------
    MissingDependency
        The variable names no program.
    """
    if named := os.environ.get(VARIABLE):
        if found := shutil.which(named):
            return found
        raise MissingDependency(f"{VARIABLE}={named}: no such program. Name the Chromium, Chrome or Edge to print with, or unset the variable.")
    on_path = (found for name in NAMES if (found := shutil.which(name)))
    return next(on_path, None) or next((place for place in PLACES if Path(place).is_file()), None)


def chromium() -> str:
    """Give the browser that prints.

    Raises
    ------
    MissingDependency
        None was found; the message says how to get one.
    """
    found = find_chromium()
    if found is None:
        raise MissingDependency(
            f"PDF needs an installed Chromium, and none was found. {HOW_TO_GET}; {VARIABLE}=PATH names one that lies elsewhere. "
            "Or leave pdf out of the formats and print the HTML page from any browser."
        )
    return found


def to_pdf(page: str, stem: str, made: datetime, seconds: float = SECONDS) -> bytes:
    """Print an HTML page.

    Parameters
    ----------
    page : str
        What :func:`to_html <corpuskit.report.to_html.to_html>` made.
    stem : str
        Of the names of the report's files. Links to files beside the page become plain text, because a PDF travels without them.
    made : datetime
        What the file gives as the time of its making, so that the same report gives the same file.
    seconds : float
        Time allowed.

    Raises
    ------
    MissingDependency
        No Chromium is installed.
    CorpuskitError
        It did not print, or took too long.
    """
    browser = chromium()
    with tempfile.TemporaryDirectory(prefix="corpuskit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, printed = folder / "report.html", folder / "report.pdf"
        source.write_text(_without_links_to_files(page, stem), encoding="utf-8")
        said = _run([browser, *_options(folder / "profile", printed), source.as_uri()], seconds)
        if not printed.is_file() or not (content := printed.read_bytes()).startswith(b"%PDF-"):
            raise CorpuskitError(f"{browser} did not print the report to PDF. It said: {said or 'nothing'}\nRun the audit again without pdf.")
    return _dated(content, made)


def _options(profile: Path, printed: Path) -> list[str]:
    """Give the options: a fresh profile, no address that can be resolved, no date or path on the pages."""
    options = [
        "--headless",
        f"--user-data-dir={profile}",
        f"--print-to-pdf={printed}",
        "--no-pdf-header-footer",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-dev-shm-usage",
        "--disable-extensions",
        "--disable-gpu",
        "--disable-sync",
        "--no-default-browser-check",
        "--no-first-run",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium refuses to start as root with it
    return options


def _run(command: list[str], seconds: float) -> str:
    """Run the browser and give the last of what it said.

    Raises
    ------
    CorpuskitError
        It cannot be started, or took longer than allowed; it is ended with all its processes.
    """
    try:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    except OSError as error:
        raise CorpuskitError(f"{command[0]} cannot be started: {error.strerror or error}. Run the audit again without pdf.") from error
    try:
        _, said = process.communicate(timeout=seconds)
    except BaseException as error:
        _end(process)
        if isinstance(error, subprocess.TimeoutExpired):
            raise CorpuskitError(f"{command[0]} did not print the report within {seconds:g} seconds. Run the audit again without pdf.") from error
        raise
    return said.decode(errors="replace").strip()[-500:]


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()


def _without_links_to_files(page: str, stem: str) -> str:
    beside = re.escape(quote(folder_name(stem)))
    return re.sub(rf' href="{beside}/[^"]*"', "", page)


def _dated(content: bytes, made: datetime) -> bytes:
    """Put the time of making in the place of the time of printing, which has the same length, so that every offset stays right."""

    def replaced(found: re.Match[bytes]) -> bytes:
        new = b"/%s (D:%s+00'00')" % (found[1], f"{made:%Y%m%d%H%M%S}".encode())
        return new if len(new) == len(found[0]) else found[0]

    return _DATE.sub(replaced, content)
