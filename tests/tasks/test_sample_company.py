"""The planted company: what was put into it on purpose decides the order, the tier and the verdict of its tasks."""

import shutil
from pathlib import Path

import pytest

from corpuskit.audit import audit

COMPANY = Path(__file__).parents[2] / "sample_data"
OLD_VERSIONS = ("travel_policy_v1.docx", "旅費規程_第1版.docx")


@pytest.fixture(scope="module")
def company(of_the_sample_company):
    return of_the_sample_company


@pytest.fixture(scope="module")
def tasks(company):
    return {task.id: task for task in company.tasks}


@pytest.fixture(scope="module")
def without_old_versions(tmp_path_factory, shared_cache):
    folder = tmp_path_factory.mktemp("company") / "sample_data"
    shutil.copytree(COMPANY, folder, ignore=shutil.ignore_patterns(*OLD_VERSIONS))
    return {task.id: task for task in audit([folder], cache=shared_cache).tasks}


CLEAR = ("ticket_routing@support/tickets_2025_en.csv", "ticket_routing@support/問い合わせ一覧_2025.csv")
OVERLAPPING = "ticket_routing@support/inquiry_log_2025.xlsx"


def test_clear_tickets_stand_above_overlapping_ones_and_are_not_tied_with_them(tasks):
    for clear in CLEAR:
        assert tasks[clear].rank < tasks[OVERLAPPING].rank
        assert OVERLAPPING not in tasks[clear].tied_with
        assert tasks[clear].verdict == "start"
    assert tasks[OVERLAPPING].verdict == "fix_first"


def test_the_names_that_say_nothing_are_to_be_merged_or_defined_first(tasks):
    merges = [repair for repair in tasks[OVERLAPPING].repairs if repair.id.startswith("merge_labels")]
    assert any("Other 2" in repair.id for repair in merges)
    assert all(repair.after < repair.before for repair in merges)
    assert any("Other 2" in repair.id for repair in tasks[OVERLAPPING].repairs if repair.id.startswith("define_label"))


def test_contradicting_travel_policies_lower_policy_questions_until_the_old_ones_are_gone(tasks, without_old_versions):
    before, after = tasks["policy_qa"], without_old_versions["policy_qa"]
    assert (before.verdict, before.tier, after.verdict, after.tier) == ("fix_first", "T3", "insufficient_evidence", "T2")
    assert any(repair.id.startswith("pick_version") for repair in before.repairs)
    assert not any(repair.id.startswith("pick_version") for repair in after.repairs)
    named = {str(mode.parameters.get("older", "")).rsplit("/", 1)[-1] for mode in before.failure_modes}
    assert set(OLD_VERSIONS) <= named


def test_the_tier_that_picking_the_versions_leads_to_is_the_one_it_was_computed_to_lead_to(tasks, without_old_versions):
    (picked,) = [repair for repair in tasks["policy_qa"].repairs if repair.id.startswith("pick_version")]
    assert picked.moves.parameters["lighter"] == without_old_versions["policy_qa"].tier


def test_the_old_versions_move_no_task_but_those_that_look_rules_up(tasks, without_old_versions):
    for id in (*CLEAR, OVERLAPPING, "quality_incident@quality/不適合台帳_2025.csv", "hr_screening"):
        assert (tasks[id].verdict, tasks[id].tier) == (without_old_versions[id].verdict, without_old_versions[id].tier)


@pytest.mark.parametrize("id", ["hr_screening", "performance_eval"])
def test_papers_about_persons_are_t4_whatever_the_statistics_say(tasks, id):
    assert (tasks[id].tier, tasks[id].verdict, tasks[id].stages) == ("T4", "do_not_start", ())


def test_page_one_begins_its_repairs_with_a_computed_one(company):
    first = company.summary.fix_first[0]
    assert first.repair.startswith("pick_version")
    assert first.task in {task.id for task in company.tasks}
    assert sum(fix.title.text == first.title.text for fix in company.summary.fix_first) == 1
