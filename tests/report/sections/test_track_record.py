"""The hit rate stands in every report, also where there is none."""

import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Paragraph, Table
from corpuskit.report.sections.track_record import build
from corpuskit.report.track_record import track_record
from tests.report.sample import sample
from tests.report.test_track_record import outcome


@pytest.mark.parametrize(("language", "told"), [("en", "No pilot has been held against"), ("ja", "照らし合わせた実績は、まだありません")])
def test_that_nothing_was_compared_yet_is_said(language, told):
    _, paragraph = build(sample(), phrasebook(language))
    assert isinstance(paragraph, Paragraph)
    assert told in paragraph.text


@pytest.mark.parametrize(
    ("language", "told"), [("en", "In 1 of 2 pilots the prediction came true: 50 %"), ("ja", "2 件のパイロットのうち 1 件で予測どおり")]
)
def test_the_hit_rate_has_its_interval_and_each_pilot_its_row(language, told):
    held = (outcome(0.9, True), outcome(0.8, False).model_copy(update={"prediction": None}), outcome(0.8, False))
    report = sample().model_copy(update={"pilots": held, "track_record": track_record(held)})
    _, paragraph, table = build(report, phrasebook(language))
    assert isinstance(paragraph, Paragraph)
    assert told in paragraph.text
    assert "1.3" in paragraph.text, "the exact interval of one in two is (.0126, .9874)"
    assert isinstance(table, Table)
    assert len(table.rows) == 3
    assert all(len(row) == len(table.columns) for row in table.rows)
