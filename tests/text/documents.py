"""Small documents made by hand."""

from corpuskit.ingest import Document, Section, Source

SOURCE = Source(path="x", sha256="0" * 64, bytes=10, modified="2024-04-01T00:00:00Z", reader="text", encoding="utf-8")


def document(name, *sections, metadata=()):
    return Document(name, SOURCE, tuple(Section(one) if isinstance(one, str) else one for one in sections), tuple(metadata))
