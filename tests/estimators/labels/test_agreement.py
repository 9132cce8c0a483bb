import numpy as np
import pytest

from corpuskit.errors import UsageError
from corpuskit.estimators.labels.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha

MISSING = -1


def ratings(*raters):
    """Rows of raters, a point for a missing label, as units by raters."""
    known = sorted(set("".join(raters)) - {"."})
    return np.array([[MISSING if label == "." else known.index(label) for label in rater] for rater in raters]).T


@pytest.mark.parametrize(
    ("raters", "alpha"),
    [
        # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability": A (two observers, binary), B (nominal), C (four observers, missing data)
        (("0100000010", "1110010000"), 0.095),
        (("aabbdcccedda", "babbbcccedd" + "d"), 0.692),
        (("123321412...", "12332241253"[:10] + ".3", ".33323422" + "51.", "123324412" + "51."), 0.743),
    ],
)
def test_alpha_of_the_published_examples(raters, alpha):
    assert krippendorff_alpha(ratings(*raters)).value == pytest.approx(alpha, abs=0.0006)


def test_kappa_of_a_published_table():
    # Cohen 1960, table 1, as counts of 200: agreement .88 of cases .5 by chance in a two-way table known from textbooks:
    # yes/yes 20, yes/no 5, no/yes 10, no/no 15 of 50: p_o = .7, p_e = .5, kappa = .4
    first, second = np.repeat([0, 0, 1, 1], [20, 5, 10, 15]), np.repeat([0, 1, 0, 1], [20, 5, 10, 15])
    agreed = cohen_kappa(first, second)
    assert agreed.value == pytest.approx(0.4)
    # the large-sample error of Fleiss, Cohen and Everitt 1969 is .1271 here; the jackknife comes close
    assert (agreed.interval[1] - agreed.interval[0]) / 2 == pytest.approx(2.01 * 0.127, rel=0.06)


def test_names_of_labels_and_order_of_items_do_not_matter():
    random = np.random.default_rng(0)
    first = random.integers(0, 3, 60)
    second = np.where(random.random(60) < 0.7, first, random.integers(0, 3, 60))
    order, names = random.permutation(60), np.array([2, 0, 1])
    for one, other in [(first[order], second[order]), (names[first], names[second]), (second, first)]:
        assert cohen_kappa(one, other).value == pytest.approx(cohen_kappa(first, second).value)
        assert krippendorff_alpha(np.stack([one, other], axis=1)).value == pytest.approx(krippendorff_alpha(np.stack([first, second], axis=1)).value)


def test_chance_is_nought_and_full_agreement_one():
    random = np.random.default_rng(1)
    first, second = random.integers(0, 4, 20_000), random.integers(0, 4, 20_000)
    agreed = cohen_kappa(first, second)
    assert agreed.interval[0] < 0 < agreed.interval[1]
    assert cohen_kappa(first, first).value == krippendorff_alpha(np.stack([first, first], axis=1)).value == 1


def test_copies_change_neither_the_value_nor_the_interval():
    random = np.random.default_rng(2)
    first = random.integers(0, 2, 80)
    second = np.where(random.random(80) < 0.8, first, 1 - first)
    once, twice = cohen_kappa(first, second), cohen_kappa(np.tile(first, 2), np.tile(second, 2), np.tile(np.arange(80), 2))
    assert twice.value == pytest.approx(once.value)
    assert twice.interval == pytest.approx(once.interval)


def test_one_label_for_everything_is_undefined():
    same = np.zeros(30, np.int64)
    assert cohen_kappa(same, same) is None
    assert krippendorff_alpha(np.stack([same, same], axis=1)) is None
    assert krippendorff_alpha(np.array([[0, MISSING], [MISSING, 1]])) is None
    assert cohen_kappa(same[:0], same[:0]) is None


def test_few_items_have_a_value_but_no_interval():
    agreed = cohen_kappa(np.array([0, 1, 1, 0]), np.array([0, 1, 0, 0]))
    assert agreed.value == pytest.approx(0.5)
    assert agreed.interval is None


