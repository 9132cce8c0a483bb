"""``corpuskit schedule add``: what is audited when, who calls it, and who is told."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpuskit.cli.console import put, say
from corpuskit.errors import UsageError

if TYPE_CHECKING:
    from corpuskit.audit import Schedule

Name = Annotated[str, typer.Argument(help="Name of the schedule: small letters, digits, - and _.", show_default=False)]
Folder = Annotated[
    Path | None, typer.Option("--schedules", help="Folder of the schedules (default: in the user's configuration).", show_default=False)
]
LogFile = Annotated[Path | None, typer.Option("--log-json", help="File that gets a JSON line for each event.", show_default=False)]
MetricsFile = Annotated[
    Path | None, typer.Option("--metrics", help="OpenMetrics text file for the textfile collector of a node exporter.", show_default=False)
]
PathsAndOptions = Annotated[
    list[str] | None,
    typer.Argument(
        help="Files or folders (default: what corpuskit.toml here names); after --, options of corpuskit audit.",
        show_default=False,
        metavar="[PATH]... [-- OPTION...]",
    ),
]
Department = Annotated[
    list[str] | None,
    typer.Option("--department", help="Audit this department of the configuration file only (repeatable; default: all).", show_default=False),
]
Every = Annotated[str, typer.Option("--every", help="daily, weekly (Mondays), monthly (the 1st), or five cron fields such as '0 6 * * 1'.")]
At = Annotated[str | None, typer.Option("--at", help="Time of day, HH:MM (default: 06:00).", show_default=False)]
TimeZone = Annotated[str | None, typer.Option("--tz", help="Time zone such as Asia/Tokyo (default: that of this machine).", show_default=False)]
With = Annotated[
    str | None,
    typer.Option("--with", help="systemd, cron, launchd, windows; print: show what they would get (default: what there is).", show_default=False),
]
Command = Annotated[list[str] | None, typer.Option("--notify-command", help="Program to start after a run (repeatable).", show_default=False)]
Webhook = Annotated[
    list[str] | None, typer.Option("--notify-webhook", help="https address that gets JSON, or env:NAME of one (repeatable).", show_default=False)
]
TokenVariable = Annotated[
    str, typer.Option("--webhook-token-env", help="Environment variable that holds the bearer token of the webhooks.", show_default=False)
]
Email = Annotated[list[str] | None, typer.Option("--notify-email", help="Address that gets an e-mail (repeatable).", show_default=False)]
Smtp = Annotated[str, typer.Option("--smtp", help="Mail server, HOST or HOST:PORT (587); it has to speak STARTTLS.", show_default=False)]
SmtpFrom = Annotated[str, typer.Option("--smtp-from", help="Sender of the e-mails.", show_default=False)]
SmtpUser = Annotated[str, typer.Option("--smtp-user", help="User name at the mail server.", show_default=False)]
PasswordVariable = Annotated[
    str, typer.Option("--smtp-password-env", help="Environment variable that holds the password at the mail server.", show_default=False)
]
NotifyWhen = Annotated[
    list[str] | None, typer.Option("--notify-when", help="always, alarm, failure (repeatable; default: alarm and failure).", show_default=False)
]
NotifyLanguage = Annotated[
    str | None, typer.Option("--notify-lang", help="Language of what is told, en or ja (default: as --report-lang, else en).", show_default=False)
]
EnvironmentFile = Annotated[
    Path | None,
    typer.Option("--env-file", help="File with NAME=VALUE lines, readable by you alone, for the variables above.", show_default=False),
]


def add_command(
    name: Name,
    paths: PathsAndOptions = None,
    department: Department = None,
    every: Every = "weekly",
    at: At = None,
    tz: TimeZone = None,
    with_scheduler: With = None,
    schedules: Folder = None,
    notify_command: Command = None,
    notify_webhook: Webhook = None,
    webhook_token_env: TokenVariable = "",
    notify_email: Email = None,
    smtp: Smtp = "",
    smtp_from: SmtpFrom = "",
    smtp_user: SmtpUser = "",
    smtp_password_env: PasswordVariable = "",
    env_file: EnvironmentFile = None,
    notify_when: NotifyWhen = None,
    notify_lang: NotifyLanguage = None,
    log_json: LogFile = None,
    metrics: MetricsFile = None,
) -> int:
    """Keep a schedule, and let the machine's own scheduler call it. Adding it again changes it.

    Example: corpuskit schedule add weekly ./documents --at 06:00 --tz Asia/Tokyo
    """
    from corpuskit.audit import Schedule, add_schedule, check_options, cron_expression, installer_named, installer_of, this_machine, time_zone

    documents, options = _divided(paths or [])
    options += [word for one in department or () for word in ("--department", one)]
    when = list(notify_when or ("alarm", "failure"))
    email = _email(notify_email, smtp, smtp_from, smtp_user, smtp_password_env)
    webhooks = [{"kind": "webhook", "url": url, "token_variable": webhook_token_env} for url in notify_webhook or ()]
    hooks = [{"kind": "command", "command": _words(line)} for line in notify_command or ()] + webhooks + email
    schedule = _built(
        Schedule,
        name=name,
        paths=[path if "://" in path else str(Path(path).absolute()) for path in documents],
        options=options,
        every=cron_expression(every, at),
        time_zone=time_zone(tz).key,
        folder=str(Path.cwd()),
        created_at=datetime.now(UTC),
        hooks=[{**hook, "when": when} for hook in hooks],
        language=notify_lang or ("ja" if "--report-lang ja" in " ".join(options) else "en"),
        environment_file=_absolute(env_file),
        log=_absolute(log_json),
        metrics=_absolute(metrics),
    )
    machine = this_machine()
    printed = with_scheduler == "print"
    installer = None if printed else installer_named(with_scheduler) if with_scheduler is not None else installer_of(machine)
    check_options(schedule.paths, options, Path.cwd())
    folder = folder_of(schedules)
    for line in add_schedule(schedule, folder, installer, machine):
        say(line)
    if printed:
        put(_printed(schedule, folder))
    put(f"next audit: {_next(schedule)}")
    return 0


def _divided(words: list[str]) -> tuple[list[str], list[str]]:
    """Divide paths from options: these begin with the first word that looks like one. Whether no path will do, the audit itself is asked.

    Raises
    ------
    UsageError
        A path does not exist.
    """
    first = next((place for place, word in enumerate(words) if word.startswith("-")), len(words))
    paths, options = words[:first], words[first:]
    if missing := [path for path in paths if "://" not in path and not Path(path).exists()]:
        raise UsageError(f"{missing[0]}: no such file or folder.")
    return paths, options


def _words(line: str) -> list[str]:
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"--notify-command {line}: {error}.") from error
    if not words:
        raise UsageError("--notify-command is empty: a program is expected, with its arguments.")
    return words


def _email(to: list[str] | None, smtp: str, sender: str, user: str, password_variable: str) -> list[dict[str, Any]]:
    if not to:
        return []
    host, _, port = smtp.partition(":")
    if not host or not sender or (port and not port.isdecimal()):
        raise UsageError("--notify-email needs --smtp HOST or HOST:PORT, and --smtp-from ADDRESS.")
    if bool(user) != bool(password_variable):
        raise UsageError("--smtp-user and --smtp-password-env belong together.")
    told = {"kind": "email", "to": to, "sender": sender, "host": host, "user": user, "password_variable": password_variable}
    return [told | ({"port": int(port)} if port else {})]


def _built(kind: type[Schedule], **fields: Any) -> Schedule:
    """Build a schedule; what does not fit is said in one line instead of pydantic's many."""
    from pydantic import ValidationError

    from corpuskit.audit import check_schedule_name

    check_schedule_name(fields["name"])
    try:
        return kind(**fields)
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}.") from error


def _printed(schedule: Schedule, folder: Path) -> str:
    from corpuskit.audit import printed_jobs, this_machine

    return "\n\n".join(f"# {name}\n{text.strip()}" for name, text in printed_jobs(schedule, folder, this_machine()).items())


def _absolute(path: Path | None) -> str:
    return "" if path is None else str(path.absolute())


def _next(schedule: Schedule) -> str:
    from corpuskit.audit import State, what_is_due

    return shown(what_is_due(schedule, State(), datetime.now(UTC)).following, schedule)


def folder_of(chosen: Path | None) -> Path:
    """Give the folder of the schedules: the chosen one, or that of the user's configuration."""
    from corpuskit.audit import default_folder

    return (chosen or default_folder()).absolute()


def shown(moment: datetime, schedule: Schedule) -> str:
    """Write a moment in the time zone of its schedule, and name the zone."""
    return f"{moment.astimezone(schedule.zone):%Y-%m-%d %H:%M} {schedule.time_zone}"
