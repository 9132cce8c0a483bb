"""Every spec in the package is in its registry: one that nobody named there would never run, and nobody would notice."""

import dataclasses
import importlib
import inspect
import pkgutil
import sys
import tomllib
import types
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import Any, get_type_hints

import pytest
from pydantic import ValidationError

from corpuskit.audit import AUTOMATIONS
from corpuskit.audit.automation import Automation
from corpuskit.counts import ENGINES
from corpuskit.counts.engines import Engine
from corpuskit.errors import UnknownName
from corpuskit.estimators import ESTIMATORS
from corpuskit.estimators.specification import Estimator
from corpuskit.ingest import READERS, Reader
from corpuskit.pilot import EXCHANGES, Exchange
from corpuskit.report import EXPORTERS, RENDERERS, TABLES
from corpuskit.report.renderers import Exporter, Renderer
from corpuskit.report.sections import SECTIONS, Section
from corpuskit.report.tables import TableSpec
from corpuskit.tasks import CONTROLS, FRAMEWORKS, TASKS
from corpuskit.text import LANGUAGES, TOKENIZERS, Language
from corpuskit.text.tokenizers import TokenizerSpec

REGISTRIES: dict[str, Mapping[str, Any]] = {
    "READERS": READERS,
    "LANGUAGES": LANGUAGES,
    "TOKENIZERS": TOKENIZERS,
    "ENGINES": ENGINES,
    "ESTIMATORS": ESTIMATORS,
    "EXPORTERS": EXPORTERS,
    "EXCHANGES": EXCHANGES,
    "RENDERERS": RENDERERS,
    "TABLES": TABLES,
    "AUTOMATIONS": AUTOMATIONS,
    "SECTIONS": SECTIONS,
    "TASKS": TASKS,
    "CONTROLS": CONTROLS,
    "FRAMEWORKS": FRAMEWORKS,
}
SPECS: list[tuple[str, type, Mapping[str, Any]]] = [
    ("corpuskit.ingest", Reader, READERS),
    ("corpuskit.text", Language, LANGUAGES),
    ("corpuskit.text", TokenizerSpec, TOKENIZERS),
    ("corpuskit.counts", Engine, ENGINES),
    ("corpuskit.estimators", Estimator, ESTIMATORS),
    ("corpuskit.report", Exporter, EXPORTERS),
    ("corpuskit.pilot", Exchange, EXCHANGES),
    ("corpuskit.report", Renderer, RENDERERS),
    ("corpuskit.report", TableSpec, TABLES),
    ("corpuskit.audit", Automation, AUTOMATIONS),
    ("corpuskit.report", Section, SECTIONS),
]
each_registry = pytest.mark.parametrize("registry", REGISTRIES.values(), ids=REGISTRIES)


def modules_of(package: str) -> Iterable[types.ModuleType]:
    """Give a package and every module below it."""
    door = importlib.import_module(package)
    yield door
    for found in pkgutil.walk_packages(door.__path__, f"{package}."):
        yield importlib.import_module(found.name)


def unregistered(package: str, kind: type, registered: Iterable[object]) -> list[str]:
    """Find the specs that stand in a module of the package and not in the registry, alone or in a tuple, list or dict."""
    known = {id(spec) for spec in registered}
    told = set()
    for module in modules_of(package):
        for name, value in vars(module).items():
            held = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else (value,)
            told |= {f"{module.__name__}.{name}" for spec in held if isinstance(spec, kind) and id(spec) not in known}
    return sorted(told)


def unnamed_functions(package: str, like: Callable[..., Any], registered: Iterable[Callable[..., Any]]) -> list[str]:
    """Find the public functions with the parameters and the result of ``like`` that no spec in the registry holds."""

    def shape(function: Callable[..., Any]) -> list[object]:
        hints = get_type_hints(function)
        return [*(hints[name] for name in inspect.signature(function).parameters), hints["return"]]

    known, wanted = set(registered), shape(like)
    return sorted(
        f"{module.__name__}.{name}"
        for module in modules_of(package)
        for name, value in vars(module).items()
        if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_")
        if value not in known and shape(value) == wanted
    )


