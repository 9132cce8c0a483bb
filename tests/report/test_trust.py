import pytest

from corpuskit.report import trust
from corpuskit.report.phrasebook import LANGUAGES, phrasebook
from corpuskit.report.trust import STANDINGS, ProvenFigure, proven_figures, trust_sentences

FIGURES = (
    ProvenFigure("people_jsick_bound", "borne_out", 0.954, 0.93, 0.97, 500),
    ProvenFigure("items_runs_halved", "not_borne_out", 4.0, 2.0, 6.0, 3080),
    ProvenFigure("tasks_lower_end_over_baselines", "not_borne_out", -0.21, None, None, 11),
    ProvenFigure("people_senses_aozora", "not_examined"),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_told_with_its_numbers_under_its_standing(language, monkeypatch):
    monkeypatch.setattr(trust, "proven_figures", lambda: FIGURES)
    told = dict(trust_sentences(phrasebook(language)))
    assert list(told) == ["borne_out", "not_borne_out", "not_examined"]
    assert all(number in told["borne_out"][0] for number in ("0.95", "0.93", "0.97", "500"))
    halved, above = told["not_borne_out"]
    assert all(number in halved for number in ("4", "2", "6", "3,080"))
    assert "4.00" not in halved  # a count is no share
    assert "-0.21" in above
    assert told["not_examined"] == (phrasebook(language).label("trust_people_senses_aozora"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_can_be_told(language):
    told = trust_sentences(phrasebook(language))
    assert [standing for standing, _ in told] == [standing for standing in STANDINGS if standing in {figure.standing for figure in proven_figures()}]
    assert sum(len(sentences) for _, sentences in told) == len(proven_figures())


def test_each_figure_ships_once_and_has_a_value_exactly_if_it_was_examined():
    codes = [figure.code for figure in proven_figures()]
    assert len(codes) == len(set(codes))
    assert all((figure.value is None) == (figure.standing == "not_examined") for figure in proven_figures())
