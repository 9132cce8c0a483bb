"""What must not change, or must change one way, when a corpus is changed in a way whose effect is known: for every estimator there is.

A new estimator is held to every relation from the day it is registered. One that a relation does not bind stands in ``EXEMPT`` with the reason.
"""

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

import numpy as np
import pytest

from corpuskit.estimators import ESTIMATORS, Estimates
from tests.estimators.metamorphic_corpora import (
    LABELS,
    in_parts,
    japanese,
    noisy,
    other_labels,
    plain,
    renamed,
    reordered,
    split,
    wide_window,
    without_copies,
)

DRAWN = "tables of the null are drawn at random, cell by cell in the order of the words"
LETTERS = "near copies and features of messages are found by their letters"
PAIRS = "counts pairs in the window"
SOURCES = "leaves out or weighs sources"
AS_FOUND = "tells of the folder as it was found, copies and all"
LABELS_READ = "measures the labels: see below"

EXEMPT: Mapping[str, Mapping[str, str]] = {
    "renaming words": {
        "gini_null": DRAWN,
        "hoyer_null": DRAWN,
        "top_cells_mass_null": DRAWN,
        "peak_rank_correlation_null": DRAWN,
        "sparsity_u_design_effect": "pairs are dealt to groups at random, cell by cell in the order of the words",
        "sparsity_u@labels": LETTERS,
        "language_ambiguity": LETTERS,
        "peak_concentration": LETTERS,
        "label_error": LETTERS,
        "confusions": LETTERS,
        "confusion_matrix": LETTERS,
        "label_words": "words and labels of equal rank stand in the order of their names",
        "confusion_words": LETTERS,
        "error_beyond_disagreement": LETTERS,
        "calibration_error": LETTERS,
        "attainable_error": LETTERS,
        "learning_curve": LETTERS,
        "examples_*": LETTERS,
        "latent_topics": "halves and starts are drawn at random, term by term in the order of the words",
        "clear_half_error": LETTERS,
        "unclear_half_error": LETTERS,
        "risk_coverage": LETTERS,
        "category_clarity": LETTERS,
        "rare_*": "words are looked up in a list of public ones",
    },
    "copies that are removed": {
        "exact_duplicate_share": AS_FOUND,
        "stale_share": "counts documents as found; that its interval is not narrowed is tested with it",
        "*_change_without_*": AS_FOUND,
        "finding_exact_duplicates": AS_FOUND,
    },
    "splitting a source": {"coverage_influence": SOURCES, "coverage_lowest_mix": SOURCES, "coverage_highest_mix": SOURCES},
    "doubling the window": {
        "sparsity_*": PAIRS,
        "gini*": PAIRS,
        "hoyer*": PAIRS,
        "top_cells_mass*": PAIRS,
        "effective_*": PAIRS,
        "peak_rank_correlation*@lang": PAIRS,
    },
    "permuting labels": {
        "sparsity_u@labels": LABELS_READ,
        "peak_*@labels": LABELS_READ,
        "language_ambiguity": LABELS_READ,
        "label_error": LABELS_READ,
        "confusions": LABELS_READ,
        "confusion_matrix": LABELS_READ,
        "label_words": LABELS_READ,
        "confusion_words": LABELS_READ,
        "error_beyond_disagreement": LABELS_READ,
        "calibration_error": LABELS_READ,
        "finding_labels_overlap": LABELS_READ,
        "attainable_error": LABELS_READ,
        "learning_curve": LABELS_READ,
        "examples_*": LABELS_READ,
        "context_*": LABELS_READ,
        "clear_half_error": LABELS_READ,
        "unclear_half_error": LABELS_READ,
        "risk_coverage": LABELS_READ,
        "category_clarity": LABELS_READ,
        "finding_messages_*": LABELS_READ,
    },
}
"""For each relation the measures and series that it does not bind, by name or by name and kind of subject, and why."""

