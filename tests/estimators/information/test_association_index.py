from types import SimpleNamespace

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.half_samples import Extrapolated
from corpuskit.estimators.information.association_index import (
    association_index,
    effective_number,
    estimate_association_index,
    extrapolated_measures,
    index_with_interval,
    joint_measures,
)
from corpuskit.estimators.information.grouped_cells import group_cells
from corpuskit.estimators.information.joint_cells import joint_coverage
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.synthetic import dirichlet_table
from tests.counts.build import counted, sentence


def entropy(share):
    share = share[share > 0]
    return -float(np.sum(share * np.log(share)))


def truth(joint):
    return (entropy(joint.sum(axis=1)) + entropy(joint.sum(axis=0)) - entropy(joint.ravel())) / entropy(joint.sum(axis=0))


def feature_by_label(seed):
    random = np.random.default_rng(seed)
    return random.dirichlet(np.full(20, 0.3), size=400) * random.dirichlet(np.ones(400))[:, None]


def drawn(joint, n, seed, groups=25):
    random = np.random.default_rng(seed)
    where, group = random.choice(joint.size, n, p=joint.ravel()), random.integers(groups, size=n)
    return group_cells(
        [csr_matrix(np.bincount(where[group == g], minlength=joint.size).reshape(joint.shape)) for g in range(groups)], unordered=False
    )


def extrapolated_index(cells, seed=0):
    found = extrapolated_measures(cells, seed)
    return None if found is None else index_with_interval(found.measures)


def test_extrapolation_halves_the_bias_and_the_interval_covers():
    joint = feature_by_label(1)
    raw, better, covered = [], [], 0
    for seed in range(25):
        cells = drawn(joint, 4000, seed)
        value, (low, high) = extrapolated_index(cells, seed)
        raw.append(association_index(cells))
        better.append(value)
        covered += low <= truth(joint) <= high
    assert abs(np.mean(better) - truth(joint)) < 0.5 * abs(np.mean(raw) - truth(joint))
    assert covered >= 22


def test_the_column_that_the_row_decides_is_wholly_determined():
    joint = np.kron(np.eye(4), np.ones((5, 1))) / 20
    value, _ = extrapolated_index(drawn(joint, 2000, 0))
    assert value == pytest.approx(1.0, abs=0.01)


def test_permuted_labels_carry_nothing():
    share = np.outer(np.full(30, 1 / 30), np.array([0.5, 0.3, 0.2]))
    value, (low, _) = extrapolated_index(drawn(share, 20_000, 0))
    assert value < 0.01
    assert low == 0.0


def test_the_order_of_rows_and_columns_does_not_matter():
    joint = feature_by_label(2)
    random = np.random.default_rng(0)
    tables = [csr_matrix(random.multinomial(300, joint.ravel()).reshape(joint.shape)) for _ in range(10)]
    turned = [csr_matrix(part.toarray()[random.permutation(400)][:, ::-1]) for part in tables[:1]]
    assert association_index(group_cells(tables[:1], unordered=False)) == pytest.approx(association_index(group_cells(turned, unordered=False)))


def test_unordered_pairs_are_read_in_both_orders():
    random = np.random.default_rng(5)
    p = random.dirichlet(np.ones(12))
    joint = np.kron(np.eye(3), np.ones((4, 4))) * np.outer(p, p)
    joint /= joint.sum()
    table = random.multinomial(200_000, joint.ravel()).reshape(12, 12)
    upper = np.triu(table + np.tril(table, -1).T)
    assert association_index(group_cells([csr_matrix(upper)], unordered=True)) == pytest.approx(truth(joint), abs=0.01)


def test_undefined_for_a_constant_or_nothing():
    constant = group_cells([csr_matrix(np.array([[5], [7]]))], unordered=False)
    assert association_index(constant) is None
    assert extrapolated_index(constant) is None
    assert extrapolated_index(group_cells([csr_matrix((3, 3), dtype=np.int64)], unordered=True)) is None


def test_few_groups_give_a_value_without_an_interval():
    value, interval = extrapolated_index(drawn(feature_by_label(1), 4000, 0, groups=5))
    assert interval is None
    assert 0 < value < 1


def of_corpus(**options):
    documents = {str(number): [sentence(*["the", "pump", "of", "the", "valve", "stops", "the", "pump"])] for number in range(30)}
    estimate, *_ = estimate_association_index(Inputs(counted(documents, **options), EstimatorOptions()), EstimatorOptions()).estimates
    return estimate


def test_ordered_pairs_say_more_than_unordered_ones():
    # window 1: "stops" and "of" are followed by "the" alone, but "of" stands behind "pump"
    unordered, ordered = of_corpus(window=1), of_corpus(window=1, ordered=True)
    assert unordered.n == ordered.n == 30 * 7
    assert 0 < unordered.value < ordered.value < 1


def test_harmonic_weights_are_refused_with_the_reason():
    refused = of_corpus(weights="harmonic")
    assert (refused.value, refused.undefined_because.code) == (None, "undefined_weighted_pairs")


