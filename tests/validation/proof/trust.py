"""What reports and README say about trust, made from the figures of the proof by the rule of the protocol's section 6."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from corpuskit.report.phrasebook import phrasebook
from corpuskit.report.trust import proven_figures, trust_sentences
from tests.validation.proof.results import Experiment, Figure

TOLD = (
    "tasks_spearman_extrapolated",
    "tasks_lower_end_over_baselines",
    "tasks_coverage_mean",
    "tasks_published_generative_llm",
    "items_class_with_language",
    "items_message_all_labels",
    "items_runs_behind_confidence",
    "items_runs_halved",
    "items_selective_50_random",
    "people_jsick_bound",
    "people_senses_semcor",
    "people_senses_aozora",
    "theory_holds_bracket",
    "theory_rates_e04",
)
"""Figures that a reader of a report needs, in the order in which they are told. All others stand in ``proof.md``."""

DATA = Path("corpuskit") / "report" / "trust.toml"
README = Path("README.md")
BEGIN, END = "<!-- trust: written by the proof -->", "<!-- end of trust -->"
HEAD = "# Written by `python -m tests.validation.proof DATA --part report`, from reports/validation/proof.json; not to be edited by hand.\n"


def bring_up_to_date(experiments: Sequence[Experiment]) -> None:
    """Write the data of the reports and the passage of the README."""
    DATA.write_text(as_toml(experiments), encoding="utf-8")
    proven_figures.cache_clear()
    README.write_text(with_passage(README.read_text(encoding="utf-8")), encoding="utf-8")


def as_toml(experiments: Sequence[Experiment]) -> str:
    """Write the figures that are told; one that the proof has not measured is not examined."""
    measured = {figure.code: figure for experiment in experiments for figure in experiment.figures}
    return HEAD + "".join(_entry(code, measured.get(code)) for code in TOLD)


def _entry(code: str, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return f'\n[[figure]]\ncode = "{code}"\nstanding = "not_examined"\n'
    ends = "" if figure.interval is None else f"low = {figure.interval[0]:.4f}\nhigh = {figure.interval[1]:.4f}\n"
    return f'\n[[figure]]\ncode = "{code}"\nstanding = "{figure.standing}"\nvalue = {figure.value:.4f}\n{ends}n = {figure.n}\n'


def passage() -> str:
    """Write the passage of the README from what the package ships."""
    book = phrasebook("en")
    lines = [BEGIN, ""]
    for standing, sentences in trust_sentences(book):
        lines += [f"**{book.label(f'trust_{standing}')}**", "", *(f"- {sentence}" for sentence in sentences), ""]
    return "\n".join([*lines, END])


def with_passage(readme: str) -> str:
    """Put the passage where the README has its two marks."""
    found = re.search(f"{re.escape(BEGIN)}.*?{re.escape(END)}", readme, re.DOTALL)
    if found is None:
        raise ValueError(f"{README}: the marks {BEGIN} and {END} are missing; put them where the passage belongs.")
    return readme[: found.start()] + passage() + readme[found.end() :]
