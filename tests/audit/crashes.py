"""Kill audits and look at what they leave: ``python -m tests.audit.crashes [--kills 200] [--aimed 40]``.

Writing is short, so few random moments meet it; the aimed ones come while it is on. After every kill the history must be readable without a half
record and every report complete; after every tenth, and after the last, the next audit must run to its end. The figures go to
``reports/validation/crashes.md``.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from corpuskit.audit import load_record, past_audits
from tests.audit.company import company, tickets

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "reports" / "validation" / "crashes.md"
WHOLE_RUN_AFTER = 10
"""Kills after which one audit is left alone: it has to cope with what they left."""
WRITING = 0.25
"""Seconds from the first file of a small report to a little after its record has its name."""
MOMENTS = {
    "before": "before the first file of the report",
    "writing": "while files were written",
    "named": "after the record had its name",
}


@dataclass
class Killed:
    """What kills found and left.

    ``moments``: when random kills came; ``aimed``: when aimed ones did. ``left``: unfinished folders and temporary files that lay there at the end;
    the dead cannot clean up.
    """

    moments: Counter[str] = field(default_factory=Counter)
    aimed: Counter[str] = field(default_factory=Counter)
    whole_runs: int = 0
    records: int = 0
    left: int = 0
    seconds: float = 0.0

    @property
    def kills(self) -> int:
        return self.moments.total() + self.aimed.total()


def start(folder: Path, reports: Path) -> subprocess.Popen[bytes]:
    places = ["--out", str(reports), "--cache", str(reports / "cache")]
    words = [sys.executable, "-m", "corpuskit", "audit", str(folder), "--label-column", "queue", "--format", "html,json", "-q", "-j", "1", *places]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def check(reports: Path) -> int:
    """Read everything that is there; give the number of records."""
    history = past_audits(reports / "history")
    assert [past.problem for past in history if past.problem] == []
    for past in history:
        report = load_record(past.path)
        for name in past.files:
            assert (reports / name).exists(), f"{past.run_id} names {name}, which is not there"
        assert report.summary.sentence.text
    for page in reports.glob("*.html"):
        assert page.read_text(encoding="utf-8").rstrip().endswith("</html>"), f"{page} is cut"
    for body in reports.glob("*.json"):
        json.loads(body.read_text(encoding="utf-8"))
    return len(history)


def unfinished(reports: Path) -> set[Path]:
    """Give what an audit writes before it gives names."""
    places = (".*.unfinished", "history/.writing-*", "history/bodies/.writing-*", "history/counts/.*")
    return {path for place in places for path in reports.glob(place)}


def let_run(folder: Path, reports: Path, records: int) -> float:
    """Let one audit run to its end, which adds one record; give its seconds."""
    begun = time.monotonic()
    assert start(folder, reports).wait(timeout=300) == 0
    assert check(reports) == records + 1
    return time.monotonic() - begun


def wait_for_writing(running: subprocess.Popen[bytes], reports: Path, before: set[Path]) -> None:
    """Wait until an audit has begun to write its report, or has ended."""
    while running.poll() is None and not set(reports.glob(".*.unfinished")) - before:
        time.sleep(0.002)


def crash(place: Path, kills: int, aimed: int = 0, seed: int = 0) -> Killed:
    """Kill audits of a folder that changes, ``kills`` at random and ``aimed`` while they write; after every tenth and the last one is left alone."""
    generator, killed, begun = random.Random(seed), Killed(), time.monotonic()
    folder, reports = company(place / "company", policies=4), place / "reports"
    lasts, records = let_run(folder, reports, 0), 1
    for number in range(1, kills + aimed + 1):
        tickets(folder, rows=240 + 3 * number)
        before = unfinished(reports)
        running = start(folder, reports)
        if number > kills:
            wait_for_writing(running, reports, before)
            time.sleep(generator.random() * WRITING)
        else:
            time.sleep(lasts * (1 - generator.random() ** 2 * 0.7))  # most of them late, where files are written
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        now = check(reports)
        found = killed.aimed if number > kills else killed.moments
        found["named" if now > records else "writing" if unfinished(reports) - before else "before"] += 1
        records = now
        if number % WHOLE_RUN_AFTER == 0 or number == kills + aimed:
            lasts, records = let_run(folder, reports, records), records + 1
            killed.whole_runs += 1
    killed.records, killed.left, killed.seconds = records, len(unfinished(reports)), time.monotonic() - begun
    return killed


def page(killed: Killed) -> str:
    """Write the figures as a page; it is written only where every check held."""
    rows = "\n".join(f"| {MOMENTS[moment]} | {killed.moments[moment]} | {killed.aimed[moment]} |" for moment in MOMENTS)
    return f"""# Crashes: what does an audit leave that is killed?

`python -m tests.audit.crashes --kills {killed.moments.total()} --aimed {killed.aimed.total()}`: a small company (one table of tickets, four
policies) is audited again and again, each time with three more tickets, and the audit is killed (`kill -9` of all its processes): at a random
moment, mostly a late one, or aimed at the quarter of a second in which its files get their names. After each kill every record is read with its
checksum, every file that a record names must be there, and no page and no JSON file may be cut. After every {WHOLE_RUN_AFTER}th kill one audit is
left alone.

| the kill came | at random | aimed |
|---|---|---|
{rows}

- Half records, records that cannot be read, cut pages: 0 of {killed.kills} kills.
- Audits left alone that ran to their end and added exactly one record: {killed.whole_runs} of {killed.whole_runs}.
- Records at the end: {killed.records}: of the first audit, of those left alone, and of those killed after their record had its name.
- Unfinished files that lay beside them at the end: {killed.left}. They are hidden, no report and no record, and nothing reads them.

Took {killed.seconds / 60:.0f} minutes. One crash is not made by kills: a power cut, after which a disk may have lost what the system had
called written. Files are flushed (`fsync`) before they get their names because of it; that was not measured.
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--aimed", type=int, default=40)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        told = page(crash(Path(place), given.kills, given.aimed))
    REPORT.write_text(told, encoding="utf-8")
    sys.stdout.write(told)


if __name__ == "__main__":
    main()
