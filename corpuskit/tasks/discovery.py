"""Which tasks are in this corpus: those that the user declares, and those for which two independent signals meet in enough documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from corpuskit.counts import BY_NAME, FEWEST_IN_PLACE, CorpusStats, Places, documents_of, places_of_documents
from corpuskit.estimators import Estimate
from corpuskit.finding import Evidence, Finding
from corpuskit.tasks.catalogue import Task, normal
from corpuskit.tasks.declared import DeclaredTask
from corpuskit.tasks.labelled_tables import PlacedTable, label_columns, labelled_rows, place_tables, place_unlabelled
from corpuskit.tasks.options import TaskOptions
from corpuskit.tasks.signals import PLACES, ByDocument, Signal, dense_documents, independent, signals_by_document
from corpuskit.tasks.structural_signals import with_pairs, with_templates
from corpuskit.tasks.unused_answers import close_names, unused_answers
from corpuskit.tasks.volume import volume

MOST_EVIDENCE = 5
MOST_LISTED = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A task that is in the corpus.

    Attributes
    ----------
    id : str
        Id of the catalogue, or ``<catalogue id>@<document>`` for a table of messages (with ``#<column>`` where a document has several label
        columns), or the id of a declaration.
    task : Task
        The entry of the catalogue.
    documents : int
        Documents or labelled rows with two independent signals; of a declared task those that the declaration names.
    members : tuple of str
        Their document ids, sorted.
    evidence : tuple of Evidence
        The best ones, with masked quotes.
    table : str
        Subject of the labels, ``labels:<document>#<column>`` or ``labels:<kind of place>``, or of messages without labels that categories are named
        for, ``names:<document>`` or ``names:mails`` and the like; empty where the task has neither.
    labels : tuple of str
        Place of each member, where places are the labels; empty for mails that nobody filed yet. Else no labels.
    declared : bool
        The user says that it exists.
    volume : Estimate or None
        Documents a month.
    """

    id: str
    task: Task
    documents: int
    members: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    table: str = ""
    labels: tuple[str, ...] = ()
    declared: bool = False
    volume: Estimate | None = None

    @property
    def rows_of(self) -> str:
        """The table whose rows are the cases of the task; empty where these are documents."""
        (document, *others) = self.members or ("",)
        of_table = self.table == f"{BY_NAME}{document}" or self.table.startswith(f"labels:{document}#")
        return document if of_table and not others else ""


@dataclass(frozen=True, slots=True)
class Discovery:
    """The tasks found, in the order of the catalogue, and what was nearly found."""

    found: tuple[Found, ...]
    findings: tuple[Finding, ...]


def discover(stats: CorpusStats, options: TaskOptions, named: Iterable[str] = (), fewest: int = FEWEST_IN_PLACE) -> Discovery:
    """Find the tasks of a corpus.

    A document counts once; a row of a table with labels, or with categories that the owner named, counts as a document of its own, because it is a
    message of its own. Such a table belongs to the one classifying task that most of its rows speak for. A declared task stands in place of the
    discovered one of its catalogue entry (that of a table: in place of what its table would have been taken for). One that names nothing in the
    corpus is a finding, and the task is looked for as if it were not declared.

    Parameters
    ----------
    stats : CorpusStats
        Signals, with the cues of :func:`corpuskit.tasks.cues`, and labels.
    options : TaskOptions
        ``min_documents``, the rulebook, declarations, and the answers that are looked for.
    named : iterable of str
        Subjects of messages without labels that categories are named for: ``names:<document>`` of tables
        (:func:`corpuskit.counts.tables_without_labels`), ``names:mails`` and the like (:func:`corpuskit.counts.documents_to_name`).
    fewest : int
        Documents that at least two places must have, to be categories (:func:`corpuskit.counts.places_of_documents`).

    Returns
    -------
    Discovery
        With findings for labelled tables without a task, for tasks in too few documents, for declarations that name nothing in the corpus, and
        for answers that no task uses.
    """
    tasks = options.rulebook.tasks
    signals = signals_by_document(stats.signals, tasks)
    tables = label_columns(stats)
    structured = with_pairs(stats, with_templates(stats, signals, tasks, options.min_documents), tasks)
    places = places_of_documents(stats, fewest) if any(one.filed_by for one in options.declared) else ()
    declared = [
        _declared(one, stats, structured, tables, options) if one.filed_by is None else _filed(one, stats, structured, places, options)
        for one in options.declared
    ]
    placed, findings = place_tables(stats, tables, signals, options)
    held = {member for one in declared if isinstance(one, Found) for member in one.members}
    read = {subject: frozenset(documents_of(stats, subject)) for subject in named}
    asked = [document for subject in read if not read[subject] and (document := subject.removeprefix(BY_NAME)) not in tables.keys() | held]
    by_name, more = place_unlabelled(stats, asked, signals, options)
    texts = {key: own for key, own in structured.items() if key[1] not in tables and key[1] not in asked}
    dense = dense_documents(stats, tasks, options.min_section_share)
    found: list[Found] = []
    near: list[tuple[Task, list[str]]] = []
    for task in tasks.values():
        own = [_by_names(one, read) for one in declared if isinstance(one, Found) and one.task.id == task.id]
        own += [one for table in (*placed, *by_name) if table.task.id == task.id for one in _of_table(table, signals, stats)]
        found += own
        if own:
            continue
        passing = _passing(task, texts, dense, stats)
        if len(passing) >= options.min_documents:
            found.append(_by_names(_of_texts(task.id, task, passing, stats), read))
        elif passing:
            near.append((task, sorted(passing)))
    lost = [one for one in declared if isinstance(one, Finding)]
    unused = unused_answers(options, [(one.id, one.task.id) for one in found])
    return Discovery(found=tuple(found), findings=(*findings, *more, *lost, *unused, *_nearly(near, options)))


