from pathlib import Path

import numpy as np
import pytest

from tests.validation.proof.theory import THIN, held_figure, rate_figure, run
from tests.validation.proof.theory_estimators import Held


@pytest.fixture(scope="module")
def thin():
    return run(None, "development", thin=True)


def test_it_needs_no_data_and_every_figure_has_a_code_of_its_own(thin):
    assert thin.not_run == ""
    codes = [figure.code for figure in thin.figures]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith("theory_") for code in codes + [table.code for table in thin.tables])
    assert all(len(row) == len(table.columns) for table in thin.tables for row in table.rows)


def test_aims_are_those_of_the_protocol(thin):
    aims = {figure.code: (figure.aim.low, figure.aim.high) for figure in thin.figures if figure.aim}
    assert aims["theory_holds_bracket"] == (0.93, None)
    assert {aims[f"theory_holds_{name}"] for name in ("cross_fitted", "extrapolated", "u_of_letters")} == {(0.85, 0.95)}
    assert aims["theory_falls_one_e02"] == (None, 0.0)
    assert aims["theory_rates_e02"] == (0.0, None)
    protocol = (Path(__file__).parents[3] / "reports" / "validation" / "protocol.md").read_text(encoding="utf-8")
    assert "aim: .85 to .95 for those stated at 90 %, at\n   least .93 for the bracket" in protocol


def test_the_chernoff_rate_is_nearer_even_in_the_thin_version(thin):
    rates = next(figure for figure in thin.figures if figure.code == "theory_rates_e02")
    assert rates.standing == "borne_out"
    assert not rates.first_reading


def test_refused_intervals_leave_a_figure_undefined():
    refused = [Held("u_of_messages", 0.02, 200, None, None, 0.9)] * 3
    figure = held_figure("u_of_messages", refused, "made by hand")
    assert (figure.value, figure.undefined_because) == (None, "all 3 were refused")


def test_a_product_rule_that_is_right_is_told():
    errors = 0.1 ** np.arange(1, 9)
    figure = rate_figure(0.02, np.array([errors, errors]), "made by hand", THIN)
    assert figure.standing == "not_borne_out"
    assert figure.value is not None
    assert figure.value < -0.3
