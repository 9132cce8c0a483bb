import pytest

from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.blocks import Paragraph
from corpuskit.tasks import Alternative
from tests.report.sample import ASSESSMENT
from tests.report.walk import build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def told(language, *alternatives):
    task = ASSESSMENT.tasks[0].model_copy(update={"alternatives": alternatives})
    return only(build("costs", language, tasks=(ASSESSMENT.tasks[1], task)), Paragraph).text


@LANGUAGES
def test_the_bands_of_a_priced_task_are_told_with_their_day(language):
    way = {"fits": Message(code="fits_do_nothing"), "currency": "JPY", "priced_on": "2026-11-01"}
    text = told(
        language, Alternative(id="do_nothing", low=90_000.4, high=90_000.4, **way), Alternative(id="small_model", low=12_000, high=35_500, **way)
    )
    book = phrasebook(language)
    assert all(part in text for part in ("JPY 90,000", "12,000", "35,500", "2026-11-01", book.label("alternative_small_model")))
    assert text.count("90,000") == 1, "a cost without spread is no band"


@LANGUAGES
def test_without_prices_nothing_is_guessed(language):
    unpriced = Alternative(id="do_nothing", fits=Message(code="fits_do_nothing"), reason=Message(code="cost_not_told", parameters={"missing": "a"}))
    for alternatives in ((), (unpriced,)):
        task = ASSESSMENT.tasks[0].model_copy(update={"alternatives": alternatives})
        assert build("costs", language, tasks=(task,)) == ()
