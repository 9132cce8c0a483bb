import numpy as np
import pytest

from corpuskit.counts import CountOptions, boilerplate, count_nothing, facts_only
from corpuskit.estimators import EstimatorOptions, Inputs, spectra_before_cleaning
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.robustness.cleaning_effect import STATISTICS, difference, estimate_cleaning_effect
from corpuskit.estimators.vocabulary.new_documents import coverage_of_new_documents
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.text import TextOptions
from tests.counts.build import counted, sentence
from tests.counts.test_cleaning import CONTRACT, document, letters, stats_of
from tests.estimators.corpora import drawn
from tests.estimators.method_words import method_of

OPTIONS = EstimatorOptions()


def folder(documents=40, copies=0, seed=0):
    """Documents that cluster, the first ones again as copies."""
    texts = {
        f"d{number:03}": [sentence(*(f"w{term}" for term in np.repeat(np.arange(len(row)), row)))]
        for number, row in enumerate(drawn(documents, seed, words=80))
    }
    return texts | {f"{name}copy": parts for name, parts in list(texts.items())[:copies]}


def by_measure(stats, **inputs):
    found = estimate_cleaning_effect(Inputs(stats, OPTIONS, **inputs), OPTIONS)
    return {item.measure: item for item in found.estimates}


def headlines(stats):
    inputs = Inputs(stats, OPTIONS)
    words = inputs.spectra["en"]
    return {
        "coverage": chao_jost_coverage(words.f1, words.f2, words.n),
        "coverage_of_new_documents": coverage_of_new_documents(inputs.document_terms["en"]).value,
        "entropy": chao_wang_jost(words.k, words.f_k),
        "hapax_share": words.f1 / words.types,
    }


def codes(found, removal):
    return {item.undefined_because.code for measure, item in found.items() if measure.endswith(removal) and item.undefined_because is not None}


def test_the_change_is_that_of_counting_without_the_copies():
    with_copies, clean = counted(folder(copies=10)), counted(folder())
    found, before, after = by_measure(with_copies), headlines(with_copies), headlines(clean)
    for name in before:
        item = found[f"{name}_change_without_exact_copies"]
        assert item.value == pytest.approx(after[name] - before[name]), name
        assert item.interval[0] <= item.value <= item.interval[1]
        assert "10 of 50 documents and 20 % of the words left out" in method_of(item)
        assert (item.n, item.unit, item.grade) == (50 * 80, "tokens", "E")
    # copies make words of one document look shared, and words seen once look seen twice
    assert found["coverage_of_new_documents_change_without_exact_copies"].value < 0
    assert found["hapax_share_change_without_exact_copies"].value > 0


def test_a_folder_twice_over_is_back_to_what_it_was():
    once, twice = counted(folder()), counted(folder(copies=40))
    found, before, after = by_measure(twice), headlines(twice), headlines(once)
    assert before["coverage_of_new_documents"] == before["coverage"] == 1.0
    for name in before:
        assert before[name] + found[f"{name}_change_without_exact_copies"].value == pytest.approx(after[name])


def test_the_interval_is_that_of_cleaning_anew_without_each_group():
    """Left out with its copies, a document leaves what it would leave in a folder that never held them."""
    documents = folder(copies=10)
    stats = counted(documents)
    kept = Inputs(stats, OPTIONS).cleaning
    group = dict(kept.groups.iter_rows())
    found, changes = by_measure(stats), []
    for number in sorted(set(group.values())):
        left = {name: parts for name, parts in documents.items() if group[name] != number}
        clean = {name: parts for name, parts in left.items() if not name.endswith("copy")}
        before, after = headlines(counted(left)), headlines(counted(clean))
        changes.append([after[name] - before[name] for name in before])
    for statistic, left_out in zip(STATISTICS, np.array(changes).T, strict=True):
        item = found[f"{statistic.name}_change_without_exact_copies"]
        assert item.interval == pytest.approx(jackknife_interval(item.value, left_out)), statistic.name


def test_what_both_stages_share_does_not_widen_the_interval():
    inputs = Inputs(counted(folder(copies=10)), OPTIONS)
    stage = inputs.cleaning.as_found["en"]
    assert difference(stage, stage, STATISTICS[0].function) == (0.0, (0.0, 0.0))


def test_no_copies_and_no_boilerplate_are_reasons_and_no_zeros():
    found = by_measure(counted(folder()))
    assert len(found) == 12
    assert all(item.value is None for item in found.values())
    assert codes(found, "exact_copies") == {"undefined_no_exact_copies"}
    assert codes(found, "near_copies") == {"undefined_no_near_copies"}
    assert codes(found, "boilerplate") == {"undefined_no_boilerplate"}


