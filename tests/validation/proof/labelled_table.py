"""Texts with labels as an audit holds them once it has read a table: the door to the estimators of labelled messages."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.counts import LabelledMessages
from corpuskit.text import hashed_features


def labelled_table(texts: Sequence[str], labels: Sequence[str], language: str = "en") -> LabelledMessages:
    """Make the labelled messages of a table, one row for each text; words are left out, since only features of characters are read here.

    Parameters
    ----------
    texts, labels : sequence of str
        Of equal length.
    language : str
    """
    names, codes = np.unique(list(labels), return_inverse=True)
    return LabelledMessages(
        subject="labels:table#label",
        document="table",
        column="label",
        locators=tuple(f"row {number + 1}" for number in range(len(texts))),
        features=hashed_features(list(texts)),
        term_counts=csr_matrix(np.zeros((len(texts), 0), np.int64)),
        terms=(),
        first_terms=np.full((len(texts), 0), -1, np.int32),
        labels=codes.astype(np.int64),
        label_names=tuple(names.tolist()),
        fold_groups=np.unique(list(texts), return_inverse=True)[1].astype(np.int64),
        description_features=None,
        unlabelled_features=hashed_features([]),
        language=language,
    )
