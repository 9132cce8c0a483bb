"""A crash, a hang or a want of memory costs one file."""

import os
import signal
import sys
import threading
import time

import pytest

from corpuskit.errors import ReadError
from corpuskit.ingest.reader import MIB, Extraction, ReadOptions
from corpuskit.ingest.workers import Worker, jobs_for
from tests.ingest.legacy_office import doc

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs FIFOs and signals")


@pytest.fixture
def worker():
    made = Worker(ReadOptions(max_seconds=2, max_memory_bytes=300 * MIB))
    yield made
    made.close()


def outcome(parts):
    (part,) = parts
    return part.outcome


def good(path):
    path.write_text("The pump leaks.", encoding="utf-8")
    return path


def test_files_are_read_by_one_process_after_another(worker, tmp_path):
    assert isinstance(outcome(worker.read(good(tmp_path / "a.txt"))), Extraction)
    first = worker._process.pid
    assert isinstance(outcome(worker.read(good(tmp_path / "b.txt"))), Extraction)
    assert worker._process.pid == first != os.getpid()


@posix
def test_a_hang_is_stopped_and_the_next_file_is_read(worker, tmp_path):
    os.mkfifo(tmp_path / "hangs.txt")  # opening it waits for a writer that never comes
    told = outcome(worker.read(tmp_path / "hangs.txt"))
    assert isinstance(told, ReadError)
    assert told.code == "timeout"
    assert "read.max_seconds" in told.reason
    assert isinstance(outcome(worker.read(good(tmp_path / "a.txt"))), Extraction)


@posix
def test_a_worker_killed_from_outside_tries_once_more(tmp_path):
    worker = Worker(ReadOptions(max_seconds=60))
    os.mkfifo(tmp_path / "slow.txt")
    killed = []

    def kill():
        while not killed:
            time.sleep(0.05)
            if worker._process is not None and worker._process.poll() is None:
                time.sleep(0.3)
                killed.append(worker._process.pid)
                os.kill(killed[0], signal.SIGKILL)
        while worker._process is None or worker._process.pid == killed[0]:
            time.sleep(0.05)  # the first reader must be gone, or it would be the one that is written to
        (tmp_path / "slow.txt").write_text("at last", encoding="utf-8")

    thread = threading.Thread(target=kill)
    thread.start()
    found = outcome(worker.read(tmp_path / "slow.txt"))
    thread.join()
    assert isinstance(found, Extraction), found
    assert found.sections[0].text == "at last"
    assert worker._process.pid != killed[0]
    worker.close()


@posix
def test_a_crash_is_told_with_its_signal(worker, tmp_path):
    worker.read(good(tmp_path / "a.txt"))
    os.mkfifo(tmp_path / "hangs.txt")
    timer = threading.Timer(0.3, lambda: os.kill(worker._process.pid, signal.SIGABRT))
    timer.start()
    told = outcome(worker.read(tmp_path / "hangs.txt"))
    assert (told.code, f"signal {int(signal.SIGABRT)}" in told.reason) == ("crashed", True)
    assert isinstance(outcome(worker.read(tmp_path / "a.txt")), Extraction)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")
def test_want_of_memory_is_the_files_fault_and_no_one_elses(worker, tmp_path):
    (tmp_path / "large.txt").write_bytes(b"ab " * 50_000_000)
    told = outcome(worker.read(tmp_path / "large.txt"))
    assert isinstance(told, ReadError)
    assert told.code in ("too_large", "crashed")
    assert isinstance(outcome(worker.read(good(tmp_path / "a.txt"))), Extraction)


@posix
def test_closing_stops_a_reader_in_the_middle(tmp_path):
    worker = Worker(ReadOptions())
    os.mkfifo(tmp_path / "hangs.txt")
    threading.Timer(0.8, worker.close).start()
    assert outcome(worker.read(tmp_path / "hangs.txt")).code == "crashed"
    assert worker._process is None


def test_the_number_of_jobs_is_what_was_asked_or_follows_the_machine():
    assert jobs_for(ReadOptions(jobs=3)) == 3
    assert 1 <= jobs_for(ReadOptions()) <= 8


FAKE = """
import os, types
class ContentFilterConfig(types.SimpleNamespace): ...
class ExtractInput(types.SimpleNamespace): ...
class ExtractionConfig(types.SimpleNamespace): ...
async def extract(given, config):
    os.write(1, b"noise of a library"); os.write(2, b"thread '<unnamed>' panicked")
    return types.SimpleNamespace(results=[types.SimpleNamespace(content="text of the file")])
"""


def test_a_library_that_needs_an_event_loop_gets_one_and_its_noise_ends_in_the_worker(tmp_path, monkeypatch, capfd):
    (tmp_path / "xberg.py").write_text(FAKE, encoding="utf-8")
    (tmp_path / "a.doc").write_bytes(doc("x"))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    worker = Worker(ReadOptions())
    for _ in range(2):
        found = outcome(worker.read(tmp_path / "a.doc"))
        assert isinstance(found, Extraction), found
        assert found.sections[0].text == "text of the file"
    worker.close()
    assert capfd.readouterr() == ("", "")
