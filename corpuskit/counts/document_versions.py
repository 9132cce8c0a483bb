"""Versions of one document that lie side by side: which there are, which is the newest, and by which evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath

import polars as pl

from corpuskit.counts.cleaning import find_leader
from corpuskit.counts.stats import CorpusStats
from corpuskit.text import Edition, duplicate_groups, is_folder_of_versions

SIMILAR = 0.5
"""Estimated Jaccard similarity from which texts of one series are versions, because versions share half their text or more; the search by bands
finds .87 of the pairs at .5 and .99 at .6."""

FOLDERS = 1 << 14
"""Folders that are remembered: documents come folder by folder, and reading the marks of a name takes longer than all else."""

ALIKE = 0.8
"""Similarity that documents need which only a date in their names tells apart, because reports made from one form reach .5 month after month."""

_RECURRING = re.compile(
    "議事|会議|定例|月報|週報|日報|月次|週次|日次|お知らせ|通知|報告|minutes|meeting|mtg|weekly|monthly|daily|report|agenda|newsletter|notice",
    re.IGNORECASE,
)
"""Names of records that are written anew each time, however much they share: none replaces another."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its marks and its dates (ISO, empty if unknown). ``modified`` is empty where only the file system dates it."""

    document: str
    edition: Edition
    effective: str
    modified: str


@dataclass(frozen=True, slots=True)
class Versions:
    """A group of versions.

    Attributes
    ----------
    series : str
        Name without marks.
    newest_first : tuple of Version
        By edition mark, then date of effect, then the document's own date.
    decided_by : str
        Evidence that sets the newest apart: ``edition``, ``effective``, ``modified``, or ``nothing``.
    disagrees : str
        Evidence that names another one as the newest: ``effective``; empty if none does. The document's own date never disagrees: an old version
        may be opened and saved at any time.
    """

    series: str
    newest_first: tuple[Version, ...]
    decided_by: str
    disagrees: str


def side_by_side(stats: CorpusStats) -> tuple[Versions, ...]:
    """Find documents of one series, in one folder, in sibling folders or one folder inside the other, that are versions of one another.

    They are where their texts are alike (:data:`SIMILAR`) or where number or stage tells them apart ("policy_v1", "policy_v2"); a date in the name
    alone is not enough, since minutes and monthly reports have one: it needs a date of effect in each text, or texts that are nearly equal
    (:data:`ALIKE`) under a name that is none of a record. Texts that are alike need different marks or dates of effect: without, they are copies,
    which near-duplicates report.

    Returns
    -------
    tuple of Versions
        Sorted by their newest documents' ids.
    """
    own_date = pl.when(pl.col("dated_by") == "metadata").then("modified").otherwise(pl.lit("")).alias("modified")
    rows = stats.documents.filter(pl.col("series") != "").select("document", "series", "edition", "effective", own_date)
    every = dict(stats.signatures.join(rows, on="document", how="semi").iter_rows())
    by_series: dict[str, dict[str, Version]] = {}
    for document, series, edition, effective, modified in rows.filter(pl.col("series").is_duplicated()).iter_rows():
        by_series.setdefault(series, {})[document] = Version(document, Edition.of(edition), effective, modified[:10])
    found: list[Versions] = []
    for series, versions in by_series.items():
        signatures = {name: every.get(name, b"") for name in versions}
        found += [_judged(series, [versions[name] for name in group]) for group in _groups(versions, signatures)]
    return tuple(sorted(found, key=lambda group: group.newest_first[0].document))


def superseded_documents(stats: CorpusStats) -> frozenset[str]:
    """Give all but the newest of each group of versions; groups whose evidence decides nothing, or disagrees, are left whole."""
    clear = (group for group in side_by_side(stats) if group.decided_by != "nothing" and not group.disagrees)
    return frozenset(version.document for group in clear for version in group.newest_first[1:])


def _groups(versions: dict[str, Version], signatures: dict[str, bytes]) -> list[list[str]]:
    """Join the versions of one series that are alike in neighbouring folders, or marked in one folder; keep groups whose members differ in age."""
    near: dict[str, list[str]] = {}
    marked: dict[tuple[str, str], list[str]] = {}
    for name in sorted(versions):
        folder = _folder(name.rpartition("/")[0])
        marked.setdefault((folder, versions[name].edition.dated), []).append(name)
        # siblings share the folder above, and a folder is near those inside it
        for place in dict.fromkeys((folder, _above(folder))):
            near.setdefault(place, []).append(name)
    joined = [group for names in near.values() for group in duplicate_groups(names, [signatures[name] for name in names], SIMILAR)]
    for names in marked.values():
        editions = [versions[name].edition for name in names]
        if any(edition.says for edition in editions) and len({(edition.number, edition.stage) for edition in editions}) > 1:
            joined.append(tuple(names))
    parts = [part for group in _connected(joined) for part in _replacing(group, versions, signatures)]
    return [part for part in parts if _differ([versions[name] for name in part])]


def _replacing(group: list[str], versions: dict[str, Version], signatures: dict[str, bytes]) -> list[list[str]]:
    """Give the parts of a group whose members replace each other: the whole, unless only dates in names tell them apart."""
    marks = {(versions[name].edition.number, versions[name].edition.stage) for name in group}
    if len(marks) > 1 or not any(versions[name].edition.dated for name in group) or all(versions[name].effective for name in group):
        return [group]
    lasting = [name for name in group if not _RECURRING.search(name)]
    return [list(part) for part in duplicate_groups(lasting, [signatures[name] for name in lasting], ALIKE)]


def _connected(groups: Iterable[Sequence[str]]) -> list[list[str]]:
    """Unite groups that share a member."""
    leader: dict[str, str] = {}
    for group in groups:
        leaders = {find_leader(leader, name) for name in group}
        leader.update(dict.fromkeys((*group, *leaders), min(leaders)))
    united: dict[str, list[str]] = {}
    for name in sorted(leader):
        united.setdefault(find_leader(leader, name), []).append(name)
    return list(united.values())


@lru_cache(FOLDERS)
def _folder(folder: str) -> str:
    """Give the folder that documents of a folder lie in; one that is only a mark (old, v2) counts as the one it lies in."""
    found = PurePosixPath(folder)
    return str(found.parent if is_folder_of_versions(found.name) else found)


@lru_cache(FOLDERS)
def _above(folder: str) -> str:
    return str(PurePosixPath(folder).parent)


def _differ(group: Sequence[Version]) -> bool:
    marks = {str(version.edition) for version in group}
    return len(marks) > 1 or len({version.effective for version in group if version.effective}) > 1


def _judged(series: str, group: Sequence[Version]) -> Versions:
    """Order a group by the first evidence that all its members have and that sets two apart; later evidence settles what is equal."""
    dated = all(version.edition.dated for version in group)
    effective = all(version.effective for version in group)
    modified = all(version.modified for version in group)

    def evidence(version: Version) -> tuple[tuple[object, ...], str, str]:
        edition = version.edition
        marks = edition.number or (0, 0, 0), edition.dated if dated else "", edition.stage
        return marks, version.effective if effective else "", version.modified if modified else ""

    ordered = sorted(sorted(group, key=lambda one: one.document), key=evidence, reverse=True)
    first, second = evidence(ordered[0]), evidence(ordered[1])
    differing = [name for name, one, other in zip(("edition", "effective", "modified"), first, second, strict=True) if one != other]
    latest = max(version.effective for version in group)
    disagrees = bool(ordered[0].effective) and ordered[0].effective < latest
    return Versions(series, tuple(ordered), differing[0] if differing else "nothing", "effective" if disagrees else "")