@pytest.fixture
def plant(monkeypatch, tmp_path):
    """Put values into a module of a package that is made for the test."""

    def planted(**content: object) -> str:
        (tmp_path / "planted").mkdir()
        for name in ("__init__", "forgotten"):
            (tmp_path / "planted" / f"{name}.py").write_text("", encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        module = importlib.import_module("planted.forgotten")
        for name in ("planted", "planted.forgotten"):
            monkeypatch.setitem(sys.modules, name, sys.modules.pop(name))
        for name, value in content.items():
            setattr(module, name, value)
            if inspect.isfunction(value):
                value.__module__ = module.__name__
        return "planted"

    return planted


@pytest.mark.parametrize(("package", "kind", "registry"), SPECS, ids=[kind.__name__ for _, kind, _ in SPECS])
def test_every_spec_in_the_package_is_registered(package, kind, registry):
    assert all(isinstance(spec, kind) for spec in registry.values())
    assert unregistered(package, kind, registry.values()) == []


@pytest.mark.parametrize(("package", "kind", "registry"), SPECS, ids=[kind.__name__ for _, kind, _ in SPECS])
def test_a_planted_spec_that_nobody_registered_is_found(plant, package, kind, registry):
    first = next(iter(registry.values()))
    package = plant(KNOWN=first, FORGOTTEN=dataclasses.replace(first), LISTED=(first, dataclasses.replace(first)), OTHER="forgotten")
    assert unregistered(package, kind, registry.values()) == ["planted.forgotten.FORGOTTEN", "planted.forgotten.LISTED"]


def test_every_section_every_format_and_every_table_that_is_written_is_named():
    assert unnamed_functions("corpuskit.report.sections", SECTIONS["title"].build, [section.build for section in SECTIONS.values()]) == []
    assert unnamed_functions("corpuskit.report", RENDERERS["html"].render, [renderer.render for renderer in RENDERERS.values()]) == []
    assert unnamed_functions("corpuskit.report", EXPORTERS["csv"].export, [exporter.export for exporter in EXPORTERS.values()]) == []
    assert unnamed_functions("corpuskit.report", TABLES["tasks"].build, [table.build for table in TABLES.values()]) == []


def test_a_planted_section_and_a_planted_format_are_found(plant):
    from corpuskit.report import AuditReport
    from corpuskit.report.blocks import Block, Report
    from corpuskit.report.phrasebook import Phrasebook
    from corpuskit.report.rendered import Rendered

    def build(report: AuditReport, book: Phrasebook) -> tuple[Block, ...]:
        return ()

    def to_text(page: Report, stem: str) -> Rendered:
        return Rendered("")

    package = plant(build=build, to_text=to_text)
    assert unnamed_functions(package, SECTIONS["title"].build, [section.build for section in SECTIONS.values()]) == ["planted.forgotten.build"]
    assert unnamed_functions(package, RENDERERS["html"].render, [renderer.render for renderer in RENDERERS.values()]) == ["planted.forgotten.to_text"]


def test_every_entry_of_the_data_files_is_in_its_catalogue():
    folder = files("corpuskit.tasks").joinpath("catalogue")
    for name, catalogue in (("tasks", TASKS), ("controls", CONTROLS)):
        entries = tomllib.loads(folder.joinpath(f"{name}.toml").read_text(encoding="utf-8"))[name]
        assert [entry["id"] for entry in entries] == list(catalogue)
    assert {f"{name}.toml" for name in FRAMEWORKS} == {file.name for file in folder.joinpath("frameworks").iterdir()}


@each_registry
def test_a_registry_holds_something_and_cannot_be_changed(registry):
    name, spec = next(iter(registry.items()))
    with pytest.raises(TypeError, match="does not support item assignment"):
        registry["new"] = spec
    with pytest.raises(TypeError, match="does not support item deletion"):
        del registry[name]
    assert not any(hasattr(registry, method) for method in ("update", "pop", "clear", "setdefault", "register", "add"))


@each_registry
def test_what_a_registry_holds_cannot_be_changed(registry):
    for spec in registry.values():
        frozen = getattr(spec, "framework", spec)
        attribute = "name" if hasattr(frozen, "name") else "id"
        with pytest.raises((dataclasses.FrozenInstanceError, ValidationError), match=r"assign to field|frozen"):
            setattr(frozen, attribute, "another")


@each_registry
def test_each_spec_stands_under_its_own_name(registry):
    own = [spec.id if hasattr(spec, "id") else spec.name for spec in registry.values()]
    assert own == list(registry)
    assert len({id(spec) for spec in registry.values()}) == len(registry)


@each_registry
def test_a_wrong_name_is_answered_with_the_closest_and_all_valid_ones(registry):
    name = max(registry, key=len)
    with pytest.raises(UnknownName) as caught:
        registry[f"{name}x"]
    assert f"{name}x" not in registry
    assert name in caught.value.valid
    assert set(caught.value.valid) == set(registry)
    assert f"Unknown {registry.kind} '{name}x'." in str(caught.value)
    assert "Did you mean" in str(caught.value)
    assert f"Valid: {', '.join(sorted(registry))}." in str(caught.value)


def test_names_that_specs_give_each_other_exist():
    assert all(language.tokenizer in TOKENIZERS for language in LANGUAGES.values())
    assert all(section.beside in SECTIONS for section in SECTIONS.values() if section.beside)
    for task in TASKS.values():
        for ref in (*(rule.ref for rule in task.raise_to), *(flag.ref for flag in task.law_flags if flag.ref)):
            assert ref.split(":")[0] in FRAMEWORKS
