import numpy as np
import pytest

from tests.validation.proof.made_tasks import OWN, made_tasks


def test_errors_grow_from_nothing_to_four_tenths():
    errors = [one.error for one in made_tasks(10)]
    assert errors == sorted(set(errors))
    assert (errors[0], errors[-1]) == (0, pytest.approx(0.4))


def test_the_known_error_is_that_of_who_reads_the_kind_off_the_words():
    """The best classifier names the kind whose words stand in the message, and any kind where there are none."""
    of_word = {word: kind for kind, words in OWN.items() for word in words}
    for made in made_tasks(2_000):
        named = [next((of_word[word] for word in row.text.split() if word in of_word), sorted(OWN)[0]) for row in made.task.rows]
        wrong = np.mean([name != row.label for name, row in zip(named, made.task.rows, strict=True)])
        assert wrong == pytest.approx(made.error, abs=4 * np.sqrt(max(made.error, 1e-9) * 0.5 / 2_000))


def test_tasks_come_out_the_same_each_time():
    assert made_tasks(20) == made_tasks(20)
