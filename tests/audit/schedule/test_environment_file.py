"""A file of secrets: read plainly, refused where others may read it, never repeated."""

import os

import pytest

from corpuskit.audit.schedule.environment_file import with_environment_file
from corpuskit.errors import UsageError


def kept(tmp_path, content: str, mode: int = 0o600):
    path = tmp_path / "secrets.env"
    path.write_text(content, encoding="utf-8")
    path.chmod(mode)
    return path


def test_variables_are_added_as_they_stand(tmp_path):
    path = kept(tmp_path, "\ufeff# for chat\n\nTOKEN=a=b $HOME #c\n export HOOK = 'https://x/ y' \nEMPTY=\nONE='\nOLD=new\n")
    assert with_environment_file(path, {"OLD": "old", "PATH": "/bin"}) == {
        "OLD": "new",
        "PATH": "/bin",
        "TOKEN": "a=b $HOME #c",
        "HOOK": "https://x/ y",
        "EMPTY": "",
        "ONE": "'",
    }
    assert with_environment_file(None, {"A": "b"}) == {"A": "b"}


@pytest.mark.skipif(os.name != "posix", reason="modes of POSIX")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_may_read_is_refused(tmp_path, mode):
    path = kept(tmp_path, "TOKEN=x\n", mode)
    with pytest.raises(UsageError, match=rf"chmod 600 {path}"):
        with_environment_file(path, {})


@pytest.mark.parametrize("line", ["just-a-secret", "1TOKEN=secret", "=secret", "TO KEN=secret"])
def test_a_line_that_is_none_is_named_by_its_number_only(tmp_path, line):
    with pytest.raises(UsageError, match="line 2: NAME=VALUE is expected") as refused:
        with_environment_file(kept(tmp_path, f"A=b\n{line}\n"), {})
    assert "secret." not in str(refused.value).replace("secrets.env", "")


def test_a_file_that_is_not_there_or_not_text_is_said(tmp_path):
    with pytest.raises(UsageError, match="No such file"):
        with_environment_file(tmp_path / "missing", {})
    path = kept(tmp_path, "")
    path.write_bytes(b"TOKEN=\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        with_environment_file(path, {})
