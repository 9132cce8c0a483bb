"""The options of this floor: what is written and where, which engine counts, what is kept of an audit, and for how long."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

ReportLanguage = Literal["auto", "en", "ja", "both"]
Format = Literal["html", "md", "json", "sarif", "xlsx", "csv", "parquet", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)
KEPT_AUDITS = 52
"""Audits that stay where a history is pruned and nobody says how many: a year of weeks."""


class OutputOptions(BaseModel):
    """What is written, and where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: str = Field(default="reports", description="Folder the reports are written to.")
    formats: tuple[Format, ...] = Field(default=("html", "md", "json"), description="Formats to write; all: every one of them.")
    csv_bom: bool = Field(default=True, description="Begin CSV files with a byte order mark, because Excel garbles Japanese without one.")
    routing: bool = Field(default=False, description="Write the routing list of labelled tables: what to automate, to review, to leave to a person.")
    language: ReportLanguage = Field(default="auto", description="Language of the report; auto: that of most documents, else English.")
    excerpts: bool = Field(default=True, description="Quote masked lines from the documents as evidence.")
    title: str = Field(default="", description="Name used for the files; default: name of the audited folder.")
    recipient: str = Field(default="", description="Who the report is for, in its head; default: left to be filled in.")
    author: str = Field(default="", description="Who answers for the report, in its head; default: left to be filled in.")
    version: str = Field(default="", description="Version of the report, in its head; default: left to be filled in.")
    classification: str = Field(default="", description="Who may read the report, in its head; default: internal, to be confirmed.")

    @field_validator("formats", mode="before")
    @classmethod
    def _each_once(cls, value: Any) -> Any:
        """Take ``all`` for every format, and a format that is named twice once."""
        if not isinstance(value, list | tuple):
            return value
        return FORMATS if "all" in value else tuple(dict.fromkeys(map(str, value)))


class EngineOptions(BaseModel):
    """Where documents are counted. Changes no result."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(default="local", description="Engine that counts: local (this machine), dask or spark (a cluster).")
    address: str = Field(default="", description="Scheduler or master of the cluster, such as tcp://host:8786 or spark://host:7077.")


class HistoryOptions(BaseModel):
    """What is kept of an audit for the next one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: bool = Field(default=True, description="Keep how often each text has each word beside the record, to compare words and mixes.")
    compare: bool = Field(default=True, description="Compare with the audit before, where there is one of the same documents.")


class RetentionOptions(BaseModel):
    """How long what earlier audits left is kept. Without a word nothing is removed; each limit holds by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    reports: int | None = Field(default=None, ge=1, description="Audits of each audited folder whose report files stay.")
    reports_days: int | None = Field(default=None, ge=1, description="Days after which the report files of an audit are removed.")
    records: int | None = Field(default=None, ge=1, description="Audits of each audited folder that stay in the history.")
    caches_days: int | None = Field(default=None, ge=1, description="Days after its last use from which an entry of the caches is removed.")

    @model_validator(mode="after")
    def _records_outlast_reports(self) -> RetentionOptions:
        if self.records is not None and self.reports is not None and self.reports > self.records:
            raise ValueError(
                f"reports ({self.reports}) cannot be more than records ({self.records}): only its record knows which files an audit wrote"
            )
        return self

    @property
    def any(self) -> bool:
        """Whether anything is ever removed."""
        return any(value is not None for value in (self.reports, self.reports_days, self.records, self.caches_days))
