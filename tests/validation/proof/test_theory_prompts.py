import numpy as np
import pytest

from tests.validation.proof.theory_prompts import Curves, Learned, curve_table, figures, growth_table, largest_rise, least_step, noise, rounded

PROMPTS = 50


def curve(*means):
    """Divergences that vary by prompt, alike for every m, with these means."""
    return np.array(means)[:, None] + np.linspace(-0.001, 0.001, PROMPTS)


def made(falling=(4.0, 3.0, 2.0, 1.0), steps=(0.0, 1.0, 2.0)):
    noises = dict(zip((0.0, 0.02, 0.04), steps, strict=True))
    exact = {ambiguity: curve(*falling) + step for ambiguity, step in noises.items()}
    learned = tuple(
        Learned(model, ambiguity, size, 3, exact[ambiguity] + 10 / size, curve(1, 1, 1, 1))
        for model in ("n_gram", "network")
        for ambiguity in noises
        for size in (10, 100)
    )
    return Curves(exact, exact, learned)


def standing(curves):
    return {figure.code: figure.standing for figure in figures(curves, "made by hand")}


def test_a_falling_curve_and_a_kept_order_are_borne_out():
    found = standing(made())
    assert {code for code in found if found[code] == "borne_out"} == {
        *(f"theory_falls_{kind}_{noise}" for kind in ("ring", "one") for noise in ("e02", "e04")),
        "theory_order_n_gram",
        "theory_order_network",
    }
    assert found["theory_order_one"] == "described"


def test_a_rise_anywhere_and_an_order_lost_anywhere_are_not():
    assert standing(made(falling=(4.0, 3.0, 3.1, 1.0)))["theory_falls_one_e02"] == "not_borne_out"
    assert standing(made(steps=(0.0, 2.0, 1.9)))["theory_order_network"] == "not_borne_out"


def test_one_noise_alone_has_no_order():
    whole = made()
    alone = Curves({0.02: whole.one[0.02]}, {0.02: whole.ring[0.02]}, tuple(entry for entry in whole.learned if entry.ambiguity == 0.02))
    assert standing(alone)["theory_order_network"] == "undefined"


def test_largest_rise_and_least_step():
    assert largest_rise(curve(4.0, 3.0, 2.5, 1.0)) == pytest.approx(-0.5)
    assert least_step([curve(1, 1, 1, 1), curve(2, 2, 1.2, 2), curve(5, 5, 5, 5)]) == pytest.approx(0.2)


def test_tables_name_every_reader_and_every_size():
    curves = made()
    table = curve_table(curves, {0.02: 0.1, 0.04: 0.5})
    product = next(row for row in table.rows if row[0] == "0.04" and str(row[1]).startswith("product rule"))
    assert product[2:] == (6.0, 3.0, 1.5, 0.75)
    assert len(table.rows) == 5 + 7 + 7
    growth = growth_table(curves)
    assert [row[2] for row in growth.rows[:2]] == [10, 100]
    assert {row[3] for row in growth.rows} == {"letters: 3", "passes: 3"}


def test_codes_and_digits():
    assert noise(0.04) == "e04"
    assert [rounded(value) for value in (0.123456, 1e-12, -2.0)] == [0.123, 0.0, -2.0]
