import pytest

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.documents.document_age import estimate_age
from tests.counts.test_cleaning import CONTRACT, document, stats_of

OPTIONS = EstimatorOptions(today="2026-11-24")


def measured(*documents, options=OPTIONS):
    stats = stats_of(*documents) if documents else count_nothing(CountOptions())
    found = estimate_age(Inputs(stats, options), options)
    return found.estimates[0], {item.id: item for item in found.findings}


def test_the_share_of_documents_older_than_three_years_has_an_exact_interval():
    old = [document(f"old{number}.txt", f"Effective date: 202{number}-04-01", modified="2026-01-01") for number in range(3)]
    new = [document(f"new{number}.txt", f"Text {number}", modified="2023-11-24") for number in range(5)]
    share, findings = measured(*old, *new)
    assert (share.id, share.value, share.n, share.unit) == ("stale_share@corpus", 3 / 8, 8, "documents")
    assert share.interval == pytest.approx(clopper_pearson(3, 8))
    stale = findings["stale_documents"]
    assert stale.level == "note"
    assert stale.parameters == {"n": 3, "dated": 8, "years": 3, "oldest": "2020-04-01", "proxies": 0}
    assert [item.document for item in stale.evidence] == ["old0.txt", "old1.txt", "old2.txt"]


def test_copies_change_neither_the_share_of_stale_documents_nor_its_interval():
    texts = [f"Effective date: 202{number}-04-01" for number in range(5)]
    once, _ = measured(*(document(f"{number}.txt", text) for number, text in enumerate(texts)))
    twice, _ = measured(*(document(f"{copy}{number}.txt", text) for copy in "ab" for number, text in enumerate(texts)))
    assert (once.n, twice.n) == (5, 10)
    assert twice.value == once.value
    assert twice.interval == pytest.approx(once.interval)


def test_the_date_of_a_file_is_a_proxy_and_never_counts_as_the_documents_own():
    # the file system says 2024-01-01 for each
    options = OPTIONS.model_copy(update={"stale_years": 1})
    share, findings = measured(document("a.txt", "No date"), document("b.txt", "As of 2020-01-01"), options=options)
    assert (share.value, share.n) == (1.0, 1)
    assert findings["stale_documents"].parameters["proxies"] == 1
    share, findings = measured(document("a.txt", "No date"))
    assert share.undefined_because.code == "undefined_no_dates"
    assert findings == {}


def test_expired_documents_are_named_the_longest_expired_first():
    texts = ("Valid until 2026-11-23", "Valid until 2020-03-31", "Valid until 2026-11-24")
    _, findings = measured(*(document(f"{number}.txt", text) for number, text in enumerate(texts)))
    expired = findings["expired_documents"]
    assert expired.level == "warning"
    assert expired.parameters == {"n": 2, "first": "2020-03-31", "last": "2026-11-23", "today": "2026-11-24"}
    assert [item.document for item in expired.evidence] == ["1.txt", "0.txt"]


def test_versions_stand_newest_first_and_disagreement_is_told():
    texts = [f"{CONTRACT}\nEffective date: {day}" for day in ("2026-04-01", "2025-04-01")]
    _, findings = measured(document("policy_v1.txt", texts[0]), document("policy_v2.txt", texts[1]))
    found = findings["versions_side_by_side"]
    assert (found.level, found.parameters) == ("warning", {"groups": 1, "documents": 2, "newest": "policy_v2.txt", "undecided": 0})
    assert [item.document for item in found.evidence] == ["policy_v2.txt", "policy_v1.txt"]
    assert found.documents == findings["versions_disagree"].documents == (("policy_v2.txt", "policy_v1.txt"),)
    assert findings["versions_disagree"].parameters == {
        "groups": 1,
        "marked": "policy_v2.txt",
        "other": "2025-04-01",
        "dated": "policy_v1.txt",
        "date": "2026-04-01",
    }


def test_without_a_day_there_is_no_age_but_there_are_versions():
    share, findings = measured(document("p_v1.txt", "Valid until 2020-03-31"), document("p_v2.txt", "As of 2020-01-01"), options=EstimatorOptions())
    assert share.undefined_because.code == "undefined_no_today"
    assert set(findings) == {"versions_side_by_side"}


def test_nothing_and_one_document():
    share, findings = measured()
    assert (share.undefined_because.code, share.n, findings) == ("undefined_no_dates", 0, {})
    share, findings = measured(document("a.txt", "As of 2026-01-01"))
    assert (share.value, share.n, findings) == (0.0, 1, {})
