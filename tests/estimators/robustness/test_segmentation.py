from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from corpuskit.counts import CountOptions, character_bigrams, document_terms, merge, short_units
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.information.entropy import estimate_entropy
from corpuskit.estimators.resampling import jackknife_interval
from corpuskit.estimators.robustness.influence import estimate_influence
from corpuskit.estimators.robustness.segmentation import COLUMNS, IN_BIGRAMS, IN_UNITS, MOST_ALONE, estimate_segmentation, numbers_of
from corpuskit.estimators.vocabulary.coverage import estimate_coverage
from corpuskit.estimators.vocabulary.new_documents import coverage_of_new_documents
from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.estimators.vocabulary.token_coverage import chao_jost_coverage
from corpuskit.estimators.vocabulary.vocabulary import estimate_vocabulary
from corpuskit.text import TokenizerInfo
from tests.counts.build import counted, sentence
from tests.estimators.corpora import by_measure
from tests.estimators.method_words import method_of

SUDACHI = TokenizerInfo(name="sudachi", version="1", mode="C")
WORDS = ("出張旅費", "旅費", "労働者", "者", "人々", "人", "規程", "の", "は", "申請書", "申請", "書類", "the")


def japanese(documents, mode="C"):
    """Count documents of Japanese words, as if a tokenizer in this mode had cut them."""
    stats = counted({name: [sentence(*words, language="ja")] for name, words in documents.items()})
    return replace(stats, tokenizers={"ja": SUDACHI.model_copy(update={"mode": mode})})


def measured(stats, **options):
    chosen = EstimatorOptions(**options)
    return estimate_segmentation(Inputs(stats, chosen), chosen)


def random_documents(number, seed=0, words=60):
    random = np.random.default_rng(seed)
    own = [f"{chr(0x4E00 + place)}{chr(0x5E00 + place)}語" for place in range(300)]
    forms = [*WORDS, *own]
    share = 1 / np.arange(1, len(forms) + 1)
    return {f"d{place:03}": random.choice(forms, words, p=share / share.sum()).tolist() for place in range(number)}


def test_known_answers_by_hand():
    # in short units a: 出張 旅費 x 2, 労働 者, の x 2; b: 出張 旅費 者 の; 労働 alone stands in one document
    stats = japanese({"a": ["出張旅費", "旅費", "労働者", "の", "の"], "b": ["出張", "旅費", "者", "の"]})
    found = by_measure(measured(stats))
    units = np.array([2, 3, 1, 2, 3])  # 出張 旅費 労働 者 の
    assert found["hapax_share_in_short_units"].value == 1 / 5
    assert found["coverage_in_short_units"].value == chao_jost_coverage(1, 2, 11)
    assert found["coverage_in_short_units"].n == 11
    assert found["entropy_in_short_units"].value == pytest.approx(chao_wang_jost(*spectrum_of(units)))
    # w1 = 1 (労働), w2 = 10, n = 11, D = 2: 1 - 1/11 * 1/(1 + 10)
    assert found["coverage_of_new_documents_in_short_units"].value == pytest.approx(1 - 1 / 11 / 11)
    # pairs: 出張x2 張旅 旅費x3 労働 働者 者 のx3
    assert found["hapax_share_in_character_bigrams"].value == 4 / 7
    assert found["hapax_share_in_character_bigrams"].n == 7
    assert found["coverage_in_character_bigrams"].value == chao_jost_coverage(4, 1, 12)
    # w1 = 張旅 労働 働者 者 = 4, w2 = 8: 1 - 4/12 * 4/(4 + 8)
    assert found["coverage_of_new_documents_in_character_bigrams"].value == pytest.approx(1 - 4 / 12 * 4 / 12)
    (table,) = measured(stats).series
    assert (table.id, table.columns) == ("segmentations@lang:ja", COLUMNS)
    assert [row[:3] for row in table.rows] == [("C", 9, 6), ("A", 11, 5), ("2-gram", 12, 7)]


