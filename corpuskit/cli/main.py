"""The list of commands, and what every command shares: errors, exit codes, UTF-8 streams."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from typing import Any

import typer

from corpuskit import __version__
from corpuskit.cli import audit, automation, describe, doctor, explain, history, init, kwic, pilot, read, schedule, tasks, terms
from corpuskit.cli.console import write_to_nowhere
from corpuskit.cli.processor import sort_well
from corpuskit.errors import CorpuskitError, refused

PURPOSE = (
    "Which text work can a language model take over, how sure is that, and what must be in place first? Answered from your own documents, offline."
)
INTERRUPTED = 130
COULD_NOT_RUN = 2

app = typer.Typer(
    name="corpuskit",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: corpuskit audit ./documents",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"corpuskit {__version__}")
        raise typer.Exit


@app.callback(help=PURPOSE)
def corpuskit(
    version: bool = typer.Option(False, "--version", help="Show the version and exit.", callback=_show_version, is_eager=True),
) -> None:
    """Hold the options that come before the command."""


app.command("audit")(audit.audit_command)
app.command("init")(init.init_command)
app.command("describe")(describe.describe_command)
app.command("explain")(explain.explain_command)
app.command("read")(read.read_command)
app.command("kwic")(kwic.kwic_command)
app.command("terms")(terms.terms_command)
app.add_typer(tasks.app, name="tasks")
app.add_typer(pilot.app, name="pilot")
app.command("compare")(history.compare_command)
app.add_typer(history.app, name="history")
app.add_typer(schedule.app, name="schedule")
app.command("automation")(automation.automation_command)
app.command("doctor")(doctor.doctor_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    _speak_utf8()
    sort_well()
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit code."""
    try:
        code = app(args=arguments, standalone_mode=False, prog_name="corpuskit")
        sys.stdout.flush()
    except CorpuskitError as error:
        _complain(str(error))
        return error.exit_code
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except SystemExit as stop:
        # typer answers a broken pipe with 1, which is our code for findings
        if not isinstance(stop.__context__, BrokenPipeError):
            raise
        write_to_nowhere()
        return 0
    except BrokenPipeError:
        write_to_nowhere()
        return 0
    except OSError as error:
        _complain(refused(error))
        return COULD_NOT_RUN
    except Exception as error:
        # usage errors of typer are of its vendored click or of click itself, depending on its version: known by their method
        if not hasattr(error, "format_message"):
            raise
        _complain(_usage(error))
        return COULD_NOT_RUN
    if code == INTERRUPTED:  # some versions of typer give the code instead of raising
        _complain("Interrupted. Nothing half-written was left behind; run the same command again to go on.")
    return code if isinstance(code, int) else 0


def _usage(error: Any) -> str:
    """Say what is wrong with the call, and which options there are."""
    lines = [error.format_message()]
    context = getattr(error, "ctx", None)
    if context is not None:
        if hasattr(error, "option_name"):
            options = sorted(option for parameter in context.command.params for option in parameter.opts if option.startswith("--"))
            lines.append("Valid options: " + ", ".join([*options, "--help"]) + ".")
        elif hasattr(context.command, "commands") and "No such command" in lines[0]:
            lines.append("Valid commands: " + ", ".join(sorted(context.command.commands)) + ".")
        lines.append(f"Try: {context.command_path} --help")
    return "\n".join(lines)


def _complain(text: str) -> None:
    sys.stderr.write(f"corpuskit: {text}\n")


def _speak_utf8() -> None:
    """Write UTF-8 whatever the console's code page, so that a redirect on a Japanese Windows cannot crash."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # replaced streams may lack it
