"""Numbers of strings found a column at a time: their 64-bit hashes in a table of open addresses, in place of one look-up of a dictionary for each.

A run of text is told from others by its hash alone. Among a million distinct runs the chance that any two share one is 3 in 100 million
(n^2 / 2^65).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FREE = -1
_LEAST_ROOM = 4_096


class RunNumbers:
    """Numbers 0, 1, 2 ... of hashes, in the order in which these were added.

    Two arrays as long as a power of two, at most half of it taken; a hash stands at the place that its last bits name or at the next free one.
    """

    def __init__(self) -> None:
        self._size = 0
        self._make_room(_LEAST_ROOM)

    def __len__(self) -> int:
        return self._size

    def find(self, hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Look up a column of hashes.

        Parameters
        ----------
        hashes : ndarray of uint64, shape (n,)

        Returns
        -------
        ndarray of int64, shape (n,)
            The number of each; -1 where a hash was never added.
        """
        places = (hashes & self._last).astype(np.int64)
        numbers = self._numbers[places]
        others = np.flatnonzero(self._hashes[places] != hashes)
        others = others[numbers[others] != _FREE]
        while others.size:
            places[others] = following = (places[others] + 1) & np.int64(self._last)
            numbers[others] = self._numbers[following]
            others = others[(self._hashes[following] != hashes[others]) & (numbers[others] != _FREE)]
        return numbers

    def add(self, hashes: NDArray[np.uint64]) -> None:
        """Give the next numbers to hashes that differ from each other and from all that were added before."""
        if 2 * (self._size + hashes.size) > self._hashes.size:
            taken = self._numbers != _FREE
            before, numbers = self._hashes[taken], self._numbers[taken]
            self._make_room(1 << (4 * (self._size + hashes.size) - 1).bit_length())
            self._place(before, numbers)
        self._place(hashes, np.arange(self._size, self._size + hashes.size))
        self._size += hashes.size

    def _make_room(self, room: int) -> None:
        self._hashes = np.zeros(room, np.uint64)
        self._numbers = np.full(room, _FREE, np.int64)
        self._last = np.uint64(room - 1)

    def _place(self, hashes: NDArray[np.uint64], numbers: NDArray[np.int64]) -> None:
        places = (hashes & self._last).astype(np.int64)
        while hashes.size:
            free = self._numbers[places] == _FREE
            # of several that want one place the last one gets it, and the others go on
            self._numbers[places[free]] = numbers[free]
            placed = self._numbers[places] == numbers
            self._hashes[places[placed]] = hashes[placed]
            hashes, numbers, places = hashes[~placed], numbers[~placed], (places[~placed] + 1) & np.int64(self._last)
