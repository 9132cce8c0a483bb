import pytest

from corpuskit.report.blocks import Bullets
from tests.report.sample import sample
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_each_sentence_is_quoted_and_carries_a_figure_of_this_audit(language):
    items = only(build("phrases", language), Bullets).items
    assert len(items) == len(sample().summary.phrases) == 5
    opening, closing = {"en": "“”", "ja": "「」"}[language]
    assert all(item.startswith(opening) and item.endswith(closing) for item in items)
    assert all(any(character.isdigit() for character in item) for item in items)


@LANGUAGES
def test_the_clear_and_the_unclear_labels_are_set_against_each_other(language):
    # .034 of 400 and .312 of 400: the intervals (.019, .056) and (.266, .361) do not overlap
    items = only(build("phrases", language), Bullets).items
    assert "3.4" in items[2]
    assert "support.csv" in items[2]
    assert "31.2" in items[3]
    assert "overlap.csv" in items[3]
