import pytest

from corpuskit.report.blocks import Table
from tests.report.sample import sample
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_each_decision_is_numbered_and_has_room_for_name_and_seal(language):
    rows = only(build("decisions", language), Table).rows
    assert len(rows) == len(sample().summary.decisions) > 2
    assert [row[0] for row in rows] == [str(place + 1) for place in range(len(rows))]
    assert all(row[1] and row[2:] == ("", "") for row in rows)


@LANGUAGES
def test_people_are_asked_for_the_pilot_the_tolerance_and_the_decisions_about_persons(language):
    codes = [message.code for message in sample().summary.decisions]
    assert codes == ["decide_pilot", "decide_tolerance", "decide_owner", "decide_persons"]
    rows = only(build("decisions", language), Table).rows
    assert "234" in rows[0][1]
    assert {"en": "Ticket routing", "ja": "問い合わせ振分け"}[language] in rows[0][1]
