from datetime import date

from corpuskit.report import localise, phrasebook
from corpuskit.report.tables.coverage import overview, skipped_files
from tests.report.sample import SCRIPT, sample


def test_the_overview_tells_what_was_not_seen_before_it_explains_a_score():
    report = localise(sample(), "en")
    rows = overview(report, phrasebook("en")).rows
    facts = dict(rows)
    assert (facts["Files found"], facts["Files read"]) == (150, 146)
    assert "4" in facts["Not seen"]
    assert facts["Verdict"].endswith(report.summary.sentence.text)
    assert (facts["Oldest file date"], facts["Audited on"]) == (date(2019, 4, 1), date(2026, 11, 2))
    names = [name for name, _ in rows]
    assert names.index("Not seen") < names.index("Suitability")


def test_the_overview_says_that_the_pilot_decides_and_that_an_empty_cell_is_no_zero():
    facts = dict(overview(localise(sample(), "ja"), phrasebook("ja")).rows)
    assert facts["適合度について"].endswith("採否は試行の結果で決まります。")
    assert "0ではありません" in facts["空欄について"]
    assert facts["εについて"] == phrasebook("ja").label("standing_sentence")


def test_a_corpus_without_dates_says_so():
    report = sample()
    bare = report.model_copy(update={"corpus": report.corpus.model_copy(update={"oldest": None, "newest": None})})
    facts = dict(overview(localise(bare, "en"), phrasebook("en")).rows)
    assert facts["Newest file date"] == phrasebook("en").label("no_date")


def test_every_file_that_was_not_read_has_its_reason_and_what_to_do():
    rows = skipped_files(localise(sample(), "ja"), phrasebook("ja")).rows
    assert [row[0] for row in rows] == ["contracts/secret.pdf", "old/broken.docx", f"images/{SCRIPT}.png", "空の文書.txt"]
    assert rows[0][1:] == ("encrypted", "暗号化", "パスワードを解除した写しをご用意ください。", "The file is protected by a password.")
