import inspect

import numpy as np
from scipy.sparse import csr_matrix

import corpuskit.tasks
from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words.latent_intentions import estimate_latent_intentions, telling_terms
from tests.counts.build import counted, message, sentence
from tests.estimators.method_words import method_of


def test_terms_everywhere_or_once_tell_nothing():
    counts = csr_matrix(np.array([[1, 1, 0, 1], [1, 1, 0, 0], [1, 0, 0, 0], [1, 0, 1, 0]]))
    assert telling_terms(counts).toarray().tolist() == [[1], [1], [0], [0]]


def corpus(topics, n=120, seed=0, words=30):
    random = np.random.default_rng(seed)
    return {
        f"d{number:03}.txt": [sentence(*(f"t{number % topics}w{term}" for term in random.integers(0, words, 40)), *(f"w{term}" for term in range(5)))]
        for number in range(n)
    }


def measured(documents):
    return estimate_latent_intentions(Inputs(counted(documents), EstimatorOptions()), EstimatorOptions())


def test_a_folder_of_three_kinds_has_a_value_of_grade_e():
    found = measured(corpus(3))
    (item,) = found.estimates
    assert (item.id, item.grade, item.n) == ("latent_ambiguity@lang:en", "E", 120)
    assert item.value < 0.05
    assert "3 topics" in method_of(item)
    assert [row[0] for row in found.series[0].rows] == [2, 3, 5, 8, 12]


def test_a_folder_of_one_kind_is_not_identified():
    (item,) = measured(corpus(1, words=90)).estimates
    assert item.undefined_because.code == "undefined_not_identified"


def test_rows_of_a_table_are_units_where_they_are_more():
    random = np.random.default_rng(0)
    rows = [message(" ".join(f"t{number % 2}w{term}" for term in random.integers(0, 20, 25)), {}) for number in range(100)]
    (item,) = measured({"table.csv": rows}).estimates
    assert item.n == 100
    assert "rows of tables" in method_of(item)


def test_few_documents_are_refused_and_no_documents_give_nothing():
    (item,) = measured(corpus(3, 20)).estimates
    assert item.undefined_because.code == "undefined_too_few_units"
    assert estimate_latent_intentions(Inputs(count_nothing(CountOptions()), EstimatorOptions()), EstimatorOptions()).estimates == ()


def test_tasks_never_read_it():
    # never a risk: no file of the floor that weighs tasks names the measure, and grade E bears no suitability
    modules = [module for name, module in inspect.getmembers(corpuskit.tasks, inspect.ismodule)]
    assert {"corpuskit.tasks.assessing", "corpuskit.tasks.ranking", "corpuskit.tasks.verdict"} <= {module.__name__ for module in modules}
    assert not any("latent" in inspect.getsource(module) for module in modules)
