"""Definition ambiguity without labels: how firmly the names of the owner's categories place messages that nobody sorted yet."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from corpuskit.counts import BY_NAME, UnlabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.definitions.category_names import saying_nothing
from corpuskit.estimators.definitions.definition_advice import LONGEST, MOST_ADVICE
from corpuskit.estimators.definitions.definition_ambiguity import MOST_MESSAGES
from corpuskit.estimators.definitions.names_alone import (
    FEWEST_INFORMED,
    HARDLY,
    CloseCalls,
    NamesAlone,
    between_readings,
    close_calls,
    expected_error,
    leads_by_name,
    read_by_names,
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


def estimate_unlabelled_definitions(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Read every table of messages that nobody sorted into the owner's categories by the names of these."""
    parts = [_of_table(messages, options) for messages in inputs.unlabelled]
    return Estimates(
        estimates=tuple(estimate for part in parts for estimate in part.estimates),
        series=tuple(series for part in parts for series in part.series),
        findings=tuple(finding for part in parts for finding in part.findings),
    )


def _of_table(messages: UnlabelledMessages, options: EstimatorOptions) -> Estimates:
    empty = saying_nothing(messages.names, messages.description_features)
    nothing = _finding(messages, "category_names_say_nothing", "warning", count=len(empty), names=listed(empty)) if empty else ()
    if messages.n < options.min_messages:
        few = {"n": messages.n, "needed": options.min_messages}
        undefined = AMBIGUITY.undefined(messages.subject, messages.n, METHOD, "undefined_too_few_unlabelled", **few)
        return Estimates(estimates=(undefined,), findings=nothing)
    read = read_by_names(messages, MOST_MESSAGES, options.seed)
    without = [name for name, told in zip(messages.names, read.view.informed, strict=True) if not told and name not in empty]
    nothing += _finding(messages, "category_names_share_nothing", "warning", count=len(without), names=listed(without)) if without else ()
    informed = int(read.view.informed.sum())
    if informed < FEWEST_INFORMED:
        told = {"informed": informed, "names": len(messages.names), "needed": FEWEST_INFORMED}
        undefined = AMBIGUITY.undefined(messages.subject, read.n, METHOD, "undefined_names_share_nothing", **told)
        return Estimates(estimates=(undefined,), findings=nothing)
    method = METHOD + computed("between_two_readings", independent=read.effective_n) + computed("holds_for_names_of_topics")
    low, high = between_readings(read, options.level)
    expected = max(expected_error(read.view.reading), low)  # a reading that is not settled is no firmer than that
    value = AMBIGUITY.given(messages.subject, expected, read.n, method, (low, high), options.level)
    calls, leads = close_calls(read), leads_by_name(read, options.level)
    return Estimates(
        estimates=(value,),
        series=(_by_category(read, leads, calls, options.level),),
        findings=(*nothing, *_competing(messages, calls), *_weak(read, leads), *_proves_nothing(read)),
    )


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


def _competing(messages: UnlabelledMessages, calls: CloseCalls) -> tuple[Finding, ...]:
    """Report the pairs of names that compete most."""
    found: tuple[Finding, ...] = ()
    for first, second, count, share in calls.competing()[:MOST_ADVICE]:
        told: dict[str, Parameter] = {"first": messages.names[first], "second": messages.names[second], "count": count, "share": share}
        found += _finding(messages, "category_names_compete", "note", f":{messages.names[first]}/{messages.names[second]}", **told)
    return found


def _weak(read: NamesAlone, leads: Mapping[int, tuple[float, float, float]]) -> tuple[Finding, ...]:
    """Report names that hardly lead even in the messages nearest to them."""
    weak = [read.messages.names[code] for code, (_, _, high) in leads.items() if high < HARDLY]
    return _finding(read.messages, "category_names_mark_little", "note", count=len(weak), names=listed(weak)) if weak else ()


def _proves_nothing(read: NamesAlone) -> tuple[Finding, ...]:
    """Say which class the messages are in, and what would change it."""
    firm = int(np.sum(read.nearest >= 0))
    return _finding(read.messages, "read_by_names_alone", "note", n=read.n, placed=firm, total=read.messages.n)


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
