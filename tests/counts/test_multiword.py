from collections import Counter
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, c_values, count, suggest_terms
from corpuskit.errors import UsageError
from corpuskit.text import DictionaryEntry, TextOptions, tokenize
from tests.counts.build import Part, batch, sentence
from tests.text.documents import document


def test_the_c_values_of_the_paper():
    # Frantzi, Ananiadou and Mima 2000, section 2.3: strings of an eye pathology corpus and their C-values
    frequencies = {
        "adenoid cystic basal cell carcinoma": 5,
        "cystic basal cell carcinoma": 11,
        "ulcerated basal cell carcinoma": 7,
        "recurrent basal cell carcinoma": 5,
        "circumscribed basal cell carcinoma": 3,
        "basal cell carcinoma": 984,
    }
    found = c_values({tuple(name.split()): frequency for name, frequency in frequencies.items()})
    assert list(found.values()) == pytest.approx([log2(5) * 5, 12, 14, 10, 6, 1551.36], abs=0.005)


def test_by_hand():
    # a b: 10, of them 4 in a b c and 2 in x a b; both longer ones stand alone: 1 * (10 - 6/2)
    assert c_values({(1, 2): 10, (1, 2, 3): 4, (9, 1, 2): 2}) == {(1, 2, 3): log2(3) * 4, (9, 1, 2): log2(3) * 2, (1, 2): 7}
    assert c_values({}) == {}
    # a piece that never stands alone is worth nothing
    assert c_values({(1, 2): 4, (1, 2, 3): 4})[1, 2] == 0


def test_english_terms_have_no_function_word_at_their_ends():
    (tokens,) = tokenize(
        [document(name, "The terms of payment of the purchase order. Cost for the purchase order, order.") for name in "ab"], TextOptions()
    )
    found = suggest_terms([tokens], least_frequency=2, known=["Purchase Order"])
    assert [(term.term, term.frequency, term.documents, term.known) for term in found.terms] == [
        ("purchase order", 4, 2, True),
        ("terms of payment", 2, 2, False),
    ]
    pair = next(term for term in found.terms if term.term == "purchase order")
    assert pair.log_dice == pytest.approx(14 + log2(2 * 4 / (4 + 6)))
    assert (pair.c_value, pair.words, pair.language) == (4, 2, "en")
    assert next(term for term in found.terms if term.words == 3).log_dice is None
    assert found.missing == 0


def test_japanese_terms_are_nouns_without_a_particle_between_them():
    texts = ("購買発注書を送る。購買の発注書。各購買発注書と第5条目的。", "購買発注書。行う購買発注書")
    (tokens,) = tokenize([document(str(number), text) for number, text in enumerate(texts)], TextOptions())
    found = suggest_terms([tokens], least_frequency=1, least_documents=1)
    assert [(term.term, term.frequency, term.documents) for term in found.terms] == [("購買発注書", 4, 2)]


def test_sequences_end_with_the_sentence_and_at_signs():
    tokens = batch({"a": [Part(paragraphs=[[["red", "pump"], ["valve"]], [["red"]]]), sentence("red", ",", "pump", "valve", "3")]})
    assert {term.term for term in suggest_terms([tokens], least_frequency=1, least_documents=1).terms} == {"red pump", "pump valve"}


WORDS = st.lists(st.lists(st.sampled_from(["red", "pump", "of", "the", "valve", ","]), max_size=8), max_size=3)


@given(st.lists(WORDS, max_size=5), st.integers(2, 5))
def test_frequencies_are_those_of_a_plain_count_however_documents_are_batched(corpus, longest):
    documents = {f"d{number}": [Part(paragraphs=[[line] for line in lines])] for number, lines in enumerate(corpus)}
    frequency, within = Counter(), Counter()
    for lines in corpus:
        seen = set()
        for line in lines:
            for length in range(2, longest + 1):
                for at in range(len(line) - length + 1):
                    words = line[at : at + length]
                    if {words[0], words[-1]}.isdisjoint({"of", "the", ","}) and {"the", ","}.isdisjoint(words):
                        frequency[" ".join(words)] += 1
                        seen.add(" ".join(words))
        within.update(seen)
    together = suggest_terms([batch(documents)], longest, 1, 1)
    apart = suggest_terms([batch({name: parts}) for name, parts in documents.items()], longest, 1, 1)
    assert together == apart
    assert {term.term: (term.frequency, term.documents) for term in together.terms}.items() <= {
        name: (number, within[name]) for name, number in frequency.items()
    }.items()
    # only pieces that never stand alone are missing
    rated = c_values({tuple(name.split()): number for name, number in frequency.items()})
    assert {term.term for term in together.terms} == {" ".join(words) for words, value in rated.items() if value > 0}


def test_beyond_its_room_frequencies_are_too_low_by_what_is_said_at_most():
    lines = [["purchase", "order", *(f"w{(7 * number + step) % 40}" for step in range(4))] for number in range(60)]
    batches = [batch({f"d{number}": [sentence(*line)]}) for number, line in enumerate(lines)]
    exact = {term.term: term.frequency for term in suggest_terms(batches, least_frequency=1, least_documents=1).terms}
    tight = suggest_terms(batches, least_frequency=1, least_documents=1, most=60)
    assert tight.missing > 0
    assert max(tight.terms, key=lambda term: term.frequency).term == "purchase order"
    for term in tight.terms:
        if term.term in exact:
            assert exact[term.term] - tight.missing <= term.frequency <= exact[term.term]


def test_nothing_for_no_text_and_a_length_that_is_none():
    assert suggest_terms([]).terms == ()
    assert suggest_terms([batch({})]).terms == ()
    assert suggest_terms([batch({"a": [sentence("pump")]})], least_frequency=1, least_documents=1).terms == ()
    with pytest.raises(UsageError, match="2 to 8"):
        suggest_terms([], longest=1)


def test_a_suggestion_that_is_adopted_is_counted_as_often_as_it_was_suggested():
    texts = ["見積依頼書を購買部門へ送る。取引情報を保存する。", "購買部門の見積依頼書。取引情報。", "Ask the account manager or an account manager."]
    documents = [document(str(number), text) for number, text in enumerate(texts)]
    found = suggest_terms(tokenize(documents, TextOptions()), least_frequency=2, least_documents=1).terms
    assert {term.language for term in found} == {"en", "ja"}
    for term in found:
        options = TextOptions(dictionary=(DictionaryEntry(term=term.term, language=term.language),))
        (tokens,) = tokenize(documents, options)
        counted = count(tokens, CountOptions())
        assert counted.terms.filter(form=term.term)["frequency"].to_list() == [term.frequency], term
