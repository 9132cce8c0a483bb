import pytest

from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Details, Heading, Paragraph, Table
from corpuskit.tasks import Alternative, ControlNumber, Repair, staged_plan
from tests.report.sample import ASSESSMENT
from tests.report.walk import all_of, build, only, said, texts

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])
MERGE = Repair(
    id="merge_labels:A/B",
    action=Message(code="repair_merge_labels", parameters={"first": "A", "second": "B", "count": 40}),
    effort="medium",
    moves=Message(code="moves_merge_labels", parameters={"before": 0.3, "after": 0.2, "low": 0.16, "high": 0.24, "n": 400}),
    measure="language_ambiguity",
    before=0.3,
    after=0.2,
    suitability=0.62,
    suitability_interval=(0.4, 0.8),
)
UNKNOWN = Repair(
    id="double_label",
    action=Message(code="repair_double_label", parameters={"n": 200}),
    effort="medium",
    moves=Message(code="moves_double_label_unknown"),
)
NOTHING = Alternative(id="do_nothing", fits=Message(code="fits_do_nothing"), low=300_000, high=300_000, currency="JPY", priced_on="2026-11-01")
SMALL = Alternative(
    id="small_model",
    fits=Message(code="fits_small_clear", parameters={"error": 0.03, "tolerance": 0.1}),
    low=2528,
    high=50_028,
    review_share_of_cost=0.9994,
    currency="JPY",
    priced_on="2026-11-01",
)
OPEN = Alternative(id="rules_only", fits=Message(code="fits_rules_closed"), reason=Message(code="cost_rules_unknown"))


def page(language, **changes):
    return build("task_pages", language, tasks=(ASSESSMENT.tasks[0].model_copy(update=changes),))


@LANGUAGES
def test_a_repair_says_how_far_it_moves_and_what_cannot_be_computed_has_no_number(language):
    book = phrasebook(language)
    rows = next(table.rows for table in all_of(page(language, repairs=(MERGE, UNKNOWN)), Table) if book.label("column_moves") in table.columns)
    assert book.percent(0.2) in rows[0][1]
    assert rows[0][2] == f"{book.probability(0.62)} ({book.probability_interval(0.4, 0.8)})"
    assert book.percent(0.16) in rows[0][1]
    assert rows[1][2] == book.label("not_applicable")
    assert rows[0][3] == book.label("size_medium")


@LANGUAGES
def test_a_cost_is_a_band_with_its_day_or_a_reason(language):
    book = phrasebook(language)
    blocks = page(language, alternatives=(NOTHING, OPEN, SMALL))
    rows = next(table.rows for table in all_of(blocks, Table) if book.label("column_cost") in table.columns)
    assert rows[0][2] == "JPY 300,000"
    assert rows[1][2] == book.message(Message(code="cost_rules_unknown"))
    assert "2,528" in rows[2][2]
    assert "50,028" in rows[2][2]
    assert any("2026-11-01" in paragraph.text for paragraph in all_of(blocks, Paragraph))


@LANGUAGES
def test_without_an_amount_no_day_is_named(language):
    assert "2026-11-01" not in "".join(texts(page(language, alternatives=(OPEN,))))


@LANGUAGES
def test_stages_and_numbers_are_folded(language):
    book = phrasebook(language)
    numbers = (
        ControlNumber(id="review_share", control="C09", value=0.05, unit="share"),
        ControlNumber(id="log_level", control="C07", value=2, unit="level"),
    )
    blocks = page(language, stages=staged_plan("ticket_routing", "T2", 0.05, ASSESSMENT.tasks[0].pilot), numbers=numbers)
    folds = {fold.summary: fold.blocks[0] for fold in all_of(blocks, Details)}
    assert [row[0] for row in folds[book.label("task_stages")].rows] == ["G0", "G1", "G2", "G3", "G4", "G5"]
    shown = folds[book.label("strictness")].rows
    assert [row[0:3:2] for row in shown] == [("C09", book.percent(0.05)), ("C07", "L2")]
    assert shown[0][3] == book.label("reference_none")
    assert "EU 2024/1689 Art. 9(8)" in shown[1][3]
    assert "2026-11-23" in shown[1][3]


@LANGUAGES
def test_review_and_changes_are_lists_and_nothing_is_headed_that_is_empty(language):
    book = phrasebook(language)
    blocks = page(language, review=(Message(code="review_protects"),), changes=(Message(code="change_pass_or_fail"),))
    headings = {block.text for block in all_of(blocks, Heading)}
    assert {book.label("review_arithmetic"), book.label("changes")} <= headings
    bare = {block.text for block in all_of(page(language), Heading)}
    assert not {book.label(key) for key in ("review_arithmetic", "changes", "alternatives", "task_repairs", "description")} & bare


@LANGUAGES
def test_the_group_and_the_open_tier_stand_with_the_facts(language):
    book = phrasebook(language)
    text = said(page(language, group="descriptive", tier_at_most="T3", conversion=Message(code="conversion_score")))
    assert book.label("group_descriptive") in text
    assert book.label("tier_open", tier=book.label("tier_T2"), most="T3") in text
    assert book.message(Message(code="conversion_score")) in text


@LANGUAGES
def test_what_the_user_did_not_say_is_named_once(language):
    book = phrasebook(language)
    open_ones = [
        Alternative(id=id, fits=Message(code="fits_do_nothing"), reason=Message(code="cost_not_told", parameters={"missing": f"a, {id}"}))
        for id in ("do_nothing", "small_model")
    ]
    blocks = page(language, alternatives=tuple(open_ones))
    rows = next(table.rows for table in all_of(blocks, Table) if book.label("column_cost") in table.columns)
    assert {row[2] for row in rows} == {book.label("not_applicable")}
    assert book.label("cost_missing", n=3) in [paragraph.text for paragraph in all_of(blocks, Paragraph)]
    (fold,) = [fold for fold in all_of(blocks, Details) if fold.summary == book.label("cost_settings", n=3)]
    assert only(fold.blocks, Bullets).items == ("a", "do_nothing", "small_model")


@LANGUAGES
def test_labelling_for_the_pilot_is_told_below_the_table(language):
    text = said(page(language, alternatives=(NOTHING, SMALL.model_copy(update={"labelling": 53_700.0}))))
    assert "53,700" in text
    assert "53,700" not in said(page(language, alternatives=(NOTHING, SMALL)))
