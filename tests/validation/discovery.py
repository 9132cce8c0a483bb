"""Are the tasks that discovery finds on real folders the ones that a reader expected?

``python -m tests.validation.discovery FOLDER ...``.

The expected tasks stand in ``reports/validation/discovery.md``, written before the first run: the table of "Expected, written before the run" for the
folders of ``company_docs``, and the paragraph on ``sample_data`` for what was planted there. A task counts once for a folder, however many labelled
tables feed it. Printed are the tasks found with their proof, and precision and recall with exact intervals, in the form of that page.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from corpuskit.audit.intake import files_found
from corpuskit.counts import CorpusStats, CountOptions, Job, Place, count_corpus
from corpuskit.estimators import clopper_pearson
from corpuskit.ingest import ReadOptions
from corpuskit.tasks import TASKS, TaskOptions, cues
from corpuskit.tasks.discovery import Discovery, discover
from corpuskit.text import TextOptions

PAGE = Path(__file__).parents[2] / "reports" / "validation" / "discovery.md"
PLANTED = "sample_data"
LONGEST_QUOTE = 90


def main() -> None:
    expected = expected_tasks(PAGE.read_text(encoding="utf-8"))
    summary = ["| folder | found | of them expected | precision | expected | of them found | recall |", "|---|---|---|---|---|---|---|"]
    details: list[str] = []
    sums = [0, 0, 0]
    for folder in map(Path, sys.argv[1:]):
        result = discover(stats_of(folder), TaskOptions())
        found, due = {one.task.id for one in result.found}, expected[folder.name]
        counts = [len(found & due), len(found), len(due)]
        summary.append(row(folder.name, *counts))
        if folder.name != PLANTED:
            sums = [one + other for one, other in zip(sums, counts, strict=True)]
        details += ["", f"### {folder.name}", "", *proof(result, due), "", missing(result, due)]
    summary.append(row("all but sample_data", *sums))
    sys.stdout.write("\n".join([*summary, *details]) + "\n")


def expected_tasks(page: str) -> dict[str, set[str]]:
    """Read the expected tasks of each folder from the page."""
    written = page.partition("## Expected, written before the run")[2].partition("\n## ")[0]
    tasks: dict[str, set[str]] = {}
    for folder, task in re.findall(r"^\| (\w+) \| (\w+) \| .+\|$", written, re.MULTILINE):
        if folder != "folder":
            tasks.setdefault(folder, set()).add(TASKS[task].id)
    planted = written.partition(f"\n{PLANTED}, as its README says")[2]
    return tasks | {PLANTED: {word for word in re.findall(r"[a-z_]+", planted) if word in TASKS}}


def stats_of(folder: Path) -> CorpusStats:
    """Count a folder as an audit with the defaults does."""
    job = Job(ReadOptions(), TextOptions(), CountOptions(), cues())
    return count_corpus(files_found([folder]), job, Place(jobs=1), "local").partial.stats


def row(name: str, right: int, found: int, due: int) -> str:
    """Write precision and recall of a folder."""
    return f"| {name} | {found} | {right} | {share(right, found)} | {due} | {right} | {share(right, due)} |"


def share(part: int, whole: int) -> str:
    """Write a share with its exact interval."""
    if whole == 0:
        return "not defined: none"
    low, high = clopper_pearson(float(part), float(whole))
    return f"{part / whole:.2f} [{low:.2f}, {high:.2f}]"


def proof(result: Discovery, due: set[str]) -> list[str]:
    """List each task found with its documents and the quote of the best one."""
    lines = ["| found | expected | documents or rows | best document | quote |", "|---|---|---|---|---|"]
    for one in result.found:
        best = one.evidence[0]
        quote = best.quote.replace("|", "/")[:LONGEST_QUOTE]
        document = best.document.replace("|", "/")
        lines.append(f"| {one.id} | {'yes' if one.task.id in due else 'no'} | {one.documents} | {document} | {quote} |")
    return lines


def missing(result: Discovery, due: set[str]) -> str:
    """Say which expected tasks were not found, and what was nearly found."""
    lost = sorted(due - {one.task.id for one in result.found})
    near = [str(finding.parameters["tasks"]) for finding in result.findings if finding.code == "tasks_in_too_few_documents"]
    return f"Expected and not found: {', '.join(lost) or 'none'}. In too few documents: {', '.join(near) or 'none'}."


if __name__ == "__main__":
    main()