def test_the_table_says_what_the_estimates_say():
    stats = japanese(random_documents(30))
    found = measured(stats)
    values = by_measure(found)
    for row, measures in zip(found.series[0].rows[1:], (IN_UNITS, IN_BIGRAMS), strict=True):
        assert row[3:] == tuple(values[measure.name].value for measure in measures)
    for measure in (*IN_UNITS[:3], *IN_BIGRAMS[:3]):
        item = values[measure.name]
        assert item.interval[0] <= item.value <= item.interval[1]
        assert item.interval[0] < item.interval[1]
    assert "none across word borders" in method_of(values["coverage_in_character_bigrams"])
    assert "mode A" in method_of(values["coverage_in_short_units"])


def test_words_without_shorter_units_give_the_numbers_in_words():
    documents = {name: [word for word in words if len(word) == 3 or word in ("人", "の")] for name, words in random_documents(20).items()}
    first, second, _ = measured(japanese({name: [word for word in words if word != "労働者"] for name, words in documents.items()})).series[0].rows
    assert first[1:] == second[1:]


def test_names_of_documents_and_their_order_change_nothing_but_groups():
    documents = random_documents(30)
    backwards = dict(reversed(documents.items()))
    assert measured(japanese(documents)) == measured(japanese(backwards))
    renamed = {f"x{name}": words for name, words in documents.items()}
    first, second = measured(japanese(documents)), measured(japanese(renamed))
    for one, other in zip(first.estimates, second.estimates, strict=True):
        # the entropy is corrected by groups of documents, which names deal
        assert one.value == (pytest.approx(other.value, abs=0.02) if one.measure.startswith("entropy") else other.value)
    for one, other in zip(first.series[0].rows, second.series[0].rows, strict=True):
        assert one == (*other[:5], pytest.approx(other[5], abs=0.02), other[6])


def test_other_words_of_the_same_make_change_nothing():
    documents = random_documents(30)
    letters = {letter: chr(ord(letter) + 500) for words in documents.values() for word in words for letter in word}
    letters |= dict(zip(letters.values(), letters, strict=True))
    turned = str.maketrans(letters)
    renamed = {name: [word.translate(turned) for word in words] for name, words in documents.items()}
    stats, other = japanese(documents), japanese(renamed)
    units = {
        form.translate(turned): [unit.translate(turned) for unit in parts]
        for form, parts in stats.terms.select("form", "units").iter_rows()
        if parts is not None
    }
    given = pl.Series([units.get(form) for form in other.terms["form"]], dtype=pl.List(pl.String))
    one, two = measured(stats), measured(replace(other, terms=other.terms.with_columns(units=given)))
    for item, twin in zip(one.estimates, two.estimates, strict=True):
        assert item.value == pytest.approx(twin.value)
        assert item.interval == pytest.approx(twin.interval)


def test_parts_counted_apart_give_the_same_estimates():
    documents = random_documents(20)
    names = sorted(documents)
    parts = [japanese({name: documents[name] for name in half}) for half in (names[11:], names[:11])]
    assert measured(merge(parts, CountOptions())) == measured(japanese(documents))


def test_text_cut_into_the_shortest_units_is_not_measured_in_them_again():
    for mode in ("A", "A, user dictionary 12345678 (terms: 3)"):
        found = measured(japanese(random_documents(20), mode))
        values = by_measure(found)
        assert {values[measure.name].undefined_because.code for measure in IN_UNITS} == {"undefined_units_are_words"}
        assert all(values[measure.name].value is not None for measure in IN_BIGRAMS)
        assert [row[0] for row in found.series[0].rows] == ["A", "2-gram"]


def test_a_user_dictionary_does_not_hide_the_mode():
    found = measured(japanese(random_documents(20), "B, user dictionary 12345678 (terms: 3)"))
    assert [row[0] for row in found.series[0].rows] == ["B", "A", "2-gram"]


