"""The JSON Schema of report.json, generated from the contract: ``python -m corpuskit.report.schema`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

from corpuskit.report.contract import AuditReport

FILE = Path(__file__).with_name("report.schema.json")


def schema_text() -> str:
    """Give the schema of the serialised report as JSON text."""
    schema = AuditReport.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
