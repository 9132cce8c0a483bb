"""Numbers the words of a text file without making a Python object of any: words become 64-bit hashes, hashes become numbers in an open table.

Two different words of 73,000 share a hash with a probability of about 10^-10. Only for benchmarks that begin with space-separated words.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

BLOCK = 2**20
"""Bytes looked at a time: their arrays fit the cache."""

_FIRST, _NEXT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_MASKS = np.array([(1 << 8 * size) - 1 for size in range(9)], np.uint64)
_LINE_END = 10
_BLANK = 32

Hashes = NDArray[np.uint64]


class Numbers:
    """An open table from hash to number, in the order of first appearance; linear probing."""

    def __init__(self, bits: int = 20) -> None:
        self._mask = np.uint64((1 << bits) - 1)
        self._hashes = np.zeros(1 << bits, np.uint64)
        self._numbers = np.zeros(1 << bits, np.uint32)
        self.known = 0

    def of(self, hashes: Hashes) -> NDArray[np.uint32]:
        """Number hashes, none of which is 0; the table must keep room."""
        slots = self._slots(hashes)
        numbers = self._numbers[slots]
        missed = np.flatnonzero(self._hashes[slots] != hashes)
        if missed.size:
            distinct, place = np.unique(hashes[missed], return_inverse=True)
            numbers[missed] = self._found_or_new(distinct)[place]
        return numbers

    def _slots(self, hashes: Hashes) -> Hashes:
        return (hashes >> np.uint64(40)) & self._mask

    def _found_or_new(self, hashes: Hashes) -> NDArray[np.uint32]:
        numbers, slots = np.zeros(hashes.size, np.uint32), self._slots(hashes)
        left = np.arange(hashes.size)
        while left.size:
            held = self._hashes[slots[left]]
            free = left[held == 0]
            # of those that want one free slot, one gets it; the others see it taken in the next round
            _, first = np.unique(slots[free], return_index=True)
            new = free[first]
            self._hashes[slots[new]] = hashes[new]
            self._numbers[slots[new]] = np.arange(self.known, self.known + new.size)
            self.known += new.size
            there = self._hashes[slots[left]] == hashes[left]
            numbers[left[there]] = self._numbers[slots[left[there]]]
            left = left[~there]
            slots[left] = (slots[left] + np.uint64(1)) & self._mask
        return numbers


def read_words(path: Path) -> tuple[Any, Any, int]:
    """Give the number of each word, the sentence (line) of each, and how many different words there are."""
    table, words, sentences, rest, lines = Numbers(), [], [], b"", 0
    with path.open("rb") as stream:
        while data := stream.read(BLOCK):
            cut = data.rfind(b"\n") + 1
            text, rest = rest + data[:cut], data[cut:]
            hashes, line = _hashed(text)
            words.append(table.of(hashes))
            sentences.append(line + np.int32(lines))
            lines += text.count(b"\n")
    if rest:
        raise ValueError(f"{path} does not end with a line end.")
    return np.concatenate(words), np.concatenate(sentences), table.known


def _hashed(text: bytes) -> tuple[Hashes, NDArray[np.int32]]:
    """Hash each word of a text, eight bytes at a time, and give its line."""
    padded = text + b"\n" * 8
    ends = np.flatnonzero(np.frombuffer(padded, np.uint8)[: len(text)] <= _BLANK)
    starts = np.concatenate(([0], ends[:-1] + 1))
    line = np.cumsum(np.frombuffer(padded, np.uint8)[ends] == _LINE_END, dtype=np.int32)
    size = ends - starts
    line = np.concatenate(([0], line[:-1])).astype(np.int32)[size > 0]
    starts, size = starts[size > 0], size[size > 0]
    eight = np.ndarray((len(padded) - 7,), "<u8", buffer=padded, strides=(1,))
    hashes = (eight[starts] & _MASKS[np.minimum(size, 8)]) * _FIRST
    hashes ^= hashes >> np.uint64(29)
    done, longer = 8, np.flatnonzero(size > 8)
    while longer.size:
        mixed = (hashes[longer] ^ (eight[starts[longer] + done] & _MASKS[np.minimum(size[longer] - done, 8)])) * _NEXT
        hashes[longer] = mixed ^ (mixed >> np.uint64(32))
        done += 8
        longer = longer[size[longer] > done]
    hashes *= _FIRST
    return hashes | np.uint64(1), line
