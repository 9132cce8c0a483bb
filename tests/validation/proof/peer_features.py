"""What each tool can do, feature by feature: ``yes``, ``no`` or what of it, and whether that was run or read in its source or documentation.

Versions are those of ``VERSIONS``; with another one the cells have to be looked at again.
"""

from __future__ import annotations

from tests.validation.proof.results import Cell, Table

VERSIONS = {
    "ragpreflight": "0.2.2",
    "corpuslint": "0.5.0",
    "docingestqa": "0.2.0",
    "textdescriptives": "2.8.4",
    "contextdoctor": "0.1.0",
    "doculens": "0.1.0",
    "corpus-quality": "1.0.0",
    "chaffer": "0.1.0",
}
TOOLS = ("corpuskit", *VERSIONS)
TO_READ = "takes text"

# One line a feature, one cell a tool in the order of TOOLS; "+" yes, "-" no, otherwise in words; then whether it was run (r) or read (d).
FEATURES: tuple[tuple[str, str, str], ...] = (
    ("reads PDF, Word, Excel, PowerPoint", f"+|+|-|{TO_READ}|{TO_READ}|PDF only|PDF, Word|-|{TO_READ}", "rrrdrrrrr"),
    ("reads mail", f"+|-|-|{TO_READ}|{TO_READ}|-|-|-|{TO_READ}", "rrrdrrrrr"),
    ("reads Shift_JIS rightly", f"+|+|-|{TO_READ}|{TO_READ}|-|-|-|{TO_READ}", "rrddrrrrr"),
    ("cuts Japanese into words", "+|-|-|-|+|-|-|-|-", "rdddrdddd"),
    (
        "names a file that it cannot read, with the reason",
        f"+|damaged: yes, password: taken for a scan|-|-|{TO_READ}|PDF only|damaged only|-|{TO_READ}",
        "rrrrdrrrd",
    ),
    ("copies across files", "+|+|equal pieces only|+|-|+|inside a file only|+|+", "rrdrdrrdr"),
    ("names every file of a finding", "first few|+|+|up to 50 a check|-|+|+|+|the second of two", "rrrddrrrr"),
    ("versions that contradict each other", "+|with a model to be downloaded|with a language model|-|-|-|-|-|-", "rddddrrdr"),
    ("e-mail, telephone, card numbers", "+|not in Word, text and pages|-|-|-|+|with a model to be downloaded|-|+", "rrrrdrdrr"),
    ("Japanese individual numbers", "+|-|-|-|-|-|-|-|-", "rrrrdrrrr"),
    ("labels that overlap or say nothing", "+|-|-|-|-|-|-|-|-", "rrrrdrrrr"),
    ("words with several meanings", "from about 100 uses of a word on|-|-|-|-|-|-|-|-", "rdddddddd"),
    ("ranks tasks, says where to start", "+|-|-|-|-|-|-|-|-", "rdddddddd"),
    ("interval beside a figure", "+|-|-|-|-|-|-|-|-", "rrrrrrrrr"),
    ("report in Japanese", "+|-|-|-|-|-|-|-|-", "rdddddddd"),
    ("output for machines", "+|+|+|+|in Python|+|+|counts; findings in Python|in Python", "rrrrrrrrr"),
    ("exit code that can fail a build", "+|+|with --fail-under|+|-|with --fail-on|-|-|in Python", "rrdrdddrr"),
    ("compares two runs", "+|-|-|-|-|+|-|-|-", "rdddddddd"),
    ("needs no network", "+|+|+|+|+|+|readability fails|+|+", "rrrrrrrrr"),
)
NOT_RUN: tuple[tuple[str, str], ...] = (
    ("corpus-canary", "needs a model of sentences that it downloads at run time; there is no network here"),
    ("raghealth", "compares a store of vectors with its sources; there is no store here"),
    ("compass-kb-validation", "checks a store of vectors that is running; there is none here"),
    ("corpulse", "watches which documents a running search returns; there is none here"),
    ("lightudq", "asks a language model about each document"),
    ("IngestGate, kbguard", "not in the registry"),
    ("ragpreflight --contradictions", "needs a model of sentences that it downloads at run time"),
    ("corpuslint --llm, --embedder local", "ask a language model, or need a model of sentences that is downloaded at run time"),
    ("doculens[pii], doculens[grammar]", "need a model that is downloaded at run time"),
)


def features() -> Table:
    """Make the table of features: one row a feature, one column a tool."""
    rows: list[tuple[Cell, ...]] = []
    for feature, cells, bases in FEATURES:
        told = ({"+": "yes", "-": "no"}.get(cell, cell) for cell in cells.split("|"))
        rows.append((feature, *(f"{cell} ({'run' if basis == 'r' else 'read'})" for cell, basis in zip(told, bases, strict=True))))
    return Table("peers_features", "What each tool can do, run or read", ("feature", *TOOLS), tuple(rows))


def left_out() -> Table:
    """List tools and options that were looked at and not run, with the reason."""
    return Table("peers_left_out", "Looked at and not run", ("tool", "reason"), NOT_RUN)