def _passing(task: Task, texts: ByDocument, dense: Collection[tuple[str, str]], stats: CorpusStats) -> dict[str, list[Signal]]:
    """Give the documents in which two independent signals for a task meet, exact copies once."""
    passing = {
        document: own for (name, document), own in texts.items() if name == task.id and independent(task, own, dense=(name, document) in dense)
    }
    return _each_once(stats, passing)


def _each_once(stats: CorpusStats, passing: dict[str, list[Signal]]) -> dict[str, list[Signal]]:
    """Leave out exact copies: the same bytes under another name are not another document.

    Near-copies stay, because filled-in forms are near-copies.
    """
    kept: dict[str, str] = {}
    for document, sha256 in sorted(stats.documents.filter(pl.col("document").is_in(list(passing))).select("document", "sha256").iter_rows()):
        kept.setdefault(sha256 or document, document)
    return {document: passing[document] for document in kept.values()}


def _of_texts(id: str, task: Task, passing: dict[str, list[Signal]], stats: CorpusStats) -> Found:
    members = tuple(sorted(passing))
    return Found(id, task, len(passing), members, _evidence(task, passing), volume=volume(id, members, stats))


def _by_names(found: Found, read: Mapping[str, Collection[str]]) -> Found:
    """Let a task that sorts documents rest on what the names of categories tell of most of its documents, where they were read so.

    More than half of them, because else the reading would speak of other work.
    """
    if found.table or found.task.kind != "classify":
        return found
    shares = {subject: sum(member in documents for member in found.members) for subject, documents in read.items()}
    subject = max(shares, key=lambda one: shares[one], default="")
    return replace(found, table=subject) if 2 * shares.get(subject, 0) > len(found.members) else found


def _of_table(table: PlacedTable, signals: ByDocument, stats: CorpusStats) -> list[Found]:
    """Give a task for each label column of a table, one for a table without labels."""
    evidence = _quotes(table.task, table.document, signals[table.task.id, table.document])
    found = []
    if not table.columns:
        id = f"{table.task.id}@{table.document}"
        brought = volume(id, (table.document,), stats, rows=table.rows)
        found.append(Found(id, table.task, table.rows, (table.document,), evidence, f"{BY_NAME}{table.document}", volume=brought))
    for column in table.columns:
        id = f"{table.task.id}@{table.document}" + (f"#{column}" if len(table.columns) > 1 else "")
        brought = volume(id, (table.document,), stats, rows=table.rows)
        found.append(Found(id, table.task, table.rows, (table.document,), evidence, f"labels:{table.document}#{column}", volume=brought))
    return found


