"""Labelled tables measured side by side: what estimators say of one table rests on that table alone, so each can be measured in a process of its own.

Threads would not do: the linear library draws its random numbers from one place for all threads, so results would differ from run to run.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence

from corpuskit.estimators.inputs import LabelledSample
from corpuskit.estimators.labels.cross_fitting import CrossFitted
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates

OfTable = Callable[[LabelledSample, EstimatorOptions], Estimates]
"""Measures one table."""

Told = tuple[dict[str, Estimates], CrossFitted | None]
"""What was measured of one table, and its cross-fitted predictions where a function asked for them."""

MOST_JOBS = 8

PROCESSES_FROM = 4_000
"""Messages of all tables from which processes are started; because two of them lost a second on 2,000 messages, broke even on 4,000 (6.3 s), and took
9.4 s for 11.3 on 8,000: loading their libraries takes about two seconds."""


def measure_tables(
    samples: Sequence[LabelledSample], functions: Mapping[str, OfTable], options: EstimatorOptions, jobs: int = 0
) -> dict[str, tuple[Estimates, ...]]:
    """Measure each table by each function, in processes where that is quicker.

    Results are the same to the last digit however many processes there are. Tables whose process was killed are measured in this one.

    Parameters
    ----------
    samples : sequence of LabelledSample
        Their cross-fitted predictions are kept with them.
    functions : mapping
        Of the module level, so that processes find them.
    options : EstimatorOptions
    jobs : int
        Processes at most; 0: one for each core, at most :data:`MOST_JOBS`; 1: none.

    Returns
    -------
    dict
        For each function, in the order of the samples.
    """
    many = min(jobs or min(os.cpu_count() or 1, MOST_JOBS), len(samples))
    apart = many > 1 and sum(sample.n for sample in samples) >= PROCESSES_FROM
    found = _in_processes(samples, functions, options, many) if apart else {}
    each = [found[place] if place in found else of_table(sample, functions, options) for place, sample in enumerate(samples)]
    for sample, (_, crossed) in zip(samples, each, strict=True):
        if crossed is not None:
            sample.__dict__.setdefault("crossed", crossed)  # a cached property of a frozen class
    return {name: tuple(told[name] for told, _ in each) for name in functions}


def of_table(sample: LabelledSample, functions: Mapping[str, OfTable], options: EstimatorOptions) -> Told:
    """Measure one table by each function; the second part are its cross-fitted predictions, where one of them asked for these."""
    from threadpoolctl import threadpool_limits  # not at the top: it looks through all loaded libraries

    with threadpool_limits(1):  # as in the process that asks: other numbers of threads round sums in another way
        found = {name: function(sample, options) for name, function in functions.items()}
    return found, sample.__dict__.get("crossed")


def _in_processes(samples: Sequence[LabelledSample], functions: Mapping[str, OfTable], options: EstimatorOptions, jobs: int) -> dict[int, Told]:
    """Measure tables in processes, the largest first; those that a killed process leaves undone are missing."""
    from joblib import Parallel, delayed  # not at the top: most runs need no processes
    from joblib.externals.loky import get_reusable_executor
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    order = sorted(range(len(samples)), key=lambda place: -samples[place].n * len(samples[place].names))
    parallel = Parallel(n_jobs=jobs, backend="loky", return_as="generator_unordered", pre_dispatch=2 * jobs, batch_size=1, max_nbytes=None)
    found: dict[int, Told] = {}
    try:
        done: Iterable[tuple[int, Told]] = parallel(delayed(_numbered)(place, samples[place], functions, options) for place in order)
        found.update(done)
    except TerminatedWorkerError:
        pass  # what is missing is measured in this process
    finally:
        get_reusable_executor().shutdown(wait=True)  # idle processes hold their libraries for minutes
    return found


def _numbered(place: int, sample: LabelledSample, functions: Mapping[str, OfTable], options: EstimatorOptions) -> tuple[int, Told]:
    return place, of_table(sample, functions, options)
