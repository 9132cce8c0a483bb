"""Options of floor 2."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class TextOptions(BaseModel):
    """How text is cut and compared.

    Attributes
    ----------
    japanese_mode : {"A", "B", "C"}
        Length of Sudachi's units: A shortest, C named entities and compounds whole. Every count depends on it, so reports print it.
    batch_bytes : int
        Text of one batch in bytes of UTF-8, about; a document is never divided.
    duplicate_threshold : float
        Estimated Jaccard similarity of character 5-grams from which two texts are near-duplicates. Below .5 the search would miss pairs
        (32 bands of 4 rows find a pair of similarity s with probability 1 - (1 - s^4)^32, which is .87 at .5), so that is refused.
    cached_chunks : int
        Distinct words that the English tokenizer remembers before it starts anew; bounds memory, changes no result.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    japanese_mode: Literal["A", "B", "C"] = Field(default="C", description="Length of Japanese tokens: A short, B middle, C long.")
    batch_bytes: int = Field(default=8_000_000, ge=1, description="Bytes of text that are counted at a time.")
    duplicate_threshold: float = Field(default=0.8, ge=0.5, le=1.0, description="Similarity from which two documents are near-duplicates.")
    cached_chunks: int = Field(default=500_000, ge=1, description="Distinct English words remembered while cutting text.")
