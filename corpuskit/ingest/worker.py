"""The process that reads files for the audit: whatever a file does to it, the audit goes on.

Started by :data:`COMMAND`. It takes requests as frames on standard input and answers with frames on standard output:
four bytes of length, then JSON. Data, not objects, go both ways, so that a reader that a hostile file has taken over can lie about the text
and do no more. It limits its own memory, ignores Ctrl-C (its master decides), and may neither open connections, nor start programs, nor write
files: a file that makes a library try is refused, not obeyed.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import struct
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import IO, Any

from corpuskit.errors import ReadError
from corpuskit.ingest.legacy import event_loop
from corpuskit.ingest.parts import Part, part_to_json, parts_of
from corpuskit.ingest.reader import ReadOptions

LENGTH = struct.Struct("<I")
COMMAND = (sys.executable, "-P", "-c", "from corpuskit.ingest.worker import main; main()")
READY = {"ready": True}
END = {"end": True}
_FORBIDDEN = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.kill", "os.remove", "os.rename")
_WRITES = frozenset("wax+")


def write_frame(stream: IO[bytes], content: Any) -> None:
    """Write one frame and flush it."""
    body = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> Any:
    """Read one frame.

    Raises
    ------
    EOFError
        The stream ends, before the frame or within it.
    """
    head = stream.read(LENGTH.size)
    body = stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else b""
    if not body or len(body) < LENGTH.unpack(head)[0]:
        raise EOFError
    return json.loads(body.decode("utf-8", "surrogatepass"))


def _parts(request: dict[str, Any], options: ReadOptions) -> Iterator[Part]:
    """Read the file of a request; parts that the audit has already got are passed over."""
    try:
        data = Path(request["path"]).read_bytes()
    except FileNotFoundError:
        error = ReadError("vanished", "The file was there when the folder was listed and is gone.")
    except OSError as problem:
        error = ReadError("broken", f"The file cannot be read from the disk: {problem}.")
    except MemoryError:
        error = ReadError("too_large", "Needs more memory than a reader may take (read.max_memory_bytes).")
    else:
        yield from islice(parts_of(request["name"], data, options), request["skip"], None)
        return
    yield Part("", "", "", 0, "", error)


def _forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what reading never needs (PEP 578 audit hook): a second lock behind limits and parsers that do not follow links."""
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"A reader tried {event}: refused.")
    if event == "open":
        path, mode, flags = arguments
        writes = bool(_WRITES & set(mode)) if isinstance(mode, str) else bool((flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC))
        if writes and path != os.devnull:
            raise PermissionError("A reader tried to write a file: refused.")


def _limit_memory(most: int) -> None:
    try:
        import resource
    except ImportError:  # no such limits on this system
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def main() -> None:
    """Answer requests until standard input ends. The first frame holds the options."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    # libraries that print must not print into the frames
    os.dup2(2, 1)
    with contextlib.suppress(EOFError, BrokenPipeError):
        options = ReadOptions.model_validate(read_frame(requests))
        _limit_memory(options.max_memory_bytes)
        event_loop()  # cannot be made behind the hook
        sys.addaudithook(_forbid)
        write_frame(answers, READY)
        while True:
            _answer(read_frame(requests), options, answers)


def _answer(request: dict[str, Any], options: ReadOptions, answers: IO[bytes]) -> None:
    for part in _parts(request, options):
        try:
            write_frame(answers, part_to_json(part))
        except MemoryError:
            told = ReadError("too_large", "Its text needs more memory than a reader may take (read.max_memory_bytes).")
            write_frame(answers, part_to_json(Part(part.inner, part.reader, part.sha256, part.bytes, part.modified, told)))
    write_frame(answers, END)
