import json
import tomllib
from pathlib import Path

import pytest

from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from tests.validation.proof.__main__ import read
from tests.validation.proof.results import Aim, Experiment, Figure
from tests.validation.proof.trust import BEGIN, DATA, END, README, TOLD, as_toml, passage, with_passage

PROOF = Path("reports") / "validation" / "proof.json"


def figure(code, value, interval, aim):
    return Figure(code, "what", value, interval, 40, "tasks", "method", "data", aim=aim, undefined_because="" if value is not None else "too few")


def test_the_passage_of_the_readme_is_what_the_package_says():
    assert passage() in README.read_text(encoding="utf-8")


def test_what_the_package_says_is_what_the_proof_found():
    if not PROOF.exists():
        pytest.skip(f"{PROOF} has not been written yet")
    stored = json.loads(PROOF.read_text(encoding="utf-8"))
    assert as_toml(list(read(PROOF, stored["part"]).values())) == DATA.read_text(encoding="utf-8")


def test_every_figure_that_is_told_has_words_in_both_languages():
    for language in LANGUAGES:
        assert all(phrasebook(language).has_label(f"trust_{code}") for code in TOLD)


def test_figures_are_judged_and_missing_ones_are_not_examined():
    reached = figure(TOLD[0], 0.95, (0.91, 0.98), Aim(low=0.9))
    undefined = figure(TOLD[1], None, None, Aim(low=0))
    entries = tomllib.loads(as_toml([Experiment("tasks", "title", "asked", (reached, undefined))]))["figure"]
    assert entries[0] == {"code": TOLD[0], "standing": "borne_out", "value": 0.95, "low": 0.91, "high": 0.98, "n": 40}
    assert {entry["standing"] for entry in entries[1:]} == {"not_examined"}
    assert len(entries) == len(TOLD)


def test_the_passage_replaces_what_stood_between_its_marks_and_nothing_else():
    readme = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    assert with_passage(readme) == f"before\n{passage()}\nafter\n"
    with pytest.raises(ValueError, match="marks"):
        with_passage("no marks")
