import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack

from corpuskit.estimators.definitions.definition_space import (
    SHARPNESS,
    DefinitionView,
    balanced,
    definition_match,
    definition_view,
    drawn_to,
    lead_of,
    margins,
    spoken,
    unlabelled_match,
)
from corpuskit.text import hashed_features

OWN = {
    "delivery": ["delivery", "parcel", "courier", "shipment", "doorstep"],
    "invoice": ["invoice", "payment", "amount", "billed", "taxes"],
    "password": ["password", "login", "locked", "unlock", "reset"],
}


def messages(n=240, seed=0, share=0.2):
    """Messages of three kinds; only a fifth of them hold the word that is the name of their kind, beside others of the kind."""
    random = np.random.default_rng(seed)
    texts, labels = [], []
    for number in range(n):
        label = number % 3
        name, *rest = OWN[sorted(OWN)[label]]
        words = list(random.choice(rest, 3, replace=False)) + [f"{chr(97 + random.integers(26))}{random.integers(100)}x" for _ in range(2)]
        texts.append(" ".join([name, *words] if random.random() < share else words))
        labels.append(label)
    return hashed_features(texts), np.array(labels)


def test_a_name_reaches_messages_that_it_shares_no_word_with():
    features, labels = messages()
    names = hashed_features(sorted(OWN))
    as_written = np.asarray((features.astype(bool).astype(float) @ names.T.astype(bool).astype(float)).todense())
    view = definition_view(features, names)
    assert np.mean(as_written.argmax(axis=1) != labels) > 0.2
    assert np.mean(view.scores.argmax(axis=1) != labels) < 0.02


def test_messages_without_a_label_help():
    features, labels = messages(60)
    more, _ = messages(600, seed=1)
    names = hashed_features(sorted(OWN))
    alone = np.mean(definition_view(features, names).scores.argmax(axis=1) != labels)
    helped = definition_view(features, names, more)
    assert helped.scores.shape == (60, 3)
    assert np.mean(helped.scores.argmax(axis=1) != labels) <= alone


def test_a_corpus_given_twice_is_read_alike():
    features, _ = messages(120)
    names = hashed_features(sorted(OWN))
    once, twice = definition_view(features, names), definition_view(csr_matrix(vstack([features, features], format="csr")), names)
    assert np.array_equal(once.scores.argmax(axis=1), twice.scores[:120].argmax(axis=1))


def test_renaming_the_order_of_categories_changes_nothing_else():
    features, _ = messages(120)
    names = hashed_features(sorted(OWN))
    one, other = definition_view(features, names), definition_view(features, names[[2, 0, 1]])
    np.testing.assert_allclose(one.scores[:, [2, 0, 1]], other.scores, atol=0.02)


def test_a_name_that_shares_nothing_is_nearest_to_no_message():
    features, _ = messages(90)
    view = definition_view(features, hashed_features(["delivery", "invoice", "見積"]))
    assert view.informed.tolist() == [True, True, False]
    assert (view.scores.argmax(axis=1) != 2).all()


def test_names_that_say_nothing_determine_nothing():
    features, labels = messages(90)
    view = definition_view(features, hashed_features(["見積", "請求", "納品"]))
    assert not view.informed.any()
    assert (margins(view.reading) == 0).all()
    assert drawn_to(view, labels).sum() == 0


def test_two_equal_names_tie():
    features, labels = messages(90)
    view = definition_view(features, hashed_features(["delivery", "delivery", "password"]))
    assert drawn_to(view, labels)[:, :2].sum() == 0


def test_nothing_gives_nothing():
    empty = hashed_features([])
    assert definition_view(empty, hashed_features(["a"])).scores.shape == (0, 1)
    assert definition_view(hashed_features(["text"]), empty).reading.shape == (1, 0)
    one = definition_view(hashed_features(["delivery"]), hashed_features(["delivery"]))
    assert margins(one.reading).tolist() == [0.0]
    assert np.isnan(definition_match(one, np.array([0]))).all()
    assert np.isnan(unlabelled_match(one)).all()


def test_balancing_brings_categories_nearer_to_equal_sizes_and_keeps_rows_whole():
    reading = np.array([[0.9, 0.1], [0.8, 0.2], [0.6, 0.4]])
    found = balanced(reading)
    assert found.sum(axis=1) == pytest.approx(1)
    assert 0.5 < found[:, 0].mean() < reading[:, 0].mean()
    assert balanced(reading, evenness=0.0) == pytest.approx(reading)
    assert balanced(reading, evenness=1.0)[:, 0].mean() == pytest.approx(0.5, abs=0.01)


def test_leads_and_margins_by_hand():
    scores = np.array([[0.5, 0.2, 0.3], [0.1, 0.1, 0.8]])
    assert margins(scores) == pytest.approx([0.2, 0.7])
    assert lead_of(scores, np.array([0, 1])) == pytest.approx([0.2, -0.7])


def test_match_by_hand_with_and_without_labels():
    reading = np.array([[0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [0.9, 0.1]])
    scores = np.log(reading) / SHARPNESS  # so that the shares before balancing are those of the reading
    view = DefinitionView(scores, reading, np.ones(2, np.bool_))
    assert definition_match(view, np.array([0, 0, 1, 1])) == pytest.approx([(0.8 + 0.6) / 2, (0.7 + 0.1) / 2])
    assert definition_match(view._replace(reading=reading[:, ::-1]), np.array([0, 0, 1, 1])) == pytest.approx([0.7, 0.4])  # not the balanced one
    assert unlabelled_match(view) == pytest.approx([(0.8 + 0.6) / 2, (0.4 - 0.2) / 2])  # the two nearest of each
    assert drawn_to(view, np.array([0, 0, 1, 1])).tolist() == [[2, 0], [1, 1]]


def test_a_name_that_shares_nothing_matches_as_by_chance_and_a_category_without_messages_not_at_all():
    scores = np.array([[2.0, 1.0, -1.0, -1.0], [1.0, 2.0, -1.0, -1.0]])
    view = DefinitionView(scores, np.full((2, 4), 0.25), np.array([True, True, False, True]))
    found = definition_match(view, np.array([0, 2]))
    assert found[2] == pytest.approx(1 / 4)
    assert found[0] == pytest.approx(0.75 * np.exp(4) / (np.exp(4) + np.exp(2) + np.exp(-2)))
    assert np.isnan(found[[1, 3]]).all()
    nothing = view._replace(informed=np.zeros(4, np.bool_))
    assert definition_match(nothing, np.array([0, 2]))[[0, 2]].tolist() == [0.25, 0.25]


@pytest.mark.parametrize("name", ["card_arrival", "card-arrival", "cardArrival", "card/arrival", "card  arrival"])
def test_names_are_read_as_words(name):
    assert spoken(name).casefold() == "card arrival"


def test_japanese_names_stay_as_they_are():
    assert spoken("サーバー・ネットワーク") == "サーバー・ネットワーク"


def test_a_name_that_says_nothing_speaks_neither_for_nor_against():
    features, _ = messages(90)
    view = definition_view(features, hashed_features(["delivery", "invoice", ""]))
    assert view.reading[:, 2] == pytest.approx(1 / 3)
    assert view.reading.sum(axis=1) == pytest.approx(1)
    assert margins(definition_view(features, hashed_features(["delivery", "", ""])).reading) == pytest.approx(0)
