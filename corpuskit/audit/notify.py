"""Telling people and programs how an audit went: a command, a webhook, an e-mail.

Secrets come from environment variables that a hook names; neither they nor the path of a webhook, which often is a secret too, are ever logged.
A notice that cannot be sent is a problem to be told, never the end of the run that it is about.
"""

from __future__ import annotations

import json
import logging
import os
import smtplib
import ssl
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from http.client import HTTPException
from typing import Annotated, Any, Literal
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pydantic import BaseModel, ConfigDict, Field, field_validator

from corpuskit.errors import UsageError

When = Literal["always", "alarm", "failure"]
LOCAL = ("localhost", "127.0.0.1", "::1")
TIMEOUT = 20.0
"""Seconds for one attempt; because a chat service answers within one, and a schedule must not hang on one that does not."""
ATTEMPTS = 4
"""With pauses of 1, 2 and 4 seconds: what is away for longer will not be back while the run waits."""
COMMAND_TIMEOUT = 60.0
_PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Answers after which the same request may succeed."""
_log = logging.getLogger(__name__)


class _Hook(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    when: tuple[When, ...] = Field(default=("alarm", "failure"), min_length=1, description="After which runs it is told.")


class CommandHook(_Hook):
    """Start a program; what is to be told stands in environment variables ``CORPUSKIT_...``."""

    kind: Literal["command"] = "command"
    command: tuple[str, ...] = Field(min_length=1)


class WebhookHook(_Hook):
    """Send JSON by POST.

    ``url`` may be ``env:NAME``, where the address itself is a secret; ``token_variable`` names the variable of a bearer token.
    """

    kind: Literal["webhook"] = "webhook"
    url: str
    token_variable: str = ""

    @field_validator("url")
    @classmethod
    def _safe(cls, url: str) -> str:
        if not url.startswith("env:"):
            check_address(url)
        return url


class EmailHook(_Hook):
    """Send an e-mail through a server that speaks STARTTLS (any may do without on this machine)."""

    kind: Literal["email"] = "email"
    to: tuple[str, ...] = Field(min_length=1)
    sender: str = Field(pattern=r"^[^@\s]+@[^@\s]+$")
    host: str = Field(min_length=1)
    port: int = Field(default=587, ge=1, le=65535)
    user: str = ""
    password_variable: str = ""


Hook = Annotated[CommandHook | WebhookHook | EmailHook, Field(discriminator="kind")]


@dataclass(frozen=True)
class Notice:
    """What is told.

    Attributes
    ----------
    subject, text : str
        For people.
    facts : mapping
        For programs: JSON values.
    alarm, failure : bool
        Something asks for a look; the audit could not be made.
    """

    subject: str
    text: str
    facts: Mapping[str, Any]
    alarm: bool = False
    failure: bool = False

    def concerns(self, hook: _Hook) -> bool:
        """Tell whether a hook wants to hear of it."""
        return "always" in hook.when or (self.alarm and "alarm" in hook.when) or (self.failure and "failure" in hook.when)


def notify(
    hooks: Sequence[CommandHook | WebhookHook | EmailHook],
    notice: Notice,
    environment: Mapping[str, str] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[str, ...]:
    """Send a notice to every hook that it concerns.

    Parameters
    ----------
    hooks : sequence of hooks
    notice : Notice
    environment : mapping, optional
        Where secrets are looked up; default: that of this process.
    pause : callable
        Waits between two attempts (seconds).

    Returns
    -------
    tuple of str
        What could not be sent, and why, without any secret in it.
    """
    variables = os.environ if environment is None else environment
    problems = []
    for hook in hooks:
        if not notice.concerns(hook):
            continue
        try:
            if isinstance(hook, CommandHook):
                _command(hook, notice, variables)
            elif isinstance(hook, WebhookHook):
                _webhook(hook, notice, variables, pause)
            else:
                _email(hook, notice, variables, pause)
        except (OSError, HTTPException, UsageError, subprocess.SubprocessError, ValueError) as error:
            problems.append(f"notification by {_shown(hook, variables)} failed: {_reason(error)}")
    return tuple(problems)


def check_address(url: str) -> None:
    """Refuse an address that is no HTTPS, except on this machine, and one with a password in it.

    Raises
    ------
    UsageError
        It is refused.
    """
    parts = _parts(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError("A webhook is an address that begins with https://, or env:NAME for the variable that holds it.")
    if parts.scheme == "http" and parts.hostname not in LOCAL:
        raise UsageError(f"The webhook at {parts.hostname} is not encrypted: use https://.")
    if parts.username or parts.password:
        raise UsageError("The address of a webhook must not hold a password: name the variable of a token (--webhook-token-env), or use env:NAME.")


def _parts(url: str) -> Any:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  # read here, because a wrong port is refused only when it is read
    except ValueError:
        raise UsageError("The address of a webhook cannot be understood.") from None
    return parts


def _command(hook: CommandHook, notice: Notice, variables: Mapping[str, str]) -> None:
    told = {f"CORPUSKIT_{name.upper()}": _plain(value) for name, value in notice.facts.items()}
    environment = {**variables, **told, "CORPUSKIT_SUBJECT": notice.subject, "CORPUSKIT_TEXT": notice.text}
    environment = {name: value.replace("\0", " ") for name, value in environment.items()}
    nothing = subprocess.DEVNULL
    done = subprocess.run(hook.command, env=environment, stdin=nothing, stdout=nothing, stderr=subprocess.PIPE, timeout=COMMAND_TIMEOUT, check=False)
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise UsageError(f"exit code {done.returncode}{': ' + last[0][:200] if last else ''}")


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class _NoRedirect(HTTPRedirectHandler):
    """Follow no redirection: it would carry the token to another place."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _webhook(hook: WebhookHook, notice: Notice, variables: Mapping[str, str], pause: Callable[[float], None]) -> None:
    url = _address(hook, variables)
    check_address(url)
    body = json.dumps({"subject": notice.subject, "text": f"{notice.subject}\n{notice.text}", **notice.facts}, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "corpuskit"}
    if hook.token_variable:
        headers["Authorization"] = f"Bearer {_secret(hook.token_variable, variables)}"
    opener = build_opener(_NoRedirect)

    def post() -> None:
        with opener.open(Request(url, data=body, headers=headers, method="POST"), timeout=TIMEOUT):
            pass

    _tried(post, pause)


