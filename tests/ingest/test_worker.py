"""The process that reads: its frames, and what it may not do."""

import io
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest.reader import ReadOptions
from corpuskit.ingest.worker import COMMAND, END, READY, read_frame, write_frame

LEAVES = st.none() | st.booleans() | st.integers() | st.text()
JSON = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)
FORBID = "import sys, socket, subprocess, json; from corpuskit.ingest.worker import _forbid; sys.addaudithook(_forbid)\n"


@given(st.lists(JSON, max_size=5))
def test_what_is_written_as_frames_is_read_back(contents):
    stream = io.BytesIO()
    for content in contents:
        write_frame(stream, content)
    stream.seek(0)
    assert [read_frame(stream) for _ in contents] == contents
    with pytest.raises(EOFError):
        read_frame(stream)


@given(st.integers(0, 20))
def test_a_frame_cut_off_is_the_end(kept):
    stream = io.BytesIO()
    write_frame(stream, {"text": "議事録"})
    cut = io.BytesIO(stream.getvalue()[: min(kept, len(stream.getvalue()) - 1)])
    with pytest.raises(EOFError):
        read_frame(cut)


def test_a_conversation(tmp_path):
    (tmp_path / "規程.txt").write_text("第1条 目的", encoding="cp932")
    requests = io.BytesIO()
    write_frame(requests, ReadOptions().model_dump(mode="json"))
    write_frame(requests, {"path": str(tmp_path / "規程.txt"), "name": "規程.txt", "skip": 0})
    write_frame(requests, {"path": str(tmp_path / "gone.txt"), "name": "gone.txt", "skip": 0})
    run = subprocess.run(COMMAND, input=requests.getvalue(), capture_output=True, check=False, timeout=60)
    assert (run.returncode, run.stderr) == (0, b"")
    answers = io.BytesIO(run.stdout)
    assert read_frame(answers) == READY
    part = read_frame(answers)
    assert (part["reader"], part["outcome"]["encoding"], part["outcome"]["sections"][0][0]) == ("txt", "cp932", "第1条 目的")
    assert read_frame(answers) == END
    assert read_frame(answers)["outcome"][0] == "vanished"
    assert read_frame(answers) == END


FORBIDDEN = {
    "connect": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "look up a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "start a program": "import subprocess; subprocess.run(['true'])",
    "start a shell": "import os; os.system('true')",
    "write a file": "open('planted.txt', 'w')",
    "append to a file": "open('planted.txt', 'ab')",
    "make a file below Python's own": "import os; os.open('planted.txt', os.O_CREAT | os.O_WRONLY)",
    "remove a file": "import os; os.remove('kept.txt')",
}


@pytest.mark.parametrize("attempt", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_a_reader_may_not(attempt, tmp_path):
    (tmp_path / "kept.txt").write_text("kept", encoding="utf-8")
    code = f"{FORBID}try:\n {attempt}\nexcept PermissionError as e: print(e)"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert "refused" in run.stdout, run.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_reader_may_read():
    code = f"{FORBID}print(len(open(json.__file__).read()) > 9)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(run.stdout.lower()) is True
