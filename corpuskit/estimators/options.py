"""Options of the estimators, each with the reason for its default."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class EstimatorOptions(BaseModel):
    """How estimates are made. Refusals below these sizes are results, with their reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed: int = Field(default=0, ge=0, description="Seed of folds, samples and half-samples.")
    level: float = Field(default=0.95, gt=0.5, lt=1.0, description="Confidence level of intervals.")
    folds: int = Field(default=5, ge=2, le=20, description="Folds of the cross-fitted error: with 5, each model sees four fifths of the labels.")
    max_messages: int = Field(
        default=6000,
        ge=100,
        description="Labelled messages used at most; with few labels more, up to 1,000,000 divided by the number of labels and 20,000.",
    )
    min_messages: int = Field(
        default=30, ge=10, description="Fewer labelled messages give no error: its interval would span more than a third of all rates."
    )
    min_per_label: int = Field(default=5, ge=2, description="Labels with fewer messages are left out by name: every fold needs one.")
    common_pairs: int = Field(
        default=10_000, ge=100, description="Size at which cells are compared with the null, because the ratio falls with size."
    )
    min_joint_coverage: float = Field(default=0.5, ge=0.0, lt=1.0, description="Below this coverage of the joint cells the index U is refused.")
    min_headings: int = Field(default=30, ge=10, description="Fewer usable headings give no retrieval ambiguity.")
    max_headings: int = Field(default=2000, ge=100, description="Headings tried at most, drawn at random.")
    retrieval_depth: int = Field(
        default=10, ge=1, description="A heading finds its section when the section is among this many: what a search page shows."
    )
    target_coverage: float = Field(
        default=0.95,
        gt=0.5,
        lt=1.0,
        description="Share of a new document's words that should be known: at 95 % readers can guess the rest from context (Laufer 1989).",
    )
    today: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Day against which age is measured, ISO; an audit sets it to the day it starts, and without it no age is given.",
    )
    stale_years: int = Field(
        default=3,
        ge=1,
        le=100,
        description="Years after which a document counts as stale, because company rules are usually reviewed every one to three years.",
    )
    min_section_words: int = Field(default=20, ge=1, description="Sections with fewer words are not searched: they hold no answer.")
