"""Section 3 of the protocol: do clarity and ambiguity tell which items and classes language models get wrong?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from corpuskit.estimators.definitions.clarity import error_of, halves
from tests.validation.proof import ambient
from tests.validation.proof.answers import Answered, banking77
from tests.validation.proof.clearness import BY_CLASS, BY_MESSAGE, Judged, judge, recall_of
from tests.validation.proof.data_sets import Part
from tests.validation.proof.made_answers import made_answers
from tests.validation.proof.results import Aim, Cell, Experiment, Figure, Table
from tests.validation.proof.runs import OverRuns, Run, areas, mean_over_runs, number_of_runs, over_runs, share_of_best
from tests.validation.proof.statistics import DRAWS_OF_AREAS, DRAWS_OF_RANKS, FEWEST, Found, drawn

Floats = NDArray[np.float64]

TITLE = "Items and classes: where do language models go wrong?"
ASKED = "Do clarity, definition ambiguity and language ambiguity tell which messages and which classes language models get wrong?"
RUNS, SHARES, THIN_DRAWS = 7, (0.2, 0.5, 0.8), 200


def run(data: Path | None, part: Part, thin: bool) -> Experiment:
    """Run banking77 (a stand-in for language models on the development part) and AmbiEnt (made data there)."""
    if data is None and not thin:
        return Experiment("items", TITLE, ASKED, not_run="the labelled data are not there")
    answered = made_answers() if thin or data is None else banking77(data, part)
    figures, tables, notes = of_answers(answered, THIN_DRAWS if thin else None)
    more = ambient.of_answers(data, part, thin)
    return Experiment("items", TITLE, ASKED, (*figures, *more.figures), (*tables, *more.tables), (*notes, *more.notes))


def of_answers(answered: Answered, draws: int | None = None) -> tuple[tuple[Figure, ...], tuple[Table, ...], tuple[str, ...]]:
    """Measure a table and hold it against its runs; ``draws`` of all resampling, those of the protocol by default."""
    found = judge(answered)
    by_class = classes_over_runs(answered, found, draws or DRAWS_OF_RANKS)
    by_message = messages_over_runs(found, draws or DRAWS_OF_AREAS)
    selective = selective_use(found, draws or DRAWS_OF_AREAS)
    figures = (
        *_class_figures(answered, by_class),
        *_message_figures(answered, found, by_message),
        *_selective_figures(answered, found.runs, selective),
    )
    tables = (_by_run(found.runs, by_message), _by_class(answered, by_class), _halves(found), _selective(found))
    notes = (
        *_tables_asked(answered, found),
        f"Messages without an answer under their own id and label: {answered.unanswered}.",
        "The aim by class is read on names and language together, the aims by message on clarity with all labels: these carried the same bars before "
        "(clarity.md). The other rows are described beside them.",
        "Answers of language models had been read before each run was judged on the classes that it could choose from (protocol, 2026-12-01): no "
        "figure of theirs is blind.",
        "'Calibrated posterior' is the confidence of the cross-fitted classifier in its own class; what the run answered is not put in.",
    )
    return figures, tables, notes


def _tables_asked(answered: Answered, found: Judged) -> tuple[str, ...]:
    """Say which table each run was judged on."""
    notes = []
    for offer in np.unique(answered.offered, axis=0):
        names = [run.name for run, own in zip(answered.runs, answered.offered, strict=True) if np.array_equal(own, offer)]
        asked, read = int(offer[answered.labels].sum()), int(found.clear[names[0]].read.sum())
        notes.append(
            f"{', '.join(names)} could choose from {int(offer.sum())} of {len(offer)} classes. The audit is of these classes and their {asked:,} "
            f"messages, of which it reads {read:,} (of longer tables it draws a sample); figures are of those in counted classes."
        )
    return (*notes, "Recall by class is of all messages that the run answered.")


def classes_over_runs(answered: Answered, found: Judged, draws: int, seed: int = 0) -> OverRuns:
    """Correlate the measures by class with the recall of each run, on all counted classes and on classes drawn with replacement."""
    counted = np.flatnonzero(answered.counted)
    pairs = [
        (recall_of(run, answered.labels, len(answered.names))[counted], [found.clear[run.name].classes[name][counted] for name in BY_CLASS])
        for run in answered.runs
    ]
    all_of_them = np.arange(len(counted))
    values = np.array([[_rank(one, recall, all_of_them) for one in measures] for recall, measures in pairs])
    each = [[[_rank(one, recall, row) for one in measures] for recall, measures in pairs] for row in drawn(len(counted), draws, seed)]
    return OverRuns(values, np.array(each))


def _rank(one: Floats, recall: Floats, places: NDArray[np.int64]) -> float:
    """Give Spearman's rho of the places that have both; nan for fewer than 5 and where a side has one value."""
    x, y = one[places], recall[places]
    kept = ~(np.isnan(x) | np.isnan(y))
    if kept.sum() < FEWEST or np.ptp(x[kept]) == 0 or np.ptp(y[kept]) == 0:
        return float("nan")
    return float(np.corrcoef(rankdata(x[kept]), rankdata(y[kept]))[0, 1])


