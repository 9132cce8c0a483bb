"""The theory's own language: what corpuskit says of it, what prompts resolve, how fast, and what comes with more text (protocol, section 1)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from scipy.stats import t as student

from corpuskit.synthetic import chernoff_coefficient
from tests.validation.proof import theory_prompts
from tests.validation.proof.rates import best_decoder_errors, chernoff_rule, decades_off, odds_rule, product_rule
from tests.validation.proof.results import Aim, Experiment, Figure, Table
from tests.validation.proof.theory_estimators import ERRORS, NAMES, ROWS, STATED, Held, all_draws, share_held
from tests.validation.proof.theory_prompts import noise, rounded

SEEDS = {"development": 500_000, "report": 0}
"""Where the seeds of a part begin: no draw of one part is one of the other."""


AT_STATED = Aim(low=0.85, high=0.95, source="protocol, 1.1")
AIMS = {"bracket": Aim(low=0.93, source="protocol, 1.1"), "cross_fitted": AT_STATED, "extrapolated": AT_STATED, "u_of_letters": AT_STATED}
"""Aims of the intervals; U of whole messages has none, as corpuskit gives no such number."""


class Size(NamedTuple):
    """How much is drawn."""

    ambiguities: tuple[float, ...]
    labels: tuple[int, ...]
    draws: int
    rows: int
    texts: tuple[int, ...]
    prompts: int
    messages: int
    batches: int
    draws_of_pair: int
    workers: int


FULL = Size((0.0, 0.02, 0.04), (200, 1_000, 5_000), 20, ROWS, (1_000, 3_000, 10_000, 30_000, 100_000), 1_000, 8, 8, 1_000, 2)
"""As the protocol says; 8 batches of 15,000 draws leave .2 % of standard error on the exact errors."""

THIN = Size((0.02,), (200,), 2, 400, (200, 600), 60, 5, 3, 100, 1)

NOTES = (
    "The language is made, so no data is needed; a development run and a report run differ in their draws alone.",
    "First letters are uniform over all 18, but for e = 0 of the intention's own block: without noise the other letters have no successor there.",
    "The truth of the error estimates is the error of the best decoder. A cross-fitted error is an upper bound of it, so its interval is not meant "
    "to hold it; how often its value lies on or above it stands in the table. The value of the extrapolated error speaks of a linear classifier, "
    "whose error, measured with nine tenths of the labels, stands beside; its interval of any of three kinds of classifiers.",
    "Intervals are stated at 90 % here, as the aims are set for that level; an audit states 95 % unless told otherwise. The bracket is stated at "
    "95 %, and so are the intervals of all figures.",
    "U of whole messages is refused, since hardly any message occurs twice; U of letters is that of a table in which every letter is a word.",
    "A prompt is m whole messages of one intention and the first letter of a further one; the next letter is asked about. The published text leaves "
    "open how its prompts end. Under a uniform start the first letter says nothing about the intention.",
    "Two exact readers: one knows that all messages have one intention, as the theorems suppose; the other expects what the text does, where the "
    "next message has the same intention or the next one of the ring, each with probability one half. No model trained on that text can foretell it "
    "better than the second, to whom more messages of one intention say little once the last one is understood.",
    "As long as the intention of the next message stays open, noise brings the letters of the possible intentions nearer to each other, so more "
    "noise can mean less KL even for an exact reader; the published order is that of a reader who knows that there is one intention.",
    "An n-gram model knows the letters just before and nothing older, so it gives the same answer for every m: a window that does not reach across "
    "messages cannot use examples.",
    "The published points were measured on another first letter and with a transformer; only their order and form can be compared.",
    "Of growth with the text nothing is claimed beyond the table.",
)


def run(data: Path | None, part: Literal["development", "report"], thin: bool) -> Experiment:
    """Run the experiment; ``data`` is not needed."""
    size, seed = THIN if thin else FULL, SEEDS[part]
    made = f"ring language of corpuskit.synthetic, draws of the {part} part (seeds from {seed:,})"
    held = all_draws(size.ambiguities, size.labels, size.draws, size.rows, seed, size.workers)
    curves = theory_prompts.measure(size.ambiguities, size.texts, size.prompts, seed + 50_000, size.workers)
    noisy = [ambiguity for ambiguity in size.ambiguities if ambiguity > 0]
    errors = {ambiguity: _errors(ambiguity, size, seed + 60_000) for ambiguity in noisy}
    return Experiment(
        code="theory",
        title="The theory's own language",
        asked="On a language whose truth is known: do the intervals hold it, do examples resolve the intention, and how fast?",
        figures=(
            *(held_figure(name, held, made) for name in NAMES),
            *theory_prompts.figures(curves, made),
            *(rate_figure(ambiguity, errors[ambiguity], made, size) for ambiguity in noisy),
        ),
        tables=(
            held_table(held),
            theory_prompts.curve_table(curves, ERRORS),
            theory_prompts.growth_table(curves),
            rate_table({ambiguity: found.mean(axis=0) for ambiguity, found in errors.items()}),
        ),
        notes=NOTES,
    )


def _errors(ambiguity: float, size: Size, seed: int) -> np.ndarray:
    """Give the exact errors of the best decoder by batch, shape (batches, messages)."""
    return np.array([best_decoder_errors(ambiguity, size.messages, size.draws_of_pair, seed + batch) for batch in range(size.batches)])


def held_figure(name: str, held: Sequence[Held], origin: str) -> Figure:
    """Give the share of intervals of one estimator that hold the truth."""
    own = [entry for entry in held if entry.estimator == name]
    found, bracket = share_held(own), name == "bracket"
    refused = sum(entry.interval is None for entry in own)
    truth = "the exact U" if name.startswith("u_") else "the error of the best decoder"
    return Figure(
        code=f"theory_holds_{name}",
        says=f"{NAMES[name][0].upper()}{NAMES[name][1:]}: share of intervals stated at {'95' if bracket else '90'} % that hold {truth}",
        value=None if found is None else found[0],
        interval=None if found is None else found[1],
        n=len(own) - refused,
        unit="draws",
        method=f"all noises and numbers of labels together, {refused} of {len(own)} refused; Clopper-Pearson",
        origin=origin,
        aim=AIMS.get(name),
        # 300 of 300 brackets had held it when the estimator was designed (theory 2.4)
        first_reading=not bracket,
        undefined_because="" if found is not None else f"all {refused} were refused",
    )


def held_table(held: Sequence[Held]) -> Table:
    """Show the estimates by noise and number of labels."""
    rows = []
    for name, told in NAMES.items():
        cells = sorted({(entry.ambiguity, entry.labels) for entry in held if entry.estimator == name})
        rows += [(told, *_cell([e for e in held if (e.estimator, e.ambiguity, e.labels) == (name, *cell)])) for cell in cells]
    columns = ("estimate", "noise e", "labels", "truth", "mean value", "mean interval", "held", "on or above the truth", "refused", "error measured")
    level = f"{round(100 * STATED)} %"
    return Table("theory_estimators", f"Estimates against the truth (intervals at {level}, bracket at 95 %)", columns, tuple(rows))


def _cell(own: Sequence[Held]) -> tuple[str | int | float | None, ...]:
    given = [entry for entry in own if entry.interval is not None and entry.value is not None]
    measured = [entry.measured for entry in own if entry.measured is not None]
    low, high = np.mean([entry.interval for entry in given if entry.interval], axis=0) if given else (0.0, 0.0)
    return (
        f"{own[0].ambiguity:g}",
        own[0].labels,
        rounded(float(np.mean([entry.truth for entry in own]))),
        rounded(float(np.mean([entry.value for entry in given if entry.value is not None]))) if given else None,
        f"{rounded(low):g} to {rounded(high):g}" if given else None,
        f"{sum(entry.held for entry in given)} of {len(given)}" if given else None,
        sum(entry.value >= entry.truth for entry in given if entry.value is not None) if given else None,
        len(own) - len(given),
        rounded(float(np.mean(measured))) if measured else None,
    )


def rate_figure(ambiguity: float, batches: np.ndarray, origin: str, size: Size) -> Figure:
    """Give how much nearer Chernoff's rate comes than the product rule, in decades."""
    value, each = _nearer(ambiguity, batches.mean(axis=0)), np.array([_nearer(ambiguity, errors) for errors in batches])
    half = float(student.ppf(0.975, len(each) - 1) * each.std(ddof=1) / np.sqrt(len(each)))
    return Figure(
        code=f"theory_rates_{noise(ambiguity)}",
        says=f"Noise e = {ambiguity:g}: how many decades nearer to the exact error Chernoff's rate comes than the product rule, from 4 messages on",
        value=value,
        interval=(value - half, value + half),
        n=15 * len(batches) * size.draws_of_pair,
        unit="draws",
        method=(
            f"mean absolute log10 difference of eps^m less that of a exp(-mC), a fitted on m = 1 to 3, judged on m = 4 to {batches.shape[1]}; "
            f"exact errors by importance sampling, t interval over {len(batches)} batches"
        ),
        origin=origin,
        aim=Aim(low=0.0, source="protocol, 1.3"),
        # rates by message had been computed when the theory was written down (theory 2.6)
        first_reading=False,
    )


