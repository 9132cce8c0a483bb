"""Definition ambiguity without labels: how firmly the names of the owner's categories place messages that nobody sorted yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from corpuskit.counts import BY_NAME, UnlabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.category_names import names_alike, saying_nothing
from corpuskit.estimators.definitions.definition_advice import LONGEST, MOST_ADVICE
from corpuskit.estimators.definitions.definition_ambiguity import MOST_MESSAGES
from corpuskit.estimators.definitions.names_alone import (
    FEWEST_INFORMED,
    HARDLY,
    STRANGE,
    CloseCalls,
    NamesAlone,
    between_readings,
    close_calls,
    expected_error,
    leads_by_name,
    read_by_names,
    shared_wording,
)
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.label_ambiguity import listed
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Evidence, Finding, Parameter

AMBIGUITY = Measure(
    "unlabelled_definition_ambiguity", "messages", "D", "Deerwester and others 1990; Rocchio 1971; Buckley and others 1994; Clopper and Pearson 1934"
)
METHOD = computed("expected_by_names_alone")
OF_LIST = "definitions"
"""Subject of findings that concern the owner's list of categories and no single table."""

MOST_EVIDENCE = 5
"""Tables named as evidence; because a reader looks at a few of them."""


@dataclass(frozen=True)
class _Told:
    """What was found in one table; ``read`` and ``calls`` are None where nothing could be read."""

    estimates: Estimates
    read: NamesAlone | None = None
    calls: CloseCalls | None = None


