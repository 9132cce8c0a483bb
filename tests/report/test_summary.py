"""Page 1 as data: verdict rules, order of risks and repairs, figures of this audit in every rule."""

import pytest

from corpuskit.estimators import Estimates
from corpuskit.finding import Evidence, Finding, Message
from corpuskit.ingest import SKIP_REASONS
from corpuskit.report import SkippedFile, summarise
from corpuskit.report.summary import repairs, unread_share
from corpuskit.tasks import Assessment, Repair
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
    # the numbers of tier T2, which the task has
    assert stages["G4"].pass_rule.parameters == {"review_floor": 0.05}
    assert stages["G5"].pass_rule.parameters == {"reaudit_months": 6}


def test_without_a_pilot_the_plan_asks_for_double_labels():
    summary = summarise(CORPUS, Estimates(estimates=(), series=(), findings=()), NOTHING, ())
    assert summary.stages[1].pass_rule.code == "stage_g1_pass_open"
    assert summary.sentence.code == "verdict_no_task"
    assert [phrase.code for phrase in summary.phrases] == ["phrase_coverage", "phrase_no_labels"]
    assert (summary.risks, summary.fix_first) == ((), ())


def test_phrases_quote_this_audits_figures():
    phrases = {phrase.code: phrase.parameters for phrase in summarise(CORPUS, ESTIMATES, ASSESSMENT, FINDINGS).phrases}
    assert phrases["phrase_coverage"] == {"found": 150, "read": 146, "skipped": 4}
    assert phrases["phrase_labels"] == {"document": "support.csv", "column": "queue", "value": 0.034, "low": 0.019, "high": 0.056, "n": 400}
    assert phrases["phrase_labels_unclear"]["column"] == "区分"


def test_overlapping_ambiguities_are_not_contrasted():
    near = ESTIMATES.estimates[3].model_copy(update={"interval": (0.05, 0.361)})
    estimates = Estimates(estimates=(ESTIMATES.estimates[2], near), series=(), findings=())
    codes = [phrase.code for phrase in summarise(CORPUS, estimates, ASSESSMENT, FINDINGS).phrases]
    assert "phrase_labels_unclear" not in codes


def test_every_repair_says_why():
    assert all(set(entry) == {"effort", "effect", "because"} and entry["because"] for entry in repairs().values())
    assert {code.removeprefix("files_skipped_") for code in repairs() if code.startswith("files_skipped_")} <= set(SKIP_REASONS)


def repair(
    id: str, before: float = 0.3, after: float = 0.1, suitability: float | None = None, findings: tuple[str, ...] = (), **moves: str
) -> Repair:
    parameters = {"before": before, "after": after, "n": 400, **moves}
    action = Message(code="repair_pick_version_side_by_side", parameters={"newest": "a/b/new.pdf", "older": "a/old.pdf, c/old.pdf", "n": 2})
    return Repair(
        id=id, action=action, effort="low", moves=Message(code="moves_pick_version", parameters=parameters), measure="m", before=before, after=after,
        suitability=suitability, findings=findings,
    )  # fmt: skip


def with_repairs(*by_place: tuple[int, tuple[Repair, ...]]) -> Assessment:
    return ASSESSMENT.model_copy(update={"tasks": tuple(task(place).model_copy(update={"repairs": repairs}) for place, repairs in by_place)})


def fixes(assessment: Assessment, findings: tuple[Finding, ...] = ()) -> list[tuple[str, str]]:
    return [(fix.repair or fix.id, fix.effect) for fix in summarise(CORPUS, ESTIMATES, assessment, findings).fix_first]


def test_a_repair_that_lowers_the_tier_or_decides_the_task_comes_first():
    found = (repair("low", 0.3, 0.29, suitability=0.7), repair("tier", lighter="T1"), repair("decides", suitability=0.95))
    assert fixes(with_repairs((2, found))) == [("decides", "high"), ("tier", "high"), ("low", "low")]


def test_a_measure_that_does_not_bear_on_the_tolerance_counts_little_unless_the_task_waits_for_it():
    assert fixes(with_repairs((0, (repair("names"),)))) == [("names", "low")]
    assert fixes(with_repairs((2, (repair("names"),)))) == [("names", "medium")]


def test_a_finding_that_a_repair_mends_is_not_listed_twice():
    assert ("fix:near_duplicates", "high") in fixes(with_repairs((0, ())), FINDINGS)
    mended = with_repairs((0, (repair("deduplicate", findings=("near_duplicates",)),)))
    assert "fix:near_duplicates" not in dict(fixes(mended, FINDINGS))


def test_a_repair_of_the_same_documents_is_listed_once_for_all_tasks():
    same = repair("rename_headings", findings=("generic_headings@lang:en",))
    assert fixes(with_repairs((1, (same,)), (2, (same,)))) == [("rename_headings", "medium")]
    own = repair("merge_labels:a/b", findings=("labels_overlap@labels:t.csv#q:a/b",))
    assert len(fixes(with_repairs((0, (own,)), (1, (own,))))) == 2


def test_what_cannot_be_computed_stays_on_the_page_of_its_task():
    unknown = Repair(id="double_label", action=Message(code="repair_double_label", parameters={"n": 200}), effort="low", moves=Message(code="x"))
    assert fixes(with_repairs((0, (unknown,)))) == []


def test_page_one_names_files_and_the_page_of_the_task_their_paths():
    (fix,) = summarise(CORPUS, ESTIMATES, with_repairs((2, (repair("pick"),))), ()).fix_first
    assert fix.title.parameters == {"newest": "new.pdf", "older": "old.pdf, old.pdf", "n": 2}
    assert (fix.task, fix.repair) == ("policy_qa", "pick")