def _email(hook: EmailHook, notice: Notice, variables: Mapping[str, str], pause: Callable[[float], None]) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(notice.subject.split())
    message["From"], message["To"] = hook.sender, ", ".join(hook.to)
    message["Date"], message["Message-ID"] = formatdate(localtime=True), make_msgid(domain=hook.sender.rpartition("@")[2])
    message.set_content(notice.text)
    password = _secret(hook.password_variable, variables) if hook.user else ""

    def send() -> None:
        with smtplib.SMTP(hook.host, hook.port, timeout=TIMEOUT) as server:
            server.ehlo()
            if hook.host not in LOCAL or server.has_extn("starttls"):
                server.starttls(context=ssl.create_default_context())
            if hook.user:
                server.login(hook.user, password)
            server.send_message(message)

    _tried(send, pause)


def _tried(send: Callable[[], None], pause: Callable[[float], None]) -> None:
    """Try again after what may pass, with growing pauses."""
    for attempt in range(ATTEMPTS):
        try:
            return send()
        except (OSError, HTTPException) as error:
            if attempt == ATTEMPTS - 1 or not _may_pass(error):
                raise
            _log.info("a notification is tried again: %s", _reason(error))
            pause(2.0**attempt)
    return None


def _may_pass(error: Exception) -> bool:
    if isinstance(error, HTTPError):
        return error.code in _PASSING
    if isinstance(error, URLError) and isinstance(error.reason, ssl.SSLCertVerificationError):
        return False
    if isinstance(error, smtplib.SMTPResponseException):
        return 400 <= error.smtp_code < 500
    return not isinstance(error, ssl.SSLCertVerificationError | smtplib.SMTPNotSupportedError | smtplib.SMTPRecipientsRefused)


def _secret(variable: str, variables: Mapping[str, str]) -> str:
    if not variables.get(variable):
        raise UsageError(f"the environment variable {variable} is not set where the schedule runs")
    return variables[variable].strip()


def _address(hook: WebhookHook, variables: Mapping[str, str]) -> str:
    return _secret(hook.url.removeprefix("env:"), variables) if hook.url.startswith("env:") else hook.url


def _shown(hook: CommandHook | WebhookHook | EmailHook, variables: Mapping[str, str]) -> str:
    """Name a hook without its secrets."""
    if isinstance(hook, CommandHook):
        return f"command {hook.command[0]}"
    if isinstance(hook, EmailHook):
        return f"e-mail through {hook.host}:{hook.port}"
    try:
        return f"webhook at {_parts(_address(hook, variables)).hostname}"
    except UsageError:
        return "webhook"


def _reason(error: Exception) -> str:
    """Say what went wrong, never what was sent: texts of servers and of libraries may repeat an address or a token."""
    if isinstance(error, HTTPError):
        return f"the server answered {error.code}"
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return _reason(error.reason)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server answered {error.smtp_code}"
    if isinstance(error, subprocess.TimeoutExpired):
        return f"it did not end within {COMMAND_TIMEOUT:g} seconds"
    if isinstance(error, UsageError):
        return str(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the mail server does not speak STARTTLS"
    return error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
