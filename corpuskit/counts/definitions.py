"""What the owner says that categories mean, and which documents the categories are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Definitions(Mapping[str, str]):
    """Category to description, in the order of the owner's list.

    Attributes
    ----------
    meanings : mapping of str to str
        Empty text for a category without a description.
    sources : mapping of str to frozenset of str
        Categories that are for the documents of some sources only (their ids begin with its name), and the names of these sources.
    """

    meanings: Mapping[str, str]
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, given: Mapping[str, str] | None) -> Definitions:
        """Take any mapping; categories that name no source are for all documents."""
        return given if isinstance(given, Definitions) else cls(given or {})

    def __getitem__(self, category: str) -> str:
        return self.meanings[category]

    def __iter__(self) -> Iterator[str]:
        return iter(self.meanings)

    def __len__(self) -> int:
        return len(self.meanings)

    def for_document(self, document: str) -> dict[str, str]:
        """Give the categories that a document can be of.

        >>> both = Definitions({"repair": "", "leave": ""}, {"leave": frozenset({"hr"})})
        >>> list(both.for_document("it/tickets.csv")), list(both.for_document("hr/mails.csv"))
        (['repair'], ['repair', 'leave'])
        """
        source = document.split("/", 1)[0]
        return {category: meaning for category, meaning in self.meanings.items() if source in self.sources.get(category, frozenset({source}))}
