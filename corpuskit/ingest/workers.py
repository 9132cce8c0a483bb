"""The audit's side of reading in worker processes: one worker per thread, a time limit on every document, a new worker after each death."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from corpuskit.errors import ReadError
from corpuskit.ingest.containers import container_for
from corpuskit.ingest.parts import Part, part_from_json
from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.worker import COMMAND, END, read_frame, write_frame

START_SECONDS = 120.0
"""Time for a new process to say its first word; because a cold disk or a busy machine may take a minute to load the libraries."""

MOST_JOBS = 8
"""Workers by default at most; because reading is bound by the disk beyond that, and each worker may take ``max_memory_bytes``."""


def jobs_for(options: ReadOptions) -> int:
    """Give the number of workers: as set, else one for each core this process may use, at most :data:`MOST_JOBS`."""
    if options.jobs:
        return options.jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_JOBS)


MOST_DEATHS = 3
"""Deaths within one container after which the rest of it is left; because each may cost ``max_seconds``."""


class Worker:
    """A process that reads files, started when it is first needed and again after it died. Used by one thread at a time."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None
        self._frames: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._closed = False

    def read(self, path: Path) -> list[Part]:
        """Read a file and everything inside it.

        A part that kills the worker or takes longer than ``max_seconds`` becomes a part with the reason; behind it reading goes on in a new
        worker, where the file is a container, until :data:`MOST_DEATHS`. A worker that was killed from outside (by a person, or by the system
        for want of memory) tries once more.
        """
        parts: list[Part] = []
        deaths = 0
        tried_again = False
        while True:
            try:
                for part in self._ask(path, len(parts)):
                    parts.append(part)
                return parts
            except _Died as death:
                if death.killed and not tried_again and not self._closed:
                    tried_again = True
                    continue
                deaths += 1
                inside = container_for(path.name) is not None
                parts.append(Part(f"(file {len(parts) + 1})" if inside else "", "", "", 0, "", death.error))
                if not inside or deaths == MOST_DEATHS or self._closed:
                    return parts

    def close(self) -> None:
        """End the process at once."""
        self._closed = True
        self._stop()

    def _ask(self, path: Path, skip: int) -> Iterator[Part]:
        process = self._process if self._process is not None and self._process.poll() is None else self._start()
        self._send(process, {"path": str(path), "name": path.name, "skip": skip})
        while (frame := self._next(process, self._options.max_seconds)) != END:
            yield part_from_json(frame)

    def _start(self) -> subprocess.Popen[bytes]:
        self._stop()
        search = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", ""))))
        self._process = process = subprocess.Popen(
            COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": search},
        )
        self._frames = queue.SimpleQueue()
        threading.Thread(target=_listen, args=(process.stdout, self._frames), daemon=True).start()
        self._send(process, self._options.model_dump(mode="json"))
        self._next(process, START_SECONDS)
        return process

    def _send(self, process: subprocess.Popen[bytes], content: Any) -> None:
        assert process.stdin is not None
        try:
            write_frame(process.stdin, content)
        except (OSError, ValueError):
            raise self._death(process) from None

    def _next(self, process: subprocess.Popen[bytes], seconds: float) -> Any:
        try:
            frame = self._frames.get(timeout=seconds)
        except queue.Empty:
            self._stop()
            raise _Died(ReadError("timeout", f"Reading took longer than {seconds:g} seconds (read.max_seconds) and was stopped.")) from None
        if frame is None:
            raise self._death(process)
        return frame

    def _death(self, process: subprocess.Popen[bytes]) -> _Died:
        """Say how the worker died; its exit code is negative the signal that ended it."""
        self._stop()
        code = process.wait()
        killed = code in (-signal.SIGKILL, -signal.SIGTERM) if os.name == "posix" else False
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        told = f"The process that read the file died ({how}): the file is damaged or made to do harm, or memory ran out. The audit went on."
        return _Died(ReadError("crashed", told), killed)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.poll() is None:
                process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                if stream is not None:
                    stream.close()


class _Died(Exception):
    """The worker is gone; ``killed``: from outside."""

    def __init__(self, error: ReadError, killed: bool = False) -> None:
        super().__init__(error.reason)
        self.error, self.killed = error, killed


def _listen(stream: IO[bytes], frames: queue.SimpleQueue[Any]) -> None:
    """Pass the frames of a process on, and None when it is gone."""
    try:
        while True:
            frames.put(read_frame(stream))
    except (EOFError, OSError, ValueError):
        frames.put(None)
