from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words.acronyms import estimate_acronyms, expansions
from tests.counts.build import counted, sentence

OPTIONS = EstimatorOptions()
FILLER = [f"{a}{b}x" for a in "bcdfghjklm" for b in "qrstvwxyz"]


def corpus(*phrases, language="en", times=4):
    documents = {f"f{number}.txt": [sentence(*FILLER[start : start + 9], language=language) for start in range(0, 81, 9)] for number in range(6)}
    documents |= {
        f"{number}.txt": [sentence(*words, *FILLER[number * 3 : number * 3 + 2], language=language)] * times for number, words in enumerate(phrases)
    }
    return counted(documents)


def test_two_phrases_for_one_acronym():
    stats = corpus(("purchase", "order", "(", "po"), ("project", "office", "(", "po"))
    assert {each.words: each.count for each in expansions(stats, "en")["po"]} == {("purchase", "order"): 4, ("project", "office"): 4}
    found = estimate_acronyms(Inputs(stats, OPTIONS), OPTIONS)
    (series,), (finding,) = found.series, found.findings
    assert series.rows == (("po", "project office / purchase order", 2),)
    assert finding.parameters == {
        "language": "en",
        "acronyms": 1,
        "expanded": 1,
        "acronym": "po",
        "expansions": "project office / purchase order",
    }


def test_an_acronym_with_one_phrase_or_its_plural_is_no_finding():
    stats = corpus(("purchase", "order", "(", "po"), ("purchase", "orders", "(", "po"))
    assert len(expansions(stats, "en")["po"]) == 1
    assert estimate_acronyms(Inputs(stats, OPTIONS), OPTIONS).findings == ()


def test_a_linking_word_lends_its_letter():
    stats = corpus(("unit", "of", "measure", "(", "uom"))
    assert [each.words for each in expansions(stats, "en")["uom"]] == [("unit", "of", "measure")]


def test_a_phrase_that_never_stands_near_is_no_expansion():
    stats = corpus(("purchase", "order", "bcx", "cdx"), ("po", "bqx", "cqx"))
    assert "po" not in expansions(stats, "en")


def test_japanese_short_forms_are_found_by_their_characters():
    stats = corpus(("就業", "規則", "(", "就規"), language="ja")
    assert [each.words for each in expansions(stats, "ja")["就規"]] == [("就業", "規則")]


def test_nothing_in_nothing():
    found = estimate_acronyms(Inputs(count_nothing(CountOptions()), OPTIONS), OPTIONS)
    assert (found.estimates, found.series, found.findings) == ((), (), ())
