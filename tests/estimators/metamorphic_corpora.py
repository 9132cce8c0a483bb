"""A small corpus of two languages of made-up words with a labelled table, and the changes of it whose effect is known."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import xxhash

from corpuskit.counts import CorpusStats, CountOptions, count, merge, redundant_documents
from corpuskit.estimators import Estimates, EstimatorOptions
from corpuskit.estimators.registry import estimate_each
from corpuskit.text import TextOptions, tokenize
from tests.counts.build import Part, counted, message
from tests.text.documents import document

GROUPS = 25
LABELS = {"ask": "abcde", "buy": "fghij", "end": "klmno"}
OPTIONS = EstimatorOptions(common_pairs=2000, max_messages=100, min_messages=30, today="2026-01-01")


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
