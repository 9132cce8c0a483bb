"""Lines to cut: those of the sample documents, and what a tokenizer makes of lines."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpuskit.ingest import Document, read
from corpuskit.text import Tokenizer

SAMPLES = Path(__file__).parents[3] / "sample_data"


@cache
def sample_lines() -> tuple[str, ...]:
    """Every different line of the sample documents, in English and Japanese."""
    documents = (found for found in read([SAMPLES]) if isinstance(found, Document))
    lines = (line for document in documents for section in document.sections for line in section.text.splitlines())
    return tuple(sorted({line for line in lines if line.strip()}))


def forms(tokenizer: Tokenizer, *lines: str) -> list[str]:
    cut = tokenizer.cut(lines)
    assert cut.lengths.sum() == cut.types.size
    assert len(cut.lengths) == len(lines)
    return [tokenizer.types.forms[number] for number in cut.types.tolist()]


def assert_spans_are_the_tokens(tokenizer: Tokenizer, lines: Sequence[str]) -> None:
    """Hold ``spans`` to what it promises: the tokens of ``cut``, in order, without overlap."""
    for line in lines:
        spans = tokenizer.spans(line)
        assert [span.form for span in spans] == forms(tokenizer, line), line
        ends = [0, *(span.end for span in spans)]
        assert all(end <= span.start < span.end <= len(line) for end, span in zip(ends, spans, strict=False)), line
