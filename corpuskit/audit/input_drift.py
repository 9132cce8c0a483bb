"""Inputs of a task in use against the documents that were audited: both counted alike, then compared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpuskit.audit.config import Settings
from corpuskit.audit.intake import Intake, files_found
from corpuskit.audit.run import Progress, count_files
from corpuskit.counts import CorpusStats, Job
from corpuskit.estimators import Drift, compare_corpora
from corpuskit.tasks import cues


def drift_of_inputs(
    inputs: Sequence[Path], documents: Sequence[Path], settings: Settings, *, cache: Path | None = None, progress: Progress | None = None
) -> tuple[Drift, ...]:
    """Compare inputs with documents.

    Parameters
    ----------
    inputs : sequence of Path
        Files or folders of what the system was given; of a table each row is one input.
    documents : sequence of Path
        As audited; their counts are taken from the cache where they are in it.
    settings : Settings
        As audited.
    cache : Path, optional
    progress : callable, optional
        As of :func:`~corpuskit.audit.audit`.

    Raises
    ------
    InputError
        A path does not exist, or nothing of it could be read.
    """
    return compare_corpora(_counted(documents, settings, cache, progress), _counted(inputs, settings, cache, progress), settings.seed)


def _counted(paths: Sequence[Path], settings: Settings, cache: Path | None, progress: Progress | None) -> CorpusStats:
    job = Job(settings.read, settings.text, settings.count, cues(settings.tasks.rulebook.tasks.values()))
    counted = count_files(files_found(paths), job, settings, cache, progress or _say_nothing, "read")
    Intake.of(counted.partial.intake.to_dicts()).refuse_nothing_read(paths)
    return counted.partial.stats


def _say_nothing(stage: str, done: int, total: int, what: str) -> None:
    """Report no progress."""