def _declared(
    one: DeclaredTask, stats: CorpusStats, signals: ByDocument, tables: Mapping[str, Sequence[str]], options: TaskOptions
) -> Found | Finding:
    """Give a declared task with its documents, or the finding that there are none."""
    task = options.rulebook.tasks[one.task]
    every = stats.documents["document"].to_list()
    if one.labels is not None:
        document, column = one.labels.file, one.labels.column
        if column not in tables.get(document, ()):
            among = [f"{name} ({', '.join(columns)})" for name, columns in tables.items()] if document not in tables else list(tables[document])
            return _lost(
                one, "declared_labels_not_found", close_names(column if document in tables else document, among), file=document, column=column
            )
        evidence = _quotes(task, document, signals.get((task.id, document), ())) or (Evidence(document=document),)
        rows = labelled_rows(stats, document).height
        brought = volume(one.id, (document,), stats, rows=rows)
        return Found(one.id, task, rows, (document,), evidence, f"labels:{document}#{column}", declared=True, volume=brought)
    members = [document for document in every if one.holds(document) and document not in tables]
    if not one.folder.strip("/"):
        members = [document for document in members if independent(task, signals.get((task.id, document), ()))]
    if not members:
        folders = sorted({document.rsplit("/", 1)[0] for document in every if "/" in document})
        return _lost(one, "declared_task_without_documents", close_names(one.folder, folders), folder=one.folder.strip("/") or "-")
    chosen = _each_once(stats, {document: signals.get((task.id, document), []) for document in members})
    kept = tuple(sorted(chosen))
    return Found(one.id, task, len(kept), kept, _evidence(task, chosen), declared=True, volume=volume(one.id, kept, stats))


def _filed(one: DeclaredTask, stats: CorpusStats, signals: ByDocument, kinds: Sequence[Places], options: TaskOptions) -> Found | Finding:
    """Give a task whose labels are places: the documents that lie there, and those that wait to be filed."""
    kind = next((kind for kind in kinds if kind.name == one.filed_by), None)
    if kind is None:
        return _lost(one, "declared_places_not_found", ", ".join(kind.name for kind in kinds) or "-", places=str(one.filed_by))
    task = options.rulebook.tasks[one.task]
    chosen = {document: signals.get((task.id, document), []) for document in (*kind.label_of, *kind.unsorted)}
    members = tuple(sorted(chosen))
    return Found(
        id=one.id,
        task=task,
        documents=len(kind.label_of),
        members=members,
        evidence=_evidence(task, chosen),
        table=f"labels:{kind.name}",
        labels=tuple(kind.label_of.get(document, "") for document in members),
        declared=True,
        volume=volume(one.id, members, stats),
    )


def _lost(one: DeclaredTask, code: str, close: str, **parameters: str) -> Finding:
    return Finding(id=f"{code}@{one.id}", level="warning", code=code, parameters={"task": one.task, "close": close, **parameters})


def _telling(task: Task, signal: Signal) -> tuple[bool, bool, int, str]:
    """Order signals by how much their quotes tell."""
    of_the_work = signal.place in ("body", "heading") and normal(signal.cue) in task.words_of_the_work
    return (not signal.quote, not of_the_work, PLACES.index(signal.place), signal.cue)


def _evidence(task: Task, passing: Mapping[str, Sequence[Signal]]) -> tuple[Evidence, ...]:
    """Choose the documents with the most different cues (then the most occurrences), each with its most telling quote."""
    order = sorted(passing, key=lambda document: (-len({s.cue for s in passing[document]}), -sum(s.count for s in passing[document]), document))
    best = [(document, min(passing[document], key=lambda signal: _telling(task, signal), default=None)) for document in order[:MOST_EVIDENCE]]
    return tuple(Evidence(document=document, quote=signal.quote if signal else "") for document, signal in best)


def _quotes(task: Task, document: str, signals: Sequence[Signal]) -> tuple[Evidence, ...]:
    """Choose the most telling quotes of one document."""
    quotes = [signal.quote for signal in sorted(signals, key=lambda signal: _telling(task, signal))]
    return tuple(Evidence(document=document, quote=quote) for quote in list(dict.fromkeys(quotes))[:MOST_EVIDENCE])


def _nearly(near: Sequence[tuple[Task, list[str]]], options: TaskOptions) -> tuple[Finding, ...]:
    """Say which tasks show in too few documents to be called found."""
    if not near:
        return ()
    ordered = sorted(near, key=lambda item: (-len(item[1]), item[0].id))
    return (
        Finding(
            id="tasks_in_too_few_documents",
            level="note",
            code="tasks_in_too_few_documents",
            parameters={"n": len(near), "tasks": ", ".join(task.id for task, _ in ordered[:MOST_LISTED]), "needed": options.min_documents},
            evidence=tuple(Evidence(document=document) for document in ordered[0][1][:MOST_EVIDENCE]),
        ),
    )
