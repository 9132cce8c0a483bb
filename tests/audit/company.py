"""A small company of tickets and policies, to be audited and changed."""

from pathlib import Path

from tests.pilot.sheets import write

WORDS = {"billing": "invoice amount charged twice refund", "delivery": "parcel courier late tracking", "access": "password login locked account"}


def tickets(folder: Path, rows: int = 240, vague: int = 0, name: str = "tickets.csv") -> None:
    """Write tickets of three queues that their words tell, then some of a queue that nothing tells."""
    queues = list(WORDS)
    bodies = [f"ticket {row}: customer writes about {WORDS[queues[row % 3]]} number {row * 7 % 97}" for row in range(rows)]
    labels = [queues[row % 3] for row in range(rows)]
    bodies += [f"please help with the usual matter as discussed, case {row} of {row * 13 % 89}" for row in range(vague)]
    labels += ["other"] * vague
    write(folder / name, {"ticket": [f"T{row}" for row in range(len(bodies))], "body": bodies, "queue": labels})


def company(folder: Path, policies: int = 12) -> Path:
    """Write tickets and a few policies."""
    (folder / "policies").mkdir(parents=True)
    tickets(folder)
    topics = ("travel", "expenses", "security", "leave", "hiring", "safety", "training", "purchasing", "archive", "visitors", "cars", "energy")
    for topic in topics[:policies]:
        said = f"This policy on {topic} applies to all staff. Requests about {topic} go to the {topic} desk within ten days."
        text = f"# {topic.title()} policy\n\n{said}\n"
        (folder / "policies" / f"{topic} policy.md").write_text(text, encoding="utf-8")
    return folder
