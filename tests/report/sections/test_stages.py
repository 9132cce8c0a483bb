import pytest

from corpuskit.report.blocks import Table
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_every_stage_has_a_rule_to_go_on_and_a_rule_to_stop(language):
    rows = only(build("stages", language), Table).rows
    assert [row[0] for row in rows] == ["G0", "G1", "G2", "G3", "G4", "G5"]
    assert all(all(row) for row in rows)
    assert all(row[2] != row[3] for row in rows)


@LANGUAGES
def test_the_rules_carry_the_figures_of_this_audit(language):
    rows = only(build("stages", language), Table).rows
    assert "146" in rows[0][2]
    assert "150" in rows[0][2]
    # the pilot of the sample: 234 cases, at most 6 errors, so 7 stop it (theory 3.1: tolerance .05, true error .02, power .8)
    assert "234" in rows[1][2]
    assert "6" in rows[1][2]
    assert "7" in rows[1][3]
