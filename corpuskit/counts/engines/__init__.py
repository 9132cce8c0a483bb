"""Engines: ways to run tokenising and counting over documents. All give equal counts; the engine is no part of the result.

To add one: write ``engines/<name>.py`` with an :class:`Engine` and name it in ``ENGINES``.
"""

from __future__ import annotations

from corpuskit.counts.engines.engine import Engine
from corpuskit.counts.engines.local import LOCAL
from corpuskit.registry import Registry

ENGINES: Registry[Engine] = Registry("engine", (LOCAL,))

__all__ = ["ENGINES", "Engine"]
