"""Columns of raters: many people who each labelled the same rows, one column a person."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

RATER = "rater:"
"""What stands before the name of a column with the labels of one of many raters."""

FEWEST_RATERS = 10
"""Columns of raters; because with fewer the largest share of a row's labels is far above that of the label it is a sample of (theory.md 2.4)."""

LEAST_KAPPA = 0.1
"""Agreement of two columns beyond chance; because two helpers of one row are never the same person, and labels that agree less tell nothing."""

_NUMBERED = re.compile(r"(?P<stem>.*?)_?(?:\d{1,4}|(?<![a-z])[a-z])")
_STEMS = frozenset({
    "rater", "raters", "annotator", "annotators", "coder", "coders", "judge", "judges", "labeler", "labeller", "assessor", "worker", "crowdworker",
    "評価者", "判定者", "採点者", "作業者", "注釈者", "アノテータ", "アノテーター", "ラベル付け担当者", "審査員",
})  # fmt: skip
"""Names of people. Questions of a survey are numbered too (``q1`` to ``q20``), and their answers are no labels of one thing."""

_PERSON = re.compile(
    r"(?:rater|annotator|coder|judge|labell?er|assessor|evaluator|(?:crowd_?)?worker|turker)(?:_?(?:id|name|no|number|code|key|email|mail))?"
    r"|(?:annotated|labell?ed|coded|judged|rated|assessed|evaluated|completed)_by"
    r"|(?:評価者|評定者|判定者|採点者|作業者|注釈者|注釈付与者|付与者|審査員|アノテータ|アノテーター|コーダー|ラベラー|ワーカー|クラウドワーカー"
    r"|分類者|(?:アノテーション|ラベル付け|ラベル付与|評価|判定|分類)担当者?)_?(?:名|氏名|の氏名|id|番号|no|コード|記号)?"
)
"""Names of a column that says who gave the label in a line, as annotation tools and people write them."""


def names_a_person(plain: str) -> bool:
    """Tell whether a column is named for the one person who labelled: without a number, as in a table with one line for each label.

    >>> names_a_person("annotator_id"), names_a_person("assignment:worker_id"), names_a_person("評価者"), names_a_person("rater_1")
    (True, True, True, False)

    Parameters
    ----------
    plain : str
        Name of the column, folded, blanks and hyphens as underscores; what stands before a colon is a tool's name for a kind of columns.
    """
    return _PERSON.fullmatch(plain.rpartition(":")[2]) is not None


def rater_columns(plain: Sequence[str], fewest: int = FEWEST_RATERS) -> tuple[int, ...]:
    """Find the columns of raters: at least :data:`FEWEST_RATERS` that are named for a person and told apart by a number or a letter.

    >>> rater_columns(["text", *(f"annotator_{number}" for number in range(1, 13))])[:3]
    (1, 2, 3)

    Parameters
    ----------
    plain : sequence of str
        Names of all columns, folded, blanks and hyphens as underscores.
    fewest : int
        Columns that there must be.

    Returns
    -------
    tuple of int
        Empty where there are fewer, or two kinds of people.
    """
    groups: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(plain):
        stem = stem_of(name)
        if stem in _STEMS:
            groups[stem].append(index)
    many = [columns for columns in groups.values() if len(columns) >= fewest]
    return tuple(many[0]) if len(many) == 1 else ()


def agree_beyond_chance(columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether columns hold labels of one thing: any two of them agree more often than chance would have it.

    True where the mean over pairs of columns of Cohen's kappa, on rows that both fill, is at least :data:`LEAST_KAPPA`.

    >>> agree_beyond_chance([["a", "b", "a", "b"], ["a", "b", "b", "b"]]), agree_beyond_chance([["Sato", "Ito"], ["Ito", "Sato"]])
    (True, False)
    """
    kappas = []
    for one, other in combinations(columns, 2):
        both = [(a, b) for a, b in zip(one, other, strict=True) if a and b]
        if not both:
            continue
        first, second = (Counter(side) for side in zip(*both, strict=True))
        chance = sum(first[label] * second[label] for label in first) / len(both) ** 2
        agreed = sum(a == b for a, b in both) / len(both)
        kappas.append((agreed - chance) / (1 - chance) if chance < 1 else 0.0)
    return bool(kappas) and sum(kappas) / len(kappas) >= LEAST_KAPPA


def label_one_thing(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the values in a row repeat, as labels of one thing do; names of helpers, remarks and finely graded marks do not.

    True where on average a row holds at most half as many different values as it has values.

    >>> label_one_thing([["a", "a", "b", "a"], ["b", "b", "", "b"]]), label_one_thing([["Sato", "Ito", "Mori", "Abe"]])
    (True, False)
    """
    told = [[value for value in row if value] for row in rows]
    return 0 < 2 * sum(len(set(row)) for row in told) <= sum(map(len, told))


def stem_of(plain: str) -> str:
    """Give a column's name without the number or letter at its end; the name itself where there is none.

    >>> stem_of("annotator_12"), stem_of("評価者a"), stem_of("rater")
    ('annotator', '評価者', 'rater')
    """
    found = _NUMBERED.fullmatch(plain)
    return found["stem"] if found and found["stem"] else plain


def shared_name(plain: Sequence[str]) -> str:
    """Give the name that columns share but for the number or letter at their end, ``raters`` where they share none.

    >>> shared_name(["annotator_1", "annotator_2"]), shared_name(["tanaka", "suzuki"])
    ('annotator', 'raters')
    """
    stems = {stem_of(name) for name in plain}
    return stems.pop() if len(stems) == 1 else "raters"


def majority(labels: Sequence[str]) -> str:
    """Give the label that most raters gave; of equally frequent ones that which was given first, none of none.

    >>> majority(["b", "a", "a", "b"])
    'b'
    """
    given = Counter(label for label in labels if label)
    return max(given, key=given.__getitem__) if given else ""
