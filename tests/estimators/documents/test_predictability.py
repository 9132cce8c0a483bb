import numpy as np
import pytest
from hypothesis import given, settings
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, bigrams, count_nothing, group_terms, vocabulary
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.documents.predictability import absolute_discount, estimate_predictability, held_out_losses, learn, tally
from corpuskit.synthetic import forms_apart, one_form_shared
from tests.counts.build import Part, counted, sentence
from tests.counts.strategies import CORPORA
from tests.estimators.method_words import method_of

OPTIONS = EstimatorOptions()


def found_in(stats):
    return {item.id: item for item in estimate_predictability(Inputs(stats, OPTIONS), OPTIONS).estimates}


def chain(steps, first, groups, sentences, length, seed=0):
    """Draw groups of sentences from a Markov chain: bigrams of each group and the words of each."""
    random, size, cumulated = np.random.default_rng(seed), len(first), steps.cumsum(axis=1)
    tables, words = [], []
    for _ in range(groups):
        state = random.choice(size, sentences, p=first)
        pairs, seen = np.zeros((size, size), np.int64), np.bincount(state, minlength=size)
        for _ in range(length - 1):
            after = np.minimum((random.random(sentences)[:, None] > cumulated[state]).sum(axis=1), size - 1)
            np.add.at(pairs, (state, after), 1)
            seen, state = seen + np.bincount(after, minlength=size), after
        tables.append(csr_matrix(pairs))
        words.append(seen)
    return csr_matrix(sum(table.toarray() for table in tables)), tuple(tables), csr_matrix(np.array(words))


def cross_entropy(drawn):
    losses, tokens, unseen = held_out_losses(*drawn)
    assert unseen.sum() == 0
    return losses.sum() / tokens.sum()


def test_a_markov_chain_is_approached_from_above():
    # entropy rate h = -sum pi_i P_ij log P_ij (theory 2.5); the first word of a sentence costs H(pi) instead of h
    random = np.random.default_rng(0)
    steps = random.dirichlet(np.full(40, 0.15), 40) + 1e-9
    steps /= steps.sum(axis=1, keepdims=True)
    first = np.linalg.matrix_power(steps, 500)[0]
    rate, start = -(first[:, None] * steps * np.log(steps)).sum(), -(first * np.log(first)).sum()
    truth = rate + (start - rate) / 150
    found = [cross_entropy(chain(steps, first, 10, sentences, 150, seed=1)) for sentences in (1, 8, 64)]
    assert found[0] > found[1] > found[2] > truth - 0.01
    assert found[2] == pytest.approx(truth, abs=0.02)
    assert found[0] > truth + 0.1


def test_words_drawn_evenly_cost_the_logarithm_of_their_number():
    even = np.full((20, 20), 1 / 20)
    assert cross_entropy(chain(even, even[0], 10, 400, 50)) == pytest.approx(np.log(20), abs=0.005)


def test_a_text_that_says_one_thing_only_costs_nothing():
    same = {f"{number}.txt": [sentence(*["a", "b"] * 300)] for number in range(60)}
    found = found_in(counted(same))["predictability@lang:en"]
    assert found.value == pytest.approx(0.0, abs=0.02)
    assert found_in(counted(same))["perplexity@lang:en"].value == pytest.approx(1.0, abs=0.02)


def test_predictability_and_ambiguity_part():
    # theory 5.1, L5: much to choose from and no ambiguity; nothing to choose from and an error of .4
    apart, shared = forms_apart(3000, words=30), one_form_shared(3000)
    measured = []
    for made in (apart, shared):
        rows = [sentence(*text.split(), kind="row") for text in made.texts]
        measured.append(found_in(counted({"t.csv": rows}))["predictability@lang:en"].value)
    # a word foretells its intention, so only the first of eight is open between 60 words
    assert apart.entropy < measured[0] == pytest.approx(apart.entropy, abs=0.15)
    # a first word is foretold from words alone: between sixteen, where the truth is two
    assert shared.entropy < measured[1] == pytest.approx(np.log(16) / 8, abs=0.02)


@settings(max_examples=60, deadline=None)
@given(CORPORA)
def test_probabilities_of_the_next_word_add_up_to_one(documents):
    stats = counted(documents, groups=3)
    for language in set(stats.terms["language"]):
        words = group_terms(stats, language)
        total, size = bigrams(stats, language), words.shape[1]
        model = learn(tally(total, np.asarray(words.sum(axis=0)).ravel(), (words.toarray() > 0).sum(axis=0)))
        every = np.arange(size)
        assert model.first(every).sum() + model.unseen == pytest.approx(1.0)
        for before in every:
            found = model.after(np.full(size, before), every, total.toarray()[before])
            assert (found > 0).all()
            assert found.sum() + model.unseen == pytest.approx(1.0)


