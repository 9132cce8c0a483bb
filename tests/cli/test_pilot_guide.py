"""``corpuskit pilot guide`` prints the page of the walk, in either language."""

import pytest


@pytest.mark.parametrize(("options", "first"), [((), "# A pilot, from the audit"), (("--ja",), "# パイロットの進め方")])
def test_the_page_is_printed(call, options, first):
    shown = call("pilot", "guide", *options)
    assert shown.returncode == 0
    assert shown.stdout.startswith(first)
    assert "corpuskit pilot evaluate labels.csv answers.csv --plan plan.json" in shown.stdout
