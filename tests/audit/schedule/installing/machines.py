"""Machines that keep what they are asked for, and jobs to give them."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from corpuskit.audit.schedule.installing.job import Job, Machine

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")
EXPRESSIONS = (
    "0 6 * * 1",
    "30 2 * * *",
    "0 6 1 * *",
    "15,45 8-18 * * mon-fri",
    "0 0 13 * 5",
    "0 6 L * *",
    "5 4 * 3,9 *",
    "0 6 * * 5#2",
    "*/10 * * * *",
)
COMMAND = ("/opt/my tools/python3", "-P", "-m", "corpuskit", "schedule", "run", "weekly", "--schedules", '/data/100% "sure" $HOME\\日本')


def job(every: str = "0 6 * * 1", zone: ZoneInfo = BERLIN, id: str = "weekly") -> Job:
    return Job(id, COMMAND, every, zone)


@dataclass
class Asked:
    """Answers every program with success and remembers it; ``answers`` by the first words of a call."""

    answers: dict[str, tuple[int, bytes, bytes]] = field(default_factory=dict)
    calls: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, command: Sequence[str], _given: bytes | None) -> subprocess.CompletedProcess[bytes]:
        self.calls.append(tuple(command))
        code, out, error = next((answer for start, answer in self.answers.items() if " ".join(command).startswith(start)), (0, b"", b""))
        return subprocess.CompletedProcess(list(command), code, out, error)

    def machine(self, home: Path, platform: str = "linux", zone: ZoneInfo = BERLIN) -> Machine:
        return Machine(self.run, home, zone, NOW, platform, {})
