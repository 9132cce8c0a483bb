"""The routing list as CSV: which message is proposed for automation, for review, for a person. It holds places and labels, no text of a message."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO

from corpuskit.estimators import RoutingList
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import Phrasebook
from corpuskit.report.to_csv import BYTE_ORDER_MARK, guarded

COLUMNS = ("document", "label_column", "locator", "route", "proposed", "clarity", "label", "basis", "max_error", "rests_on")


def to_routing_csv(lists: Sequence[RoutingList], book: Phrasebook, options: ExportOptions) -> bytes:
    """Write every message of every table, the clearest of a table first.

    UTF-8 and commas (RFC 4180). Clarity is empty where it was not measured. Text that a spreadsheet would take for a formula begins with an
    apostrophe.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([book.label(f"routing_{name}") for name in COLUMNS])
    words = {name: book.label(f"routing_{name}") for name in ("automate", "review", "person", "labelled", "new", "names", "rare_label", "not_read")}
    writer.writerows(row for one in lists for row in _rows(one, words))
    return ((BYTE_ORDER_MARK if options.csv_bom else "") + text.getvalue()).encode()


def _rows(one: RoutingList, words: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    for message in one.messages:
        document, place = (one.document, message.locator) if one.document else (message.locator, "")
        clarity = "" if message.clarity is None else f"{message.clarity:.4f}"
        told = words[message.route], guarded(message.proposed), clarity, guarded(message.label), words[message.basis]
        yield (guarded(document), guarded(one.column), guarded(place), *told, f"{one.tolerance:g}", str(one.n))
