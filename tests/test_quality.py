"""Style and types are part of the test command."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "command",
    [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)],
    ids=("ruff check", "ruff format", "mypy --strict"),
)
def test_the_tree_is_clean(command):
    program = Path(sys.executable).parent / command[0]
    run = subprocess.run([str(program), *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]


def test_no_committed_file_names_a_package_index():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    constraints = (ROOT / ".ci" / "constraints.txt").read_text(encoding="utf-8")
    assert all("==" in line and "/" not in line for line in constraints.splitlines() if line.strip())
    assert "uv.lock" not in listed.stdout.split()
