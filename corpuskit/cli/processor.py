"""A processor that numpy sorts slowly on, and how to keep it from doing so; known before numpy is loaded, and so without it."""

from __future__ import annotations

import os
import re
from pathlib import Path

VARIABLE = "NPY_DISABLE_CPU_FEATURES"
"""What numpy leaves out when it is loaded; a value that the user has set stays."""

WIDE = "X86_V4 AVX512_ICL AVX512_SPR AVX512_SKX"
"""numpy's names for vectors of 512 bits; those that a version does not know are passed over."""

_ENOUGH = 8192
"""Bytes of the list of processors that are read: the first one, whatever their number."""


def sorts_slowly(processors: str) -> bool:
    """Tell whether the first processor of Linux's list is AMD's Zen 4.

    It writes compressed vectors to memory at a tenth of the speed of others, which numpy's sorting for 512-bit vectors lives on: 36 instead of 5.5 ns
    for each 32-bit integer, and counting pairs of words is sorting (numpy/numpy#32690, numpy/x86-simd-sort#6). It is the only one of family 25 with
    such vectors.
    """
    first = processors.split("\n\n", 1)[0]
    return "AuthenticAMD" in first and bool(re.search(r"^cpu family\s*: 25$", first, re.MULTILINE)) and "avx512f" in first


def sort_well(told: Path = Path("/proc/cpuinfo")) -> None:
    """Keep numpy from slow sorting in this process, if it has not been loaded, and in those that it starts; does nothing outside Linux."""
    try:
        with told.open(encoding="utf-8", errors="replace") as stream:
            slow = sorts_slowly(stream.read(_ENOUGH))
    except OSError:
        return
    if slow:
        os.environ.setdefault(VARIABLE, WIDE)
