"""Work of the proof that need not be done again: each result stands in a file of its own, for the same code and the same input.

The longest experiment takes many minutes, and a run that is broken off would lose all of them. Where ``CORPUSKIT_PROOF_KEPT`` names a folder, results
are put there and found again; without it nothing is kept. A result counts for the code that made it only: the name of its file is a digest of the
input and of all files of corpuskit and of the proof.
"""

from __future__ import annotations

import hashlib
import json
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import corpuskit

VARIABLE = "CORPUSKIT_PROOF_KEPT"

CODE = (Path(corpuskit.__file__).parent, Path(__file__).parent)
READ_AT_RUN_TIME = (".py", ".toml", ".json")

Function = Callable[..., Any]


def done(function: Function, given: tuple[Any, ...]) -> Any:
    """Give the kept result of a function of texts and numbers, or compute it and keep it.

    Parameters
    ----------
    function : callable
    given : tuple
        Its arguments; JSON must be able to write them.
    """
    folder = os.environ.get(VARIABLE)
    if not folder:
        return function(*given)
    file = Path(folder) / f"{name_of(function, given)}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())
    result = function(*given)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}")
    part.write_bytes(pickle.dumps(result))
    part.replace(file)
    return result


def name_of(function: Function, given: tuple[Any, ...]) -> str:
    """Give the digest of a function's name, its input and all code."""
    told = json.dumps([digest_of_code(), function.__module__, function.__qualname__, given], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@cache
def digest_of_code() -> str:
    """Give the digest of all files that may change a result."""
    digest = hashlib.sha256()
    for folder in CODE:
        for file in sorted(file for file in folder.rglob("*") if file.suffix in READ_AT_RUN_TIME):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
