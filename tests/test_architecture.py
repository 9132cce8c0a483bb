"""The laws of the house: imports point down and through doors, matter thins as it rises, rooms are named for what they hold."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "corpuskit"
FLOORS = ("ingest", "text", "counts", "estimators", "tasks", "pilot", "report", "audit", "cli")
ABOVE_ARRAYS = ("pilot", "report", "audit", "cli")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc", "tools", "stuff"}
FORBIDDEN_ABOVE = {"polars", "numpy", "scipy", "sklearn", "spacy"}
MOST_LINES = 500

FILES = sorted(PACKAGE.rglob("*.py"))

TESTS = Path(__file__).parent
WITHOUT_MODULE = {
    "test_architecture.py",
    "test_public_api.py",
    "test_quality.py",
    "test_readme.py",
    "test_registries.py",
    "test_sample_data.py",
    "estimators/test_metamorphic.py",
    "ingest/test_fuzz.py",
    "audit/test_crashes.py",
    "audit/test_full_disk.py",
    "report/test_browser.py",
    "report/test_browser_accessibility.py",
    "report/test_browser_script.py",
    "report/test_printed_rules.py",
    "report/test_words_of_measures.py",
    "report/test_words_of_methods.py",
    "tasks/test_sample_company.py",
}
"""Tests of the whole: of the tree itself, of what a user sees, of all readers under fire, of the page in a browser, of its words and rules."""
OTHER_ROOMS = {"benchmarks", "golden", "known_answers", "sample_data", "validation"}
"""Folders of tests and of their data that are no mirror of a room."""


def floor_of(path: Path) -> str | None:
    first = path.relative_to(PACKAGE).parts[0]
    return first if first in FLOORS else None


def imports(path: Path) -> list[tuple[str, int]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            found.append((node.module or "", node.lineno))
    return found


def breaches(path: Path, floor: str) -> list[str]:
    """Say where a file of a floor breaks law 1 or 2."""
    told = []
    for module, line in imports(path):
        parts = module.split(".")
        if parts[0] == "corpuskit" and len(parts) > 1 and parts[1] in FLOORS and parts[1] != floor:
            if FLOORS.index(parts[1]) > FLOORS.index(floor):
                told.append(f"{path.name}:{line} imports upward: {module}")
            if len(parts) > 2:
                told.append(f"{path.name}:{line} goes past the door: {module}")
        if floor in ABOVE_ARRAYS and parts[0] in FORBIDDEN_ABOVE:
            told.append(f"{path.name}:{line} handles arrays above floor 5: {module}")
    return told


def as_ruff_sorts(name: str) -> tuple[int, str]:
    """Order an ``__all__``: constants, classes, functions (rule RUF022)."""
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)


def test_every_floor_exists_with_a_door_that_explains_itself():
    for floor in FLOORS:
        door = PACKAGE / floor / "__init__.py"
        tree = ast.parse(door.read_text(encoding="utf-8"))
        docstring = ast.get_docstring(tree) or ""
        assert "FLOOR" in docstring, f"{floor}: the door does not say what enters and leaves"
        listed = [node for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"]
        assert listed, f"{floor}: no __all__"
        names = [ast.literal_eval(element) for element in listed[0].value.elts]  # type: ignore[attr-defined]
        assert names == sorted(names, key=as_ruff_sorts), f"{floor}: __all__ is not sorted"


@pytest.mark.parametrize("path", [path for path in FILES if floor_of(path)], ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_and_through_doors(path):
    assert breaches(path, floor_of(path) or "") == []


def test_a_planted_breach_is_found(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("import numpy\nfrom corpuskit.cli.console import put\nfrom corpuskit.counts.stats import CorpusStats\n", encoding="utf-8")
    told = breaches(planted, "report")
    assert told == [
        "planted.py:1 handles arrays above floor 5: numpy",
        "planted.py:2 imports upward: corpuskit.cli.console",
        "planted.py:2 goes past the door: corpuskit.cli.console",
        "planted.py:3 goes past the door: corpuskit.counts.stats",
    ]


def test_the_layer_contract_holds():
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=PACKAGE.parent,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout + run.stderr


def test_files_are_short_and_named_for_what_they_hold():
    long = {str(path.relative_to(PACKAGE)): lines for path in FILES if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES}
    assert long == {}
    misnamed = [str(path) for path in PACKAGE.rglob("*") if path.stem.strip("_") in FORBIDDEN_NAMES]
    assert misnamed == []


def unmirrored(modules: set[str], tests: set[str]) -> tuple[list[str], list[str]]:
    """Name the modules without a test file and the test files without a module. Paths are relative to the package and to the tests."""
    wanted = {module: str(Path(module).with_name(f"test_{Path(module).name}")) for module in modules}
    return sorted(module for module, test in wanted.items() if test not in tests), sorted(tests - set(wanted.values()) - WITHOUT_MODULE)


def test_the_tests_mirror_the_package():
    modules = {path.relative_to(PACKAGE).as_posix() for path in FILES if path.name not in ("__init__.py", "__main__.py")}
    paths = {path.relative_to(TESTS) for path in TESTS.rglob("test_*.py")}
    untested, strays = unmirrored(modules, {path.as_posix() for path in paths if path.parts[0] not in OTHER_ROOMS})
    assert untested == [], "modules without a test file of their own"
    assert strays == [], "test files without a module"


def test_a_missing_mirror_is_found():
    tests = {"counts/test_joint.py", "counts/test_gone.py", "test_errors.py", "test_readme.py", "test_joint.py"}
    assert unmirrored({"counts/joint.py", "counts/views.py", "errors.py"}, tests) == (["counts/views.py"], ["counts/test_gone.py", "test_joint.py"])


def test_the_top_level_is_as_given():
    shown = {path.name for path in PACKAGE.parent.iterdir() if not path.name.startswith(".")}
    assert {"pyproject.toml", "README.md", "corpuskit", "tests", "sample_data", "reports"} <= shown


def test_help_imports_nothing_heavy():
    code = "import sys, corpuskit.cli; print(sorted(set(sys.modules) & {'numpy', 'scipy', 'polars', 'spacy', 'sklearn', 'lxml', 'pydantic', 'rich'}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout.strip() == "[]"
