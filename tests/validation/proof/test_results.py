import pytest

from tests.validation.proof.results import Aim, Figure


def figure(value, interval=None, aim=None, because=""):
    return Figure("tasks_x", "what", value, interval, 40, "tasks", "method", "data", aim=aim, undefined_because=because)


@pytest.mark.parametrize(
    ("value", "interval", "aim", "standing"),
    [
        (0.95, (0.91, 0.98), Aim(low=0.9), "borne_out"),
        (0.95, (0.85, 0.98), Aim(low=0.9), "borne_out_not_surely"),
        (0.95, None, Aim(low=0.9), "borne_out_not_surely"),
        (0.89, (0.85, 0.98), Aim(low=0.9), "not_borne_out"),
        (0.9, (0.86, 0.94), Aim(low=0.85, high=0.95), "borne_out"),
        (0.9, (0.86, 0.97), Aim(low=0.85, high=0.95), "borne_out_not_surely"),
        (0.96, (0.9, 0.97), Aim(low=0.85, high=0.95), "not_borne_out"),
        (0.5, (0.4, 0.6), None, "described"),
    ],
)
def test_figures_are_judged_by_the_rule_of_the_protocol(value, interval, aim, standing):
    assert figure(value, interval, aim).standing == standing


def test_an_undefined_figure_says_why_and_is_judged_as_such():
    assert figure(None, because="fewer than 5 tasks").standing == "undefined"
    with pytest.raises(ValueError, match="either a value or the reason"):
        figure(None)
    with pytest.raises(ValueError, match="either a value or the reason"):
        figure(0.5, because="too few")
    with pytest.raises(ValueError, match="NaN"):
        figure(float("nan"))
