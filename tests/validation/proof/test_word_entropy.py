import numpy as np
import pytest

from corpuskit.estimators.words.neighbourhoods import term_space
from tests.validation.proof import made_people
from tests.validation.proof.word_entropy import company_of, measure
from tests.validation.word_senses import Word


@pytest.fixture(scope="module")
def made():
    return made_people.words()


def test_only_what_stands_within_the_window_is_company(made):
    space = term_space(made.stats, "en")
    near, far, topic = (str(form) for form in space.terms["form"].to_list()[:3])
    contexts = [([far, *["x"] * 3, near, "x"], [topic])] * 6 + [([], ["x"] * 5 + [far])] * 4
    company = company_of([Word("word", contexts, 0.0)], space)
    place = {form: number for number, form in enumerate(space.terms["form"].to_list())}
    assert company[0, place[near]] > 0
    assert company[0, place[topic]] > 0
    assert company[0, place[far]] == 0  # six words before the word, six after it


def test_a_word_is_no_company_of_its_own(made):
    space = term_space(made.stats, "en")
    form = str(space.terms["form"][0])
    assert company_of([Word(form, [([form], [form])] * 9, 0.0)], space).nnz == 0


def test_words_used_in_more_topics_have_more_effective_senses(made):
    found = measure(made, 50)
    one, several = found.effective[found.truth == 0], found.effective[found.truth > 0]
    assert np.median(one) == 1.0
    assert np.median(several) > 1.3
    assert found.told_apart > 0.65


def test_words_that_an_audit_would_not_examine_are_left_out(made):
    few = [word._replace(contexts=word.contexts[:1]) for word in made.words[:20]] + made.words[20:]
    found = measure(made._replace(words=few), 50)
    assert np.isnan(found.effective[:20]).all()
    assert found.rank.n == 20


def test_where_meanings_are_not_told_apart_it_is_refused_as_in_an_audit(made):
    random = np.random.default_rng(3)
    forms = term_space(made.stats, "en").terms["form"].to_list()
    mixed = [Word(f"w{n}", [(random.choice(forms, 5).tolist(), random.choice(forms, 5).tolist()) for _ in range(60)], float(n)) for n in range(20)]
    found = measure(made._replace(words=mixed), 50)
    assert found.told_apart < 0.65
    assert found.rank.value is None
    assert "refuses" in found.rank.undefined_because
