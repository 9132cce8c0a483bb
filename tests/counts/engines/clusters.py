"""What the tests of engines on several machines have in common: a folder worth dividing, and its counts by the local engine."""

import shutil
from pathlib import Path

from corpuskit.counts import ENGINES, Job, Partial, Place, divide, equal
from corpuskit.counts.shards import name_each
from corpuskit.ingest import find_files
from tests.counts.files import make_folder

SAMPLES = Path(__file__).parents[3] / "sample_data"


def nothing(done, file):
    pass


def refuse_to_work(done, file):
    raise AssertionError(f"worked on {file}")


class Corpus:
    """English and Japanese documents in many formats, one of them broken, in shards that have names."""

    def __init__(self, folder):
        make_folder(folder / "made", copies=12)
        for name in ("orders", "invoices"):
            shutil.copytree(SAMPLES / "accounting" / name, folder / "company" / name)
        self.job = Job()
        self.folder = folder
        self.files = find_files([folder])
        self.shards = name_each(divide(self.files, least_bytes=0), self.job)
        self.expected = ENGINES["local"].run(self.shards, self.job, Place(jobs=1), nothing)

    def is_counted_by(self, found: Partial) -> bool:
        return equal(found.stats, self.expected.stats) and found.intake.equals(self.expected.intake)
