"""The JSON Schema of corpuskit.toml, for editors that check TOML by one; ``python -m corpuskit.audit.settings_schema`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

from corpuskit.audit.config import FILE_NAME, Settings

FILE = Path(__file__).with_name("corpuskit.schema.json")


def schema_text() -> str:
    """Give the schema as JSON text."""
    schema = Settings.model_json_schema()
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": FILE_NAME}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