MOVES = {
    "tokens": 0,
    "types": 1,
    "hapax_share": 1,
    "coverage": -1,
    "coverage_of_new_documents": -1,
    "chao1": 1,
    "unseen": 1,
    "hill_0": 1,
    "hill_1": 1,
    "hapax_at_common": 1,
    "new_types": 1,
    "new_word_rate": 1,
    "heaps": 1,
    "entropy": 1,
    "entropy_lowest": 1,
    "entropy_highest": 1,
    "hd_d": 1,
    "effective_pairs": 1,
    "types_noise_slope": -1,
}
"""The way each measure goes as characters go wrong: more forms, more of them seen once, less of further text known. The slope of the vocabulary
falls, because what is wrong already cannot be split much further."""

EITHER_WAY = {
    "power_law": "the tail that it fits is chosen anew",
    "segmentation": "its letters are cut anew only where there is text",
    "sparsity": "set against its own null at the same margins",
    "index_growth": "a difference of two values of U",
    "peaks": "set against its own null at the same margins",
    "robustness": "ranges over sources",
    "predictability": "per character",
    "label_ambiguity": "tables are left as they are",
    "document_labels": "there is one folder",
    "attainable_error": "tables are left as they are",
    "document_learning": "there is one folder",
    "context_curve": "tables are left as they are",
    "stepwise_clarity": "tables are left as they are",
    "latent_intentions": "finds no topics where words go wrong at random",
    "double_coding": "tables are left as they are",
    "soft_labels": "does not read words",
    "definition_ambiguity": "tables are left as they are",
    "document_definitions": "there is one folder",
    "unlabelled_definitions": "the table is labelled",
    "retrieval_ambiguity": "headings and texts go wrong together",
    "field_ambiguity": "does not read words",
    "sensitive_content": "does not read words",
    "public_rarity": "wrong forms need not be in its lists",
    "word_senses": "rare forms are not examined",
    "thin_terms": "rare forms are not examined",
    "moved_terms": "names terms and gives no number",
    "same_concept": "forms that go wrong are spellings where letters are Latin",
    "acronyms": "names terms and gives no number",
    "document_hygiene": "does not read words",
    "templates": "lines go wrong too",
    "cleaning_effect": "tells of copies",
    "document_age": "does not read words",
}
"""Estimators that have no measure in ``MOVES``, and why; they have to give a number or a reason all the same."""

WITHOUT_A_NUMBER = {
    "segmentation": "for Japanese only: see wide and narrow forms",
    "latent_intentions": "the documents have one topic",
    "document_labels": "there is one folder: see its own tests",
    "document_learning": "there is one folder: see its own tests",
    "stepwise_clarity": "the labels have one level",
    "soft_labels": "one person labelled: see its own tests",
    "document_definitions": "there is one folder: see its own tests",
    "unlabelled_definitions": "the table is labelled: see its own tests",
    "sensitive_content": "gives findings only",
    "word_senses": "too few words are frequent: see its own tests",
    "moved_terms": "names terms and gives no number",
    "acronyms": "names terms and gives no number",
    "cleaning_effect": "there are no copies and no boilerplate",
}
"""Estimators that this corpus gives nothing to measure."""


def values(found: Estimates) -> dict[str, tuple[object, ...]]:
    told = {
        item.id: (item.value, *(item.interval or (None, None)), item.undefined_because.code if item.undefined_because else None)
        for item in found.estimates
    }
    points = {item.id: tuple(value for row in item.rows for value in row) for item in found.series}
    return told | points | {f"finding_{item.code}@{item.id}": (item.level,) for item in found.findings}


def differences(one: Estimates, two: Estimates) -> list[str]:
    """Give the ids whose value, interval, reason, points or findings differ by more than rounding."""
    first, second = values(one), values(two)
    missing = sorted(set(first) ^ set(second))
    return missing + [name for name in first if name in second and not same(first[name], second[name])]


