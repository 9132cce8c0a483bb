import pytest


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "note.txt").write_text("One short note about the meeting of the board.", encoding="utf-8")
    return tmp_path


def test_a_configuration_is_written_once_and_used_by_the_next_audit(call, folder):
    found = call("init", "documents", cwd=folder)
    assert (found.returncode, found.stdout.startswith("wrote corpuskit.toml: 0 tasks found")) == (0, True)
    assert 'language = "en"' in (folder / "corpuskit.toml").read_text(encoding="utf-8")
    assert call("audit", "documents", "--no-cache", cwd=folder).returncode == 0
    again = call("init", "documents", cwd=folder)
    assert (again.returncode, "is not overwritten" in again.stderr) == (2, True)


def test_wrong_calls_write_nothing(call, folder):
    assert "Valid: en, ja, auto" in call("init", "documents", "--lang", "fr", cwd=folder).stderr
    assert call("init", "nowhere", cwd=folder).returncode == 2
    assert not (folder / "corpuskit.toml").exists()
