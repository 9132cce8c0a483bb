"""FLOOR 9: the command line. One file per command: parse, call one verb of the floors below, show.

stdout carries the result only; progress and messages go to stderr. Exit codes: 0 clean, 1 findings at or above the gate,
2 could not run, 130 interrupted. Nothing heavy is imported before the arguments are read.

To add a command: write ``cli/<command>.py`` with a function, and name it in ``cli/main.py``.
"""

from corpuskit.cli.main import main

__all__ = ["main"]
