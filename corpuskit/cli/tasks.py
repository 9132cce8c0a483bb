"""``corpuskit tasks``: the catalogue of business tasks, the questions to their owners, and the rules that are cited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpuskit.cli.console import ConfigFile, Json, put, table

if TYPE_CHECKING:
    from corpuskit.tasks import Rulebook

app = typer.Typer(help="The catalogue of business tasks that corpuskit looks for.", no_args_is_help=True, rich_markup_mode=None)

Identifier = Annotated[str, typer.Argument(help="Id of a task, as `tasks list` shows it.", show_default=False)]
OneTask = Annotated[str | None, typer.Argument(help="Id of a task; default: every question.", show_default=False)]
Japanese = Annotated[bool, typer.Option("--ja", help="In Japanese.")]


@app.command("list")
def list_command(config: ConfigFile = None, as_json: Json = False) -> int:
    """List the tasks: id, kind, tier floor, names; with those of your own (tasks.files, tasks.own).

    Example: corpuskit tasks list
    """
    tasks = _rulebook(config).tasks
    if as_json:
        put(json.dumps({"tasks": [task.model_dump(mode="json") for task in tasks.values()], "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    rows = [(task.id, task.kind, task.tier_floor, task.name.en, task.name.ja) for task in tasks.values()]
    put(table(("id", "kind", "tier", "name", "名称"), rows))
    return 0


@app.command("show")
def show_command(identifier: Identifier, config: ConfigFile = None, as_json: Json = False) -> int:
    """Show one task: what shows it in a folder, what decides its fit, what it may not do.

    Example: corpuskit tasks show minutes_summary
    """
    task = _rulebook(config).tasks[identifier]
    body = task.model_dump(mode="json")
    if as_json:
        put(json.dumps({"task": body, "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    put("\n".join(_lines(body, "")))
    return 0


@app.command("questions")
def questions_command(identifier: OneTask = None, in_japanese: Japanese = False, config: ConfigFile = None, as_json: Json = False) -> int:
    """Show what only the owner of a task can answer, what each answer changes, and where it is written.

    Example: corpuskit tasks questions faq_answer
    """
    from corpuskit.tasks import OWNER_QUESTIONS, questions_for

    rulebook = _rulebook(config)
    questions = OWNER_QUESTIONS if identifier is None else questions_for(rulebook.tasks[identifier])
    if as_json:
        put(json.dumps({"questions": [one.model_dump(mode="json") for one in questions], "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    lines = [f'[tasks.answers."{identifier or "<id>"}"]', ""]
    for question in questions:
        lines += [
            f"{question.key}: {question.ask.ja if in_japanese else question.ask.en}",
            f"  {question.why.ja if in_japanese else question.why.en}",
        ]
        for option in question.options:
            changes = "" if option.changes is None else f" - {option.changes.ja if in_japanese else option.changes.en}"
            lines.append(f"  {option.value}: {option.label.ja if in_japanese else option.label.en}{changes}")
        lines += [f"  ({question.until.ja if in_japanese else question.until.en})"]
        lines += [f"  {ref} ({rulebook.reference(ref).checked_on})" for ref in question.refs]
    put("\n".join(lines))
    return 0


@app.command("rules")
def rules_command(config: ConfigFile = None, as_json: Json = False) -> int:
    """List every rule that a report can cite: from when it applies, its standing, and when it was last checked.

    Example: corpuskit tasks rules
    """
    frameworks = _rulebook(config).frameworks
    if as_json:
        put(json.dumps({"frameworks": [one.model_dump(mode="json") for one in frameworks.values()], "exit_code": 0}, ensure_ascii=False, indent=1))
        return 0
    rows = [
        (f"{one.id}:{rule.id}", rule.titled("en"), rule.applies_from or "-", rule.status, rule.checked_on or one.checked_on)
        for one in frameworks.values()
        for rule in one.rules
    ]
    put(table(("id", "rule", "applies from", "standing", "checked on"), rows))
    return 0


def _rulebook(config: Path | None) -> Rulebook:
    """Load the tasks, controls and rules with those of the configuration file."""
    from corpuskit.audit import load_settings

    return load_settings(config, Path(), {}).tasks.rulebook


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
