import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.ingest import Section
from corpuskit.text.effective_dates import PAGE, Validity, validity


def said(*lines, **options):
    return validity([Section("\n".join(lines), **options)])


@pytest.mark.parametrize(
    ("line", "effective"),
    [
        ("Document GA-TRV-01. Effective date: 1 October 2025. Owner: General Affairs.", "2025-10-01"),
        ("Effective 2025-10-01", "2025-10-01"),
        ("| Last updated | 3 March 2024 |", "2024-03-03"),
        ("_Written by the team, July 2019. (Revised March 2024)_", "2024-03-01"),
        ("last_reviewed_on: 2024-05-01", "2024-05-01"),
        ("As of 1 April 2024", "2024-04-01"),
        ("文書番号 GA-TRV-01J　施行日：2025年10月1日　主管：総務部", "2025-10-01"),
        ("この規程は、令和7年4月1日から施行する。", "2025-04-01"),
        ("この規則は、令和5年5月22日に改正し、令和5年6月21日から施行する。", "2023-06-21"),
        ("平成31年4月30日制定　令和元年5月1日改訂", "2019-05-01"),
        ("最終更新日 2024/5/1", "2024-05-01"),
        ("（2020年6月現在）", "2020-06-01"),
        ("更新日：R7.4.1", "2025-04-01"),
    ],
)
def test_a_date_beside_a_word_of_effect_or_revision_dates_the_document(line, effective):
    assert said(line) == Validity(effective=effective)


@pytest.mark.parametrize(
    "line",
    [
        "The meeting took place on 1 April 2024.",
        "TTS issued policy effective February 28, 2017, implementing the act.",
        "using the application as of January 2020.",
        "2025年2月官報に公布された改正の施行日は2025年4月1日である。",
        "育児・介護休業法の改正は令和4年10月1日に施行された。",
        "個人情報の保護に関する法律（平成15年法律第57号）",
        "提出期限：2025年4月1日",
        "Effective date: 03/04/2024",
    ],
)
def test_a_date_that_speaks_of_something_else_does_not(line):
    assert said(line) == Validity()


@pytest.mark.parametrize(
    ("line", "expires"),
    [
        ("Valid until 31 March 2026", "2026-03-31"),
        ("Expiry date: February 2024", "2024-02-29"),
        ("有効期限：2026年3月31日", "2026-03-31"),
        ("本契約の有効期間は、2024年4月1日から2025年3月31日までとする。", "2025-03-31"),
        ("本通知は令和8年3月31日をもって廃止する。", "2026-03-31"),
        ("本契約の有効期間は2024年4月1日から2025年3月31日までとし、以後自動更新する。", ""),
        ("The term is valid until 31 March 2026 and renews each year.", ""),
        ("ANDを取ると、2023/01/01まで有効、となる。", ""),
        ("This hiring authority expires October 10, 2023.", ""),
    ],
)
def test_the_end_of_validity_is_read_unless_it_is_renewed_or_that_of_something_else(line, expires):
    assert said(line) == Validity(expires=expires)


def test_the_latest_date_of_effect_counts():
    assert said("この規程は、令和2年4月21日から施行する。", "この規程は、令和4年12月21日から施行する。").effective == "2022-12-21"


def test_a_revision_history_dates_by_its_heading():
    sections = [
        Section("1.0 2019-05-01 first issue\n2.0 2022-06-01 new limits", heading=("Rules", "Revision history")),
        Section("Held on 2024-01-01."),
    ]
    assert validity(sections).effective == "2022-06-01"
    assert said("改訂履歴", "初版 2019年5月1日", "第2版 2022年6月1日").effective == "2022-06-01"


def test_the_first_and_last_page_come_before_the_middle():
    filling = [f"Line {number} of the text." for number in range(PAGE)]
    middle = "Effective date: 2030-01-01"
    assert said("Effective date: 2024-01-01", *filling, middle, *filling).effective == "2024-01-01"
    assert said(*filling, middle, *filling).effective == "2030-01-01"
    assert said(*filling, middle, *filling, "Last updated: 2024-01-01").effective == "2024-01-01"


@pytest.mark.parametrize("kind", ["row", "hidden"])
def test_messages_and_hidden_text_date_nothing(kind):
    assert said("Effective date: 2024-01-01", kind=kind) == Validity()


def test_a_heading_counts():
    assert said("Text.", heading=("Travel policy (revised 2024-05-01)",)).effective == "2024-05-01"


@given(st.lists(st.text(max_size=80), max_size=8))
def test_no_text_raises(lines):
    assert isinstance(said(*lines), Validity)
