"""Near-duplicate texts: MinHash signatures over character 5-grams, and groups of documents whose signatures agree.

Character 5-grams of the text without white space work for Japanese and English alike: a clause inserted into a Japanese text changes only
the few 5-grams that touch it. Signatures are kept in audit records and compared years later, so the constants here never change.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpuskit.text.normalization import normalise

PERMUTATIONS = 128
BANDS = 32
SHINGLE = 5
FEWEST_CHARACTERS = 50
"""Shorter texts get no signature: a handful of 5-grams says little, and short formulas recur in different documents."""

_SEED = 0x9E3779B97F4A7C15
_STEP = 0xBF58476D1CE4E5B9
_BLOCK = 1 << 13
"""Hashes worked on at a time: they stay in the cache for all 128 permutations."""
_AT_ONCE = 16
"""Permutations applied in one call, since most documents are so short that the calls would take longer than the work."""
_PAIRS = 1 << 13
"""Signatures compared at a time, to bound memory."""

Signatures = NDArray[np.uint32]


def _mix(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit integers, one for one (finaliser of SplitMix64: Steele, Lea and Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _constants() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    drawn = _mix(np.arange(1, 2 * PERMUTATIONS + 1, dtype=np.uint64) * np.uint64(_SEED))
    high = (drawn >> np.uint64(32)).astype(np.uint32)
    return high[:PERMUTATIONS] | np.uint32(1), high[PERMUTATIONS:]


_FACTORS, _ADDENDS = _constants()


def shingles(text: str) -> NDArray[np.uint32]:
    """Give a 32-bit hash of each character 5-gram of a text (normalised, without white space), in order, repeats kept."""
    characters = np.frombuffer("".join(text.split()).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    n = characters.size - SHINGLE + 1
    if n < 1:
        return np.zeros(0, np.uint32)
    # five characters of 21 bits do not fit into 64: fold the first three and the last two apart, then mix
    head = (characters[:n] << np.uint64(42)) | (characters[1 : n + 1] << np.uint64(21)) | characters[2 : n + 2]
    rest = (characters[3 : n + 3] << np.uint64(21)) | characters[4 : n + 4]
    return (_mix(_mix(head) + rest * np.uint64(_STEP)) >> np.uint64(32)).astype(np.uint32)


def signature(text: str, normalised: bool = False) -> bytes:
    """Sign a text: 128 minima of (a x + b) mod 2^32 over its 5-gram hashes x (Broder 1997), as little-endian uint32.

    The share of equal places of two signatures estimates the Jaccard similarity of the two sets of 5-grams, with a standard error of at
    most .044. Texts of fewer than 50 characters (white space not counted) have the empty signature.

    Parameters
    ----------
    text : str
        Any text.
    normalised : bool
        The text has gone through :func:`corpuskit.text.normalization.normalise` already.
    """
    hashes = shingles(text if normalised else normalise(text))
    if hashes.size < FEWEST_CHARACTERS - SHINGLE + 1:
        return b""
    smallest = np.full(PERMUTATIONS, 0xFFFFFFFF, np.uint32)
    for start in range(0, hashes.size, _BLOCK):
        block = hashes[start : start + _BLOCK]
        held = np.empty((_AT_ONCE, block.size), np.uint32)
        for places in (slice(first, first + _AT_ONCE) for first in range(0, PERMUTATIONS, _AT_ONCE)):
            np.multiply(block, _FACTORS[places, None], out=held)
            np.add(held, _ADDENDS[places, None], out=held)
            np.minimum(smallest[places], held.min(axis=1), out=smallest[places])
    return smallest.astype("<u4").tobytes()


def similarity(first: bytes, second: bytes) -> float | None:
    """Estimate the Jaccard similarity of two signed texts; None when one of them was too short to sign."""
    if not first or not second:
        return None
    return float(np.mean(np.frombuffer(first, "<u4") == np.frombuffer(second, "<u4")))


def duplicate_groups(documents: Sequence[str], signatures: Sequence[bytes], threshold: float) -> list[tuple[str, ...]]:
    """Group near-duplicate documents.

    Pairs that agree in one of 32 bands of 4 places are candidates (Indyk and Motwani 1998); those whose estimated Jaccard similarity
    reaches ``threshold`` are joined, and groups are the connected components: two members may be less alike than the threshold when
    others stand between them.

    Parameters
    ----------
    documents : sequence of str
        Ids.
    signatures : sequence of bytes
        From :func:`signature`; empty ones are never grouped.
    threshold : float
        Least estimated similarity, .5 to 1.

    Returns
    -------
    list of tuple of str
        Groups of two or more, each sorted, in the order of their first members.
    """
    signed = [row for row, one in enumerate(signatures) if one]
    if len(signed) < 2:
        return []
    table = np.frombuffer(b"".join(signatures[row] for row in signed), "<u4").reshape(len(signed), PERMUTATIONS)
    distinct, place = _distinct(table)
    parent = _join(distinct, threshold)
    groups: dict[int, list[str]] = {}
    for row, number in zip(signed, parent[place].tolist(), strict=True):
        groups.setdefault(number, []).append(documents[row])
    return sorted(tuple(sorted(members)) for members in groups.values() if len(members) > 1)


def _distinct(table: Signatures) -> tuple[Signatures, NDArray[np.int64]]:
    """Give each signature once, and for each row which it is. Rows are told apart by hashes, for sorting them whole takes ten times as long."""
    _, first, place = np.unique(_hashed(table), return_index=True, return_inverse=True)
    again = np.flatnonzero(first[place] != np.arange(len(table)))
    if not np.array_equal(table[first[place[again]]], table[again]):  # two signatures with one hash
        distinct, place = np.unique(table, axis=0, return_inverse=True)
        return distinct, place.ravel()
    return table[first], place


def _hashed(table: Signatures) -> NDArray[np.uint64]:
    """Give a 64-bit hash of each row of an even number of places."""
    found = np.zeros(len(table), np.uint64)
    for place in range(0, table.shape[1], 2):
        found = _mix(found ^ (table[:, place].astype(np.uint64) << np.uint64(32) | table[:, place + 1]) * np.uint64(_STEP))
    return found


def _join(table: Signatures, threshold: float) -> NDArray[np.int64]:
    """Give each row of distinct signatures the smallest row number of its group."""
    parent = list(range(len(table)))
    width = PERMUTATIONS // BANDS
    for band in range(BANDS):
        # bands of one hash that differ, if there are any, are compared like those that agree
        hashes = _hashed(table[:, band * width : (band + 1) * width])
        order = np.argsort(hashes, kind="stable")
        starts = np.flatnonzero(np.concatenate(([True], hashes[order][1:] != hashes[order][:-1])))
        size, label = np.diff(np.append(starts, len(order))), _roots(parent)[order]
        # most buckets of later bands hold rows that are joined already
        apart = np.maximum.reduceat(label, starts) > np.minimum.reduceat(label, starts)
        for start, count in zip(starts[apart].tolist(), size[apart].tolist(), strict=True):
            _join_bucket(table, order[start : start + count], threshold, parent)
    return _roots(parent)


def _roots(parent: list[int]) -> NDArray[np.int64]:
    """Give the root of every row."""
    found = np.array(parent, np.int64)
    while (found[found] != found).any():
        found = found[found]
    return found


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _join_bucket(table: Signatures, members: NDArray[np.int64], threshold: float, parent: list[int]) -> None:
    """Compare the members of a bucket that are not joined yet and join those that are alike."""
    label = np.array([_root(parent, row) for row in members.tolist()])
    for first, here in enumerate(members[:-1].tolist()):
        if (label == label[0]).all():
            return
        apart = np.flatnonzero(label[first + 1 :] != label[first]) + first + 1
        for start in range(0, apart.size, _PAIRS):
            part = apart[start : start + _PAIRS]
            alike = part[np.mean(table[members[part]] == table[here], axis=1) >= threshold]
            if alike.size:
                joined = np.unique(label[[first, *alike]])
                for row in joined[1:].tolist():
                    parent[row] = int(joined[0])
                label[np.isin(label, joined)] = joined[0]
