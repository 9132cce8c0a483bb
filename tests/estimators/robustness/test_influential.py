import numpy as np
import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.robustness.influence import estimate_influence
from corpuskit.estimators.robustness.influential import largest_documents, makes_most_of_the_spread, moves_most
from tests.counts.build import counted, sentence
from tests.estimators.robustness.test_influence import corpus

OPTIONS = EstimatorOptions()


def findings(documents):
    return {item.code: item for item in estimate_influence(Inputs(counted(documents), OPTIONS), OPTIONS).findings}


@pytest.mark.parametrize(
    ("without", "error", "most"),
    [
        ([0.80, 0.78, 0.81], 0.02, None),  # .02 is no more than two errors and no more than a tenth
        ([0.80, 0.75, 0.81], 0.02, 1),
        ([0.80, 0.78, 0.86], 0.02, 2),
        ([0.80, 0.71, 0.81], 1.0, 1),
        ([0.80, 0.71, 0.81], None, 1),
        ([0.80, 0.75, 0.81], None, None),
        ([np.nan, 0.5, 0.81], 0.02, 1),
        ([np.nan, np.nan], 0.02, None),
        ([0.1], 0.02, None),
        ([], 0.02, None),
    ],
)
def test_more_than_two_errors_or_a_tenth_is_far(without, error, most):
    assert moves_most(0.8, np.array(without), error) == most


def test_nothing_moves_what_is_undefined():
    assert moves_most(None, np.array([0.1, 0.9]), 0.01) is None


def test_one_part_stands_out_or_none_does():
    assert makes_most_of_the_spread(np.array([0.30, 0.31, 0.40, 0.30]), 2)
    assert not makes_most_of_the_spread(np.array([0.30, 0.40, 0.40, 0.30]), 2)
    assert not makes_most_of_the_spread(np.array([0.3, 0.3, np.nan]), 0)


def test_the_largest_documents_come_first_and_empty_ones_never():
    inputs = Inputs(counted({name: [sentence("a")] for name in "abcdefg"}), OPTIONS)
    sizes = np.array([3, 0, 9, 1, 1, 1, 1])
    assert largest_documents(inputs, np.arange(7) < 3, sizes) == ["c", "a"]
    assert largest_documents(inputs, np.ones(7, bool), sizes) == ["c", "a", "d", "e", "f"]


def test_a_source_of_another_kind_is_named_with_its_share_and_its_documents():
    """One source brings most of the words seen once, and without it far less would be unseen."""
    random = np.random.default_rng(0)
    documents = {f"s{number % 9}/{number}": [sentence(*(f"w{term}" for term in random.integers(0, 60, 100)))] for number in range(45)}
    assert "source_moves_coverage" not in findings(documents)
    documents |= {f"scans/{number}": [sentence(*(f"noise{number}x{term}" for term in range(400)))] for number in range(3)}
    found = findings(documents)["source_moves_coverage"]
    assert (found.id, found.level) == ("source_moves_coverage@lang:en", "note")
    assert [item.document for item in found.evidence] == ["scans/0", "scans/1", "scans/2"]
    told = found.parameters
    assert told["source"] == "scans/"
    assert told["share"] == pytest.approx(1200 / 5700)
    # without as many words at random coverage would not rise
    assert told["by_size"] <= told["value"] < told["without"] - 0.1


def test_files_at_the_top_are_a_source_too():
    random = np.random.default_rng(0)
    documents = {f"s/{number}": [sentence(*(f"w{term}" for term in random.integers(0, 60, 100)))] for number in range(20)}
    documents |= {f"{number}": [sentence(*(f"noise{number}x{term}" for term in range(400)))] for number in range(3)}
    assert findings(documents)["source_moves_coverage"].parameters["source"] == "./"


def test_one_document_of_many_pairs_is_named_for_the_sparsity_index():
    random = np.random.default_rng(0)
    documents = {f"s{number % 3}/{number}": [sentence(*(f"w{term}" for term in random.integers(0, 40, 100)))] for number in range(60)}
    assert "documents_move_sparsity" not in findings(documents)
    terms = [f"t{number % 12}" for number in range(3000)]
    found = findings(documents | {"s0/list.txt": [sentence(*terms)]})["documents_move_sparsity"]
    assert found.parameters["largest"] == found.evidence[0].document == "s0/list.txt"
    assert 0.2 < found.parameters["share"] < 0.9
    assert abs(found.parameters["value"] - found.parameters["without"]) > 0.1 * found.parameters["value"]
    assert found.level == "note"


def test_renamed_words_change_no_finding():
    documents = corpus() | {"s0/list.txt": [sentence(*(f"t{number % 12}" for number in range(3000)))]}
    renamed = {name: [sentence(*(form[::-1] for form in part.lines[0]))] for name, (part,) in documents.items()}
    for code, item in findings(documents).items():
        other = findings(renamed)[code]
        assert (other.id, other.evidence) == (item.id, item.evidence)
        assert other.parameters == {key: pytest.approx(value) if isinstance(value, float) else value for key, value in item.parameters.items()}
