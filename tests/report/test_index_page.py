"""The index: audits listed, linked and followed, folders apart; names from documents stay text."""

import pytest

from corpuskit.report import RENDERERS, Chart, Columns, Table, index_page
from corpuskit.report.index_page import MOST_CHARTS, Followed, IndexEntry


def entry(day, root="documents", value=0.8, pages=None, alarms=0, **numbers):
    followed = {"coverage_of_new_documents@lang:ja": Followed(value, value - 0.1, value + 0.1)} | numbers
    return IndexEntry(
        root=root,
        started_at=f"2026-11-{day:02}T06:30:00+00:00",
        verdict="start",
        ready=2,
        findings={"warning": 3},
        alarms=alarms,
        pages={"ja": f"{root}-{day}.ja.html"} if pages is None else pages,
        numbers=followed,
    )


def charts(report):
    return [
        block for columns in report.blocks if isinstance(columns, Columns) for side in columns.sides for block in side if isinstance(block, Chart)
    ]


def test_audits_are_listed_newest_first_and_lead_to_their_pages():
    report = index_page([entry(2, alarms=None), entry(9)], "en")
    (table,) = (block for block in report.blocks if isinstance(block, Table))
    assert [row[0] for row in table.rows] == ["2026-11-09 06:30", "2026-11-02 06:30"]
    assert dict(table.links) == {"2026-11-09 06:30": "./documents-9.ja.html", "2026-11-02 06:30": "./documents-2.ja.html"}
    assert [row[-1] for row in table.rows] == ["0", "–"]


def test_a_number_is_followed_with_its_interval_over_days():
    (chart,) = charts(index_page([entry(2, value=0.7), entry(9, value=0.8)], "en"))
    assert chart.points == ((0.0, 0.7), (7.0, 0.8))
    assert chart.band == ((0.0, pytest.approx(0.6), pytest.approx(0.8)), (7.0, pytest.approx(0.7), pytest.approx(0.9)))


def test_one_audit_is_not_drawn_and_many_numbers_are_cut():
    assert charts(index_page([entry(2)], "ja")) == []
    many = {f"suitability@t{number}": Followed(0.5, None, None) for number in range(20)}
    assert len(charts(index_page([entry(2, **many), entry(9, **many)], "ja"))) == MOST_CHARTS


def test_folders_stand_apart_the_one_audited_last_first():
    report = index_page([entry(2, "sales"), entry(3, "legal"), entry(9, "sales")], "en")
    assert [block.text for block in report.blocks if getattr(block, "level", 0) == 2] == ["sales", "legal"]


def test_a_page_that_is_gone_has_no_link():
    (table,) = (block for block in index_page([entry(2, pages={})], "en").blocks if isinstance(block, Table))
    assert table.links == ()


def test_hostile_names_stay_text_and_links_stay_files():
    root = "<script>alert(1)</script>"
    page = RENDERERS["html"].render(index_page([entry(2, root, pages={"en": 'x" onclick="y.en.html'})], "en"), "index").text
    assert "<script>alert" not in page
    assert 'href="./x%22%20onclick%3D%22y.en.html"' in page
