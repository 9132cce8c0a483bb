"""Tasks that a user declares: which work, in which folder, with which labels, how much error it bears and who owns it."""

from __future__ import annotations

import unicodedata
from typing import Self

from pydantic import Field, model_validator

from corpuskit.counts import PlaceKind
from corpuskit.tasks.assessment import Frozen


class DeclaredLabels(Frozen):
    """A label column of a table of messages."""

    file: str = Field(min_length=1, description="The table, as the audit names its documents: a path below the audited folder.")
    column: str = Field(min_length=1, description="The column that holds the labels.")


class DeclaredTask(Frozen):
    """One declaration of ``[[tasks.declared]]``.

    A declared task needs no cues: who declares it says that it exists. It stands in place of what discovery finds for the same entry of the
    catalogue, and its table is taken for no other task.
    """

    task: str = Field(min_length=1, description="Id of the catalogue, as `corpuskit tasks list` shows it.")
    folder: str = Field(default="", description="Folder below the audited one whose documents belong to the task; empty: all documents.")
    labels: DeclaredLabels | None = Field(default=None, description="Table and column with past cases and their labels.")
    filed_by: PlaceKind | None = Field(
        default=None, description="Places whose names are the labels of the task: of the documents that lie there, or call themselves so."
    )
    max_error: float | None = Field(default=None, gt=0, lt=1, description="Largest error rate that the business bears.")
    owner: str = Field(default="", description="Who answers for the task.")

    @model_validator(mode="after")
    def _folder_or_labels(self) -> Self:
        if (self.folder.strip("/") != "") + (self.labels is not None) + (self.filed_by is not None) > 1:
            raise ValueError(
                "give one of a folder of documents, labels of a table and filed_by; the rows of the table, or the filed documents, are then the cases"
            )
        return self

    @property
    def id(self) -> str:
        """``<catalogue id>``, ``<catalogue id>@<folder>``, ``<catalogue id>@<file>#<column>``, or ``<catalogue id>@<places>``."""
        if self.labels is not None:
            return f"{self.task}@{self.labels.file}#{self.labels.column}"
        if self.filed_by is not None:
            return f"{self.task}@{self.filed_by}"
        folder = self.folder.strip("/")
        return f"{self.task}@{folder}" if folder else self.task

    def holds(self, document: str) -> bool:
        """Tell whether a document lies in the folder; names are compared in their composed form, because some systems store them decomposed."""
        folder = unicodedata.normalize("NFC", self.folder.strip("/"))
        return not folder or unicodedata.normalize("NFC", document).startswith(f"{folder}/")
