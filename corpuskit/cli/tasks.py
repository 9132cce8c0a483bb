"""``corpuskit tasks``: the catalogue of business tasks."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from corpuskit.cli.console import Json, put, table

app = typer.Typer(help="The catalogue of business tasks that corpuskit looks for.", no_args_is_help=True, rich_markup_mode=None)

Identifier = Annotated[str, typer.Argument(help="Id of a task, as `tasks list` shows it.", show_default=False)]


@app.command("list")
def list_command(as_json: Json = False) -> int:
    """List the tasks: id, kind, tier floor, names.

    Example: corpuskit tasks list
    """
    from corpuskit.tasks import TASKS

    if as_json:
        put(json.dumps({"tasks": [task.model_dump(mode="json") for task in TASKS.values()], "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    rows = [(task.id, task.kind, task.tier_floor, task.name.en, task.name.ja) for task in TASKS.values()]
    put(table(("id", "kind", "tier", "name", "名称"), rows))
    return 0


@app.command("show")
def show_command(identifier: Identifier, as_json: Json = False) -> int:
    """Show one task: what shows it in a folder, what decides its fit, what it may not do.

    Example: corpuskit tasks show minutes_summary
    """
    from corpuskit.tasks import TASKS

    task = TASKS[identifier]
    body = task.model_dump(mode="json")
    if as_json:
        put(json.dumps({"task": body, "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines(body, "")))
    return 0


def _lines(value: object, indent: str) -> list[str]:
    """Lay out nested data as an indented list."""
    if isinstance(value, dict):
        lines: list[str] = []
        for key, inner in value.items():
            if isinstance(inner, dict) and inner:
                lines += [f"{indent}{key}:", *_lines(inner, indent + "  ")]
            elif isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
                lines.append(f"{indent}{key}:")
                for item in inner:
                    lines += [f"{indent}  -", *_lines(item, indent + "    ")]
            else:
                text = ", ".join(str(item) for item in inner) if isinstance(inner, list) else str(inner)
                lines.append(f"{indent}{key}: {text or '-'}")
        return lines
    return [f"{indent}{value}"]
