"""The list of containers, and which of them opens a file."""

from __future__ import annotations

from corpuskit.ingest.container import Container
from corpuskit.ingest.mailbox_file import MBOX
from corpuskit.ingest.tar_archive import TAR
from corpuskit.ingest.zip_archive import ZIP
from corpuskit.registry import Registry

CONTAINERS: Registry[Container] = Registry("container", (ZIP, TAR, MBOX))


def container_for(name: str) -> Container | None:
    """Choose the container of a file by its suffix, the longest first; None where the file is no container."""
    folded = name.casefold()
    fitting = [(len(suffix), container) for container in CONTAINERS.values() for suffix in container.suffixes if folded.endswith(suffix)]
    return max(fitting, key=lambda pair: pair[0])[1] if fitting else None
