"""What must not change, or must change one way, when a corpus is changed in a way whose effect is known: for every estimator there is.

A new estimator is held to every relation from the day it is registered. One that a relation does not bind stands in ``EXEMPT`` with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache

import numpy as np
import pytest
import xxhash

from corpuskit.counts import CorpusStats, CountOptions, count, merge, redundant_documents
from corpuskit.estimators import ESTIMATORS, Estimates, EstimatorOptions
from corpuskit.estimators.registry import estimate_each
from corpuskit.text import TextOptions, tokenize
from tests.counts.build import Part, counted, message
from tests.text.documents import document

GROUPS = 25
LABELS = {"ask": "abcde", "buy": "fghij", "end": "klmno"}
OPTIONS = EstimatorOptions(common_pairs=2000, max_messages=100, min_messages=30, today="2026-01-01")

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
    "context_curve": "tables are left as they are",
    "stepwise_clarity": "tables are left as they are",
    "latent_intentions": "finds no topics where words go wrong at random",
    "double_coding": "tables are left as they are",
    "definition_ambiguity": "tables are left as they are",
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

WORDS = [f"{first}{second}{third}" for first in "bcdfghjkl" for second in "aeiou" for third in "bdgklmnprst"]


def passage(random: np.random.Generator, share: np.ndarray, sentences: int = 12) -> list[list[str]]:
    return [[WORDS[place] for place in random.choice(len(WORDS), 12, p=share)] for _ in range(sentences)]


@cache
def texts() -> dict[str, list[Part]]:
    """Sixty documents of one folder that prefer words of their own, with headings and dates, and one table of labelled messages."""
    random, common = np.random.default_rng(0), 1 / np.arange(1, len(WORDS) + 1)
    found: dict[str, list[Part]] = {}
    for number in range(60):
        own = common * random.gamma(0.4, 1, len(WORDS))
        parts = [passage(random, own / own.sum()) for _ in range(2)]
        found[f"rules/d{number:03}.txt"] = [
            Part(
                paragraphs=[part[:6], part[6:]],
                heading=part[0][:3],
                dates=("2020-01-01", "") if number % 3 == 0 else ("", ""),
                fields=[("total", "amount", number), ("date", "date", number + place * (number % 4 == 0))],
            )
            for place, part in enumerate(parts)
        ]
    found["table.csv"] = rows(random)
    return found


def rows(random: np.random.Generator) -> list[Part]:
    made = []
    for number in range(90):
        label = sorted(LABELS)[number % 3]
        other = label if number % 9 else sorted(LABELS)[(number + 1) % 3]
        words = [WORDS[(ord(letter) * 7) % len(WORDS)] for letter in random.choice(list(LABELS[label]), 3)]
        made.append(message(" ".join([*words, *random.choice(WORDS, 5)]), {"kind": label, "second:kind": other}))
    return made


def with_words(documents: Mapping[str, Sequence[Part]], change, tables: bool = True) -> dict[str, list[Part]]:  # type: ignore[no-untyped-def]
    """Write every word anew."""
    return {
        name: [
            replace(
                part,
                paragraphs=[[[change(word) for word in sentence] for sentence in paragraph] for paragraph in part.paragraphs],
                heading=[change(word) for word in part.heading],
            )
            if tables or part.kind != "row"
            else part
            for part in parts
        ]
        for name, parts in documents.items()
    }


def measured(stats: CorpusStats, before: CorpusStats | None = None) -> dict[str, Estimates]:
    return estimate_each(stats, OPTIONS, definitions=LABELS, before_cleaning=before)


@cache
def plain() -> dict[str, Estimates]:
    return measured(counted(texts(), groups=GROUPS))


@cache
def renamed() -> dict[str, Estimates]:
    other = dict(zip(WORDS, np.random.default_rng(5).permutation(WORDS).tolist(), strict=True))
    return measured(counted(with_words(texts(), lambda word: other[word]), groups=GROUPS))


@cache
def reordered() -> dict[str, Estimates]:
    return measured(counted(dict(reversed(texts().items())), groups=GROUPS))


@cache
def without_copies() -> dict[str, Estimates]:
    copies = {f"zzz/{name}": parts for name, parts in texts().items() if name != "table.csv"}
    whole = counted({**texts(), **copies}, groups=GROUPS)
    removed = redundant_documents(whole, TextOptions())
    assert removed == set(copies)
    kept = {name: parts for name, parts in {**texts(), **copies}.items() if name not in removed}
    return measured(counted(kept, groups=GROUPS), whole)


@cache
def in_parts() -> dict[str, Estimates]:
    names = list(texts())
    halves = [counted({name: texts()[name] for name in part}, groups=GROUPS) for part in (names[31:], names[:31])]
    return measured(merge(halves, CountOptions(groups=GROUPS)))


@cache
def split() -> dict[str, Estimates]:
    """Half of the documents stand in a folder of their own, under names that keep them in their groups and in their order."""

    def moved(name: str) -> str:
        group = xxhash.xxh3_64_intdigest(name.encode()) % GROUPS
        names = (f"rules2/{name.removeprefix('rules/')}~{number}" for number in range(10_000))
        return next(other for other in names if xxhash.xxh3_64_intdigest(other.encode()) % GROUPS == group)

    half = set(list(texts())[30:60])
    return measured(counted({moved(name) if name in half else name: parts for name, parts in texts().items()}, groups=GROUPS))


@cache
def wide_window() -> dict[str, Estimates]:
    return measured(counted(texts(), groups=GROUPS, window=10))


@cache
def other_labels() -> dict[str, Estimates]:
    """The labels are dealt to the messages at random: the first and the second one of a message go together."""
    parts = texts()["table.csv"]
    order = np.random.default_rng(1).permutation(len(parts))
    table = [replace(part, labels=parts[place].labels) for part, place in zip(parts, order, strict=True)]
    return measured(counted({**texts(), "table.csv": table}, groups=GROUPS))


@cache
def noisy(rate: float) -> dict[str, Estimates]:
    """Characters turn into others that no word has, each into one of three."""
    random = np.random.default_rng(7)

    def wrong(word: str) -> str:
        return "".join(chr(0x3B1 + ord(letter) % 8 + 8 * int(random.integers(3))) if random.random() < rate else letter for letter in word)

    return measured(counted(with_words(texts(), wrong, tables=False), groups=GROUPS))


WIDE = "　ＰＤＦ のファイルは、２０２４年４月に 申請システム へ ＵＰ してください。"


def japanese(narrow: bool) -> dict[str, Estimates]:
    random = np.random.default_rng(2)
    words = [
        ("システム", "ｼｽﾃﾑ"),
        ("ファイル", "ﾌｧｲﾙ"),
        ("ＰＤＦ", "PDF"),
        ("２０２４", "2024"),
        ("データ", "ﾃﾞｰﾀ"),
        ("会議", "会議"),
        ("申請", "申請"),
    ]
    ends = ["を確認してください。", "は総務部へ提出します。", "の内容を変更しました。", "が必要です。"]
    documents = []
    for number in range(40):
        lines = ["".join([words[random.integers(7)][narrow], "の", words[random.integers(7)][narrow], ends[random.integers(4)]]) for _ in range(8)]
        documents.append(document(f"d{number:02}.txt", "\n".join(lines)))
    stats = merge([count(table, CountOptions()) for table in tokenize(documents, TextOptions())], CountOptions())
    return measured(stats)


japanese = cache(japanese)


WITHOUT_A_NUMBER = {
    "segmentation": "for Japanese only: see wide and narrow forms",
    "latent_intentions": "the documents have one topic",
    "document_labels": "there is one folder: see its own tests",
    "stepwise_clarity": "the labels have one level",
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