def test_other_languages_give_nothing():
    for stats in (counted({}), counted({"a": [sentence("the", "word")]})):
        found = measured(stats)
        assert (found.estimates, found.series) == ((), ())


def test_refusals_have_reasons_and_the_table_has_dashes():
    found = measured(japanese({"a": ["規程"]}))
    codes = {item.measure: item.undefined_because.code for item in found.estimates if item.value is None}
    assert codes["coverage_in_short_units"] == "undefined_too_few_tokens"
    assert codes["entropy_in_character_bigrams"] == "undefined_too_few_tokens"
    assert codes["coverage_of_new_documents_in_short_units"] == "undefined_too_few_groups"
    assert found.series[0].rows[0] == ("C", 1, 1, "–", "–", "–", 1.0)
    apart = by_measure(measured(japanese({"a": ["規程"], "b": ["書類"]})))
    assert apart["coverage_of_new_documents_in_short_units"].undefined_because.code == "undefined_no_shared_words"
    assert apart["coverage_in_character_bigrams"].undefined_because.code == "undefined_all_hapax"


def test_few_documents_give_no_interval_since_units_of_a_word_are_not_independent():
    found = by_measure(measured(japanese(random_documents(7))))
    for measure in (*IN_UNITS[:2], *IN_BIGRAMS[:2]):
        assert found[measure.name].interval is None
        assert "no interval" in method_of(found[measure.name])


@pytest.mark.parametrize("documents", [30, MOST_ALONE + 60])
def test_by_group_are_the_numbers_of_the_rest(documents):
    stats = japanese(random_documents(documents, words=20))
    words, group = document_terms(stats, "ja"), np.arange(documents) % 9
    segmentation = short_units(stats, "ja")
    found = numbers_of(words, group, segmentation)
    parts = np.arange(documents) if documents <= MOST_ALONE else group
    counts = segmentation.count(words)
    assert found.known == pytest.approx(coverage_of_new_documents(counts).value)
    for part in range(9):
        rest = counts[parts != part]
        totals = np.asarray(rest.sum(axis=0)).ravel()
        assert found.known_without[part] == pytest.approx(coverage_of_new_documents(rest).value)
        assert (found.without[part].k.tolist(), found.without[part].f_k.tolist()) == tuple(each.tolist() for each in spectrum_of(totals))
    assert len(found.without) == len(found.known_without) == parts.max() + 1


def test_few_documents_have_the_error_of_whole_documents_and_many_that_of_groups():
    stats = japanese(random_documents(30))
    found = by_measure(measured(stats))
    for divide, name in ((short_units, "short_units"), (character_bigrams, "character_bigrams")):
        counts = divide(stats, "ja").count(document_terms(stats, "ja"))
        assert found[f"coverage_of_new_documents_in_{name}"].interval == pytest.approx(coverage_of_new_documents(counts).interval())
        assert "of whole documents" in method_of(found[f"coverage_of_new_documents_in_{name}"])
    many = japanese(random_documents(MOST_ALONE + 60, words=20))
    numbers = numbers_of(document_terms(many, "ja"), np.arange(MOST_ALONE + 60) % 9, short_units(many, "ja"))
    assert numbers.known_interval() == jackknife_interval(numbers.known, numbers.known_without, bounds=(0.0, 1.0))


def test_the_first_row_is_what_other_estimators_say_of_words():
    stats = japanese(random_documents(30))
    inputs = Inputs(stats, EstimatorOptions())
    row = measured(stats).series[0].rows[0]
    others = [
        by_measure(function(inputs, inputs.options)) for function in (estimate_influence, estimate_coverage, estimate_entropy, estimate_vocabulary)
    ]
    names = ("coverage_of_new_documents", "coverage", "entropy", "hapax_share")
    assert row[3:] == pytest.approx([found[name].value for found, name in zip(others, names, strict=True)])