def test_near_copies_are_told_beside_exact_ones():
    texts = {"a": CONTRACT, "b": CONTRACT, "c": CONTRACT + "x y z", "d": "something else which the clause says"}
    found = by_measure(stats_of(*(document(name, text) for name, text in texts.items())))
    words = len(CONTRACT.split())
    exact, near = (found[f"coverage_change_without_{kind}_copies"] for kind in ("exact", "near"))
    assert (exact.n, near.n) == (3 * words + 9, 2 * words + 9)
    assert "1 of 4 documents" in method_of(exact)
    assert "1 of 3 documents" in method_of(near)
    assert exact.interval is near.interval is None
    assert "no interval: too few document groups" in method_of(exact)


def cleaned(documents, left_out=()):
    """Count as an audit does that removes boilerplate lines."""
    found, text = stats_of(*documents), TextOptions(boilerplate="remove")
    lines = boilerplate(found, text)
    stats = stats_of(*(each for each in documents if each.id not in left_out), lines=lines)
    kept = spectra_before_cleaning(found, text.duplicate_threshold, left_out, bool(lines))
    return found, stats, {"text": text, "before_cleaning": facts_only(found), "spectra_before_cleaning": kept}


def test_boilerplate_is_told_where_it_was_removed():
    documents = letters(40, range(30))
    found, stats, inputs = cleaned(documents)
    measured, before, after = by_measure(stats, **inputs), headlines(found), headlines(stats)
    for name in ("coverage", "entropy", "hapax_share"):
        item = measured[f"{name}_change_without_boilerplate"]
        assert item.value == pytest.approx(after[name] - before[name]), name
        assert "0 of 40 documents" in method_of(item)
        assert item.n == 40 * 3 + 30 * 7
        assert "no interval: too few document groups" in method_of(item)  # counted in three groups
    assert codes(by_measure(found), "boilerplate") == {"undefined_boilerplate_not_removed"}


def test_boilerplate_is_told_apart_from_documents_that_were_left_out_with_it():
    documents = letters(40, range(30))
    documents += [document("letters/zz.txt", "own text aaaa\nConfidential - do not pass on - page 0")]
    without_the_copy = by_measure(cleaned(documents[:-1])[1], **cleaned(documents[:-1])[2])
    _, stats, inputs = cleaned(documents, frozenset({"letters/zz.txt"}))
    measured = by_measure(stats, **inputs)
    for name in ("coverage", "entropy", "hapax_share"):
        with_it, alone = (each[f"{name}_change_without_boilerplate"].value for each in (measured, without_the_copy))
        assert with_it == pytest.approx(alone)
    # the copy is told of all the same, in the folder as it was found
    assert measured["coverage_change_without_exact_copies"].n == 41 * 3 + 31 * 7


def test_words_that_were_not_kept_are_not_guessed():
    found, stats, inputs = cleaned(letters(40, range(30)))
    del inputs["spectra_before_cleaning"]
    assert found.documents["tokens"].sum() != stats.documents["tokens"].sum()
    assert codes(by_measure(stats, **inputs), "") == {"undefined_words_before_cleaning_not_kept"}


def test_a_number_that_is_undefined_before_or_after_has_its_reason():
    found = by_measure(counted({"a": [sentence("one", "two")], "b": [sentence("one", "two")]}))
    assert found["coverage_change_without_exact_copies"].undefined_because.code == "undefined_all_hapax"
    assert found["entropy_change_without_exact_copies"].undefined_because.code == "undefined_all_hapax"
    assert found["coverage_of_new_documents_change_without_exact_copies"].undefined_because.code == "undefined_too_few_groups"
    assert found["hapax_share_change_without_exact_copies"].value == 1.0
    apart = by_measure(counted({"a": [sentence("one", "two")], "b": [sentence("one", "two")], "c": [sentence("three")]}))
    assert apart["coverage_of_new_documents_change_without_exact_copies"].undefined_because.code == "undefined_no_shared_words"


def test_renamed_words_and_documents_in_another_order_change_nothing():
    documents = folder(copies=5)
    renamed = {name: [sentence(*(form[::-1] for form in part.lines[0]))] for name, (part,) in reversed(documents.items())}
    assert by_measure(counted(renamed)) == by_measure(counted(documents))


def test_nothing_and_one_word():
    assert by_measure(count_nothing(CountOptions())) == {}
    assert all(item.value is None for item in by_measure(counted({"a": [sentence("word")]})).values())
