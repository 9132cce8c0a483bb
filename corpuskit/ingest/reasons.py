"""The codes by which a reader says why a file was not read, or what is doubtful about one that was.

A code is a fact that the report can count and say in any language: each needs its sentences in the language files of the report floor
(``findings.files_skipped_<code>`` with ``labels.skipped_<code>``, and ``findings.read_<code>``).
"""

from __future__ import annotations

SKIP_REASONS = (
    "broken",
    "crashed",
    "empty",
    "encrypted",
    "hidden",
    "missing_column",
    "needs_extra",
    "no_text",
    "not_a_file",
    "permission",
    "timeout",
    "too_large",
    "undecodable",
    "unsupported",
    "vanished",
)
"""Codes of :class:`ReadError <corpuskit.errors.ReadError>` and :class:`Skipped <corpuskit.ingest.Skipped>`."""

PASSING = frozenset({"crashed", "timeout", "vanished", "permission"})
"""Codes that may be different the next time: what ended so is read anew and never taken from a cache."""

WARNINGS = (
    "attachment_not_read",
    "body_undecodable",
    "cells_left_out",
    "encoding_guessed",
    "formulas_without_value",
    "hidden_sheets",
    "hidden_slides",
    "hidden_text",
    "lines_not_json",
    "mixed_encodings",
    "outputs_left_out",
    "pages_garbled",
    "pages_left_out",
    "pages_unreadable",
    "pages_without_text",
    "ragged_rows",
    "ratings_joined",
    "ratings_not_joined",
    "ratings_of_adjudicators",
    "ratings_of_other_text",
    "ratings_repeated",
    "ratings_without_rater",
    "rows_left_out",
    "rows_without_text",
    "undecodable_bytes",
)
"""Codes before the colon in ``Document.warnings``."""
