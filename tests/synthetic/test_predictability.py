import numpy as np
import pytest

from corpuskit.estimators.vocabulary.spectrum_entropy import chao_wang_jost, spectrum_of
from corpuskit.synthetic import forms_apart, one_form_shared


def test_hard_to_foresee_and_unambiguous():
    made = forms_apart(5000, words=50)
    assert made.error == 0
    assert {text[0] for text, intention in zip(made.texts, made.intentions, strict=True) if intention == 0} == {"a"}
    later = np.unique([text.split()[3] for text in made.texts if text[0] == "a"], return_counts=True)[1]
    assert chao_wang_jost(*spectrum_of(later)) == pytest.approx(np.log(50), abs=0.02)
    assert made.entropy == pytest.approx((np.log(100) + 7 * np.log(50)) / 8)


def test_easy_to_foresee_and_ambiguous():
    made = one_form_shared(20_000)
    assert len(set(made.texts)) == 2
    usual = np.array([text[0] == "q" for text in made.texts])
    assert (usual != made.intentions).mean() == pytest.approx(made.error, abs=0.015)
    assert made.entropy < 0.1 < forms_apart(1).entropy
