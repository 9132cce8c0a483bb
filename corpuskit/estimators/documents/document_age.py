"""Age of documents: versions that lie side by side, documents whose validity has ended, and documents that nobody has touched for years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from corpuskit.counts import Dated, Version, Versions, dates_of, side_by_side, years_before
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.finding import Evidence, Finding, Level, Parameter, each_alone

STALE = Measure("stale_share", "documents", "E", "Clopper and Pearson 1934; Kish 1965")

MOST_EVIDENCE = 5
"""Documents named as evidence, because a reader checks a handful and then trusts or distrusts the rest."""


def estimate_age(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure the share of documents last dated more than ``stale_years`` before today, and name expired and stale documents and versions."""
    dated = dates_of(inputs.as_found)
    share, stale = _stale(dated, inputs.copies[0], options)
    findings = (*_expired(dated, options.today), *stale, *_versions(side_by_side(inputs.as_found)))
    return Estimates(estimates=(share,), findings=findings)


def _stale(dated: Sequence[Dated], copies: Sequence[Sequence[str]], options: EstimatorOptions) -> tuple[Estimate, tuple[Finding, ...]]:
    """Formula: documents whose own date lies before today minus ``stale_years``, over documents with an own date; exact interval
    at the number of independent documents, exact copies counting as one.

    Undefined without a date for today, and where no document has an own date. Documents that only the file system dates are counted apart.
    """
    known = [one for one in dated if one.own]
    if not options.today:
        return STALE.undefined("corpus", len(known), computed("dated_before_today", years=options.stale_years), "undefined_no_today"), ()
    method = computed("dated_before", years=options.stale_years, today=options.today)
    if not known:
        return STALE.undefined("corpus", 0, method, "undefined_no_dates"), ()
    limit = years_before(options.today, options.stale_years)
    old = sorted((one for one in known if one.own < limit), key=lambda one: (one.own, one.document))
    share, independent = len(old) / len(known), _independent(known, copies)
    interval = clopper_pearson(share * independent, independent, options.level)
    estimate = STALE.given("corpus", share, len(known), method + computed("exact_at_documents", independent=independent), interval, options.level)
    if not old:
        return estimate, ()
    proxies = sum(bool(one.proxy) and one.proxy < limit for one in dated)
    parameters: dict[str, Parameter] = {"n": len(old), "dated": len(known), "years": options.stale_years, "oldest": old[0].own, "proxies": proxies}
    return estimate, (_finding("stale_documents", "note", parameters, old),)


def _independent(known: Sequence[Dated], copies: Sequence[Sequence[str]]) -> float:
    """Give how many independent documents these are worth, exact copies counting as one."""
    stays = {document: group[0] for group in copies for document in group}
    sizes = Counter(stays.get(one.document, one.document) for one in known)
    return effective_size(np.array(list(sizes.values()), dtype=float))


def _expired(dated: Sequence[Dated], today: str) -> tuple[Finding, ...]:
    """Name documents whose validity ended before today, the one that ended first first."""
    over = sorted((one for one in dated if today and one.expires and one.expires < today), key=lambda one: (one.expires, one.document))
    if not over:
        return ()
    parameters: dict[str, Parameter] = {"n": len(over), "first": over[0].expires, "last": over[-1].expires, "today": today}
    return (_finding("expired_documents", "warning", parameters, over),)


def _finding(code: str, level: Level, parameters: dict[str, Parameter], dated: Sequence[Dated]) -> Finding:
    """Make a finding about documents, those to look at first as evidence."""
    documents = [one.document for one in dated]
    evidence = tuple(Evidence(document=document) for document in documents[:MOST_EVIDENCE])
    return Finding(id=code, level=level, code=code, parameters=parameters, evidence=evidence, documents=each_alone(documents, MOST_EVIDENCE))


def _versions(groups: Sequence[Versions]) -> tuple[Finding, ...]:
    """Name the groups of versions, and apart from them those whose evidence names two different newest ones."""
    if not groups:
        return ()
    largest = max(groups, key=lambda group: (len(group.newest_first), group.series))
    decided = [group.decided_by for group in groups]
    found = [
        Finding(
            id="versions_side_by_side",
            level="warning",
            code="versions_side_by_side",
            parameters={
                "groups": len(groups),
                "documents": sum(len(group.newest_first) for group in groups),
                "newest": largest.newest_first[0].document,
                "undecided": decided.count("nothing"),
            },
            evidence=tuple(Evidence(document=version.document) for version in largest.newest_first[:MOST_EVIDENCE]),
            documents=tuple(tuple(version.document for version in group.newest_first) for group in groups),
        )
    ]
    disputed = [group for group in groups if group.disagrees]
    if disputed:
        marked, dated = disputed[0].newest_first[0], _latest(disputed[0])
        parameters: dict[str, Parameter] = {
            "groups": len(disputed),
            "marked": marked.document,
            "other": marked.effective,
            "dated": dated.document,
            "date": dated.effective,
        }
        evidence = tuple(Evidence(document=version.document) for version in (marked, dated))
        every = tuple(tuple(version.document for version in group.newest_first) for group in disputed)
        code = "versions_disagree"
        found.append(Finding(id=code, level="warning", code=code, parameters=parameters, evidence=evidence, documents=every))
    return tuple(found)


def _latest(group: Versions) -> Version:
    return max(group.newest_first, key=lambda version: (version.effective, version.document))


DOCUMENT_AGE = Estimator(
    name="document_age",
    question="Which documents are out of date, and of which do several versions lie side by side?",
    reference=STALE.reference,
    function=estimate_age,
    dated=True,
)
