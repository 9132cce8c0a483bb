import numpy as np

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.definitions.definition_ambiguity import estimate_definition_ambiguity
from corpuskit.estimators.definitions.message_clarity import undefined_clarity
from tests.estimators.tables import SUBJECT, inputs_of, requests, table


def measured(texts, labels):
    found = estimate_definition_ambiguity(inputs_of(table(texts, labels)), EstimatorOptions())
    return {item.id: item for item in (*found.estimates, *found.series)} | {item.code: item for item in found.findings}


def test_clear_requests_are_clear_in_both_halves_and_called_so():
    found = measured(*requests(300))
    assert found[f"clear_half_error@{SUBJECT}"].value == 0
    assert found[f"unclear_half_error@{SUBJECT}"].value < 0.1
    assert found[f"clear_half_error@{SUBJECT}"].n + found[f"unclear_half_error@{SUBJECT}"].n == 300
    assert "messages_unambiguous" in found


def test_messages_whose_labels_are_dealt_at_random_are_the_unclear_half():
    texts, labels = requests(300)
    random = np.random.default_rng(0)
    dealt = [f"w1x w2x w3x q{number}" for number in range(150)]
    found = measured(texts + dealt, labels + [str(random.choice(sorted(set(labels)))) for _ in dealt])
    clear, unclear = found[f"clear_half_error@{SUBJECT}"], found[f"unclear_half_error@{SUBJECT}"]
    assert clear.interval[1] < unclear.interval[0]
    assert unclear.value > 0.3
    curve = found[f"risk_coverage@{SUBJECT}"].rows
    assert curve[0][1] <= curve[-1][1]
    assert curve[-1][0] == 1
    assert "messages_unambiguous" not in found


def test_the_category_without_rule_is_the_least_clear_one():
    texts, labels = requests(300)
    random = np.random.default_rng(1)
    dealt = [random.permutation(text.split()).tolist() for text in texts[:60]]
    mixed = texts + [" ".join(words) for words in dealt]
    found = measured(mixed, labels + ["matters of all kinds"] * 60)[f"category_clarity@{SUBJECT}"]
    label, clear, low, high, match, match_low, match_high, n = found.rows[0]
    assert (label, n) == ("matters of all kinds", 60)
    assert low < clear < high < found.rows[-1][2]
    assert match_low < match < match_high < 0.6  # the name shares no word with any message
    assert all(row[4] > match for row in found.rows[1:])
    assert [row[1] for row in found.rows] == sorted(row[1] for row in found.rows)
    assert {row[0] for row in found.rows} == {*labels, "matters of all kinds"}


def test_without_enough_messages_there_is_a_reason_for_both_halves():
    found = undefined_clarity(SUBJECT, 4, "messages", "undefined_too_few_messages", n=4, needed=30)
    assert [item.measure for item in found.estimates] == ["clear_half_error", "unclear_half_error"]
    assert {item.undefined_because.code for item in found.estimates} == {"undefined_too_few_messages"}
