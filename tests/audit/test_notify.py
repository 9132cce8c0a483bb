"""Notices reach real servers, come again after what passes, and carry no secret into what is logged."""

import contextlib
import json
import logging
import shutil
import ssl
import subprocess
import sys
import threading
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from pydantic import TypeAdapter, ValidationError

from corpuskit.audit import notify as module
from corpuskit.audit.notify import CommandHook, EmailHook, Hook, Notice, WebhookHook, check_address, notify
from corpuskit.errors import UsageError

ALARM = Notice("weekly: 規程が変わりました", "二行目\nsecond line", {"schedule": "weekly", "exit_code": 1, "alarms": ["規程"]}, alarm=True)
FAILURE = Notice("weekly: failed", "no such folder", {"schedule": "weekly", "exit_code": 2}, failure=True)
QUIET = Notice("weekly: nothing", "nothing", {"schedule": "weekly", "exit_code": 0})
SECRET = "s3cr3t-t0ken"


@contextlib.contextmanager
def web(*answers: int, location: str = "", tls: ssl.SSLContext | None = None):
    """Serve HTTP on this machine: the answers one after the other, then 200; give the address and what came."""
    came: list[tuple[str, dict[str, str], bytes]] = []
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            came.append((self.path, dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(left.pop(0) if left else 200)
            if location:
                self.send_header("Location", location)
            self.end_headers()

        def do_GET(self):
            came.append((self.path, dict(self.headers), b""))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if tls else ''}://127.0.0.1:{server.server_address[1]}/hooks/{SECRET}", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Mailbox:
    """Keeps what a mail server gets."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, list[str], bytes]] = []
        self.logins: list[tuple[bytes, bytes]] = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # the name that aiosmtpd calls
        self.mails.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def let_in(self, *call):
        data = call[-1]
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == SECRET.encode(), handled=False)


class Office(Controller):
    """Takes a free port; which one is known only when it listens."""

    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextlib.contextmanager
def post_office(tls: ssl.SSLContext | None = None):
    mailbox = Mailbox()
    login = {"authenticator": mailbox.let_in, "auth_required": True} if tls else {}
    controller = Office(mailbox, hostname="127.0.0.1", port=0, tls_context=tls, require_starttls=tls is not None, **login)
    controller.start()
    try:
        yield controller.port, mailbox
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of 127.0.0.1 that only who is told so trusts."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    return folder


def pauses() -> tuple[list[float], object]:
    waited: list[float] = []
    return waited, waited.append


@pytest.mark.parametrize(
    ("when", "told"),
    [(("always",), [ALARM, FAILURE, QUIET]), (("alarm",), [ALARM]), (("failure",), [FAILURE]), (("alarm", "failure"), [ALARM, FAILURE])],
)
def test_each_hook_hears_what_concerns_it(when, told):
    hook = CommandHook(command=("true",), when=when)
    assert [notice for notice in (ALARM, FAILURE, QUIET) if notice.concerns(hook)] == told


def test_a_command_finds_the_result_in_its_environment(tmp_path):
    script = "import os, json; json.dump({k: v for k, v in os.environ.items() if k.startswith('CORPUSKIT_')}, open('told.json', 'w'))"
    hook = CommandHook(command=(sys.executable, "-c", f"import os; os.chdir({str(tmp_path)!r}); {script}"))
    assert notify([hook], ALARM) == ()
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert (told["CORPUSKIT_SCHEDULE"], told["CORPUSKIT_EXIT_CODE"], json.loads(told["CORPUSKIT_ALARMS"])) == ("weekly", "1", ["規程"])
    assert told["CORPUSKIT_TEXT"] == ALARM.text


def test_a_command_that_fails_hangs_or_is_missing_is_told(monkeypatch):
    hooks = [
        CommandHook(command=(sys.executable, "-c", "import sys; sys.exit('disk is full')")),
        CommandHook(command=(sys.executable, "-c", "import time; time.sleep(60)")),
        CommandHook(command=("/no/such/program",)),
    ]
    failed = notify(hooks[:1], ALARM)
    monkeypatch.setattr(module, "COMMAND_TIMEOUT", 0.3)
    failed += notify(hooks[1:], ALARM)
    assert [one.partition("failed: ")[2] for one in failed] == [
        "exit code 1: disk is full",
        "it did not end within 0.3 seconds",
        "No such file or directory",
    ]


def test_a_webhook_gets_json_and_its_token():
    with web() as (url, came):
        assert notify([WebhookHook(url=url, token_variable="TOKEN")], ALARM, {"TOKEN": SECRET}) == ()
    ((path, headers, body),) = came
    told = json.loads(body)
    assert path == f"/hooks/{SECRET}"
    assert headers["Authorization"] == f"Bearer {SECRET}"
    assert (told["schedule"], told["alarms"], told["text"]) == ("weekly", ["規程"], f"{ALARM.subject}\n{ALARM.text}")


def test_an_address_that_is_a_secret_comes_from_the_environment():
    with web() as (url, came):
        assert notify([WebhookHook(url="env:HOOK")], ALARM, {"HOOK": url}) == ()
    assert len(came) == 1
    assert notify([WebhookHook(url="env:HOOK")], ALARM, {"HOOK": "http://chat.example/x"}) == (
        "notification by webhook at chat.example failed: The webhook at chat.example is not encrypted: use https://.",
    )


@pytest.mark.parametrize(
    ("answers", "waited", "problem"),
    [
        ((503, 429), [1.0, 2.0], None),
        ((500, 502, 503, 504), [1.0, 2.0, 4.0], "the server answered 504"),
        ((404,), [], "the server answered 404"),
        ((401,), [], "the server answered 401"),
    ],
)
def test_what_may_pass_is_tried_again_with_growing_pauses(answers, waited, problem):
    slept, pause = pauses()
    with web(*answers) as (url, came):
        told = notify([WebhookHook(url=url)], ALARM, {}, pause)
    assert slept == waited
    assert len(came) == len(waited) + 1
    assert told == (() if problem is None else (f"notification by webhook at 127.0.0.1 failed: {problem}",))


def test_a_redirection_does_not_carry_the_token_away():
    with web() as (elsewhere, taken), web(302, location=elsewhere) as (url, came):
        told = notify([WebhookHook(url=url, token_variable="TOKEN")], ALARM, {"TOKEN": SECRET})
    assert (len(came), taken) == (1, [])
    assert told == ("notification by webhook at 127.0.0.1 failed: the server answered 302",)


def test_nobody_there_is_told():
    slept, pause = pauses()
    with web() as (url, _):
        pass
    assert notify([WebhookHook(url=url)], ALARM, {}, pause) == ("notification by webhook at 127.0.0.1 failed: Connection refused",)
    assert slept == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("variables", [{}, {"TOKEN": ""}, {"TOKEN": f"{SECRET}\r\nX-Evil: 1"}, {"TOKEN": f"{SECRET}秘"}])
def test_no_secret_reaches_a_log_or_a_message(variables, caplog):
    caplog.set_level(logging.DEBUG)
    with web(503) as (url, _):
        told = notify([WebhookHook(url=url, token_variable="TOKEN")], ALARM, variables, lambda _: None)
        told += notify([WebhookHook(url=url, token_variable="GOOD")], ALARM, {"GOOD": SECRET}, lambda _: None)
    assert len(told) == 1
    assert SECRET not in caplog.text + " ".join(told)


def test_a_webhook_that_nobody_vouches_for_is_refused_and_one_that_is_trusted_gets_its_notice(certificate, monkeypatch):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    slept, pause = pauses()
    with web(tls=tls) as (url, came):
        assert url.startswith("https://")
        (told,) = notify([WebhookHook(url=url)], ALARM, {}, pause)
        assert (came, slept, "127.0.0.1" in told) == ([], [], True)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
        assert notify([WebhookHook(url=url)], ALARM, {}, pause) == ()
    assert len(came) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://chat.example/hook",
        "ftp://chat.example/hook",
        "chat.example/hook",
        "https://",
        "https://user:password@chat.example/",
        "file:///etc/passwd",
        "https://[::1",
        "https://chat.example:port/",
        "",
    ],
)
def test_an_address_that_is_not_safe_is_refused(url):
    with pytest.raises(UsageError, match=r"webhook") as refused:
        check_address(url)
    assert "password@" not in str(refused.value)
    with pytest.raises(UsageError):
        WebhookHook(url=url)


def test_an_email_goes_out_encrypted_with_its_login(certificate, monkeypatch):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    with post_office(tls) as (port, mailbox):
        common = {"to": ("a@example.com", "b@example.com"), "sender": "corpuskit@example.com", "host": "127.0.0.1", "port": port, "user": "u"}
        assert notify([EmailHook(**common, password_variable="P")], ALARM, {"P": SECRET}) == ()
        wrong = notify([EmailHook(**common, password_variable="P")], ALARM, {"P": "wrong"})
        missing = notify([EmailHook(**common, password_variable="Q")], ALARM, {})
    ((sender, to, content),) = mailbox.mails
    assert (sender, to) == ("corpuskit@example.com", ["a@example.com", "b@example.com"])
    mail = message_from_bytes(content, policy=policy.default)
    assert mail["Subject"] == ALARM.subject
    assert mail.get_content().split() == ALARM.text.split()
    assert wrong == (f"notification by e-mail through 127.0.0.1:{port} failed: the mail server answered 535",)
    assert missing[0].endswith("the environment variable Q is not set where the schedule runs")


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate, monkeypatch):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    slept, pause = pauses()
    with post_office(tls) as (port, mailbox):
        hook = EmailHook(to=("a@example.com",), sender="c@example.com", host="127.0.0.1", port=port, user="u", password_variable="P")
        (told,) = notify([hook], ALARM, {"P": SECRET}, pause)
    assert (mailbox.mails, mailbox.logins, slept) == ([], [], [])
    assert "127.0.0.1" in told


def test_a_mail_server_of_this_machine_may_do_without_encryption_and_another_may_not(monkeypatch):
    with post_office() as (port, mailbox):
        hook = EmailHook(to=("a@example.com",), sender="c@example.com", host="127.0.0.1", port=port)
        header = Notice("two\nlines\r\nBcc: x@example.com", "text", {}, alarm=True)
        assert notify([hook], header) == ()
        monkeypatch.setattr(module, "LOCAL", ())
        assert notify([hook], ALARM) == (f"notification by e-mail through 127.0.0.1:{port} failed: the mail server does not speak STARTTLS",)
    ((_, to, content),) = mailbox.mails
    assert to == ["a@example.com"]
    assert b"Subject: two lines Bcc: x@example.com" in content


def test_hooks_are_read_back_as_they_were_written():
    adapter = TypeAdapter(tuple[Hook, ...])
    hooks = (CommandHook(command=("a", "b c")), WebhookHook(url="env:X"), EmailHook(to=("a@b",), sender="c@d", host="h"))
    assert adapter.validate_json(adapter.dump_json(hooks)) == hooks
    with pytest.raises(ValidationError):
        adapter.validate_python([{"kind": "command", "command": []}])
