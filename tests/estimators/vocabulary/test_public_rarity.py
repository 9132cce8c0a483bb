import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.document_groups import group_sums
from corpuskit.estimators.jackknife_excess import GroupedTypes
from corpuskit.estimators.vocabulary.public_rarity import MOST_EXAMPLES, TermUse, estimate_public_rarity, excess_of_share, shares, shares_without_each
from corpuskit.estimators.vocabulary.public_words import PublicWords
from corpuskit.synthetic import zipf_shares
from tests.counts.build import counted, sentence
from tests.estimators.method_words import method_of
from tests.validation.estimators.languages import Words

OPTIONS = EstimatorOptions()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COMMON = [f"{first}{second}" for first in LETTERS[:9] for second in LETTERS[:9]]
HOUSE = [f"zz{letter}" for letter in LETTERS[:19]]
LISTS = {"en": PublicWords("en", set(COMMON), edition="a list"), "ja": PublicWords("ja", {"請求", "書", "契約"}, set(COMMON), edition="a list")}


def found_in(stats, lists=LISTS.get):
    found = estimate_public_rarity(Inputs(stats, OPTIONS), OPTIONS, lists)
    return {item.measure: item for item in found.estimates}, found.series, found.findings


def corpus(terms, documents=40, language="en"):
    return {f"{number:02}.txt": [sentence(*terms, language=language)] for number in range(documents)}


def test_the_share_of_terms_that_the_list_does_not_hold():
    estimates, (series,), (finding,) = found_in(counted(corpus([*COMMON, *HOUSE])))
    share = estimates["rare_in_public_share"]
    assert share.value == pytest.approx(19 / 100)
    assert (share.n, share.unit, share.grade) == (100, "types", "E")
    assert "a list" in method_of(share)
    assert estimates["rare_in_public_words"].value == pytest.approx(19 / 100)
    assert estimates["rare_in_public_words"].n == 4000
    assert (series.id, series.columns) == ("rare_terms@lang:en", ("term", "documents", "count"))
    assert series.rows[0] == ("zza", 40, 40)
    assert (finding.id, finding.level, finding.parameters["terms"]) == ("terms_rare_in_public@en", "note", 19)
    assert len(finding.evidence) == 3
    assert "public_parts_share" not in estimates


def test_occurrences_weigh_in_the_share_of_words_alone():
    estimates, _, _ = found_in(counted(corpus([*COMMON, *HOUSE, *HOUSE])))
    assert estimates["rare_in_public_share"].value == pytest.approx(19 / 100)
    assert estimates["rare_in_public_words"].value == pytest.approx(38 / 119)


def test_terms_of_single_cases_numbers_stop_words_and_addresses_are_no_terms():
    documents = corpus([*COMMON, "the", "a1", "x.y", "q", "zza"])
    documents["case1.txt"] = documents["case2.txt"] = [sentence("suzuki", "zzb")]
    estimates, (series,), _ = found_in(counted(documents))
    assert estimates["rare_in_public_share"].n == len(COMMON) + 1
    assert [row[0] for row in series.rows] == ["zza"]


def test_japanese_compounds_of_known_parts_are_counted_apart():
    terms = [*COMMON, "請求", "請求書", "契約書", "軸封", "主に", "それ", "三月"]
    estimates, (series,), _ = found_in(counted(corpus(terms, language="ja")))
    n = len(COMMON) + 4
    assert {name: item.n for name, item in estimates.items() if item.unit == "types"} == {"rare_in_public_share": n, "public_parts_share": n}
    assert estimates["rare_in_public_share"].value == pytest.approx(1 / n)
    assert estimates["public_parts_share"].value == pytest.approx(2 / n)
    assert [row[0] for row in series.rows] == ["軸封"]


def test_at_most_twenty_terms_are_named_the_widest_spread_first():
    many = [f"zz{first}{second}" for first in LETTERS[:6] for second in LETTERS[:6]]
    documents = corpus([*COMMON, *many])
    documents["more.txt"] = [sentence("zzff")]
    _, (series,), _ = found_in(counted(documents))
    assert len(series.rows) == MOST_EXAMPLES
    assert [row[0] for row in series.rows[:2]] == ["zzff", "zzaa"]


def test_where_every_term_is_listed_the_interval_is_not_empty():
    estimates, series, findings = found_in(counted(corpus(COMMON)))
    # rule of three: an upper end of 1 - .025^(1/81)
    for measure in ("rare_in_public_share", "rare_in_public_words"):
        assert estimates[measure].value == 0
        assert estimates[measure].interval == (0.0, pytest.approx(1 - 0.025 ** (1 / 81)))
    assert (series, findings) == ((), ())


def test_documents_that_differ_give_an_interval():
    documents = corpus([*COMMON, *HOUSE]) | {f"b{number:02}.txt": [sentence(*COMMON)] for number in range(40)}
    estimates, _, _ = found_in(counted(documents))
    words = estimates["rare_in_public_words"]
    assert words.value == pytest.approx(19 / 181)
    assert words.interval[0] < words.value < words.interval[1]
    assert "jackknife" in method_of(words)


def test_no_package_no_list_and_few_terms_are_reasons(monkeypatch):
    stats = counted(corpus([*COMMON, *HOUSE]))
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    found = estimate_public_rarity(Inputs(stats, OPTIONS), OPTIONS).estimates
    assert {item.undefined_because.code for item in found} == {"undefined_no_wordfreq"}
    assert "pip install" in found[0].undefined_because.parameters["command"]
    estimates, _, _ = found_in(stats, lists={}.get)
    assert {item.undefined_because.code for item in estimates.values()} == {"undefined_no_frequency_list"}
    estimates, _, _ = found_in(counted(corpus(COMMON[:5], language="ja")))
    assert [item.undefined_because.code for item in estimates.values()] == ["undefined_too_few_terms"] * 3


def test_nothing_is_measured_on_nothing():
    assert found_in(count_nothing(CountOptions())) == ({}, (), ())


@given(st.integers(0, 10**6))
def test_leaving_a_group_out_is_counting_the_others(seed):
    random = np.random.default_rng(seed)
    counts, group, chosen = random.poisson(0.5, (30, 20)), random.integers(0, 6, 30), random.random(20) < 0.4
    use = TermUse.of(group_sums(csr_matrix(counts), group), np.arange(counts.shape[1]))
    filled = [number for number in np.unique(group) if counts[group == number].sum()]
    expected = [shares((counts[group != number] > 0).sum(axis=0), counts[group != number].sum(axis=0), chosen) for number in filled]
    assert shares_without_each(use, chosen) == pytest.approx(np.array(expected), nan_ok=True)


def test_what_a_jackknife_of_a_share_counts_too_often():
    language, group = Words(zipf_shares(), 40, 500), np.arange(40) % 25
    sums = group_sums(language.draw(0), group)
    use = TermUse.of(sums, np.arange(3000))
    found = excess_of_share(use, GroupedTypes.of(sums.documents), 0.2)
    terms, lost = (use.documents >= 3).sum(), 0
    for row in use.group_documents.toarray():
        lost += ((use.documents >= 3) & (use.documents - row < 3)).sum()
    assert found.counted == pytest.approx(24 / 25 * lost * 0.2 * 0.8 / terms**2)
    assert 0.25 <= found.part < 1
    few = group_sums(language.draw(0), np.arange(40) % 12)
    assert excess_of_share(TermUse.of(few, np.arange(3000)), GroupedTypes.of(few.documents), 0.2) is None