def messages_over_runs(found: Judged, draws: int) -> OverRuns:
    """Give the areas under the curve of all measures by message for right answers; the last column is the run's own confidence."""
    of_run = {name: areas([clear.messages[each] for each in BY_MESSAGE], confidence=True) for name, clear in found.clear.items()}
    return over_runs(found.runs, found.groups, lambda run, weights: of_run[run.name](run, weights), draws)


def selective_use(found: Judged, draws: int) -> OverRuns:
    """Give the gain in accuracy on the clearest messages over random ones (columns 0 to 2, by share) and over the shortest ones (3 to 5), and the
    error on the clearer half less half of the error on the other (6)."""

    def statistic(run: Run, weights: Floats) -> Floats:
        clear, short = (found.clear[run.name].messages[name] for name in ("all_labels", "length"))
        best = [share_of_best(clear[run.rows], run.right, weights, share) for share in SHARES]
        brief = [share_of_best(short[run.rows], run.right, weights, share) for share in SHARES]
        whole = share_of_best(clear[run.rows], run.right, weights, 1.0)
        upper = share_of_best(clear[run.rows], run.right, weights, 0.5)
        beyond = (1 - upper) - (1 - (2 * whole - upper)) / 2
        gains = [*(each - whole for each in best), *(one - other for one, other in zip(best, brief, strict=True))]
        return np.stack([*gains, beyond], axis=1)

    return over_runs(found.runs, found.groups, statistic, draws)


def _class_figures(answered: Answered, by_class: OverRuns) -> tuple[Figure, ...]:
    n = int(answered.counted.sum())
    method = f"mean over {len(answered.runs)} runs of Spearman's rho; percentile bootstrap over classes, {len(by_class.each):,} draws"
    return tuple(
        _figure(
            f"items_class_{name}",
            f"By class, recall of language models goes with: {says}",
            mean_over_runs(by_class, column, n),
            "classes",
            method,
            answered.origin,
            Aim(low=0.45, source="protocol, 3") if name == "with_language" else None,
        )
        for column, (name, says) in enumerate(BY_CLASS.items())
    )


def _message_figures(answered: Answered, judged: Judged, found: OverRuns) -> tuple[Figure, ...]:
    runs = judged.runs
    drawing = f"percentile bootstrap over groups of near copies, {len(found.each):,} draws"
    method = f"mean over {len(runs)} runs of the area under the curve for right answers; {drawing}"
    told = [*BY_MESSAGE.items(), ("own_confidence", "the run's own confidence")]
    scores = [*([judged.clear[each.name].messages[name][each.rows] for each in runs] for name in BY_MESSAGE), [each.confidence for each in runs]]
    figures = [
        _figure(
            f"items_message_{name}",
            f"By message, right answers are told from wrong ones by: {says}",
            mean_over_runs(found, column, _asked(runs, scores[column])),
            "messages",
            method,
            answered.origin,
            Aim(low=0.72, source="protocol, 3") if name == "all_labels" else None,
        )
        for column, (name, says) in enumerate(told)
    ]
    behind = number_of_runs(_behind(found.values), _behind(found.each), _asked(runs, scores[-1]))
    useful = int((found.values[:, -1] > 0.5).sum())
    figures.append(
        _figure(
            "items_runs_behind_confidence",
            f"Of the {useful} runs whose own confidence tells anything (above .5), those where it tells more than clarity",
            behind,
            "messages",
            f"number of runs; {drawing}",
            answered.origin,
            Aim(high=1, source="protocol, 3"),
        )
    )
    return tuple(figures)


def _asked(runs: Sequence[Run], scores: Sequence[Floats] | None = None) -> int:
    """Count the different messages that any run was asked and that have a score."""
    kept = [each.rows if scores is None else each.rows[~np.isnan(scores[number])] for number, each in enumerate(runs)]
    return len(np.unique(np.concatenate(kept)))