def _nearer(ambiguity: float, errors: np.ndarray) -> float:
    product = product_rule(float(errors[0]), len(errors))
    return decades_off(product, errors) - decades_off(chernoff_rule(errors, chernoff_coefficient(ambiguity)), errors)


def rate_table(errors: dict[float, np.ndarray]) -> Table:
    """Set the exact errors beside the three rules."""
    rows: list[tuple[str | int | float | None, ...]] = []
    for ambiguity, exact in errors.items():
        rules = [
            product_rule(float(exact[0]), len(exact)),
            odds_rule(float(exact[0]), len(exact)),
            chernoff_rule(exact, chernoff_coefficient(ambiguity)),
        ]
        for m, error in enumerate(exact, 1):
            rows.append((f"{ambiguity:g}", str(m), *(f"{value:.3g}" for value in (error, *(rule[m - 1] for rule in rules)))))
        off = [f"{decades_off(rule, exact):.3g}" for rule in rules]
        rows.append((f"{ambiguity:g}", f"mean log10 difference, m = 4 to {len(exact)}", None, *off))
    columns = ("noise e", "messages m", "error of the best decoder", "product rule", "odds rule", "Chernoff's rate, factor fitted on m = 1 to 3")
    return Table("theory_rates", "Error after m messages of one intention, and three rules", columns, tuple(rows))
