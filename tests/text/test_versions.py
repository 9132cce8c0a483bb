import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.versions import DRAFT, FINAL, OLD, PLAIN, REVISED, Edition, is_folder_of_versions, series_and_edition, version_of


@pytest.mark.parametrize(
    ("name", "series", "edition"),
    [
        ("travel_policy_v1", "travel policy", Edition((1, 0, 0))),
        ("travel policy ver.3", "travel policy", Edition((3, 0, 0))),
        ("Travel Policy, version 2.1", "travel policy", Edition((2, 1, 0))),
        ("handbook Rev B", "handbook", Edition((2, 0, 0))),
        ("handbook_R2", "handbook", Edition((2, 0, 0))),
        ("旅費規程_第2版", "旅費規程", Edition((2, 0, 0))),
        ("旅費規程（第2.0版）", "旅費規程", Edition((2, 0, 0))),
        ("就業規則_改訂3版", "就業規則", Edition((3, 0, 0))),
        ("就業規則_初版", "就業規則", Edition((1, 0, 0))),
        ("就業規則 改訂版", "就業規則", Edition(stage=REVISED)),
        ("就業規則_改定", "就業規則", Edition(stage=REVISED)),
        ("就業規則_最終版", "就業規則", Edition(stage=FINAL)),
        ("report FINAL", "report", Edition(stage=FINAL)),
        ("report_draft", "report", Edition(stage=DRAFT)),
        ("就業規則（案）", "就業規則", Edition(stage=DRAFT)),
        ("旧就業規則", "就業規則", Edition(stage=OLD)),
        ("就業規則(旧)", "就業規則", Edition(stage=OLD)),
        ("old_policy", "policy", Edition(stage=OLD)),
        ("policy_new", "policy", Edition(stage=FINAL)),
        ("就業規則_新", "就業規則", Edition(stage=FINAL)),
        ("マニュアル - コピー", "マニュアル", Edition(copy=1)),
        ("マニュアル - コピー (2)", "マニュアル", Edition(copy=2)),
        ("文書規程 - 副本", "文書規程", Edition(copy=1)),
        ("budget (1)", "budget", Edition(copy=1)),
        ("Copy of budget", "budget", Edition(copy=1)),
        ("budget copy", "budget", Edition(copy=1)),
        ("就業規則_20250401", "就業規則", Edition(dated="2025-04-01")),
        ("minutes_2025-04-01_board", "minutes board", Edition(dated="2025-04-01")),
        ("規程 令和7年4月1日", "規程", Edition(dated="2025-04-01")),
        ("規程_R7.4.1", "規程", Edition(dated="2025-04-01")),
        ("営業月報_2025-05", "営業月報", Edition(dated="2025-05-01")),
        ("handbook 2024", "handbook", Edition(dated="2024-01-01")),
        ("Report_FINAL_v3 (1)", "report", Edition((3, 0, 0), stage=FINAL, copy=1)),
        ("slides-1.1-Draft", "slides", Edition((1, 1, 0), stage=DRAFT, bare=True)),
    ],
)
def test_marks_are_taken_out_of_a_name(name, series, edition):
    assert series_and_edition(name) == (series, edition)


@pytest.mark.parametrize(
    "name",
    [
        "提案書_倉庫改善",
        "案件一覧",
        "新旧対照表",
        "新入社員研修",
        "final_report",
        "notice_new_badge",
        "作業標準_A-201",
        "saved",
        "overview",
        "8D_0107_leak",
    ],
)
def test_words_that_look_like_marks_stay(name):
    assert series_and_edition(name)[1] == Edition()


EDITIONS = st.builds(
    Edition,
    st.one_of(st.just(()), st.tuples(st.integers(1, 999), st.integers(0, 99), st.integers(0, 99))),
    st.sampled_from(["", "2024-04-01", "2025-01-31"]),
    st.integers(OLD, FINAL),
    st.integers(0, 99),
)


@given(EDITIONS, EDITIONS)
def test_the_written_form_sorts_as_the_edition_and_comes_back(one, other):
    assert Edition.of(str(one)) == one
    if str(one) and str(other):
        key = [(each.number or (0, 0, 0), each.dated or "0000-00-00", each.stage, each.copy) for each in (one, other)]
        assert (str(one) < str(other)) == (key[0] < key[1])


@given(st.text(max_size=40))
def test_any_name_gives_a_series_without_marks_at_its_ends(name):
    series, edition = series_and_edition(name)
    assert series == series.strip()
    assert edition.stage in range(OLD, FINAL + 1)


def test_the_folder_or_the_title_speaks_where_the_name_does_not():
    assert version_of("hr/old/policy.docx", "") == ("policy", str(Edition(stage=OLD)))
    assert version_of("hr/v2/policy.docx", "") == ("policy", str(Edition((2, 0, 0))))
    assert version_of("hr/旅費.docx", "旅費規程（第2版）") == ("旅費", str(Edition((2, 0, 0))))
    assert version_of("hr/v2.docx", "Travel policy") == ("travel policy", str(Edition((2, 0, 0))))
    assert version_of("README.md", "Travel policy v3") == ("travel policy", str(Edition((3, 0, 0))))
    assert version_of("hr/policy_v1.docx", "Policy v2")[1] == str(Edition((1, 0, 0)))
    assert version_of("policy.docx", "") == ("policy", "")


def test_folders_of_versions():
    assert all(is_folder_of_versions(name) for name in ("old", "v2", "旧版", "2024", "archive", "20250401"))
    assert not any(is_folder_of_versions(name) for name in ("", "hr", "policies", "travel v2"))


def test_a_date_or_a_copy_says_no_version():
    assert [
        edition.says
        for edition in (Edition((1, 0, 0)), Edition(stage=FINAL), Edition(dated="2024-01-01"), Edition(copy=1), Edition((1, 1, 0), bare=True))
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert Edition().stage == PLAIN
