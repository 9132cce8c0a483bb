"""A registry reads like a mapping in the order given, and nothing reaches it from outside."""

from dataclasses import dataclass

import pytest

from corpuskit.errors import UnknownName
from corpuskit.registry import Registry


@dataclass(frozen=True)
class Spec:
    name: str


def test_specs_may_come_from_anything_that_is_read_once():
    registry = Registry("engine", (Spec(name) for name in ("local", "dask")))
    assert [spec.name for spec in registry.values()] == ["local", "dask"]
    assert list(registry.items()) == [("local", Spec("local")), ("dask", Spec("dask"))]


def test_a_list_that_grows_later_changes_nothing():
    specs = [Spec("local")]
    registry = Registry("engine", specs)
    specs.append(Spec("dask"))
    assert len(registry) == 1
    assert "dask" not in registry


def test_names_are_exact():
    registry = Registry("engine", [Spec("local")])
    assert "local" in registry
    assert not any(name in registry for name in ("Local", "local ", "loc", "", None, 1))
    with pytest.raises(UnknownName, match="Did you mean 'local'"):
        registry["locale"]


def test_an_empty_registry_says_that_nothing_is_valid():
    with pytest.raises(UnknownName, match=r"^Unknown engine 'local'\. Valid: none\.$"):
        Registry[Spec]("engine", [])["local"]


def test_the_error_does_not_show_the_look_up_inside():
    with pytest.raises(UnknownName) as caught:
        Registry("engine", [Spec("local")])["x"]
    assert caught.value.__suppress_context__
    assert (caught.value.kind, caught.value.name, caught.value.valid) == ("engine", "x", ("local",))


def test_it_shows_its_kind_and_its_names():
    assert repr(Registry("engine", [Spec("local"), Spec("dask")])) == "Registry('engine', ['local', 'dask'])"
