"""Kill audits at random moments and look at what they leave: ``python -m tests.audit.crashes [--kills 200]``.

After every kill the history must be readable without a half record, every report complete, and the next audit must run to its end.
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
from pathlib import Path

from corpuskit.audit import load_record, past_audits
from tests.audit.company import company, tickets

ROOT = Path(__file__).parents[2]


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


def crash(place: Path, kills: int, seed: int = 0) -> int:
    """Kill ``kills`` audits of a folder that changes, then let one run to its end; give the audits that were whole before their kill."""
    generator = random.Random(seed)
    folder, reports = company(place / "company", policies=4), place / "reports"
    begun = time.monotonic()
    assert start(folder, reports).wait(timeout=300) == 0
    lasts = time.monotonic() - begun
    for number in range(kills):
        tickets(folder, rows=240 + 3 * number)
        running = start(folder, reports)
        # most of them late, where files are written
        time.sleep(lasts * (1 - generator.random() ** 2 * 0.7))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        check(reports)
    before = check(reports)
    assert start(folder, reports).wait(timeout=300) == 0
    assert check(reports) == before + 1
    return before - 1


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        whole = crash(Path(place), given.kills)
    sys.stdout.write(f"{given.kills} audits killed, {whole} of them after they were whole; history and reports readable after each\n")


if __name__ == "__main__":
    main()