def test_effective_numbers_of_equally_frequent_cells_are_their_number():
    # worked: 8 rows, each with 3 columns of its own, all 24 cells equally frequent: exp H(x,t) = 24, exp H(t|x) = 3
    table = np.kron(np.eye(8), np.ones((1, 3)))
    measures = joint_measures(group_cells([csr_matrix((1000 * table).astype(int))], unordered=False))
    assert np.exp(measures[1:]) == pytest.approx([24, 3], rel=0.001)


def test_pairs_equal_words_times_contexts():
    cells = drawn(feature_by_label(3), 5000, 0)
    index, joint, given = joint_measures(cells)
    words = joint - given
    rows = cells.margins(cells.totals())[0]
    assert words == pytest.approx(chao_wang_jost(*spectrum_of(rows.astype(int))))
    assert given <= joint
    assert 0 < index < 1


def test_effective_numbers_cover_their_truth():
    joint = feature_by_label(1)
    truths = entropy(joint.ravel()), entropy(joint.ravel()) - entropy(joint.sum(axis=1))
    covered = np.zeros(2)
    for seed in range(20):
        found = extrapolated_measures(drawn(joint, 4000, seed), seed)
        for place, truth_here in enumerate(truths):
            value, (low, high) = effective_number(found.measures, place + 1)
            assert low <= value <= high
            covered[place] += low <= np.exp(truth_here) <= high
    assert covered.min() >= 16


def test_an_effective_number_is_at_least_one():
    value, (low, high) = effective_number(Extrapolated(np.array([-0.01]), np.zeros(1), np.zeros(1), 10), 0)
    assert (value, low, high) == (1.0, 1.0, 1.0)


def test_copies_destroy_singletons_which_is_why_they_are_removed_first():
    cells = drawn(feature_by_label(1), 8000, 0)
    twice = group_cells([csr_matrix(2 * part) for part in tables_of(cells)], unordered=False)
    assert joint_coverage(cells) < joint_coverage(twice) == 1.0
    assert association_index(twice) > association_index(cells)  # nearer to the plug-in value, which is too high


def test_merging_groups_keeps_u():
    parts = tables_of(drawn(feature_by_label(1), 4000, 0, groups=8))
    merged = [csr_matrix(parts[place] + parts[place + 1]) for place in range(0, 8, 2)]
    first, second = (association_index(group_cells(each, unordered=False)) for each in (parts, merged))
    assert first == pytest.approx(second)


def tables_of(cells):
    return [
        csr_matrix((cells.counts[:, [group]].toarray().ravel(), (cells.rows, cells.columns)), cells.shape) for group in range(cells.counts.shape[1])
    ]


def test_index_and_interval_are_cut_to_their_range():
    value, (low, high) = index_with_interval(Extrapolated(np.array([1.02]), np.zeros(1), np.array([0.03]), 10))
    assert value == high == 1.0
    assert low <= 1.0


def test_a_language_has_effective_numbers_and_a_table_has_none():
    documents = {str(number): [sentence(*["the", "pump", "of", "the", "valve", "stops", "the", "pump"])] for number in range(30)}
    found = estimate_association_index(Inputs(counted(documents), EstimatorOptions()), EstimatorOptions()).estimates
    assert [estimate.measure for estimate in found] == ["sparsity_u", "effective_pairs", "effective_contexts"]
    assert all(estimate.interval is not None for estimate in found)
    assert 1 < found[2].value < 5 < found[1].value < 25


def test_a_joint_that_may_have_been_seen_to_less_than_half_is_refused():
    # of 1,000 observations of 8,000 cells a little less than half was seen, and chance lifts some tables over it: those that were let pass covered .7
    for seed in range(3):
        cells = drawn(feature_by_label(1), 1100, seed)
        found = extrapolated_measures(cells, seed)
        assert found.least_seen < found.seen < 0.56
        made = estimate_association_index(pairs_of(cells), EstimatorOptions()).estimates
        assert {item.undefined_because.code for item in made} <= {"undefined_joint_coverage_not_sure", "undefined_low_joint_coverage"}


def test_documents_with_nearly_all_of_their_own_are_refused():
    # an intraclass correlation of .05: U would be .15 too high, and its interval never covers
    cells = group_cells(list(dirichlet_table(seed=1).draw(20_000, 25, 0, 0.05)), unordered=False)
    made = estimate_association_index(pairs_of(cells), EstimatorOptions()).estimates
    assert {item.undefined_because.code for item in made} == {"undefined_observations_cluster"}
    assert made[0].undefined_because.parameters["new"] < 0.7 < 0.95 < made[0].undefined_because.parameters["value"]


def test_one_group_with_nearly_all_observations_tells_nothing_of_clustering():
    parts = tables_of(drawn(feature_by_label(1), 20_000, 0))
    uneven = group_cells([csr_matrix(sum(parts[1:16], start=parts[0])), *parts[16:]], unordered=False)
    assert not extrapolated_measures(uneven).by_groups
    assert extrapolated_measures(group_cells(parts, unordered=False)).by_groups


def pairs_of(cells):
    inputs = Inputs(SimpleNamespace(options=SimpleNamespace(weights="flat")), EstimatorOptions())
    inputs.__dict__.update(languages=("en",), pair_cells={"en": cells}, samples=())
    return inputs
