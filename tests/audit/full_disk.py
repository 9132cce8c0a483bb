"""Audits on a disk that gets full at different moments: ``python -m tests.audit.full_disk DISK``, inside a mount namespace of one's own.

``DISK`` becomes a temporary file system. A first audit gets room enough, and a second shows how much one needs. Then room is left for a share of
that, again and again; each time the folder is another one. Prints what became of each, as JSON.
"""

import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from corpuskit.cli.main import run
from tests.audit.company import company, tickets
from tests.audit.crashes import check, unfinished

SHARES = (0.0, 0.15, 0.4, 0.7, 0.95)
"""Of the room that an audit needs."""
ROOMY = 64 * 2**20


def mount(disk: Path, size: int, *more: str) -> None:
    subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join((*more, f"size={size}")), "tmpfs", str(disk)], check=True)


def used(disk: Path) -> int:
    known = os.statvfs(disk)
    return (known.f_blocks - known.f_bfree) * known.f_frsize


def audit(folder: Path, reports: Path) -> tuple[int, str]:
    told = io.StringIO()
    options = ("--label-column", "queue", "--format", "html,json", "-q", "-j", "1", "--out", str(reports), "--cache", str(reports / "cache"))
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(io.StringIO()):
        code = run(["audit", str(folder), *options])
    return code, told.getvalue()


def main() -> None:
    disk = Path(sys.argv[1])
    mount(disk, ROOMY)
    with tempfile.TemporaryDirectory() as place:  # documents lie elsewhere
        folder, reports = company(Path(place) / "company", policies=2), disk / "reports"
        needed = 0
        for rows in (60, 63):
            tickets(folder, rows=rows)
            before = used(disk)
            code, told = audit(folder, reports)
            assert code == 0, told
            needed = used(disk) - before
        records, outcomes = check(reports), []
        for number, share in enumerate(SHARES, start=1):
            tickets(folder, rows=63 + 3 * number)
            mount(disk, used(disk) + int(share * needed), "remount")
            code, told = audit(folder, reports)
            mount(disk, ROOMY, "remount")
            now = check(reports)
            outcomes.append({"share": share, "code": code, "told": told, "added": now - records, "left": [str(path) for path in unfinished(reports)]})
            records = now
        tickets(folder, rows=99)
        code, told = audit(folder, reports)
        sys.stdout.write(json.dumps({"needed": needed, "outcomes": outcomes, "after": code, "told": told, "added": check(reports) - records}))


if __name__ == "__main__":
    main()