def _behind(values: Floats) -> NDArray[np.bool_]:
    """Tell where the run's own confidence (last) is above .5 and clarity with all labels (first) not above it."""
    return np.asarray((values[..., -1] > 0.5) & (values[..., 0] <= values[..., -1]))


def _selective_figures(answered: Answered, runs: Sequence[Run], found: OverRuns) -> tuple[Figure, ...]:
    n = _asked(runs)
    drawing = f"percentile bootstrap over groups of near copies, the same messages for both, {len(found.each):,} draws"
    halved = number_of_runs(found.values[:, -1] <= 0, found.each[..., -1] <= 0, n)
    aim = Aim(low=5, source="protocol, 3") if len(runs) == RUNS else None  # five of seven: with another number of runs it says nothing
    says = f"Of {len(runs)} runs, those whose error on the clearer half is at most half of that on the other"
    figures = [_figure("items_runs_halved", says, halved, "messages", f"number of runs; {drawing}", answered.origin, aim)]
    for column, share in enumerate(SHARES):
        for kind, offset in (("random", 0), ("shortest", len(SHARES))):
            figures.append(
                _figure(
                    f"items_selective_{share * 100:.0f}_{kind}",
                    f"Accuracy gained on the clearest {share:.0%} of messages over {'as many random' if kind == 'random' else 'the shortest'} ones",
                    mean_over_runs(found, column + offset, n),
                    "messages",
                    f"mean difference over {len(runs)} runs{' (random: exact expectation)' if kind == 'random' else ''}; {drawing}",
                    answered.origin,
                    None,
                )
            )
    return tuple(figures)


def _figure(code: str, says: str, found: Found, unit: str, method: str, origin: str, aim: Aim | None) -> Figure:
    told = f"{method}; {found.left_out} draws without a value left out" if found.left_out else method
    return Figure(
        code, says, found.value, found.interval, found.n, unit, told, origin, aim=aim, first_reading=False, undefined_because=found.undefined_because
    )


def _cell(value: float) -> Cell:
    return None if np.isnan(value) else round(float(value), 3)


def _by_run(runs: Sequence[Run], found: OverRuns) -> Table:
    columns = ("run", "messages", "accuracy", *BY_MESSAGE.values(), "own confidence")
    rows = tuple(
        (each.name, len(each.rows), _cell(each.right.mean()), *(_cell(value) for value in values))
        for each, values in zip(runs, found.values, strict=True)
    )
    return Table("items_by_run", "Area under the curve for right answers, by run", columns, rows)


def _by_class(answered: Answered, found: OverRuns) -> Table:
    rows = []
    for each, values in zip(answered.runs, found.values, strict=True):
        asked = len(np.unique(answered.labels[each.rows]))
        rows.append((each.name, asked, *(_cell(value) for value in values)))
    return Table("items_by_class", "Spearman's rho with the recall of the run, by class", ("run", "classes", *BY_CLASS.values()), tuple(rows))


def _halves(found: Judged) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found.runs:
        wrong, groups = ~each.right, found.groups[each.rows]
        for name, chosen in zip(("clearer", "other"), halves(found.clear[each.name].messages["all_labels"][each.rows]), strict=True):
            rate, low, high = error_of(chosen, wrong, groups)
            rows.append((each.name, name, len(chosen), _cell(rate), _cell(low), _cell(high)))
    return Table(
        "items_halves",
        "Error on the clearer half and on the other (exact 95 % interval, near copies counted as one)",
        ("run", "half", "messages", "error", "from", "to"),
        tuple(rows),
    )


def _selective(found: Judged) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for each in found.runs:
        messages = found.clear[each.name].messages
        for share in SHARES:
            size = round(share * len(each.rows))
            clearest = np.argsort(-messages["all_labels"][each.rows], kind="stable")[:size]
            error, low, high = error_of(clearest, ~each.right, found.groups[each.rows])
            brief = share_of_best(messages["length"][each.rows], each.right, np.ones((1, len(each.rows))), share)[0]
            accuracies = (1 - error, 1 - high, 1 - low, float(each.right.mean()), float(brief))
            rows.append((each.name, f"{share:.0%}", size, *(_cell(value) for value in accuracies)))
    columns = ("run", "share", "messages", "clearest", "from", "to", "random", "shortest")
    return Table("items_selective", "Selective use: accuracy on a share of the messages", columns, tuple(rows))
