"""Composing: the report as data becomes the report as blocks, in one language."""

from __future__ import annotations

from corpuskit.report.blocks import Block, Columns, PageBreak, Report
from corpuskit.report.contract import AuditReport
from corpuskit.report.localise import localise
from corpuskit.report.phrasebook import Language, phrasebook
from corpuskit.report.sections import SECTIONS


def compose(report: AuditReport, language: Language) -> Report:
    """Compose the page.

    Parameters
    ----------
    report : AuditReport
        In any language; it is localised here.
    language : {"en", "ja"}
        The language of the page.

    Returns
    -------
    Report
        The blocks of all :data:`SECTIONS <corpuskit.report.SECTIONS>`: the first page, a page break, the rest.

    Raises
    ------
    UnknownName
        A label is missing in the phrasebook; the message names it.
    """
    book = phrasebook(language)
    localised = localise(report, language)
    blocks: list[Block] = []
    before: tuple[Block, ...] = ()
    before_name = ""
    on_first_page = True
    for section in SECTIONS.values():
        built = section.build(localised, book)
        if on_first_page and not section.first_page:
            blocks.append(PageBreak())
            on_first_page = False
        if section.beside and section.beside == before_name:
            del blocks[len(blocks) - len(before) :]
            blocks.append(Columns((before, built)))
        else:
            blocks.extend(built)
        before, before_name = built, section.name
    return Report(language, book.label("title", root=report.corpus.root), tuple(blocks))
