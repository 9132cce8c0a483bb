import pytest

from corpuskit.counts import CountOptions, count_nothing, side_by_side, superseded_documents
from tests.counts.test_cleaning import CONTRACT, LONG, document, stats_of


def groups(*documents):
    return [(tuple(one.document for one in group.newest_first), group.decided_by, group.disagrees) for group in side_by_side(stats_of(*documents))]


def test_marked_versions_in_one_folder_are_found_whatever_their_texts():
    found = groups(document("hr/policy_v1.txt", "short"), document("hr/policy_v2.txt", LONG * 3), document("hr/other_v2.txt", "x y z"))
    assert found == [(("hr/policy_v2.txt", "hr/policy_v1.txt"), "edition", "")]


def test_the_marks_of_the_sample_folder():
    found = groups(
        document("旅費規程_第1版.txt", "第1条 旅費"), document("旅費規程_第2版.txt", "第1条 日当"), document("旅費規程_第10版.txt", "第1条 宿泊")
    )
    assert found == [(("旅費規程_第10版.txt", "旅費規程_第2版.txt", "旅費規程_第1版.txt"), "edition", "")]


@pytest.mark.parametrize(
    ("one", "other"), [("hr/a/policy_v1.txt", "hr/b/policy_v2.txt"), ("hr/policy.txt", "hr/old/policy.txt"), ("policy_draft.txt", "x/policy.txt")]
)
def test_in_neighbouring_folders_texts_have_to_be_alike(one, other):
    assert len(groups(document(one, CONTRACT), document(other, CONTRACT + "One more."))) == 1
    if "/old/" not in other:
        assert groups(document(one, CONTRACT), document(other, LONG * 3)) == []


def test_far_folders_are_never_compared():
    assert groups(document("a/x/y/policy_v1.txt", CONTRACT), document("b/policy_v2.txt", CONTRACT)) == []


def test_without_a_mark_the_date_of_effect_decides():
    older, newer = (f"{CONTRACT}\nEffective date: {day}" for day in ("2020-04-01", "2023-04-01"))
    assert groups(document("a/policy.txt", older), document("b/policy.txt", newer)) == [(("b/policy.txt", "a/policy.txt"), "effective", "")]


def test_copies_without_a_mark_or_date_are_no_versions():
    assert groups(document("a/policy.txt", CONTRACT), document("b/policy.txt", CONTRACT + "One more.")) == []


def test_a_copy_is_settled_by_the_documents_own_date_or_not_at_all():
    names = ("policy.txt", "policy (1).txt")
    dated = [document(name, CONTRACT + name, modified=f"202{place}-01-01") for place, name in enumerate(names)]
    assert groups(*dated) == [(("policy (1).txt", "policy.txt"), "modified", "")]
    assert [found[1] for found in groups(*(document(name, CONTRACT + name) for name in names))] == ["nothing"]


def test_a_mark_and_a_date_that_disagree_are_told():
    texts = [f"{CONTRACT}\nEffective date: {day}" for day in ("2024-04-01", "2020-04-01")]
    found = groups(document("policy_v1.txt", texts[0]), document("policy_v2.txt", texts[1]))
    assert found == [(("policy_v2.txt", "policy_v1.txt"), "edition", "effective")]


def test_records_with_dates_in_their_names_are_no_versions():
    assert groups(document("minutes_2024-04-01.txt", CONTRACT), document("minutes_2024-05-01.txt", CONTRACT + "One more.")) == []
    assert groups(document("price_2024.txt", CONTRACT), document("price_2025.txt", LONG * 9)) == []


def test_dated_versions_are_found_where_texts_are_nearly_equal_or_dated():
    found = groups(document("price list 20240401.txt", CONTRACT), document("price list 20250401.txt", CONTRACT + "One more."))
    assert found == [(("price list 20250401.txt", "price list 20240401.txt"), "edition", "")]


def test_bare_numbers_need_texts_that_are_alike():
    assert groups(document("lesson 1.1.txt", "valves and pumps"), document("lesson 1.2.txt", "seals")) == []
    assert len(groups(document("slides-1.1.txt", CONTRACT), document("slides-1.2.txt", CONTRACT + "One more."))) == 1


def test_nothing_and_one_document():
    assert side_by_side(count_nothing(CountOptions())) == ()
    assert groups(document("policy_v1.txt", "one")) == []


def test_only_what_is_clearly_older_is_superseded():
    clear = [document(f"policy_v{number}.txt", f"{CONTRACT} {number}") for number in (1, 2, 3)]
    assert superseded_documents(stats_of(*clear)) == {"policy_v1.txt", "policy_v2.txt"}
    disputed = [document(f"rule_v{number}.txt", f"{CONTRACT}\nEffective date: {day}") for number, day in ((1, "2024-04-01"), (2, "2020-04-01"))]
    undecided = [document(name, CONTRACT + name) for name in ("form.txt", "form (1).txt")]
    assert superseded_documents(stats_of(*disputed, *undecided)) == frozenset()
