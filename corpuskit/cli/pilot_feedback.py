"""``corpuskit pilot feedback``: from rejected outputs to candidates for new truth."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from corpuskit.cli.console import Encoding, Json, put
from corpuskit.errors import UsageError

UseLog = Annotated[
    Path,
    typer.Argument(help="What happened in use: a log of `pilot log append`, or a table with the columns ts, route, decision ...", show_default=False),
]
Gate = Annotated[
    Path | None, typer.Option("--gate", help="Truth that the pilot is judged on: none of its cases becomes a candidate.", show_default=False)
]
Out = Annotated[Path, typer.Option("--out", help="Write the candidates here, one JSON object a line. Never overwritten.", show_default=False)]
OfTask = Annotated[str, typer.Option("--task", help="The task, where the file holds several.")]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


def feedback_command(
    log: UseLog,
    out: Out,
    gate: Gate = None,
    task: OfTask = "",
    encoding: Encoding = None,
    in_japanese: Japanese = False,
    as_json: Json = False,
) -> int:
    """Collect what people rejected or corrected in use, for a person to label; the cases that the gate is judged on stay apart.

    Example: corpuskit pilot feedback use.jsonl --gate labels.csv --out candidates.jsonl
    """
    from corpuskit.audit import write_atomically
    from corpuskit.pilot import feedback, read_sheet, read_use
    from corpuskit.report import phrasebook

    if out.exists():
        raise UsageError(f"{out} exists already. Candidates are never overwritten; choose another file.")
    found = feedback(read_use(log, task, encoding or ""), read_sheet(gate, encoding or "") if gate is not None else None)
    write_atomically(out, "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in found.candidates).encode())
    if as_json:
        body = {"candidates": len(found.candidates), "of_gate": list(found.of_gate), "reasons": found.reasons, "exit_code": 0}
        put(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    book = phrasebook("ja" if in_japanese else "en")
    lines = [book.label("feedback_candidates", n=len(found.candidates), file=str(out))]
    lines += [book.label("feedback_reason", reason=reason, n=n) for reason, n in found.reasons.items()]
    if found.of_gate:
        lines.append(book.label("feedback_of_gate", n=len(found.of_gate)))
    if gate is None:
        lines.append(book.label("feedback_no_gate"))
    put("\n".join([*lines, book.label("feedback_next")]))
    return 0