KRIPPENDORFF_2011 = ("123321412...", "123322412" + "5.3", ".33323422" + "51.", "123324412" + "51.")
"""Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units, values 1 to 5."""


@pytest.mark.parametrize(("scale", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)])
def test_alpha_of_the_published_example_on_every_scale(scale, alpha):
    found = krippendorff_alpha(ratings(*KRIPPENDORFF_2011), scale=scale, values=np.arange(1.0, 6.0))
    assert found.value == pytest.approx(alpha, abs=0.0006)


@pytest.mark.parametrize("scale", ["ordinal", "interval", "ratio"])
def test_two_labels_are_equally_far_apart_on_every_scale(scale):
    random = np.random.default_rng(3)
    first = random.integers(0, 2, 50)
    both = np.stack([first, np.where(random.random(50) < 0.8, first, 1 - first)], axis=1)
    found, nominal = krippendorff_alpha(both, scale=scale, values=np.array([1.0, 7.0])), krippendorff_alpha(both)
    assert found.value == pytest.approx(nominal.value)
    assert found.interval == pytest.approx(nominal.interval)


def test_ranks_do_not_feel_how_numbers_are_spread_and_an_interval_scale_not_where_zero_lies():
    random = np.random.default_rng(4)
    first = random.integers(0, 5, 80)
    both = np.stack([first, np.clip(first + random.integers(-1, 2, 80), 0, 4)], axis=1)
    numbers = np.array([1.0, 2.0, 3.0, 4.0, 5.0])

    def alpha(scale, values):
        return krippendorff_alpha(both, scale=scale, values=values).value

    assert alpha("ordinal", numbers) == alpha("ordinal", np.exp(numbers))
    assert alpha("interval", numbers) == pytest.approx(alpha("interval", 10 * numbers + 3))
    assert alpha("ratio", numbers) == pytest.approx(alpha("ratio", 10 * numbers))
    assert alpha("interval", numbers) > alpha("nominal", numbers), "neighbours were confused, and that counts for less"


def test_the_ordinal_interval_is_that_of_leaving_out_each_unit():
    random = np.random.default_rng(5)
    first = random.integers(0, 4, 30)
    both = np.stack([first, np.clip(first + random.integers(-1, 2, 30), 0, 3)], axis=1)
    found = krippendorff_alpha(both, scale="ordinal")
    without = np.array([krippendorff_alpha(np.delete(both, unit, axis=0), scale="ordinal").value for unit in range(30)])
    error = np.sqrt(29 / 30 * ((without - without.mean()) ** 2).sum())
    assert (found.interval[1] - found.interval[0]) / 2 == pytest.approx(2.045 * error, rel=1e-3)


@pytest.mark.parametrize(("scale", "values", "told"), [("interval", None, "number that each label"), ("ratio", np.array([-1.0, 2.0]), "below 0")])
def test_a_scale_without_its_numbers_is_refused(scale, values, told):
    with pytest.raises(UsageError, match=told):
        krippendorff_alpha(ratings("0101", "0111"), scale=scale, values=values)


FLEISS = [
    (0, 0, 0, 0, 14),
    (0, 2, 6, 4, 2),
    (0, 0, 3, 5, 6),
    (0, 3, 9, 2, 0),
    (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0),
    (3, 2, 6, 3, 0),
    (2, 5, 3, 2, 2),
    (6, 5, 2, 1, 0),
    (0, 2, 2, 3, 7),
]
"""The textbook table of ten items and fourteen raters."""


def test_fleiss_kappa_of_the_textbook_table():
    assert fleiss_kappa(np.array(FLEISS)).value == pytest.approx(0.2099, abs=5e-5)


def test_fleiss_kappa_says_when_it_is_undefined_and_refuses_other_data():
    assert fleiss_kappa(np.zeros((0, 2), np.int64)) is None
    assert fleiss_kappa(np.array([[3, 0], [3, 0]])) is None
    with pytest.raises(UsageError, match="2 to 3"):
        fleiss_kappa(np.array([[2, 1], [2, 0]]))
