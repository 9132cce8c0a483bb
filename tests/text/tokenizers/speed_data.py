"""Where the large texts for measurements lie, if they are there."""

import gzip
import json
from pathlib import Path

SPEED = Path(__file__).parents[4] / "shared" / "data" / "speed"


def speed_texts(language: str) -> list[str]:
    """Texts of all documents in one language; nothing where the data are not at hand."""
    path = SPEED / f"{language}.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]
