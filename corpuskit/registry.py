"""Immutable registries: a name leads to a spec, an unknown name to a helpful error.

A registry is built once from a tuple of specs, in the file that names them all, so that reading that file
is reading the list. Nothing registers itself on import.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, TypeVar

from corpuskit.errors import UnknownName


class Named(Protocol):
    """Anything with a name; every spec (reader, language, engine, estimator ...) is."""

    @property
    def name(self) -> str:
        """Give the name under which the spec is found."""
        ...


Spec = TypeVar("Spec", bound=Named)


class Registry(Mapping[str, Spec]):
    """A read-only mapping from name to spec, in the order given.

    Parameters
    ----------
    kind : str
        What the registry holds, for error messages ("estimator").
    specs : iterable
        The specs; names must differ.

    Raises
    ------
    ValueError
        Two specs share a name.
    UnknownName
        On look-up of a name that is not there.
    """

    def __init__(self, kind: str, specs: Iterable[Spec]) -> None:
        self.kind = kind
        by_name: dict[str, Spec] = {}
        for spec in specs:
            if spec.name in by_name:
                raise ValueError(f"Two {kind}s are named {spec.name!r}.")
            by_name[spec.name] = spec
        self._by_name = by_name

    def __getitem__(self, name: str) -> Spec:
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownName(self.kind, name, self._by_name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    def __repr__(self) -> str:
        return f"Registry({self.kind!r}, {list(self._by_name)})"
