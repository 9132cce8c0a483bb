"""What benchmarks share: contenders run by turns, each in a process of its own, with seconds and highest memory."""

from __future__ import annotations

import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple


class Run(NamedTuple):
    """Seconds of the work, with nothing else; highest memory of the process in bytes; what came out, to be compared."""

    seconds: float
    peak: int
    result: Any


HEAD = ["| data | what | median s | min s | ratio of medians [of minima] | peak MB |", "|---|---|---|---|---|---|"]


def rows(data: str, contenders: Mapping[str, Callable[..., Run]], given: tuple[Any, ...], rounds: int) -> Iterator[str]:
    """Run contenders by turns and lay out each as a row, with its ratio to the first. Nothing is laid out where results differ."""
    taken: dict[str, list[Run]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            taken[name].append(apart(contender, *given))
    results = {name: runs[0].result for name, runs in taken.items() if runs[0].result is not None}
    if len({repr(result) for result in results.values()}) > 1:
        raise SystemExit(f"{data}: results differ: {results}")
    reference = [run.seconds for run in next(iter(taken.values()))]
    for name, runs in taken.items():
        seconds = [run.seconds for run in runs]
        median, least = statistics.median(seconds), min(seconds)
        ratios = f"{statistics.median(reference) / median:.2f} [{min(reference) / least:.2f}]"
        yield f"| {data} | {name} | {median:.2f} | {least:.2f} | {ratios} | {max(run.peak for run in runs) / 1e6:,.0f} |"


def apart(function: Callable[..., Any], *given: Any) -> Any:
    """Call in a new process, which nothing before has warmed or filled."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(function, *given).result()


def timed(work: Callable[[], Any]) -> Run:
    """Run in this process and take the time."""
    begun = time.perf_counter()
    result = work()
    return Run(time.perf_counter() - begun, peak(), result)


def peak() -> int:
    """Highest memory of this process alone; what getrusage says on Linux includes the process that started it."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def keep_memory() -> None:
    """Have processes yet to start keep what they free (glibc): fresh pages cost by the gigabyte what a virtual machine's host takes to give them."""
    os.environ.update({"MALLOC_MMAP_THRESHOLD_": str(2**33), "MALLOC_TRIM_THRESHOLD_": str(2**34)})


def on_one_core() -> None:
    """Stay on one core, where the system lets a process choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
