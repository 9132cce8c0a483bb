"""Formats that cases go out in and labels and answers come back in. To add one: write ``<tool>.py`` with an :class:`Exchange` and name it here."""

from __future__ import annotations

from corpuskit.pilot.exchange.exchange import CANONICAL, Exchange, Row, check_cases, rows_of, rows_of_sheet
from corpuskit.pilot.exchange.inspect_ai import INSPECT_AI
from corpuskit.pilot.exchange.label_studio import LABEL_STUDIO
from corpuskit.pilot.exchange.mlflow import MLFLOW
from corpuskit.pilot.exchange.plain import CSV, JSONL, cases_csv, table_csv, table_jsonl
from corpuskit.pilot.exchange.promptfoo import PROMPTFOO
from corpuskit.registry import Registry

EXCHANGES: Registry[Exchange] = Registry("exchange format", (CSV, JSONL, PROMPTFOO, LABEL_STUDIO, MLFLOW, INSPECT_AI))

__all__ = ["CANONICAL", "EXCHANGES", "Exchange", "Row", "cases_csv", "check_cases", "rows_of", "rows_of_sheet", "table_csv", "table_jsonl"]
