"""Rendering as SARIF 2.1.0 (OASIS), the exchange format of tools that find faults: findings become results, their codes become rules."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from string import Formatter
from typing import Any
from urllib.parse import quote

from corpuskit.finding import Evidence, Finding
from corpuskit.report.contract import AuditReport, SkippedFile
from corpuskit.report.exporting import ExportOptions
from corpuskit.report.phrasebook import Phrasebook, phrasebook
from corpuskit.report.sections.coverage import name_of
from corpuskit.report.visible import visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "CORPUS"
"""Name of the folder that all paths are relative to; where it lies is not told, so that a report can travel."""
FINGERPRINT = "corpuskitFindingId/v1"
MOST_LOCATIONS = 1000
"""Locations in a result, because GitHub code scanning takes no more."""
_SEVERITY = {"note": "recommendation", "warning": "warning", "error": "error"}
_ORDER = ("note", "warning", "error")

Json = dict[str, Any]


def to_sarif(report: AuditReport, options: ExportOptions) -> dict[str, bytes]:  # noqa: ARG001  # every format is called alike
    """Write one run: a rule for each kind of finding, a result for each finding, a notification for each file that was not read.

    A result is known again in the next run by its fingerprint, which is that of the finding's id. Locations are paths relative to the audited
    folder, percent-encoded. Lines are not counted, and a row of a table may take several, so a location has no region; the page, slide or row, where
    it is known, is its logical location, and its message quotes what to look for.

    Parameters
    ----------
    report : AuditReport
        Localised; titles and fixes are in its language.

    Returns
    -------
    dict of str to bytes
        One file, by its suffix. Only what comes from ``report.run`` differs between two runs on the same input.
    """
    book = phrasebook(report.run.language)
    codes = sorted({finding.code for finding in report.findings})
    run = {
        "tool": {
            "driver": {
                "name": report.tool.name,
                "version": report.tool.version,
                "language": report.run.language,
                "rules": [_rule(code, [finding for finding in report.findings if finding.code == code], book) for code in codes],
            }
        },
        "language": report.run.language,
        "automationDetails": {"id": f"{report.tool.name}/{visible(report.corpus.root)}/{report.run.id}"},
        "invocations": [_invocation(report, book)],
        "originalUriBaseIds": {ROOT: {"description": {"text": book.label("sarif_corpus")}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, codes.index(finding.code)) for finding in report.findings],
        "properties": {"configDigest": report.run.config_digest, "seed": report.run.seed},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return {".sarif": (json.dumps(log, ensure_ascii=False, indent=1) + "\n").encode()}


def _invocation(report: AuditReport, book: Phrasebook) -> Json:
    """Say how the run ended. An audit that ends with findings at or above its gate has run successfully."""
    return {
        "executionSuccessful": True,
        "exitCode": report.exit_code,
        "startTimeUtc": report.run.started_at.replace("+00:00", "Z"),
        "toolExecutionNotifications": [_notification(item, book) for item in report.corpus.files_skipped],
    }


def _notification(item: SkippedFile, book: Phrasebook) -> Json:
    reason = name_of("skipped", item.code, book)
    detail = item.reason if book.language == "en" else name_of("skipped_do", item.code, book)
    return {
        "descriptor": {"id": f"skipped/{item.code}"},
        "level": "note",
        "message": {"text": visible(book.label("sarif_file_not_read", reason=reason, detail=detail))},
        "locations": [_location(item.path)],
    }


def _rule(code: str, findings: Iterable[Finding], book: Phrasebook) -> Json:
    """Describe a kind of finding by its sentences, with dots where a finding puts its figures. One of a third party has its code only."""
    level = max((finding.level for finding in findings), key=_ORDER.index)
    sentences = book.sentences["findings"].get(code)
    title, fix = (code, code) if sentences is None else (without_figures(str(sentences["title"])), without_figures(str(sentences["fix"])))
    return {
        "id": code,
        "name": "".join(part.capitalize() for part in code.split("_")),
        "shortDescription": {"text": title},
        "fullDescription": {"text": f"{title}\n{fix}"},
        "help": {"text": f"{fix}\n{book.label('sarif_no_line')}"},
        "defaultConfiguration": {"level": level},
        "properties": {"problem.severity": _SEVERITY[level], "tags": ["documents"]},
    }


def without_figures(sentence: str) -> str:
    """Put dots in the place of each figure; of a plural, its second form.

    Examples
    --------
    >>> without_figures("{n} {n:plural file is|files are} protected")
    '… files are protected'
    """
    parts = []
    for text, field, spec, _ in Formatter().parse(sentence):
        parts.append(text)
        if field is not None:
            parts.append(spec.partition("|")[2] if spec and spec.startswith("plural ") else "…")
    return "".join(parts)


def _result(finding: Finding, rule: int) -> Json:
    shown = {item.document for item in finding.evidence}
    others = dict.fromkeys(document for group in finding.documents for document in group if document not in shown)
    places = [*finding.evidence, *(Evidence(document=document) for document in others)]
    left_out = len(places) - MOST_LOCATIONS
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": finding.level,
        "message": {"text": visible(f"{finding.title}\n{finding.fix}".strip() or finding.code)},
        "locations": [_evidence(item) for item in places[:MOST_LOCATIONS]] or [_everywhere(finding)],
        "partialFingerprints": {FINGERPRINT: hashlib.sha256(finding.id.encode("utf-8", "surrogatepass")).hexdigest()},
        "properties": {"id": visible(finding.id), **({"locationsLeftOut": left_out} if left_out > 0 else {})},
    }


def _evidence(item: Evidence) -> Json:
    logical = {"name": visible(item.place), "fullyQualifiedName": visible(f"{item.document}#{item.place}")}
    return {
        **_location(item.document),
        **({"logicalLocations": [logical]} if item.place else {}),
        **({"message": {"text": visible(item.quote)}} if item.quote else {}),
    }


def _everywhere(finding: Finding) -> Json:
    """Give the place of a finding about the corpus as a whole: the folder, because code scanning refuses a result without a path."""
    subject = visible(finding.id.partition("@")[2] or finding.id)
    return {**_location("."), "logicalLocations": [{"fullyQualifiedName": subject, "kind": "corpus"}]}


def _location(document: str) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": relative_uri(document), "uriBaseId": ROOT}}}


def relative_uri(path: str) -> str:
    """Write a path as a relative reference (RFC 3986): every character outside ASCII, and each that has a meaning in a URI, percent-encoded.

    A leading slash would be a host or a root; it is encoded too.

    Examples
    --------
    >>> relative_uri("規程/travel policy.pdf"), relative_uri("a:b?c#d%41"), relative_uri("//host/x")
    ('%E8%A6%8F%E7%A8%8B/travel%20policy.pdf', 'a%3Ab%3Fc%23d%2541', '%2F%2Fhost/x')
    """
    slashes = len(path) - len(path.lstrip("/"))
    return "%2F" * slashes + quote(path[slashes:], safe="/", errors="surrogatepass")
