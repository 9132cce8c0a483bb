"""A tool run as a process of its own, without a network, measured: exit code, seconds, memory, what it printed."""

from __future__ import annotations

import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

LONGEST = 120
PATIENCE = 1_800.0
APART = ("unshare", "--net", "--")

# A process begins with the memory of the one that it was made by, which would count as its peak: so a small one stands between.
LAUNCHER = """
import json, os, resource, sys
used, limit, command = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
_, status, spent = os.wait4(os.posix_spawn(command[0], command, os.environ), 0)
with open(used, "w") as file:
    json.dump([os.waitstatus_to_exitcode(status), spent.ru_utime + spent.ru_stime, spent.ru_maxrss], file)
"""


class Ran(NamedTuple):
    """What came of a run.

    Attributes
    ----------
    exit_code : int or None
        None for a run that was stopped because one of its processes had used the processor for :data:`LONGEST` seconds.
    seconds, processor : float
        Time on the clock, and of the processor in all its processes.
    megabytes : float
        Peak of the resident memory of its largest process.
    """

    exit_code: int | None
    seconds: float
    processor: float
    megabytes: float
    out: str
    err: str


@functools.cache
def without_network() -> tuple[str, ...]:
    """Give what is put before a command so that it has no network interface; empty where the system does not allow it."""
    try:
        return APART if subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0 else ()
    except FileNotFoundError:
        return ()


def run(command: Sequence[str], work: Path, longest: int = LONGEST) -> Ran:
    """Run a command, named by its whole path, in a folder, with an environment that names no proxy, no key and no home but that folder."""
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(work), "LANG": "C.UTF-8", "COLUMNS": "300", "OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
    out, err, used = work / "out.txt", work / "err.txt", work / "used.json"
    launched = [*without_network(), sys.executable, "-I", "-S", "-c", LAUNCHER, str(used), str(longest), *command]
    started = time.perf_counter()
    with out.open("wb") as to_out, err.open("wb") as to_err:
        process = subprocess.Popen(launched, cwd=work, env=bare, stdin=subprocess.DEVNULL, stdout=to_out, stderr=to_err, start_new_session=True)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # it waits for something that does not come; no other process is in its group
            process.wait()
    seconds = time.perf_counter() - started
    code, processor, kilobytes = json.loads(used.read_text(encoding="utf-8")) if used.exists() else (None, 0.0, 0.0)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in (out, err))
    return Ran(None if code in (-signal.SIGKILL, -signal.SIGXCPU) else code, seconds, processor, kilobytes / 1024, *texts)
