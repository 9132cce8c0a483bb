"""Engines: ways to read, cut and count the shards of a corpus. All give equal counts; the engine is no part of the result.

To add one: write ``engines/<name>.py`` with an :class:`Engine` and name it in ``ENGINES``.
"""

from __future__ import annotations

from corpuskit.counts.engines.dask import DASK
from corpuskit.counts.engines.engine import Engine, Place
from corpuskit.counts.engines.local import LOCAL
from corpuskit.counts.engines.spark import SPARK
from corpuskit.registry import Registry

ENGINES: Registry[Engine] = Registry("engine", (LOCAL, DASK, SPARK))

__all__ = ["ENGINES", "Engine", "Place"]
