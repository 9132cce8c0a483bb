"""Section 2 of the protocol: does screening with 200 labels rank tasks as real models do?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.validation.proof.data_sets import BY_CLASS, BY_TASK, Part, Task, errors_of_index, labelled_tasks
from tests.validation.proof.made_tasks import Made, made_tasks
from tests.validation.proof.measured_tasks import Measured, measure, predictions
from tests.validation.proof.published import KINDS, Figures, figures_of, read_accuracies
from tests.validation.proof.published_figures import probes_table, published_figures, published_table
from tests.validation.proof.results import Experiment, Figure, Table
from tests.validation.proof.screening import LABELLED, SEEDS
from tests.validation.proof.statistics import spearman
from tests.validation.proof.task_figures import Reading, figure_of, trained_figures, trained_tables

TITLE = "Tasks: does screening with 200 labels rank them as real models do?"
ASKED = "Do the numbers that corpuskit gives for a table with 200 labels put tasks into the order of the errors that real models make on them?"
OPENED = {
    "development": "The constants of the extrapolation were set on these tasks.",
    "report": "Extrapolated errors and the shares of intervals that hold had been read on these tasks before (reports/validation/attainable_error.md "
    "tells when, and that the widths of the intervals were set after it), against another classifier; never against published figures.",
}
THIN_DRAWS, SMALL = 200, 60
"""Draws of the bootstrap in the thin version, and rows from which a yes/no task is held against published figures, with all its labels."""


def run(data: Path | None, part: Part, thin: bool) -> Experiment:
    """Audit the tasks of a part, train models on them, and hold the two and published figures against each other; made tasks when thin."""
    if thin:
        return _of_made_tasks()
    if data is None:
        return Experiment("tasks", TITLE, ASKED, not_run="the labelled data are not there")
    small = tuple(task for task in labelled_tasks(data, part, SMALL) if task.data_set == BY_TASK and len(task.rows) < LABELLED)
    own = labelled_tasks(data, part)
    others, other_small = _other_part(data) if part == "report" else ((), ())
    measured = measure((*own, *others), (*small, *other_small))
    accuracies = read_accuracies(data / "published_llm_accuracy.csv")
    names = {task.name for task in (*own, *small)}
    main = tuple(task for task in measured if task.name in names)
    reading = Reading("tasks", f"{part} part", judged=True, opened=True)
    figures, tables = _read(main, accuracies, reading, opened_published=part == "development")
    if others:
        secondary = Reading("tasks_all", "both parts together (secondary reading)", judged=False, opened=True)
        more, more_tables = _read(measured, accuracies, secondary, opened_published=True)
        published = figures_of(accuracies, [task.name for task in measured])
        probes = probes_table(measured, published, errors_of_index(data), secondary)
        figures, tables = (*figures, *more), (*tables, *more_tables, probes)
    return Experiment("tasks", TITLE, ASKED, figures, tables, _notes(measured, part))


def _other_part(data: Path) -> tuple[tuple[Task, ...], tuple[Task, ...]]:
    """Give the tasks of the development part and its small ones; banking77 stands in the report part already."""
    every = labelled_tasks(data, "development", SMALL)
    whole = tuple(task for task in every if len(task.rows) >= LABELLED and task.data_set != BY_CLASS)
    return whole, tuple(task for task in every if task.data_set == BY_TASK and len(task.rows) < LABELLED)


def _read(
    measured: Sequence[Measured], accuracies: Sequence[dict[str, str]], reading: Reading, opened_published: bool
) -> tuple[tuple[Figure, ...], tuple[Table, ...]]:
    trained = tuple(task for task in measured if task.truth is not None)
    published = figures_of(accuracies, [task.name for task in measured])
    of_published = reading._replace(opened=opened_published)
    return (
        (*trained_figures(trained, reading), *published_figures(measured, published, of_published)),
        (*trained_tables(trained, reading), published_table(measured, published, reading)),
    )


def _of_made_tasks() -> Experiment:
    """Go the same way with eight made tasks, one draw each, whose least errors are known."""
    made = made_tasks()
    measured = measure([one.task for one in made], seeds=SEEDS[:1], processes=False)
    reading = Reading("tasks", "eight made tasks", judged=True, opened=False, draws=THIN_DRAWS)
    figures, tables = trained_figures(measured, reading), trained_tables(measured, reading)
    published: tuple[Figures, ...] = ()
    known = figure_of(
        "tasks_spearman_known",
        "Order of made tasks by extrapolated error against the error of the best classifier",
        spearman(predictions(measured)["extrapolated"], [one.error for one in made], reading.draws),
        "tasks",
        reading.method,
        reading,
    )
    notes = ("Made tasks: three kinds of requests, labels exchanged or messages without a word of their kind at known rates.", _silent(made))
    return Experiment("tasks", TITLE, ASKED, (*figures, *published_figures(measured, published, reading), known), tables, notes)


def _silent(made: Sequence[Made]) -> str:
    return "Known errors: " + ", ".join(f"{one.error:.3f}" for one in made) + "."


def _notes(measured: Sequence[Measured], part: Part) -> tuple[str, ...]:
    refused = [task for task in measured if any(one.refused for one in task.screened)]
    listed = ", ".join(
        f"{task.name} ({sum(bool(one.refused) for one in task.screened)} of {len(task.screened)} draws: {task.screened[0].refused})"
        for task in refused
    )
    return (
        f"Each task: {LABELLED} rows with their label and up to 3,800 without, {len(SEEDS)} draws; each draw is a CSV file that was audited by "
        "corpuskit with its defaults, and declared as ticket_routing so that it has a suitability (probability that the error is at most 10 %).",
        f"Refused: {listed or 'none'}. Correlations use the tasks that are given.",
        "An audit states its interval at 95 %. That at 90 % is what an audit set to 90 % states; it is computed from the same counts.",
        "Trained models: five folds, near copies in one fold. Where a data set pairs each message with a near copy of another label (jnli), their "
        "error is far above the published one of models that saw the pair.",
        "banking77: only the classes of the part; published figures are of all 77 classes. The published legal figures are of another release of "
        "the same questions.",
        OPENED[part],
        f"Kinds of published models: {', '.join(KINDS.values())}.",
    )
