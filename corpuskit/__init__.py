"""corpuskit: which text work a language model can take over, how sure that is, and what must be in place first.

The nouns and verbs of all floors, in floor order, are reachable from here: ``corpuskit.audit_documents(["documents"])`` is the whole chain.
Each is imported when it is first used, so that ``corpuskit --help`` answers at once.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "Document": "ingest",
    "ReadOptions": "ingest",
    "Section": "ingest",
    "Skipped": "ingest",
    "read": "ingest",
    "TextOptions": "text",
    "TokenTable": "text",
    "tokenize": "text",
    "CorpusStats": "counts",
    "CountOptions": "counts",
    "Joint": "counts",
    "count": "counts",
    "merge": "counts",
    "Estimate": "estimators",
    "estimate": "estimators",
    "Assessment": "tasks",
    "assess": "tasks",
    "plan": "pilot",
    "AuditReport": "report",
    "compose": "report",
    "Settings": "audit",
    "describe": "audit",
    "load_settings": "audit",
    "write_reports": "audit",
}

__all__ = [
    "Assessment",
    "AuditReport",
    "CorpusStats",
    "CountOptions",
    "Document",
    "Estimate",
    "Joint",
    "ReadOptions",
    "Section",
    "Settings",
    "Skipped",
    "TextOptions",
    "TokenTable",
    "__version__",
    "assess",
    "audit_documents",
    "compose",
    "count",
    "describe",
    "estimate",
    "load_settings",
    "merge",
    "plan",
    "read",
    "tokenize",
    "write_reports",
]

if TYPE_CHECKING:
    from corpuskit.audit import Settings, describe, load_settings, write_reports
    from corpuskit.audit import audit as audit_documents
    from corpuskit.counts import CorpusStats, CountOptions, Joint, count, merge
    from corpuskit.estimators import Estimate, estimate
    from corpuskit.ingest import Document, ReadOptions, Section, Skipped, read
    from corpuskit.pilot import plan
    from corpuskit.report import AuditReport, compose
    from corpuskit.tasks import Assessment, assess
    from corpuskit.text import TextOptions, TokenTable, tokenize


def __getattr__(name: str) -> Any:
    """Import a public name from its floor on first use."""
    if name == "audit_documents":
        # ``corpuskit.audit`` is the floor; the verb cannot have the name of the package
        return import_module("corpuskit.audit").audit
    if name in _HOME:
        return getattr(import_module(f"corpuskit.{_HOME[name]}"), name)
    raise AttributeError(f"module 'corpuskit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