def same(one: Sequence[object], two: Sequence[object]) -> bool:
    def near(left: object, right: object) -> bool:
        if isinstance(left, int | float) and isinstance(right, int | float):
            return bool(left == pytest.approx(right, rel=1e-6, abs=1e-9))
        return left == right

    return len(one) == len(two) and all(near(*pair) for pair in zip(one, two, strict=True))


RELATIONS = {
    "renaming words": (plain, renamed),
    "reordering documents": (plain, reordered),
    "copies that are removed": (plain, without_copies),
    "counting in parts": (plain, in_parts),
    "splitting a source": (plain, split),
    "doubling the window": (plain, wide_window),
    "permuting labels": (plain, other_labels),
    "wide and narrow forms": (lambda: japanese(False), lambda: japanese(True)),
}


def exempt(relation: str, identity: str) -> list[str]:
    """Give the patterns that let a measure or a series off; ``identity`` is name@subject."""
    measure, subject = identity.split("@", 1)
    names = (measure, f"{measure}@{subject.split(':')[0]}")
    return [pattern for pattern in EXEMPT.get(relation, ()) if any(fnmatchcase(name, pattern) for name in names)]


@pytest.mark.parametrize("name", ESTIMATORS)
@pytest.mark.parametrize("relation", RELATIONS)
def test_nothing_changes(relation, name):
    one, two = (function()[name] for function in RELATIONS[relation])
    assert [identity for identity in differences(one, two) if not exempt(relation, identity)] == []


@pytest.mark.parametrize("relation", RELATIONS)
def test_no_exemption_is_given_for_nothing(relation):
    one, two = (function() for function in RELATIONS[relation])
    used = {pattern for name in ESTIMATORS for identity in differences(one[name], two[name]) for pattern in exempt(relation, identity)}
    assert used == set(EXEMPT.get(relation, ()))
    assert set(EXEMPT) <= set(RELATIONS)


def test_the_corpus_has_a_number_for_most_measures():
    """Two refusals are always equal, so relations mean little where nothing is measured."""
    found = [item for each in plain().values() for item in each.estimates]
    assert sum(item.value is not None for item in found) > 0.7 * len(found)
    assert [name for name, each in plain().items() if all(item.value is None for item in each.estimates)] == list(WITHOUT_A_NUMBER)


def test_labels_dealt_at_random_carry_nothing():
    told = {item.measure: item for each in other_labels().values() for item in each.estimates if item.subject.startswith("labels:")}
    wrong = 1 - 1 / len(LABELS)  # the labels are equally frequent
    for measure in ("language_ambiguity", "attainable_error", "definition_ambiguity"):
        low, high = told[measure].interval
        assert low < wrong < high + 0.12, measure  # a method that learns noise does somewhat worse than always giving one label
    assert told["sparsity_u"].interval[0] < 0.02
    before = {item.measure: item for each in plain().values() for item in each.estimates if item.subject.startswith("labels:")}
    assert before["language_ambiguity"].interval[1] < told["language_ambiguity"].interval[0]


@pytest.mark.parametrize("measure", MOVES)
def test_wrong_characters_move_each_measure_one_way(measure):
    runs = [plain(), noisy(0.01), noisy(0.04)]
    steps = np.diff([next(item.value for each in run.values() for item in each.estimates if item.id == f"{measure}@lang:en") for run in runs])
    assert np.all(np.sign(steps) == MOVES[measure]), steps


@pytest.mark.parametrize("name", ESTIMATORS)
def test_wrong_characters_leave_a_number_or_a_reason(name):
    found = noisy(0.04)[name].estimates
    assert {item.id.split("@")[0] for item in found} >= {item.id.split("@")[0] for item in plain()[name].estimates}
    assert all(item.value is None or np.isfinite(item.value) for item in found)
    assert (name in EITHER_WAY) != any(item.measure in MOVES for item in found)
