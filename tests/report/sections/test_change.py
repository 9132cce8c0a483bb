"""The part on what changed: alarms first, all lists with their numbers, nothing without an audit before."""

import pytest

from corpuskit.finding import Message
from corpuskit.report import Callout, Details, Paragraph, Table, localise, phrasebook
from corpuskit.report.change import (
    MOST_LISTED_DOCUMENTS,
    Change,
    DocumentChanges,
    DocumentList,
    FindingChanges,
    Mix,
    MovedEstimate,
    MovedTerm,
    TaskChange,
)
from corpuskit.report.sections.change import build
from tests.report.sample import sample

NONE = DocumentList(n=0, names=())
CHANGE = Change(
    base_run_id="20261102T000000Z-aaaaaaaa",
    base_date="2026-11-02",
    documents=DocumentChanges(
        of_before=100,
        new=DocumentList(n=MOST_LISTED_DOCUMENTS + 7, names=tuple(f"n{number}.txt" for number in range(MOST_LISTED_DOCUMENTS))),
        gone=DocumentList(n=3, names=("a", "b", "c")),
        changed=NONE,
        moved=NONE,
        superseded=NONE,
    ),
    mixes=(
        Mix(
            measure="terms",
            subject="ja",
            value=0.3,
            band=0.1,
            p=0.001,
            n_before=100,
            n_after=57,
            moved=True,
            terms=(MovedTerm(form="返品", before=1, after=9),),
        ),
    ),
    estimates=(MovedEstimate(id="coverage@lang:ja", before=0.8, before_interval=(0.78, 0.82), after=0.9, after_interval=(0.88, 0.92), p=0.001),),
    compared=20,
    tasks=(TaskChange(id="gone_task", verdict_before="start", verdict_after=None, tier_before="T1", tier_after=None, shown=True, documents=("a",)),),
    findings=FindingChanges(new=("x@y",), resolved=("z",), unchanged=4),
    alarms=(
        Message(
            code="change_mix_terms",
            parameters={"subject": "ja", "value": 0.3, "band": 0.1, "n": 57, "more": "返品", "fewer": "-"},
        ),
    ),
    notes=(Message(code="change_note_settings"),),
)


@pytest.mark.parametrize(("language", "told"), [("en", "More often: 返品"), ("ja", "増えた語：返品")])
def test_alarms_come_first_and_everything_follows(language, told):
    report = localise(sample().model_copy(update={"drift": CHANGE}), language)
    blocks = build(report, phrasebook(language))
    assert isinstance(blocks[1], Callout)
    assert told in blocks[1].text
    tables = [block for block in blocks if isinstance(block, Table)]
    assert len(tables) == 3
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    folds = [block for block in blocks if isinstance(block, Details)]
    assert [fold.summary.split("(")[1] for fold in folds] == ["57)", "3)"]
    assert "7" in folds[0].blocks[0].items[-1]


def test_without_an_audit_before_there_is_no_such_part():
    assert build(sample(), phrasebook("en")) == ()


def test_a_quiet_change_says_so():
    quiet = CHANGE.model_copy(update={"alarms": (), "mixes": (), "tasks": (), "estimates": (), "notes": ()})
    blocks = build(localise(sample().model_copy(update={"drift": quiet}), "en"), phrasebook("en"))
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert said[0] == "Nothing that asks for somebody to look."
    assert "Of 20 measures that both audits have, none moved further than its intervals allow." in said
