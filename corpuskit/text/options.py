"""Options of floor 2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from corpuskit.text.user_dictionary import DictionaryEntry, check_entries, entries_from


class TextOptions(BaseModel):
    """How text is cut and compared.

    Attributes
    ----------
    japanese_mode : {"A", "B", "C"}
        Length of Sudachi's units: A shortest, C named entities and compounds whole. Every count depends on it, so reports print it.
    english_pipeline : str
        A trained spaCy pipeline whose lemmas are the terms of English text (:mod:`corpuskit.text.tokenizers.spacy_pipeline`). There is none for
        Japanese: spaCy's cut in Sudachi's mode A only and give dictionary forms, so tokens would differ and spellings would not be made one.
    dictionary : tuple of DictionaryEntry
        Terms of the company (:mod:`corpuskit.text.user_dictionary`). May be given as the path of a CSV file, which is read at once: what the
        file says is an option, where it lies is none.
    batch_bytes : int
        Text of one batch in bytes of UTF-8, about; a document is never divided.
    duplicate_threshold : float
        Estimated Jaccard similarity of character 5-grams from which two texts are near-duplicates. Below .5 the search would miss pairs
        (32 bands of 4 rows find a pair of similarity s with probability 1 - (1 - s^4)^32, which is .87 at .5), so that is refused.
    cached_chunks : int
        Distinct words that the English tokenizer remembers before it starts anew; bounds memory, changes no result.
    threads : int
        Threads that cut Japanese text at the same time; 0 means as many as there are cores, at most 4. Changes no result.
    boilerplate : {"keep", "remove"}
        Whether lines that stand in many documents of one source are counted with the rest, or found in a first pass and left out in a second.
    boilerplate_share, boilerplate_documents : float, int
        A line is boilerplate when it stands in more than this share of the documents of a source and in more than this many of them.
    duplicates : {"keep", "remove"}
        Whether copies are counted, or found in a first pass and left out in a second: the first of each group of documents with equal bytes
        or equal text (width, case and white space do not count) stays.
    near_duplicates : {"keep", "remove"}
        Whether the newest alone of each group of near-duplicates is counted. It costs content: filled-in forms, contracts with other parties
        and monthly invoices are alike in all but names, dates and amounts, and what they differ by is lost. Needs ``duplicates = "remove"``,
        and sets it where it is not given.
    versions, outdated : {"keep", "remove"}
        The same for older versions of a document beside a newer one, where the evidence for which is the newest is clear, and for documents
        whose validity has ended or that nobody revised for ``estimate.stale_years``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    japanese_mode: Literal["A", "B", "C"] = Field(default="C", description="Length of Japanese tokens: A short, B middle, C long.")
    english_pipeline: str = Field(
        default="",
        description="Installed spaCy pipeline (en_core_web_sm) or its folder, whose lemmas become the English terms; many times slower.",
    )
    dictionary: tuple[DictionaryEntry, ...] = Field(
        default=(), description="CSV file with the columns term and variants (separated by |): spellings and compounds that are one term."
    )
    batch_bytes: int = Field(default=4_000_000, ge=1, description="Bytes of text that are counted at a time.")
    duplicate_threshold: float = Field(default=0.8, ge=0.5, le=1.0, description="Similarity from which two documents are near-duplicates.")
    cached_chunks: int = Field(default=500_000, ge=1, description="Distinct English words remembered while cutting text.")
    threads: int = Field(default=0, ge=0, le=64, description="Threads that cut Japanese text; 0: as many as cores, at most 4.")
    boilerplate: Literal["keep", "remove"] = Field(default="keep", description="Keep or remove lines that stand in many documents of one source.")
    boilerplate_share: float = Field(
        default=0.05,
        ge=0.0,
        lt=1.0,
        description="Share of a source's documents above which a line is boilerplate, because content of its own hardly recurs in one of twenty.",
    )
    boilerplate_documents: int = Field(
        default=10,
        ge=1,
        description="Documents above which a line is boilerplate, because in a small source a twentieth is a single document.",
    )
    duplicates: Literal["keep", "remove"] = Field(default="keep", description="Keep or remove all but one of documents with equal text.")
    near_duplicates: Literal["keep", "remove"] = Field(
        default="keep",
        description="Keep or remove all but the newest of documents that are alike; filled-in forms (contracts, invoices) are lost with them.",
    )
    versions: Literal["keep", "remove"] = Field(default="keep", description="Keep or remove older versions that lie beside a newer one.")
    outdated: Literal["keep", "remove"] = Field(default="keep", description="Keep or remove documents past their date.")

    @field_validator("dictionary", mode="before")
    @classmethod
    def _read_the_file(cls, given: Any) -> Any:
        return entries_from(given)

    @field_validator("dictionary")
    @classmethod
    def _one_term_for_each_spelling(cls, entries: tuple[DictionaryEntry, ...]) -> tuple[DictionaryEntry, ...]:
        check_entries(entries)
        return entries

    @model_validator(mode="before")
    @classmethod
    def _near_copies_go_with_the_exact_ones(cls, values: Any) -> Any:
        if isinstance(values, Mapping) and values.get("near_duplicates") == "remove":
            # else an exact copy of a removed document would stay in its place
            values = {"duplicates": "remove", **values}
            if values["duplicates"] == "keep":
                raise ValueError('near_duplicates = "remove" takes exact copies too: duplicates = "keep" contradicts it')
        return values
