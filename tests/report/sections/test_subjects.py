import pytest

from corpuskit.report import phrasebook
from corpuskit.report.sections.subjects import FILED, subject_name


@pytest.mark.parametrize(
    ("subject", "english", "japanese"),
    [
        ("lang:ja", "Japanese", "日本語"),
        ("corpus", "all documents", "文書全体"),
        ("labels:in/tickets.csv#queue", "column “queue” of in/tickets.csv", "in/tickets.csvの列「queue」"),
        ("labels:a#b.csv#c", "column “c” of a#b.csv", "a#b.csvの列「c」"),
        ("names:in/a#b.csv", "in/a#b.csv, read by category names alone", "in/a#b.csv（区分名だけによる読み取り）"),
        ("names:mails", "the mails, read by category names alone", "メール（区分名だけによる読み取り）"),
        ("lang:xx", "lang:xx", "lang:xx"),
        ("term:弁", "term:弁", "term:弁"),
        ("labels:odd", "labels:odd", "labels:odd"),
    ],
)
def test_subjects_are_named_in_words_and_unknown_ones_as_they_are(subject, english, japanese):
    assert (subject_name(subject, phrasebook("en")), subject_name(subject, phrasebook("ja"))) == (english, japanese)


@pytest.mark.parametrize("place", FILED)
def test_places_that_documents_are_filed_in_have_a_name(place):
    assert subject_name(f"labels:{place}", phrasebook("ja")) == phrasebook("ja").label(f"place_{place}")
