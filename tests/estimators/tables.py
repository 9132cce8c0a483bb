"""Labelled messages made by hand, for tests of the estimators that read them."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from corpuskit.counts import LabelledMessages
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.inputs import sample_labelled
from corpuskit.text import hashed_features

SUBJECT = "labels:table.csv#label"


def table(
    texts: Sequence[str],
    labels: Sequence[str],
    second: Sequence[str | None] | None = None,
    descriptions: Mapping[str, str] | None = None,
    unlabelled: Sequence[str] = (),
    votes: NDArray[np.int64] | None = None,
) -> LabelledMessages:
    names = sorted(set(labels)) + sorted({name for name in second or [] if name} - set(labels))
    place = {name: number for number, name in enumerate(names)}
    words = CountVectorizer(token_pattern=r"\S+", dtype=np.int64)
    term_counts = csr_matrix(words.fit_transform(texts))
    return LabelledMessages(
        subject=SUBJECT,
        document="table.csv",
        column="label",
        locators=tuple(f"row {row}" for row in range(len(texts))),
        features=hashed_features(texts),
        term_counts=term_counts,
        terms=tuple(words.get_feature_names_out()),
        first_terms=_first_terms(texts, words.vocabulary_),
        labels=np.array([place[label] for label in labels]),
        label_names=tuple(names),
        fold_groups=np.unique(np.array(texts), return_inverse=True)[1],
        description_features=hashed_features([descriptions.get(name, "") for name in names]) if descriptions else None,
        unlabelled_features=hashed_features(unlabelled),
        language="en",
        second=None if second is None else np.array([-1 if name is None else place[name] for name in second]),
        votes=votes,
    )


def _first_terms(texts: Sequence[str], place: Mapping[str, int]) -> NDArray[np.int32]:
    first = np.full((len(texts), 64), -1, np.int32)
    for row, text in enumerate(texts):
        words = [place[word] for word in text.lower().split()[:64]]
        first[row, : len(words)] = words
    return first


class Tables(Inputs):
    """Inputs of given tables only, without a corpus."""

    @property
    def labelled(self):  # type: ignore[override]
        return self.definitions

    @property
    def samples(self):  # type: ignore[override]
        return tuple(sample_labelled(messages, self.options) for messages in self.labelled)


def inputs_of(*tables: LabelledMessages, **options: object) -> Inputs:
    return Tables(None, EstimatorOptions(**options), tables)  # type: ignore[arg-type]


def requests(n: int, seed: int = 0) -> tuple[list[str], list[str]]:
    """Messages of three clear kinds: a few words of the kind among many that any kind may have."""
    own = {
        "delivery": ["parcel", "courier", "shipment", "arrives", "carrier"],
        "invoice": ["invoice", "payment", "amount", "billed", "tax"],
        "password": ["password", "login", "locked", "account", "reset"],
    }
    shared = [f"w{number}x" for number in range(60)]
    random = np.random.default_rng(seed)
    texts, labels = [], []
    for _ in range(n):
        label = sorted(own)[int(random.integers(3))]
        words = [*random.choice(own[label], 2), *random.choice(shared, 6)]
        texts.append(" ".join(random.permutation(words)))
        labels.append(label)
    return texts, labels
