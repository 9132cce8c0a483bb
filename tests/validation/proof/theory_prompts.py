"""Prompts of messages with one intention: how far exact readers and trained models are from the true intention's next letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray

from corpuskit.synthetic import chernoff_coefficient
from tests.validation.proof.language_models import BackOff, Network
from tests.validation.proof.prompts import divergence, draw_prompts, ring_text
from tests.validation.proof.results import Aim, Cell, Figure, Table
from tests.validation.proof.statistics import resampled

Floats = NDArray[np.float64]

LENGTHS = (1, 2, 3, 4)
MODELS = {"n_gram": "back-off n-gram model", "network": "small neural network"}
PUBLISHED = {
    0.0: (0.0235, 0.0240, 0.0212, 0.0220),
    0.02: (0.2187, 0.0828, 0.0768, 0.0493),
    0.04: (0.6331, 0.1835, 0.1198, 0.0950),
}
"""Figure 3 of arXiv 2304.09960 (data of the plot): a transformer of 3 layers, another first letter."""


@dataclass(frozen=True, eq=False)
class Learned:
    """A model trained on a text.

    Attributes
    ----------
    model : str
        A key of :data:`MODELS`.
    ambiguity, messages : float, int
        Noise of the language, and messages of the text.
    size : int
        Letters of the n-grams, or passes of the network over the text.
    to_truth : array, shape (4, prompts)
        KL of the next letter under the true intention from the model, for prompts of 1 to 4 messages.
    to_exact : array, shape (4, prompts)
        The same from the exact mixture for this text.
    """

    model: str
    ambiguity: float
    messages: int
    size: int
    to_truth: Floats
    to_exact: Floats


@dataclass(frozen=True, eq=False)
class Curves:
    """All that was measured; each array has shape (4, prompts).

    Attributes
    ----------
    one, ring : dict of float to array
        KL from the exact mixture, for each noise: all messages known to have one intention; intentions changing as in the text.
    learned : tuple of Learned
    """

    one: Mapping[float, Floats]
    ring: Mapping[float, Floats]
    learned: tuple[Learned, ...]

    @property
    def largest(self) -> int:
        """Messages of the largest text."""
        return max(entry.messages for entry in self.learned)

    def of(self, model: str) -> dict[float, Floats]:
        """Give the divergences from the truth of a model that was trained on the largest text, for each noise."""
        return {entry.ambiguity: entry.to_truth for entry in self.learned if entry.model == model and entry.messages == self.largest}


def measure(ambiguities: Sequence[float], sizes: Sequence[int], prompts: int, seed: int, workers: int = 2) -> Curves:
    """Draw prompts for each noise, train both models on texts of each size, and ask everyone for the next letter."""
    one, ring = {}, {}
    for ambiguity in ambiguities:
        drawn = draw_prompts(prompts, ambiguity, seed)
        one[ambiguity], ring[ambiguity] = (
            np.array([divergence(drawn.truth, drawn.mixture(m, changing)) for m in LENGTHS]) for changing in (False, True)
        )
    # the largest texts first, or one worker would be left alone with the last of them
    made = [(ambiguity, size) for size in sorted(sizes, reverse=True) for ambiguity in ambiguities]
    found = Parallel(n_jobs=workers)(delayed(train)(ambiguity, size, prompts, seed) for ambiguity, size in made)
    learned = sorted((entry for both in found for entry in both), key=lambda entry: (entry.model, entry.ambiguity, entry.messages))
    return Curves(one, ring, tuple(learned))


def train(ambiguity: float, messages: int, prompts: int, seed: int) -> tuple[Learned, Learned]:
    """Train both models on one text and ask them about the prompts."""
    text, drawn = ring_text(messages, ambiguity, seed + 1), draw_prompts(prompts, ambiguity, seed)
    n_grams, network = BackOff(text), Network(text, seed)
    made = []
    for name, model, size in (("n_gram", n_grams, n_grams.order), ("network", network, network.passes)):
        said = [model.next_letters(drawn.written(m)) for m in LENGTHS]
        to_truth = np.array([divergence(drawn.truth, found) for found in said])
        to_exact = np.array([divergence(drawn.mixture(m, ring=True), found) for m, found in zip(LENGTHS, said, strict=True)])
        made.append(Learned(name, ambiguity, messages, size, to_truth, to_exact))
    return made[0], made[1]


def largest_rise(curve: Floats) -> float:
    """Give the largest change of the mean from m to m + 1 messages; below 0 where it falls all the way. Shape (4, prompts)."""
    return float(np.diff(curve.mean(axis=1)).max())


def least_step(curves: Sequence[Floats]) -> float:
    """Give the least difference, over m, between the mean of a noisier language and that of the one before; above 0 where the order is kept."""
    return float(np.diff([curve.mean(axis=1) for curve in curves], axis=0).min())


def figures(curves: Curves, origin: str) -> tuple[Figure, ...]:
    """Judge the aims of the protocol: KL falls with m for the exact posterior, and noisier languages have the higher KL for trained models."""
    readers = {
        "ring": ("intentions changing as in the text", curves.ring),
        "one": ("all messages known to have one intention", curves.one),
    }
    falls = [
        _fall(kind, told, ambiguity, curve, origin)
        for kind, (told, of_noise) in readers.items()
        for ambiguity, curve in of_noise.items()
        if ambiguity > 0
    ]
    trained = [_order(model, f"{told}, {curves.largest:,} messages", curves.of(model), origin, True) for model, told in MODELS.items()]
    exact = [_order(kind, f"exact posterior mixture, {told}", of_noise, origin, False) for kind, (told, of_noise) in readers.items()]
    return (*falls, *trained, *exact, *(_distance(curves, model, origin) for model in MODELS))


def _fall(kind: str, told: str, ambiguity: float, curve: Floats, origin: str) -> Figure:
    found = resampled(lambda places: 1000 * largest_rise(curve[:, places]), curve.shape[1])
    return Figure(
        code=f"theory_falls_{kind}_{noise(ambiguity)}",
        says=f"Exact posterior mixture ({told}), noise e = {ambiguity:g}: largest change of KL with one more message, in thousandths of a nat",
        value=found.value,
        interval=found.interval,
        n=found.n,
        unit="prompts",
        method="largest difference of mean KL from m to m + 1 messages, m = 1 to 3 (below 0: it falls all the way); bootstrap over prompts",
        origin=origin,
        aim=Aim(high=0.0, source="protocol, 1.2"),
    )


def _order(code: str, told: str, of_noise: Mapping[float, Floats], origin: str, aimed: bool) -> Figure:
    says = f"{told[0].upper()}{told[1:]}: least difference of KL between a noisier language and the less noisy one (above 0: the published order)"
    method = "least difference of mean KL in nats over e = 0, .02, .04 and m = 1 to 4; bootstrap over prompts"
    aim, every = Aim(low=0.0, source="protocol, 1.2") if aimed else None, [of_noise[ambiguity] for ambiguity in sorted(of_noise)]
    n = every[0].shape[1]
    if len(every) < 2:
        return Figure(f"theory_order_{code}", says, None, None, n, "prompts", method, origin, aim=aim, undefined_because="only one noise was run")
    found = resampled(lambda places: least_step([curve[:, places] for curve in every]), n)
    return Figure(f"theory_order_{code}", says, found.value, found.interval, found.n, "prompts", method, origin, aim=aim)


def _distance(curves: Curves, model: str, origin: str) -> Figure:
    """Tell how well a model learned its text."""
    each = np.concatenate([entry.to_exact.mean(axis=0) for entry in curves.learned if entry.model == model and entry.messages == curves.largest])
    found = resampled(lambda places: float(each[places].mean()), len(each))
    return Figure(
        code=f"theory_learned_{model}",
        says=f"{MODELS[model].capitalize()}, {curves.largest:,} messages: how far it is from the exact reader of its text",
        value=found.value,
        interval=found.interval,
        n=found.n,
        unit="prompts",
        method="mean KL(exact mixture, intentions changing as in the text || model) in nats over all noises and m = 1 to 4; bootstrap over prompts",
        origin=origin,
    )


def curve_table(curves: Curves, errors: Mapping[float, float]) -> Table:
    """Set the curves side by side: exact, trained on the largest text, published, and what two rules make of the first exact point."""
    rows: list[tuple[Cell, ...]] = []
    for ambiguity in sorted(curves.one):
        one = curves.one[ambiguity].mean(axis=1)
        entries: list[tuple[str, Sequence[float]]] = [
            ("exact, one intention", one),
            ("exact, intentions as in the text", curves.ring[ambiguity].mean(axis=1)),
            *((told, curves.of(model)[ambiguity].mean(axis=1)) for model, told in MODELS.items()),
            ("published transformer (another start)", PUBLISHED[ambiguity]),
        ]
        if ambiguity > 0:
            entries.insert(1, ("product rule from the first point", one[0] * errors[ambiguity] ** np.arange(4)))
            entries.insert(2, ("Chernoff rate from the first point", one[0] * chernoff_coefficient(ambiguity) ** np.arange(4)))
        rows += [(f"{ambiguity:g}", told, *(rounded(value) for value in values)) for told, values in entries]
    title = f"KL in nats after m messages of one intention (models trained on {curves.largest:,} messages)"
    return Table("theory_prompts", title, ("noise e", "reader", "m = 1", "m = 2", "m = 3", "m = 4"), tuple(rows))


def growth_table(curves: Curves) -> Table:
    """Show the same for every size of the text: what comes with more data."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            MODELS[entry.model],
            f"{entry.ambiguity:g}",
            entry.messages,
            f"{'letters' if entry.model == 'n_gram' else 'passes'}: {entry.size}",
            *(rounded(value) for value in entry.to_truth.mean(axis=1)),
            rounded(float(entry.to_exact.mean())),
        )
        for entry in curves.learned
    )
    columns = ("model", "noise e", "messages", "chosen on held-out text", "m = 1", "m = 2", "m = 3", "m = 4", "KL from the exact reader")
    return Table("theory_growth", "KL in nats against the size of the text", columns, rows)


def noise(ambiguity: float) -> str:
    """Write an amount of noise for a code.

    >>> noise(0.02)
    'e02'
    """
    return f"e{round(100 * ambiguity):02}"


def rounded(value: float) -> float:
    """Round to 3 digits, and no further than to 1e-9."""
    return float(f"{value:.3g}") if abs(value) >= 1e-9 else 0.0
