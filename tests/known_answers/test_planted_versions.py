"""What was planted in sample_data: two versions of the travel policy in each language, and contracts that are near-duplicates."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpuskit.audit import describe

SAMPLE = Path(__file__).parents[2] / "sample_data"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def findings(shared_cache):
    _, estimates = describe([SAMPLE / "general_affairs" / "travel", SAMPLE / "legal" / "nda"], cache=shared_cache, now=NOW)
    return {finding.id: finding for finding in estimates.findings}, {item.id: item for item in estimates.estimates}


def test_the_travel_policies_are_versions_the_second_is_the_newest(findings):
    versions = findings[0]["versions_side_by_side"]
    assert (versions.parameters["groups"], versions.parameters["documents"], versions.parameters["undecided"]) == (2, 4, 0)
    assert [Path(item.document).name for item in versions.evidence] == ["旅費規程_第2版.pdf", "旅費規程_第1版.docx"]
    assert "versions_disagree" not in findings[0]


def test_the_first_versions_are_stale_by_the_dates_in_their_text(findings):
    stale = findings[0]["stale_documents"]
    assert stale.parameters["oldest"] == "2022-04-01"
    assert {Path(item.document).name for item in stale.evidence} == {"travel_policy_v1.docx", "旅費規程_第1版.docx"}
    assert findings[1]["stale_share@corpus"].value == pytest.approx(2 / findings[1]["stale_share@corpus"].n)


def test_contracts_are_near_duplicates_and_neither_copies_nor_versions(findings):
    near = findings[0]["near_duplicates"]
    assert {Path(item.document).name for item in near.evidence} == {
        "nda_halden_pulp.docx",
        "nda_northport_dairy.docx",
        "nda_quillstone_semiconductor.docx",
    }
    assert "exact_duplicates" not in findings[0]
    assert findings[1]["exact_duplicate_share@corpus"].value == 0
