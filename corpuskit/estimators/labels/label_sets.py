"""Several labels in one cell, or several cells for one message: each label is measured against the rest, and the whole set."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from corpuskit.counts import LabelledMessages
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import WORK
from corpuskit.estimators.labels.cross_fitting import folds_of, linear_classifier
from corpuskit.estimators.labels.message_groups import deal_folds, link_near_copies, sample_groups
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.specification import Estimates, Measure
from corpuskit.finding import Evidence, Finding

Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

BETWEEN_LABELS = (";", "；", "|", "｜", "、", ",", "，")
"""What stands between labels of one cell, the surest sign first."""

RECURRING = 0.8
"""Share of the parts of combined labels that must stand in other labels too, because a comma inside a single name makes parts that stand nowhere
else."""

SETS = Measure("label_set_error", "messages", "C", "Tsoumakas and Katakis 2007; Stone 1974; Clopper and Pearson 1934; Kish 1965")


class LabelSets(NamedTuple):
    """Messages with any number of labels.

    Attributes
    ----------
    rows : array of int, shape (m,)
        Position of each message (its first, where it stands once for each label).
    names : tuple of str
        Labels, sorted.
    carries : array of bool, shape (m, labels)
    separator : str
        What stands between labels of a cell; empty where a message has several cells.
    """

    rows: Integers
    names: tuple[str, ...]
    carries: Flags
    separator: str


def separator_of_sets(names: tuple[str, ...], sizes: Integers) -> str:
    """Give what stands between several labels of one cell; empty where the names do not look like sets.

    Parameters
    ----------
    names : tuple of str
        Different contents of the cells.
    sizes : array of int, shape (names,)
        Messages with each.
    """
    for separator in BETWEEN_LABELS:
        parts = [parts_of(name, separator) for name in names]
        if not any(len(each) > 1 for each in parts):
            continue
        names_with: dict[str, int] = {}
        for each in parts:
            for part in set(each):
                names_with[part] = names_with.get(part, 0) + 1
        combined = [(int(size), part) for each, size in zip(parts, sizes, strict=True) if len(each) > 1 for part in each]
        recurring = sum(size for size, part in combined if names_with[part] > 1)
        if len(names_with) < len(names) and recurring >= RECURRING * sum(size for size, _ in combined) > 0:
            return separator
    return ""


def parts_of(name: str, separator: str) -> list[str]:
    """Cut a name at a separator; empty parts are left out."""
    return [part for piece in name.split(separator) if (part := piece.strip())]


def label_sets(messages: LabelledMessages) -> LabelSets | None:
    """Read labels as sets where a cell holds several or a message has several cells; None where each message has one label."""
    sizes = np.bincount(messages.labels, minlength=len(messages.label_names)).astype(np.int64)
    used = tuple(name for name, size in zip(messages.label_names, sizes, strict=True) if size)
    separator = separator_of_sets(used, sizes[sizes > 0])
    _, rows, message = np.unique(np.array(messages.locators, dtype=object).astype(str), return_index=True, return_inverse=True)
    named = all(messages.locators)
    if not separator and (not named or len(rows) == messages.n):
        return None
    if not named:
        rows, message = np.arange(messages.n), np.arange(messages.n)
    parts = [parts_of(name, separator) if separator else [name] for name in messages.label_names]
    names = tuple(sorted({part for code in np.flatnonzero(sizes) for part in parts[code]}))
    place = {name: column for column, name in enumerate(names)}
    of_label = np.zeros((len(parts), len(names)), np.bool_)
    for code in np.flatnonzero(sizes):
        of_label[code, [place[part] for part in parts[code]]] = True
    carries = np.zeros((len(rows), len(names)), np.bool_)
    np.logical_or.at(carries, message, of_label[messages.labels])
    return LabelSets(rows.astype(np.int64), names, carries, separator)


def cross_fitted_sets(features: csr_matrix, carries: Flags, groups: Integers, folds: int = 5, seed: int = 0) -> Flags:
    """Predict for each message and label whether it carries it, by one cross-fitted linear classifier for each label. Shape as ``carries``."""
    fold = deal_folds(carries.argmax(axis=1).astype(np.int64), groups, folds, seed)
    predicted = np.zeros_like(carries)
    for part in folds_of(features, fold, groups):
        for column in range(carries.shape[1]):
            known = carries[part.known, column]
            one_sided = known.all() or not known.any()
            found = known[:1].repeat(len(part.asked)) if one_sided else linear_classifier(part, known, seed).predict(part.judged)
            predicted[part.asked, column] = found
    return predicted


def estimate_label_sets(messages: LabelledMessages, options: EstimatorOptions) -> Estimates:
    """Measure, where messages carry several labels, how often the set comes out wrong, and each label against the rest; nothing elsewhere."""
    found = label_sets(messages)
    if found is None:
        return Estimates()
    subject = messages.subject
    method = computed("wrong_label_sets") + computed("label_against_rest")
    numbers = found.carries.sum(axis=0)
    enough = np.flatnonzero(numbers >= options.min_per_label)
    few = [(found.names[column], int(numbers[column])) for column in np.flatnonzero(numbers < options.min_per_label)]
    kept = np.flatnonzero(found.carries[:, enough].any(axis=1))
    findings = (_told(messages, found, few, options),)
    if len(enough) < 2:
        reason = SETS.undefined(subject, len(kept), method, "undefined_too_few_labels", labels=len(enough), needed=options.min_per_label)
        return Estimates(estimates=(reason,), findings=findings)
    if len(kept) < options.min_messages:
        reason = SETS.undefined(subject, len(kept), method, "undefined_too_few_messages", n=len(kept), needed=options.min_messages)
        return Estimates(estimates=(reason,), findings=findings)
    carries, rows = found.carries[np.ix_(kept, enough)], found.rows[kept]
    groups = link_near_copies(csr_matrix(messages.features[rows]), messages.fold_groups[rows])
    most = min(options.max_messages, max(WORK // len(enough), options.min_messages))
    chosen = sample_groups(carries.argmax(axis=1).astype(np.int64), groups, most, options.seed)
    carries, groups = carries[chosen], np.unique(groups[chosen], return_inverse=True)[1].astype(np.int64)
    wrong = cross_fitted_sets(csr_matrix(messages.features[rows[chosen]]), carries, groups, options.folds, options.seed) != carries
    worth = effective_size(np.bincount(groups).astype(float))
    rate = float(wrong.any(axis=1).mean())
    estimate = SETS.given(
        subject,
        rate,
        len(chosen),
        method + computed("exact_at_messages", independent=worth),
        clopper_pearson(rate * worth, worth, options.level),
        options.level,
    )
    by_label = tuple(
        (found.names[column], float(share), *clopper_pearson(float(share) * worth, worth, options.level), int(number))
        for column, share, number in zip(enough, wrong.mean(axis=0), carries.sum(axis=0), strict=True)
    )
    worst = tuple(sorted(by_label, key=lambda row: (-row[1], row[0])))
    columns = ("label", "error", "low", "high", "n")
    series = Series(id=f"label_against_rest@{subject}", name="label_against_rest", subject=subject, columns=columns, rows=worst)
    return Estimates(estimates=(estimate,), series=(series,), findings=findings)


def _told(messages: LabelledMessages, found: LabelSets, few: list[tuple[str, int]], options: EstimatorOptions) -> Finding:
    """Say that the column was read as sets of labels, and which labels are too rare to be measured."""
    shown = ", ".join(f"{name} ({size})" for name, size in few[:5]) or "–"
    return Finding(
        id=f"labels_are_sets@{messages.subject}",
        level="note",
        code="labels_are_sets",
        parameters={
            "column": messages.column,
            "labels": len(found.names),
            "several": int((found.carries.sum(axis=1) > 1).sum()),
            "n": len(found.rows),
            "few": len(few),
            "rare": shown,
            "needed": options.min_per_label,
        },
        evidence=(Evidence(document=messages.document),),
    )
