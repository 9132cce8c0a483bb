"""Write all files into a folder: ``python -m tests.sample_data OUTFOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.sample_data.build import write_all

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tests.sample_data OUTFOLDER")
    count, size = write_all(Path(sys.argv[1]))
    sys.stdout.write(f"{count} files, {size:,} bytes\n")
