import importlib
import pkgutil

import pytest

import corpuskit.ingest
from corpuskit.ingest.container import Container
from corpuskit.ingest.containers import CONTAINERS, container_for
from corpuskit.ingest.readers import READERS


def test_every_container_of_the_floor_is_registered():
    modules = [importlib.import_module(f"corpuskit.ingest.{module.name}") for module in pkgutil.iter_modules(corpuskit.ingest.__path__)]
    defined = {value.name for module in modules for value in vars(module).values() if isinstance(value, Container)}
    assert defined == set(CONTAINERS)


def test_no_suffix_is_read_twice():
    suffixes = [suffix for spec in (*CONTAINERS.values(), *READERS.values()) for suffix in spec.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(suffix.startswith(".") and suffix == suffix.casefold() for suffix in suffixes)


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("A.ZIP", "zip"),
        ("a.tar", "tar"),
        ("a.tar.gz", "tar"),
        ("a.b.TGZ", "tar"),
        ("in.mbox", "mbox"),
        ("a.csv.gz", None),
        ("zip", None),
        ("a.docx", None),
    ],
)
def test_the_longest_suffix_decides_whatever_its_case(name, container):
    found = container_for(name)
    assert (found and found.name) == container
