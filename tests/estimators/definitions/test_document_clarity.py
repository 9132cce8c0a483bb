"""Documents are divided by how surely their words tell where they were filed, or it is said why not."""

from collections import Counter

import pytest

from corpuskit.estimators.definitions.document_clarity import document_clarity
from corpuskit.ingest import Section
from tests.estimators.definitions.test_sampling_frame import document, filed, inputs

FILED = [document(f"{folder}/{number}.txt", Section(text)) for folder, number, text in filed()]
NAMES = [one.id for one in FILED]


def test_halves_are_made_of_the_documents_asked_for_and_learned_from_all():
    every, some = document_clarity(inputs(*FILED), NAMES), document_clarity(inputs(*FILED), NAMES[:8])
    assert Counter(every.half_of.values()) == {"clear": 20, "unclear": 20}
    assert Counter(some.half_of.values()) == {"clear": 4, "unclear": 4}
    assert (every.places, every.missing) == (("*/",), None)


def test_what_is_written_like_another_kind_is_unclear():
    half_of = document_clarity(inputs(*FILED), NAMES).half_of
    assert {half_of[f"contracts/{number}.txt"] for number in range(16, 20)} == {"unclear"}


def test_the_order_of_the_documents_does_not_matter():
    assert document_clarity(inputs(*FILED), NAMES[::-1]).half_of == document_clarity(inputs(*FILED), NAMES).half_of


@pytest.mark.parametrize(
    ("documents", "asked", "code", "parameters"),
    [
        ([document(f"{number}.txt", Section(f"A note on pump {number} and its seal.")) for number in range(40)], None, "places", {}),
        (FILED[:20], None, "few", {"n": 20, "needed": 30}),
        ([*FILED, document("z.txt", Section("A note at the top."))], ["z.txt"], "elsewhere", {}),
        (FILED, NAMES[:1], "elsewhere", {}),
        ([], [], "places", {}),
    ],
)
def test_without_clarity_there_is_a_reason(documents, asked, code, parameters):
    found = document_clarity(inputs(*documents), [one.id for one in documents] if asked is None else asked)
    assert (found.half_of, found.places) == ({}, ())
    assert (found.missing.code, found.missing.parameters) == (f"pilot_sample_no_clarity_{code}", parameters)
