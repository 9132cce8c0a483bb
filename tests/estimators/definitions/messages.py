"""Messages without labels, read by names, for tests."""

from collections.abc import Sequence

import numpy as np

from corpuskit.counts import UnlabelledMessages
from corpuskit.text import hashed_features

DOCUMENT = "tickets.csv"
KINDS = {
    "parcel delivery": ("parcel", "courier", "shipment", "arrives", "carrier"),
    "invoice payment": ("invoice", "payment", "amount", "billed", "tax"),
    "password login": ("password", "login", "locked", "account", "reset"),
}


def written(n: int, seed: int = 0, between: float = 0.0) -> tuple[list[str], list[str]]:
    """Messages of three kinds; a share of them has as many words of the next kind as of its own."""
    random = np.random.default_rng(seed)
    shared, kinds = [f"w{number}x" for number in range(60)], sorted(KINDS)
    texts, labels = [], []
    for _ in range(n):
        number = int(random.integers(3))
        own = list(random.choice(KINDS[kinds[number]], 2))
        own += list(random.choice(KINDS[kinds[(number + 1) % 3]], 2)) if random.random() < between else []
        texts.append(" ".join(random.permutation([*own, *random.choice(shared, 8 - len(own))])))
        labels.append(kinds[number])
    return texts, labels


def unlabelled(texts: Sequence[str], names: Sequence[str] = tuple(sorted(KINDS)), descriptions: Sequence[str] | None = None) -> UnlabelledMessages:
    return UnlabelledMessages(
        subject=f"names:{DOCUMENT}",
        document=DOCUMENT,
        locators=tuple(f"row {place + 2}" for place in range(len(texts))),
        features=hashed_features(texts),
        fold_groups=np.unique(np.array(texts), return_inverse=True)[1].astype(np.int64) if texts else np.zeros(0, np.int64),
        names=tuple(names),
        description_features=hashed_features(list(descriptions)) if descriptions else None,
        language="en",
    )
