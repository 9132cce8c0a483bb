"""A clock that jumps, and audits that only say how they went."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpuskit.audit.schedule.audit_process import Ended
from corpuskit.audit.schedule.begun import Begun
from corpuskit.audit.schedule.running import Runner
from corpuskit.audit.schedule.stored import Schedule, save_schedule


def report(code: int = 0, alarms: tuple[str, ...] = (), run_id: str = "run") -> bytes:
    told = {
        "exit_code": code,
        "run": {"id": run_id},
        "summary": {"sentence": {"text": "Start with conditions."}},
        "corpus": {"files_found": 12, "files_read": 11, "files_skipped": [{"path": "a.bin"}]},
        "findings": [{"level": "warning"}, {"level": "note"}, {"level": "note"}],
        "drift": {"alarms": [{"text": alarm} for alarm in alarms]} if alarms else None,
    }
    return json.dumps(told).encode()


DONE = Ended(0, report(), "wrote reports/a-2026-01-05.en.html\nwrote reports/a-2026-01-05.json\n")
FAILED = Ended(2, b"", "corpuskit: /data/missing: no such file or folder.\n")


@dataclass
class World:
    """Time, and the audits made at it."""

    now: datetime
    ended: Callable[[int], Ended] = lambda _: DONE
    takes: timedelta = timedelta(minutes=3)
    runs: list[tuple[str, datetime]] = field(default_factory=list)

    def perform(self, schedule: Schedule, _stopping: Callable[[], bool], _begun: Begun) -> Ended:
        self.runs.append((schedule.name, self.now))
        ended = self.ended(len(self.runs))
        self.now += self.takes
        return ended

    def runner(self, folder: Path, **more: object) -> Runner:
        return Runner(folder, lambda: self.now, self.perform, clock=lambda: self.now.timestamp(), pause=lambda _: None, **more)


def schedule(place: Path, name: str = "weekly", every: str = "0 6 * * 1", zone: str = "Europe/Berlin", **more: object) -> Schedule:
    """Keep a schedule that was made on 2026-01-01."""
    usual = {"paths": ("/data",), "folder": str(place), "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    made = Schedule(name=name, every=every, time_zone=zone, **{**usual, **more})
    save_schedule(made, place)
    return made
