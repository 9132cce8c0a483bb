"""Page 1 as data: verdict rules, order of risks and repairs, figures of this audit in every rule."""

import pytest

from corpuskit.estimators import Estimates
from corpuskit.finding import Evidence, Finding
from corpuskit.ingest import SKIP_REASONS
from corpuskit.report import SkippedFile, summarise
from corpuskit.report.summary import repairs, unread_share
from corpuskit.tasks import Assessment
from tests.report.sample import ASSESSMENT, CORPUS, ESTIMATES, FINDINGS, task

NOTHING = Assessment(tasks=(), controls=(), findings=())


def only(*places: int) -> Assessment:
    return ASSESSMENT.model_copy(update={"tasks": tuple(task(place) for place in places)})


@pytest.mark.parametrize(
    ("places", "verdict"),
    [
        ((0, 3, 5), "start"),
        ((1, 2), "start_with_conditions"),
        ((2, 3), "fix_first"),
        ((3,), "do_not_start"),
        ((3, 4), "insufficient_evidence"),
        ((4, 5), "insufficient_evidence"),
        ((), "insufficient_evidence"),
    ],
)
def test_the_best_task_gives_the_verdict(places, verdict):
    assert summarise(CORPUS, ESTIMATES, only(*places), FINDINGS).verdict == verdict


def test_an_error_or_many_unread_files_lower_a_start():
    error = Finding(id="e", level="error", code="near_duplicates", parameters={"groups": 1, "documents": 2})
    assert summarise(CORPUS, ESTIMATES, only(0), (error,)).verdict == "start_with_conditions"
    unread = CORPUS.model_copy(update={"files_skipped": tuple(SkippedFile(path=str(n), code="encrypted", reason="locked") for n in range(9))})
    assert unread_share(unread) == 9 / 155
    assert summarise(unread, ESTIMATES, only(0), ()).verdict == "start_with_conditions"


def test_pictures_and_empty_files_do_not_count_as_unread():
    pictures = CORPUS.model_copy(update={"files_skipped": tuple(SkippedFile(path=str(n), code="unsupported", reason="") for n in range(900))})
    assert unread_share(pictures) == 0
    assert summarise(pictures, ESTIMATES, only(0), ()).verdict == "start"


def test_risks_have_a_document_are_grave_and_different_in_kind():
    kinds = (("files_skipped_broken", "warning", True), ("z", "warning", True), ("a", "note", True), ("b", "error", False), ("c", "error", True))
    many = tuple(
        Finding(id=f"{code}@{n}", level=level, code=code, evidence=(Evidence(document=f"{code}{n}"),) if evidence else ())
        for code, level, evidence in kinds
        for n in range(3)
    )
    risks = summarise(CORPUS, ESTIMATES, ASSESSMENT, many).risks
    assert [risk.finding for risk in risks] == ["c@0", "z@0", "files_skipped_broken@0"]
    assert [risk.document for risk in risks] == ["c0", "z0", "files_skipped_broken0"]


def test_repairs_are_ordered_by_effect_then_effort_and_grouped_by_kind():
    twice = (*FINDINGS, FINDINGS[1].model_copy(update={"id": "files_skipped@zip"}))
    fixes = summarise(CORPUS, ESTIMATES, ASSESSMENT, twice).fix_first
    assert [(fix.effect, fix.effort) for fix in fixes] == [("high", "medium"), ("medium", "low"), ("low", "low")]
    assert fixes[1].findings == ("files_skipped@encrypted", "files_skipped@zip")
    assert (fixes[1].title.code, fixes[1].title.parameters["n"]) == ("fix_many", 1)


def test_at_most_three_risks_and_five_repairs():
    many = tuple(Finding(id=f"k{n}", level="warning", code=f"k{n}", evidence=(Evidence(document="d"),)) for n in range(20))
    summary = summarise(CORPUS, ESTIMATES, ASSESSMENT, many)
    assert (len(summary.risks), len(summary.fix_first)) == (3, 5)


def test_the_plan_quotes_the_pilot_of_the_first_task():
    stages = {stage.id: stage for stage in summarise(CORPUS, ESTIMATES, ASSESSMENT, FINDINGS).stages}
    assert list(stages) == ["G0", "G1", "G2", "G3", "G4", "G5"]
    assert stages["G1"].pass_rule.parameters == {"n": 234, "max_errors": 6, "task": "ticket_routing"}
    assert stages["G1"].stop_rule.parameters == {"more": 7, "n": 234}
    assert stages["G2"].stop_rule.parameters == {"tolerance": 0.05}


def test_without_a_pilot_the_plan_asks_for_double_labels():
    summary = summarise(CORPUS, Estimates(estimates=(), series=(), findings=()), NOTHING, ())
    assert summary.stages[1].pass_rule.code == "stage_g1_pass_open"
    assert summary.sentence.code == "verdict_no_task"
    assert [phrase.code for phrase in summary.phrases] == ["phrase_coverage", "phrase_no_labels"]
    assert (summary.risks, summary.fix_first) == ((), ())


def test_phrases_quote_this_audits_figures():
    phrases = {phrase.code: phrase.parameters for phrase in summarise(CORPUS, ESTIMATES, ASSESSMENT, FINDINGS).phrases}
    assert phrases["phrase_coverage"] == {"found": 150, "read": 146, "skipped": 4}
    assert phrases["phrase_labels"] == {"labels": "tickets/support.csv#queue", "value": 0.034, "low": 0.019, "high": 0.056, "n": 400}
    assert phrases["phrase_labels_unclear"]["labels"] == "tickets/overlap.csv#区分"


def test_overlapping_ambiguities_are_not_contrasted():
    near = ESTIMATES.estimates[3].model_copy(update={"interval": (0.05, 0.361)})
    estimates = Estimates(estimates=(ESTIMATES.estimates[2], near), series=(), findings=())
    codes = [phrase.code for phrase in summarise(CORPUS, estimates, ASSESSMENT, FINDINGS).phrases]
    assert "phrase_labels_unclear" not in codes


def test_every_repair_says_why():
    assert all(set(entry) == {"effort", "effect", "because"} and entry["because"] for entry in repairs().values())
    assert {code.removeprefix("files_skipped_") for code in repairs() if code.startswith("files_skipped_")} <= set(SKIP_REASONS)
