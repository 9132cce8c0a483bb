from corpuskit.counts import CountOptions, count_nothing, dates_of, outdated_documents, years_before
from tests.counts.test_cleaning import document, stats_of


def test_the_text_goes_before_the_metadata_and_the_file_system_is_a_proxy():
    texts = ("Effective date: 2020-04-01", "No date")
    said, unsaid = dates_of(stats_of(document("a.txt", texts[0], modified="2026-01-01"), document("b.txt", texts[1])))
    assert (said.own, said.proxy) == ("2020-04-01", "")
    assert (unsaid.own, unsaid.proxy != "") == ("", True)


def test_outdated_is_what_ended_or_what_nobody_revised_for_years():
    stats = stats_of(
        document("ended.txt", "Valid until 2026-11-23"),
        document("lasts.txt", "Valid until 2026-11-24"),
        document("old.txt", "Effective date: 2023-11-23"),
        document("young.txt", "Effective date: 2023-11-24"),
        document("undated.txt", "No date"),
    )
    assert outdated_documents(stats, "2026-11-24", 3) == {"ended.txt", "old.txt"}
    assert outdated_documents(stats, "2030-01-01", 1) == {"ended.txt", "lasts.txt", "old.txt", "young.txt"}, "a proxy never dates"
    assert outdated_documents(count_nothing(CountOptions()), "2026-11-24", 3) == frozenset()


def test_the_day_some_years_earlier():
    assert years_before("2026-11-24", 3) == "2023-11-24"
    assert "2021-02-28" < years_before("2024-02-29", 3) < "2021-03-01"
