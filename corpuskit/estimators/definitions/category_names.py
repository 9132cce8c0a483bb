"""What the names of categories say by themselves: those that say nothing by their form, and the features of the others."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.estimators.definitions.definition_space import spoken
from corpuskit.text import hashed_features

GENERIC = re.compile(
    r"(?:others?|misc(?:ellaneous)?|general|unknown|none|n/?a|etc|default|undefined|uncategori[sz]ed|category|class|type|label|group|"
    r"その他|そのほか|その外|他|雑|雑件|一般|不明|未分類|なし|無し|該当なし|分類|区分|種別|カテゴリー?|グループ|タイプ)?[\s_\-#.:()]*(?:[a-z]|\d{1,4}|[a-z]\d{1,3})?[\s)]*"
)
"""Names that any message could carry: a word for the rest, a bare letter or number, or both."""


def is_generic(name: str) -> bool:
    """Tell whether a category name says nothing by its form, such as "Other 2", "その他" or "C3"; compared after NFKC and case folding."""
    return GENERIC.fullmatch(unicodedata.normalize("NFKC", name).casefold().strip()) is not None


def name_features(names: Sequence[str], descriptions: csr_matrix | None = None) -> csr_matrix:
    """Give the features of category names, with those of their descriptions where there are any. Shape (K, f).

    A name that says nothing by its form counts as no text: in the space the one letter of "A1" would find a set of messages by accident.
    """
    spelled = csr_matrix(hashed_features(["" if is_generic(name) else spoken(name) for name in names]))
    return spelled if descriptions is None else csr_matrix(spelled + descriptions)


def names_alike(names: Sequence[str], descriptions: csr_matrix | None = None) -> list[tuple[str, ...]]:
    """Give the groups of names that no message can be nearer to one of: same letters of the same words, in whatever
    case, width or order; an underscore, a hyphen, a slash, a colon and a full stop part words like a blank, other signs are letters.

    Names that say nothing by their form are in no group, and a description tells a name from others without it.

    >>> names_alike(["Card payment", "Refund", "payment_card", "refund"])
    [('Card payment', 'payment_card'), ('Refund', 'refund')]
    """
    features = name_features(names, descriptions)
    features.sort_indices()
    groups: dict[tuple[bytes, bytes], list[str]] = {}
    for row, name in enumerate(names):
        own = slice(features.indptr[row], features.indptr[row + 1])
        if own.start < own.stop:
            groups.setdefault((features.indices[own].tobytes(), features.data[own].tobytes()), []).append(name)
    return [tuple(group) for group in groups.values() if len(group) > 1]


def described(names: Sequence[str], descriptions: csr_matrix | None) -> set[str]:
    """Give the names that have a description."""
    if descriptions is None:
        return set()
    return {name for name, has in zip(names, np.diff(descriptions.indptr) > 0, strict=True) if has}


def saying_nothing(names: Sequence[str], descriptions: csr_matrix | None) -> list[str]:
    """Give the names, sorted, that say nothing by their form and have no description."""
    explained = described(names, descriptions)
    return sorted(name for name in names if name not in explained and is_generic(name))
