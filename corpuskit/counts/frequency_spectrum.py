"""The frequency spectrum: how many types occur once, twice, three times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class FrequencySpectrum:
    """How many types occur exactly k times (Baayen 2001).

    Attributes
    ----------
    k : int64 array
        Frequencies that occur, increasing, each at least 1.
    f_k : int64 array
        Number of types with that frequency.
    """

    k: NDArray[np.int64]
    f_k: NDArray[np.int64]

    @classmethod
    def of(cls, frequencies: NDArray[np.integer[Any]]) -> Self:
        """Make the spectrum of the frequencies of types; zeros are types that were not seen and do not enter."""
        seen = frequencies[frequencies > 0]
        k, f_k = np.unique(seen, return_counts=True)
        k, f_k = k.astype(np.int64), f_k.astype(np.int64)
        k.flags.writeable = f_k.flags.writeable = False
        return cls(k, f_k)

    @property
    def n(self) -> int:
        """Tokens: ``sum k f_k``."""
        return int(self.k @ self.f_k)

    @property
    def types(self) -> int:
        """Observed types: ``sum f_k``."""
        return int(self.f_k.sum())

    @property
    def f1(self) -> int:
        """Hapax legomena: types seen once."""
        return self.seen(1)

    @property
    def f2(self) -> int:
        """Dis legomena: types seen twice."""
        return self.seen(2)

    def seen(self, times: int) -> int:
        """Number of types seen exactly so many times."""
        return int(self.f_k[self.k == times].sum())
