"""Memory that the system gets back while counts are looked through: pages of arrays that stand in files, and what was freed."""

from __future__ import annotations

import ctypes
import mmap
import sys
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


def out_of_memory(matrix: csr_matrix) -> csr_matrix:
    """Let the system take back the pages of a matrix that stands in files, and give the matrix; they are read again when they are used."""
    for array in (matrix.indptr, matrix.indices, matrix.data):
        give_back_pages(array)
    return matrix


def give_back_pages(array: NDArray[Any]) -> None:
    """Let the system take back the pages of a mapped array; nothing happens to another, nor where the system knows no such call."""
    base: Any = array
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, mmap.mmap) and hasattr(base, "madvise"):
        base.madvise(mmap.MADV_DONTNEED)


def give_back_freed() -> None:
    """Give the system what was freed: glibc keeps it for arrays to come, up to hundreds of megabytes. Other systems need no such call."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:  # musl has none
        trim(0)
