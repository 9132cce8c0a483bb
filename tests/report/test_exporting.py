from dataclasses import FrozenInstanceError

import pytest

from corpuskit.report import EXPORTERS, ExportOptions, localise
from tests.report.sample import sample


def test_only_csv_depends_on_the_mark_that_excel_needs():
    report = localise(sample(), "ja")
    with_mark, without = ({name: dict(one.export(report, ExportOptions(csv_bom=bom))) for name, one in EXPORTERS.items()} for bom in (True, False))
    assert [name for name in EXPORTERS if with_mark[name] != without[name]] == ["csv"]
    assert all(with_mark["csv"][suffix] == b"\xef\xbb\xbf" + content for suffix, content in without["csv"].items())


def test_options_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        ExportOptions().csv_bom = False
