"""Finds the terms of a dictionary in tokens: all tokens at once, step by step, over numbers instead of strings.

A spelling is known by the forms of its tokens. Where words are written with blanks each token must be one of the spelling; in Japanese the
tokens are taken together, since where a compound is divided depends on what stands around it (経費|精算書, 経費|精算|書).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_NOWHERE = -1
_BEGIN = 0


class Matches(NamedTuple):
    """Places of terms that do not overlap, in reading order: first token, number of tokens, number of the term."""

    begins: NDArray[np.int64]
    lengths: NDArray[np.int64]
    terms: NDArray[np.int64]


class TermSearch:
    """Spellings of terms, each a sequence of forms.

    Parameters
    ----------
    spellings : iterable of (sequence of str, int)
        Forms and number of the term. A sequence that comes again keeps the term it had first.
    divided : bool
        Whether tokens count as they are divided (text with blanks) or only joined.
    """

    def __init__(self, spellings: Iterable[tuple[Sequence[str], int]], divided: bool) -> None:
        self._after = "\n" if divided else ""  # stands in no form
        terms: dict[str, int] = {}
        self._states = {"": _BEGIN}
        for forms, term in spellings:
            key = "".join(form + self._after for form in forms)
            terms.setdefault(key, term)
            for end in range(1, len(key) + 1):
                if not divided or key[end - 1] == self._after:
                    self._states.setdefault(key[:end], len(self._states))
        self._read = list(self._states)
        self._term_of = np.array([terms.get(read, _NOWHERE) for read in self._read], np.int64)
        goes_on = {key[:end] for key in terms for end in range(len(key))}
        self._goes_on = np.array([read in goes_on for read in self._read], np.bool_)

    def begin(self, form: str) -> int:
        """Give the state after a first token: 0 or below if no spelling begins with it."""
        return self._states.get(form + self._after, _NOWHERE)

    def find(self, tokens: NDArray[np.uint32], per_line: NDArray[np.int64], forms: Sequence[str], begin: NDArray[np.int32]) -> Matches:
        """Find the longest term at each place, from left to right, never over the end of a line.

        Parameters
        ----------
        tokens : uint32 array, shape (n,)
            Row of each token in ``forms``.
        per_line : int64 array
            Tokens of each line.
        forms : sequence of str
            Form of each type.
        begin : int32 array, shape (types,)
            :meth:`begin` of each form.
        """
        places = np.flatnonzero(begin[tokens] > _BEGIN)
        ends = np.cumsum(per_line)
        end = ends[np.searchsorted(ends, places, side="right")]
        lengths, terms = np.zeros(places.size, np.int64), np.zeros(places.size, np.int64)
        rows, state = np.arange(places.size), begin[tokens[places]].astype(np.int64)
        step = 1
        while rows.size:
            complete = self._term_of[state] != _NOWHERE
            lengths[rows[complete]], terms[rows[complete]] = step, self._term_of[state[complete]]
            more = self._goes_on[state] & (places[rows] + step < end[rows])
            rows, state = rows[more], self._next(state[more], tokens[places[rows[more]] + step], forms)
            alive = state > _BEGIN
            rows, state, step = rows[alive], state[alive], step + 1
        whole = lengths > 0
        return _apart(Matches(places[whole], lengths[whole], terms[whole]))

    def _next(self, state: NDArray[np.int64], token: NDArray[np.uint32], forms: Sequence[str]) -> NDArray[np.int64]:
        """Go on from each state by one token; each different pair of the two is looked up once."""
        pairs, of_pair = np.unique(state * len(forms) + token, return_inverse=True)
        reached = [
            self._states.get(self._read[at] + forms[row] + self._after, _NOWHERE) for at, row in (divmod(pair, len(forms)) for pair in pairs.tolist())
        ]
        return np.array(reached, np.int64)[of_pair] if reached else np.zeros(0, np.int64)


def _apart(found: Matches) -> Matches:
    """Leave out what begins inside a match that is kept."""
    if not (found.begins[1:] < found.begins[:-1] + found.lengths[:-1]).any():
        return found
    kept, free = [], 0
    for row, (begin, length) in enumerate(zip(found.begins.tolist(), found.lengths.tolist(), strict=True)):
        if begin >= free:
            kept.append(row)
            free = begin + length
    return Matches(*(column[kept] for column in found))
