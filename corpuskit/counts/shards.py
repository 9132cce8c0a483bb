"""Shards: the parts a corpus is counted in. A job says how, a shard says which files, and both together name the partial result.

Files are dealt to shards in the order of their ids, and a shard ends where the id of its last file says so (a hash of it), not after a fixed
number: a file that comes or goes changes the shard it is in and no other, so an audit of a folder that has hardly changed counts hardly anything.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path

import xxhash

from corpuskit.counts.stats import CountOptions
from corpuskit.errors import ReadError
from corpuskit.ingest import FoundFile, ReadOptions, digest_of, edition_for
from corpuskit.text import Boilerplate, Cue, TextOptions, pipeline_version

LEAST_BYTES = 1_000_000
"""Bytes of files that a shard has at least; because each shard costs some hundredths of a second beside its text, which takes a second then."""

FILES = 16
"""Files on average from there to the end of the shard; because more would be counted again for one that changed."""

MOST_FILES = 1_000
"""Files of a shard at most."""

MOST_BYTES = 8_000_000
"""Bytes of the files after which a shard ends; because its counts are held in memory, and an interrupted run loses one shard."""

_CHANGES_NOTHING = {"threads", "cached_chunks", "batch_bytes"}
_COUNTED_BY = ("corpuskit", "spacy", "sudachipy", "sudachidict-core", "scikit-learn", "phonenumbers", "polars", "numpy")
_COUNTED_IN = ("ingest", "text", "counts")


@dataclass(frozen=True)
class Job:
    """How files are read, cut and counted: what all shards of one run have in common.

    Attributes
    ----------
    read, text, count
        Options of floors 1 to 3.
    cues : tuple of Cue
        Words to look for.
    boilerplate : frozenset
        Lines to leave out.
    left_out : frozenset of str
        Documents to leave out of the counts.
    """

    read: ReadOptions = field(default_factory=ReadOptions)
    text: TextOptions = field(default_factory=TextOptions)
    count: CountOptions = field(default_factory=CountOptions)
    cues: tuple[Cue, ...] = ()
    boilerplate: Boilerplate = frozenset()
    left_out: frozenset[str] = frozenset()

    def alone(self) -> Job:
        """Give the job as one of many workers does it: one reading process and one thread, since each has a core of its own."""
        return replace(self, read=self.read.model_copy(update={"jobs": 1}), text=self.text.model_copy(update={"threads": self.text.threads or 1}))

    def digest(self) -> str:
        """Give a digest of everything besides the files that the counts depend on: options, code, versions of tokenizers and dictionaries.

        Raises
        ------
        MissingDependency
            The spaCy pipeline that the options name is not installed.
        """
        described = {
            "read": self.read.digest(),
            "text": self.text.model_dump(mode="json", exclude=_CHANGES_NOTHING),
            "pipeline": pipeline_version(self.text.english_pipeline) if self.text.english_pipeline else "",
            "count": self.count.model_dump(mode="json"),
            "cues": [(cue.task, cue.language, cue.text) for cue in self.cues],
            "boilerplate": sorted(self.boilerplate),
            "left_out": sorted(self.left_out),
            "versions": versions(),
        }
        return _digest(json.dumps(described, sort_keys=True, ensure_ascii=False))


@dataclass(frozen=True)
class Shard:
    """Some files of a corpus, in the order of their ids.

    ``key`` names the partial result: a digest of the job and of the id, content and date of every file; empty where nothing is kept. ``contents``:
    what the content of each file was known by when the name was given.
    """

    files: tuple[FoundFile, ...]
    key: str = ""
    contents: tuple[str, ...] = ()

    @property
    def bytes(self) -> int:
        """Bytes of all files."""
        return sum(file.bytes for file in self.files)


def divide(files: Iterable[FoundFile], least_bytes: int = LEAST_BYTES) -> list[Shard]:
    """Deal files to shards of at least ``least_bytes`` (the last may be smaller), in their order. None for no files."""
    shards: list[Shard] = []
    waiting: list[FoundFile] = []
    size = 0
    for file in files:
        waiting.append(file)
        size += file.bytes
        if (size >= least_bytes and _ends_here(file)) or len(waiting) >= MOST_FILES or size >= MOST_BYTES:
            shards.append(Shard(tuple(waiting)))
            waiting, size = [], 0
    return [*shards, Shard(tuple(waiting))] if waiting else shards


def name_each(shards: Iterable[Shard], job: Job) -> list[Shard]:
    """Give each shard the name of its partial result. Opens every file, to digest its bytes."""
    digest = job.digest()
    return [_named(shard, digest) for shard in shards]


def name_of_all(shards: Sequence[Shard]) -> str:
    """Name the result of all shards together."""
    return shards[0].key if len(shards) == 1 else _digest("\n".join(shard.key for shard in shards))


def _named(shard: Shard, job_digest: str) -> Shard:
    contents = tuple(digest_of(file) for file in shard.files)
    files = [(file.id, content, file.modified, _edition(file)) for file, content in zip(shard.files, contents, strict=True)]
    return replace(shard, key=_digest(json.dumps([job_digest, files], ensure_ascii=False)), contents=contents)


def versions() -> dict[str, str]:
    """Give what counts depend on besides files and options: the version of Python (its Unicode tables) and of each package, a digest of the code.

    Two machines on which these are equal count alike. A package that is not installed has the version "".
    """
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    return {"python": python, **{name: _version(name) for name in _COUNTED_BY}, "code": code_digest(_COUNTED_IN)}


@cache
def code_digest(floors: tuple[str, ...]) -> str:
    """Give a digest of the source of some floors: what a stored result depends on when no option has changed."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for floor in floors:
        for path in sorted((root / floor).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _ends_here(file: FoundFile) -> bool:
    return xxhash.xxh3_64_intdigest(file.id.encode("utf-8", "surrogatepass")) % FILES == 0


def _edition(file: FoundFile) -> str:
    try:
        return edition_for(file.path.name)
    except ReadError as error:
        return error.code


@cache
def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
