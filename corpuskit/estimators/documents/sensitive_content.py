"""What documents hold that should not reach a language model unseen: personal data, secrets, and instructions hidden for it.

Counts of what a search with checks has found (see ``text/personal_data`` and ``text/hidden_instructions``), so findings and no estimates: how much of
it the search misses is not known. Reference: OWASP Top 10 for LLM Applications 2026, LLM01, LLM02 and LLM05.
"""

from __future__ import annotations

import polars as pl

from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.finding import Evidence, Finding, Level, each_alone
from corpuskit.text import NOTICES, PERSONAL_DATA

REFERENCE = "OWASP Top 10 for LLM Applications 2026"

SECRETS = frozenset({"api_key", "private_key"})
"""An error, because whoever reads one can use it at once, and a model repeats it to whoever asks."""

NUMBERS = frozenset({"my_number", "credit_card", "bank_account", "passport", "driving_licence"})
"""A warning, because a law or a contract forbids to keep or pass them on without need.
What else is personal is a note, for most documents hold some."""

NOTICE_LEVEL: dict[str, Level] = {
    "hidden_text_instruction": "error",
    "tag_characters": "error",
    "zero_width": "warning",
    "bidi_override": "warning",
    "visible_instruction": "note",
}
"""Readable orders behind a reader's back are an error; signs that only can carry some a warning; what everybody sees a note, for handbooks
write about it too."""

MOST_EVIDENCE = 5
"""Documents that a finding names; as many as findings of other floors."""


def estimate_sensitive_content(inputs: Inputs, options: EstimatorOptions) -> Estimates:  # noqa: ARG001  every estimator takes options
    """Give one finding for each type of personal data and of hidden instruction that was found, with documents and occurrences.

    The folder is judged as it was found: a copy that was left out of the counts still holds what it holds.
    """
    personal, sections = inputs.as_found.personal_data, inputs.as_found.sections.select("document", "ordinal", place="locator")
    notices = inputs.as_found.notices.join(sections, on=["document", "ordinal"], how="left", maintain_order="left")
    found = [
        *(_personal(kind, rows) for kind in PERSONAL_DATA if (rows := _of_type(personal, kind)).height),
        *(_notice(kind, rows) for kind in NOTICES if (rows := _of_type(notices, kind)).height),
    ]
    return Estimates(findings=tuple(found))


def _of_type(frame: pl.DataFrame, kind: str) -> pl.DataFrame:
    return frame.filter((pl.col("type") == kind) & (pl.col("count") > 0)).sort("count", "document", descending=[True, False], maintain_order=True)


def _personal(kind: str, rows: pl.DataFrame) -> Finding:
    """Make the finding of a type of personal data; nothing is quoted, since the document alone says where to look."""
    code, level = _code_and_level(kind)
    documents = rows["document"].unique(maintain_order=True).to_list()
    return Finding(
        id=f"{code}@{kind}",
        level=level,
        code=code,
        parameters={"type": kind, "documents": len(documents), "n": int(rows["count"].sum())},
        evidence=tuple(Evidence(document=document) for document in documents[:MOST_EVIDENCE]),
        documents=each_alone(documents, MOST_EVIDENCE),
    )


def _code_and_level(kind: str) -> tuple[str, Level]:
    if kind in SECRETS:
        return "secrets", "error"
    if kind == "corporate_number":
        return "company_numbers", "note"
    return ("personal_numbers", "warning") if kind in NUMBERS else ("personal_data", "note")


def _notice(kind: str, rows: pl.DataFrame) -> Finding:
    """Make the finding of a type of hidden instruction, with the first masked quote of each document and its place."""
    first = rows.unique("document", keep="first", maintain_order=True)
    return Finding(
        id=kind,
        level=NOTICE_LEVEL[kind],
        code=kind,
        parameters={"documents": first.height, "n": int(rows["count"].sum())},
        evidence=tuple(
            Evidence(document=document, quote=quote, place=place or "")
            for document, quote, place in first.select("document", "quote", "place").head(MOST_EVIDENCE).iter_rows()
        ),
        documents=each_alone(first["document"], MOST_EVIDENCE),
    )


SENSITIVE_CONTENT = Estimator(
    name="sensitive_content",
    question="Which personal data, secrets and instructions hidden for a model do the documents hold?",
    reference=REFERENCE,
    function=estimate_sensitive_content,
)
