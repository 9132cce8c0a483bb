"""Estimates of an earlier audit of the same counts: read back instead of worked out again.

The name of an entry is a digest of everything the estimates depend on. Those that depend on the day are always made anew.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpuskit.audit.record import write_atomically
from corpuskit.counts import CorpusStats, Definitions, code_digest
from corpuskit.estimators import ESTIMATORS, CleaningSpectra, Estimates, EstimatorOptions, estimate_each, together
from corpuskit.text import TextOptions

FOLDER = "estimates"
KEPT = 20
"""Entries that stay, the last used ones; because they are small, and a folder is audited with a few settings."""

_log = logging.getLogger(__name__)
_EACH = TypeAdapter(dict[str, Estimates])
_COMPUTED_BY = ("numpy", "scipy", "scikit-learn", "wordfreq")


def estimate_anew(
    stats: CorpusStats,
    options: EstimatorOptions,
    definitions: Mapping[str, str] | None,
    text: TextOptions,
    before_cleaning: CorpusStats,
    cache: Path | None,
    counts: Sequence[str],
    spectra_before_cleaning: CleaningSpectra | None = None,
    jobs: int = 0,
) -> Estimates:
    """Run the estimators, except those whose result for the same counts and options is in the cache.

    Parameters
    ----------
    stats, options, definitions, text, before_cleaning, spectra_before_cleaning
        As :func:`~corpuskit.estimators.estimate`.
    cache : Path or None
        None: nothing is read or kept.
    counts : sequence of str
        Names of the counts (``Counted.key``): equal names, equal counts.
    jobs : int
        Processes for labelled tables at most; 0: one for each core.
    """
    if cache is None:
        return together(estimate_each(stats, options, definitions, text, before_cleaning, None, spectra_before_cleaning, jobs))
    path = cache / FOLDER / f"{_key(options, definitions, text, counts)}.json"
    known = _load(path)
    each = estimate_each(stats, options, definitions, text, before_cleaning, known, spectra_before_cleaning, jobs)
    lasting = {name: found for name, found in each.items() if not ESTIMATORS[name].dated}
    if lasting.keys() != known.keys():
        _store(path, lasting)
    return together(each)


def _key(options: EstimatorOptions, definitions: Mapping[str, str] | None, text: TextOptions, counts: Sequence[str]) -> str:
    described = [
        list(counts),
        options.model_dump(mode="json", exclude={"today"}),
        list((definitions or {}).items()),  # in their order: names that are equally near are told in it
        sorted((category, sorted(names)) for category, names in Definitions.of(definitions).sources.items()),
        text.model_dump(mode="json"),
        code_digest(("estimators", "counts", "text")),
        [_version(package) for package in _COMPUTED_BY],
    ]
    return hashlib.sha256(json.dumps(described, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def _version(package: str) -> str:
    """Give the version of a package, empty where it is missing: what needs it is then refused, and must not be remembered when it comes."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _load(path: Path) -> dict[str, Estimates]:
    try:
        known = _EACH.validate_json(path.read_bytes())
        path.touch()
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        _log.warning("stored estimates %s cannot be used and are made anew: %s", path.name, error)
        return {}
    return {name: found for name, found in known.items() if name in ESTIMATORS and not ESTIMATORS[name].dated}


def _store(path: Path, each: dict[str, Estimates]) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, _EACH.dump_json(each))
        by_use = sorted(path.parent.glob("*.json"), key=lambda entry: entry.stat().st_mtime, reverse=True)
        for entry in by_use[KEPT:]:
            entry.unlink(missing_ok=True)
    except OSError as error:
        _log.warning("the cache of estimates cannot be written: %s", error)