def naive_loss(tables, words, group):
    """Foretell a group by counting the others anew, bigram by bigram."""
    others = [number for number in range(len(tables)) if number != group]
    total = sum(tables[number].toarray() for number in others)
    seen = words.toarray()[others]
    model = learn(tally(csr_matrix(total), seen.sum(axis=0), (seen > 0).sum(axis=0)))
    loss, here = 0.0, tables[group].toarray()
    for before, after in np.argwhere(here):
        loss -= here[before, after] * np.log(model.after(np.array([before]), np.array([after]), np.array([total[before, after]]))[0])
    starts = words.toarray()[group] - here.sum(axis=0)
    return loss - starts @ np.log(model.first(np.arange(len(starts))))


def test_leaving_a_group_out_by_subtraction_is_counting_the_others():
    random = np.random.default_rng(3)
    tables = [csr_matrix(random.poisson(0.005, (150, 150))) for _ in range(9)]
    words = csr_matrix(np.array([table.toarray().sum(axis=0) + random.poisson(0.2, 150) for table in tables]))
    losses, tokens, unseen = held_out_losses(csr_matrix(sum(table.toarray() for table in tables)), tuple(tables), words)
    assert losses == pytest.approx([naive_loss(tables, words, group) for group in range(9)])
    assert tokens.sum() == words.sum()
    assert 0 < unseen.sum() < words.sum()


def corpus(documents=60, seed=0, names="w{}", words=60):
    random = np.random.default_rng(seed)
    share = 1 / np.arange(1, 201)
    drawn = random.choice(200, (documents, words), p=share / share.sum())
    return {f"{number:03}.txt": [Part(paragraphs=[[[names.format(word) for word in row]]])] for number, row in enumerate(drawn)}


def test_names_of_words_and_order_of_documents_change_nothing():
    found = found_in(counted(corpus()))["predictability@lang:en"]
    assert found_in(counted(corpus(names="x{}y")))["predictability@lang:en"].value == pytest.approx(found.value)
    assert found_in(counted(dict(reversed(corpus().items()))))["predictability@lang:en"] == found
    assert found.interval[0] < found.value < found.interval[1]
    assert (found.n, found.unit, found.grade) == (3600, "tokens", "E")
    assert "one class" in method_of(found)


def test_words_in_an_order_of_their_own_are_harder_to_foretell_when_it_is_lost():
    ordered = {name: [Part(paragraphs=[[sorted(parts[0].paragraphs[0][0])]])] for name, parts in corpus().items()}
    assert found_in(counted(ordered))["predictability@lang:en"].value < found_in(counted(corpus()))["predictability@lang:en"].value - 0.5


def test_few_groups_and_mostly_unseen_words_are_refused():
    few = found_in(counted(corpus(documents=5)))["predictability@lang:en"]
    assert few.value is None
    assert (few.undefined_because.code, few.undefined_because.parameters["needed"]) == ("undefined_too_few_groups_to_foretell", 8)
    own = {f"{number}.txt": [sentence(*(f"d{number}w{word}" for word in range(30)))] for number in range(60)}
    refused = found_in(counted(own))["perplexity@lang:en"]
    assert (refused.undefined_because.code, refused.undefined_because.parameters["share"]) == ("undefined_mostly_unseen", 1.0)


def test_nothing_one_and_equal_tokens():
    assert found_in(count_nothing(CountOptions())) == {}
    assert found_in(counted({"a": [sentence("one")]}))["predictability@lang:en"].value is None
    equal = found_in(counted({f"{number}": [sentence(*["one"] * 50)] for number in range(60)}))["predictability@lang:en"]
    assert equal.value == pytest.approx(0.0, abs=0.01)


def test_words_after_a_comma_have_none_before_them():
    stats = counted({f"{number}": [sentence(*["a", ",", "b", "."] * 20)] for number in range(60)})
    # nothing stands directly before anything: two words, each half of the text
    assert found_in(stats)["predictability@lang:en"].value == pytest.approx(np.log(2), abs=0.01)
    assert vocabulary(stats, "en")["form"].to_list() == ["a", "b"]


def test_the_discount_is_never_none_and_never_all():
    assert absolute_discount(0, 0) == 0.5
    assert absolute_discount(1000, 0) < 1
    # Chen and Goodman 1999: n1 / (n1 + 2 n2)
    assert absolute_discount(60_000, 20_000) == pytest.approx(0.6, abs=1e-4)
