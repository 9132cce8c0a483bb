"""What is missing decides the exit code of ``corpuskit doctor``, and each missing thing says how to get it."""

import json
from importlib import metadata

import pytest

from corpuskit.cli import checks as room
from corpuskit.cli.main import run
from corpuskit.errors import MissingDependency


@pytest.fixture
def checks(capsys):
    """Run the doctor here, and give its exit code and its checks by name."""

    def examined() -> tuple[int, dict[str, dict]]:
        code = run(["doctor", "--json"])
        body = json.loads(capsys.readouterr().out)
        assert body["exit_code"] == code
        return code, {check["name"]: check for check in body["checks"]}

    return examined


def test_a_missing_package_ends_with_two_and_the_command_that_installs_it(monkeypatch, checks):
    monkeypatch.setattr(room, "PACKAGES", ("numpy", "no-such-package-of-ours"))
    code, found = checks()
    assert code == 2
    assert found["numpy"]["found"] == metadata.version("numpy")
    assert (found["no-such-package-of-ours"]["ok"], found["no-such-package-of-ours"]["fix"]) == (False, "pip install no-such-package-of-ours")


def test_a_missing_dictionary_ends_with_two_and_its_own_reason(monkeypatch, checks):
    def missing(_: object) -> None:
        raise MissingDependency("The dictionary is not installed: pip install sudachidict-core")

    spec = type("Spec", (), {"load": staticmethod(missing)})
    monkeypatch.setattr("corpuskit.text.TOKENIZERS", {"sudachi": spec})
    code, found = checks()
    assert code == 2
    assert found["Japanese tokenizer"]["fix"] == "The dictionary is not installed: pip install sudachidict-core"


def test_what_an_audit_does_not_need_is_absent_without_failing(monkeypatch, capsys):
    monkeypatch.setattr(room.shutil, "which", lambda _: None)
    assert run(["doctor"]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "Chromium" in line)
    assert line.startswith("absent")
    assert "apt-get install chromium" in line


def test_every_package_that_it_checks_is_a_dependency():
    required = {line.split(">")[0].split("<")[0].strip() for line in metadata.requires("corpuskit") or () if "extra ==" not in line}
    assert set(room.PACKAGES) <= required
