from collections import Counter
from functools import cached_property

import numpy as np
import pytest

from corpuskit.counts import CountOptions, count_nothing, merge
from corpuskit.errors import UnknownName
from corpuskit.estimators import ESTIMATORS, EstimatorOptions, Inputs, estimate
from corpuskit.estimators.registry import LAST_READ
from tests.counts.build import Part, counted, message, sentence
from tests.estimators.method_words import method_of


def corpus(documents, seed=0, words=40):
    random = np.random.default_rng(seed)
    share = random.dirichlet(np.full(300, 0.2))
    return {
        f"d{number:03}.txt": [Part(paragraphs=[[[f"w{term}" for term in random.choice(300, words, p=share)] for _ in range(5)]])]
        for number in range(documents)
    }


def by_id(found):
    return {item.id: item for item in found.estimates}


def test_every_estimator_asks_a_question_and_names_its_paper():
    for name, estimator in ESTIMATORS.items():
        assert estimator.name == name
        assert estimator.question.endswith("?")
        assert any(character.isdigit() for character in estimator.reference)
    with pytest.raises(UnknownName, match="coverage"):
        ESTIMATORS["coverag"]


def test_an_empty_corpus_has_reasons_and_no_numbers():
    found = by_id(estimate(count_nothing(CountOptions())))
    assert found["coverage@corpus"].undefined_because.code == "undefined_no_tokens"
    assert found["language_ambiguity@corpus"].undefined_because.code == "undefined_no_labels"
    assert found["tokens@corpus"].value == 0
    assert [item.id for item in found.values() if item.value is not None] == ["tokens@corpus"]


def test_one_token():
    found = by_id(estimate(counted({"a.txt": [sentence("word")]})))
    assert found["tokens@lang:en"].value == 1
    assert found["coverage@lang:en"].undefined_because.code == "undefined_too_few_tokens"
    for measure in ("chao1", "entropy", "sparsity_u", "sparsity_cells_vs_null", "gini", "hoyer", "retrieval_ambiguity"):
        assert found[f"{measure}@lang:en"].value is None, measure


def test_all_tokens_different():
    found = by_id(estimate(counted({"a.txt": [sentence(*(f"w{number}" for number in range(50)))]})))
    for measure in ("coverage", "chao1", "entropy"):
        assert found[f"{measure}@lang:en"].undefined_because.code == "undefined_all_hapax"
    assert found["hapax_share@lang:en"].value == 1.0


def test_all_tokens_equal():
    found = by_id(estimate(counted({"a.txt": [sentence(*["word"] * 100)]})))
    assert found["coverage@lang:en"].value == 1.0
    assert found["entropy@lang:en"].value == pytest.approx(0.0)
    assert found["sparsity_u@lang:en"].undefined_because.code == "undefined_constant"


def test_one_document_has_values_without_document_intervals():
    found = by_id(estimate(counted(corpus(1, words=400))))
    assert "Esty" in method_of(found["coverage@lang:en"])
    assert found["coverage@lang:en"].interval is not None
    for measure in ("entropy", "sparsity_u"):
        assert found[f"{measure}@lang:en"].value is not None
        assert found[f"{measure}@lang:en"].interval is None
        assert "no interval" in method_of(found[f"{measure}@lang:en"])


def test_many_documents_have_intervals():
    stats = counted(corpus(60))
    found = by_id(estimate(stats, EstimatorOptions(common_pairs=5000)))
    measured = ("coverage", "chao1", "hill_0", "hill_1", "hill_2", "heaps", "new_types", "hd_d", "entropy")
    for measure in (*measured, "sparsity_cells_vs_null", "sparsity_u"):
        item = found[f"{measure}@lang:en"]
        assert item.interval[0] <= item.value <= item.interval[1], measure
    series = {item.id for item in estimate(stats).series}
    names = ("spectrum", "coverage_growth", "vocabulary_growth", "new_word_rate_growth", "document_coverage_growth", "sparsity_u_growth")
    assert series == {f"{name}@lang:en" for name in (*names, "character_noise", "latent_topics")}


def test_words_that_stand_in_one_document_only_leave_no_coverage_but_that_of_new_documents():
    random = np.random.default_rng(0)
    documents = {}
    for number in range(20):
        own = [f"own{number}x{term}" for term in random.integers(0, 40, 200 if number % 3 else 20)]
        documents[f"d{number}"] = [sentence(*own, *(f"w{term}" for term in random.integers(0, 30, 100)))]
    found = by_id(estimate(counted(documents)))
    refused = found["coverage@lang:en"].undefined_because
    assert refused.code == "undefined_documents_cluster"
    assert refused.parameters["new"] == found["coverage_of_new_documents@lang:en"].value < 0.5 < 0.9 < refused.parameters["value"]


def test_what_is_dropped_is_computed_once(monkeypatch):
    computed = Counter()

    def counting(name):
        compute = vars(Inputs)[name].func

        def counted_compute(inputs):
            computed[name] += 1
            return compute(inputs)

        found = cached_property(counted_compute)
        found.__set_name__(Inputs, name)
        return found

    dropped = [name for names in LAST_READ.values() for name in names]
    for name in dropped:
        monkeypatch.setattr(Inputs, name, counting(name))
    estimate(counted({f"{number}.txt": [sentence("purchase", "order", "invoice", f"w{number}")] * 9 for number in range(30)}))
    assert computed == dict.fromkeys(dropped, 1)
    assert set(LAST_READ) <= set(ESTIMATORS)


def test_parts_counted_apart_give_the_same_estimates():
    documents = corpus(12)
    names = sorted(documents)
    parts = [counted({name: documents[name] for name in half}) for half in (names[7:], names[:7])]
    assert estimate(merge(parts, CountOptions())) == estimate(counted(documents))


def test_labels_and_languages_are_measured_apart():
    random = np.random.default_rng(0)
    rows = [
        message(f"{label} {' '.join(random.choice(list('abcdefgh'), 5))} n{number}", {"kind": label})
        for number in range(40)
        for label in ("ask", "buy")
    ]
    stats = counted({"t.csv": rows, "j.txt": [Part(paragraphs=[[["規程", "は", "規程"]]], language="ja")]})
    found = by_id(estimate(stats))
    assert {"coverage@lang:en", "coverage@lang:ja", "language_ambiguity@labels:t.csv#kind", "definition_ambiguity@labels:t.csv#kind"} <= set(found)
    assert found["sparsity_u@labels:t.csv#kind"].grade == "C"
    assert estimate(stats) == estimate(stats)
