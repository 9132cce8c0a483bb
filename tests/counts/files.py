"""Small folders of files in both languages and several formats, for tests that count files."""

from pathlib import Path

from corpuskit.counts import Job, Shard, count_documents
from corpuskit.ingest import Document, FoundFile, find_files, read

TEXTS = {
    "a/pump.txt": "The pump leaks oil, again.\nThe pump stopped.",
    "a/order.md": "# Order\n\nOrder a new pump, please. It leaks.",
    "b/規程.txt": "この規程は旅費を定める。旅費は別表による。",
    "b/tickets.csv": "text,label\n" + "".join(f"The pump number {number} leaks,{'oil' if number % 2 else 'water'}\n" for number in range(30)),
    "b/page.html": "<html><body><h1>旅費</h1><p>旅費の申請は経理部へ。 Contact the office.</p></body></html>",
    "b/empty.txt": "",
    "c/broken.docx": "no zip at all",
}


def make_folder(folder: Path, copies: int = 1) -> list[FoundFile]:
    """Write the files, ``copies`` times under different names, and find them."""
    for number in range(copies):
        for name, text in TEXTS.items():
            path = folder / (f"{number:03}" if copies > 1 else "") / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return find_files([folder])


def one_shard(folder: Path) -> Shard:
    """Write the files and put them all into one shard."""
    return Shard(tuple(make_folder(folder)))


def counted_at_once(folder: Path, job: Job):
    """Count the documents of a folder in one go: what every other way has to equal."""
    kept = (item for item in read([folder], job.read) if isinstance(item, Document) and item.id not in job.left_out)
    return count_documents(kept, job.text, job.cues, job.count, job.boilerplate)