def estimate_unlabelled_definitions(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Read every table of messages that nobody sorted into the owner's categories by the names of these; mails or other documents too.

    What concerns the list of categories is told once: names that say nothing, the pairs that compete most anywhere, and that nothing is proven.
    """
    parts = [_of_table(messages, options) for messages in inputs.unlabelled]
    reads = [(part.read, part.calls) for part in parts if part.read is not None and part.calls is not None]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates.estimates),
        series=tuple(series for part in parts for series in part.estimates.series),
        findings=(
            *_saying_nothing(inputs.unlabelled),
            *_alike(inputs.unlabelled),
            *(finding for part in parts for finding in part.estimates.findings),
            *_competing(reads),
            *_proves_nothing([read for read, _ in reads]),
        ),
    )


def _of_table(messages: UnlabelledMessages, options: EstimatorOptions) -> _Told:
    if messages.n < options.min_messages:
        few = {"n": messages.n, "needed": options.min_messages}
        undefined = AMBIGUITY.undefined(messages.subject, messages.n, METHOD, "undefined_too_few_unlabelled", **few)
        return _Told(Estimates(estimates=(undefined,)))
    read = read_by_names(messages, MOST_MESSAGES, options.seed)
    silent = _without_telling_words(read)
    if not read.tells:
        told = {"informed": read.informed, "names": len(messages.names), "needed": FEWEST_INFORMED}
        undefined = AMBIGUITY.undefined(messages.subject, read.n, METHOD, "undefined_names_share_nothing", **told)
        return _Told(Estimates(estimates=(undefined,), findings=silent))
    total = messages.n + len(messages.not_read)
    some = computed("some_messages_read", n=read.n, total=total) if read.n < total else ()
    method = METHOD + some + computed("between_two_readings", independent=read.effective_n) + computed("holds_for_names_of_topics")
    low, high = between_readings(read, options.level)
    expected = max(expected_error(read.view.reading), low)  # a reading that is not settled is no firmer than that
    value = AMBIGUITY.given(messages.subject, expected, read.n, method, (low, high), options.level)
    calls, leads = close_calls(read), leads_by_name(read, options.level)
    series = (_by_category(read, leads, calls, options.level),)
    return _Told(Estimates(estimates=(value,), series=series, findings=(*silent, *_weak(read, leads), *_strange(read))), read, calls)


def _by_category(read: NamesAlone, leads: Mapping[int, tuple[float, float, float]], calls: CloseCalls, level: float) -> Series:
    """Tabulate for each name how far it marks out messages of its own, the share that it draws, and the name that it competes with most.

    Names without a telling word in common with a message are left out; a finding names them.
    """
    worth, shares, names, rows = read.effective_n, calls.share(), read.messages.names, []
    drawn = np.bincount(read.nearest[read.nearest >= 0], minlength=len(names))
    for code, lead in leads.items():
        share = int(drawn[code]) / read.n
        rival = int(shares[code].argmax())
        competitor = names[rival] if calls.counts[code, rival] else ""
        low, high = clopper_pearson(share * worth, worth, level)
        rows.append((names[code], *lead, share, low, high, int(drawn[code]), competitor, float(shares[code, rival])))
    rows.sort(key=lambda row: (row[1], row[0]))
    columns = ("category", "lead", "low", "high", "drawn", "drawn_low", "drawn_high", "n", "competitor", "close_calls")
    subject = read.messages.subject
    return Series(id=f"unlabelled_match@{subject}", name="unlabelled_match", subject=subject, columns=columns, rows=tuple(rows[:LONGEST]))


def _saying_nothing(tables: Sequence[UnlabelledMessages]) -> tuple[Finding, ...]:
    """Report names that say nothing by their form; nothing is placed under them."""
    empty = sorted({name for messages in tables for name in saying_nothing(messages.names, messages.description_features)})
    if not empty:
        return ()
    code = "category_names_say_nothing"
    return (Finding(id=f"{code}@{OF_LIST}", level="warning", code=code, parameters={"count": len(empty), "names": listed(empty)}),)


def _alike(tables: Sequence[UnlabelledMessages]) -> tuple[Finding, ...]:
    """Report names that are the same but for spelling or the order of words: neither is ever the nearest."""
    groups = dict.fromkeys(group for messages in tables for group in names_alike(messages.names, messages.description_features))  # once each
    if not groups:
        return ()
    code, told = "category_names_alike", listed([" = ".join(group) for group in groups])
    return (Finding(id=f"{code}@{OF_LIST}", level="warning", code=code, parameters={"count": len(groups), "names": told}),)


def _without_telling_words(read: NamesAlone) -> tuple[Finding, ...]:
    """Report names that no message has a telling word in common with, where their form does not say so already."""
    names, empty = read.messages.names, saying_nothing(read.messages.names, read.messages.description_features)
    without = [name for name, told in zip(names, read.view.informed, strict=True) if not told and name not in empty]
    return _finding(read.messages, "category_names_share_nothing", "warning", count=len(without), names=listed(without)) if without else ()


def _competing(reads: Sequence[tuple[NamesAlone, CloseCalls]]) -> tuple[Finding, ...]:
    """Report the pairs of names that compete most anywhere, each where it competes most."""
    told: set[tuple[str, str]] = set()
    found: tuple[Finding, ...] = ()
    pairs = [(share, count, read.messages, first, second) for read, calls in reads for first, second, count, share in calls.competing()]
    for share, count, messages, first, second in sorted(pairs, key=lambda pair: -pair[0]):
        described = messages.description_features
        names = (messages.names[first], messages.names[second])
        if names_alike(names, None if described is None else csr_matrix(described[[first, second]])):
            continue  # that they are the same words is told already
        if names not in told and len(told) < MOST_ADVICE:
            told.add(names)
            parameters: dict[str, Parameter] = {"first": names[0], "second": names[1], "count": count, "share": share}
            found += _finding(messages, "category_names_compete", "note", f":{names[0]}/{names[1]}", **parameters)
    return found


def _weak(read: NamesAlone, leads: Mapping[int, tuple[float, float, float]]) -> tuple[Finding, ...]:
    """Report names that hardly lead even in the messages nearest to them."""
    weak = [read.messages.names[code] for code, (_, _, high) in leads.items() if high < HARDLY]
    return _finding(read.messages, "category_names_mark_little", "note", count=len(weak), names=listed(weak)) if weak else ()


def _strange(read: NamesAlone) -> tuple[Finding, ...]:
    """Report names that share hardly any wording with the messages they draw, with how many these are."""
    drawn = np.bincount(read.nearest[read.nearest >= 0], minlength=len(read.messages.names))
    strange = [f"{read.messages.names[code]} ({drawn[code]})" for code, shared in shared_wording(read).items() if shared < STRANGE]
    return _finding(read.messages, "category_names_draw_others", "note", count=len(strange), names=listed(strange)) if strange else ()


def _proves_nothing(reads: Sequence[NamesAlone]) -> tuple[Finding, ...]:
    """Say which class the messages are in, and what would change it."""
    if not reads:
        return ()
    placed = sum(int(np.sum(read.nearest >= 0)) for read in reads)
    documents = [read.messages.document for read in reads if read.messages.document][:MOST_EVIDENCE]
    code = "read_by_names_alone"
    return (
        Finding(
            id=f"{code}@{OF_LIST}",
            level="note",
            code=code,
            parameters={"count": len(reads), "n": sum(read.n for read in reads), "placed": placed},
            evidence=tuple(Evidence(document=document) for document in documents),
        ),
    )


def _finding(messages: UnlabelledMessages, code: str, level: str, mark: str = "", **parameters: Parameter) -> tuple[Finding, ...]:
    where = messages.subject.removeprefix(BY_NAME)
    return (
        Finding(
            id=f"{code}@{messages.subject}{mark}",
            level="warning" if level == "warning" else "note",
            code=code,
            parameters={"document": where, **parameters},
            evidence=(Evidence(document=messages.document),) if messages.document else (),
        ),
    )


UNLABELLED_DEFINITIONS = Estimator(
    name="unlabelled_definitions",
    question="How firmly do the names of the categories place messages that nobody labelled?",
    reference=AMBIGUITY.reference,
    function=estimate_unlabelled_definitions,
)
