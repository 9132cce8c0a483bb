import numpy as np
import pytest
from scipy.sparse import csr_matrix

from corpuskit.counts import CountOptions, count_nothing, vocabulary
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.words import thin_terms
from corpuskit.estimators.words.thin_terms import effective_texts, estimate_thin_terms, largest_source, texts_of_terms
from tests.counts.build import counted, message, sentence

OPTIONS = EstimatorOptions()
LETTERS = "bcdfghjklm"


def test_the_share_of_the_largest_source():
    counts = csr_matrix(np.array([[1, 5], [1, 0], [2, 0]]))
    assert largest_source(counts, np.array([0, 0, 1])) == pytest.approx([0.5, 1])


def corpus(own="zircon"):
    """Forty documents of common words; three of them hold a word of their own, one of these nearly all of it, among one circle of words."""
    random = np.random.default_rng(0)
    words = [f"{a}o{b}u{c}" for a in LETTERS for b in LETTERS for c in LETTERS[:2]]
    documents = {}
    for number in range(40):
        parts = [sentence(*(str(word) for word in random.choice(words, 14))) for _ in range(30)]
        times = {0: 40, 1: 2, 2: 2}.get(number, 0)
        circle = words[:12]
        documents[f"{'abc'[number % 3]}/{number:02}.txt"] = parts + [
            sentence(
                *(str(word) for word in random.choice(circle, 4, replace=False)),
                own,
                *(str(word) for word in random.choice(circle, 4, replace=False)),
            )
            for _ in range(times)
        ]
    return counted(documents, groups=25)


def test_a_word_of_one_document_in_one_circle_is_sharp_but_thin():
    found = estimate_thin_terms(Inputs(corpus(), OPTIONS), OPTIONS)
    (share,) = found.estimates
    assert share.value == pytest.approx(1 / share.n)
    assert share.interval[0] > 0
    (series,) = found.series
    assert series.rows[0][:3] == ("zircon", 44, 3)
    assert series.rows[0][3] == pytest.approx(44**2 / (40**2 + 4 + 4))
    (finding,) = found.findings
    assert finding.parameters["term"] == "zircon"
    assert finding.evidence[0].document == "a/00.txt"


def test_rows_of_a_table_are_texts_of_their_own(monkeypatch):
    rows = [message("refund please", {"kind": "a"}), message("refund now", {"kind": "b"}), message("refund refund", {"kind": "a"})]
    stats = counted({"table.csv": rows, "a.txt": [sentence("refund"), sentence("refund")]})
    inputs = Inputs(stats, OPTIONS)
    place = vocabulary(stats, "en")["form"].to_list().index("refund")
    for documents in (20_000, 1):  # however many are looked at together
        monkeypatch.setattr(thin_terms, "DOCUMENTS", documents)
        counts = [part.toarray().ravel() for part in texts_of_terms(inputs, "en", np.array([place]))]
        assert sorted(np.concatenate(counts).tolist()) == [1, 1, 2, 2]
        assert effective_texts(inputs, "en", np.array([place])) == pytest.approx([6**2 / (1 + 1 + 4 + 4)])


def test_a_word_in_two_documents_is_not_named():
    stats = counted({f"{number}.txt": [sentence("suzuki", "purchase", "order")] * 30 for number in range(2)})
    found = estimate_thin_terms(Inputs(stats, OPTIONS), OPTIONS)
    assert found.estimates[0].undefined_because.code == "undefined_too_few_documents_for_terms"
    assert (found.series, found.findings) == ((), ())


def test_nothing_is_measured_on_nothing():
    assert estimate_thin_terms(Inputs(count_nothing(CountOptions()), OPTIONS), OPTIONS).estimates == ()
