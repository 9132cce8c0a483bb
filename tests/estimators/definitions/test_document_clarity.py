"""Documents are divided by how surely their words tell where they were filed, or it is said why not."""

from collections import Counter

import pytest

from corpuskit.estimators.definitions.document_clarity import document_clarity
from corpuskit.estimators.definitions.sampling_frame import frame_of_documents
from corpuskit.estimators.inputs import Inputs
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


def named(documents, categories):
    given = inputs(*documents)
    return Inputs(given.stats, given.options, categories)


def test_categories_of_the_owner_go_before_the_places_documents_lie_in():
    texts = [f"Invoice {n * 7919}: please pay the amount" if n % 2 else f"Parcel {n * 6007}: delivery is late" for n in range(40)]
    letters = [document(f"{('x', 'y')[n % 3 == 0]}/{n}.txt", Section(text)) for n, text in enumerate(texts)]
    names = [one.id for one in letters]
    found = document_clarity(named(letters, {"invoice": "", "delivery": "", "Other": ""}), names)
    assert Counter(found.half_of.values()) == {"clear": 20, "unclear": 20}
    assert (found.names, found.places, found.missing) == (("invoice", "delivery", "Other"), (), None)
    assert document_clarity(named(letters, {"納期": "", "請求": ""}), names).names == ()  # these say nothing of English letters
    assert document_clarity(named(letters[:20], {"invoice": "", "delivery": ""}), names[:20]).names == ()  # too few


def test_cases_divided_by_names_can_be_given_these_names():
    texts = [f"Invoice {n * 7919}: please pay the amount" if n % 2 else f"Parcel {n * 6007}: delivery is late" for n in range(40)]
    letters = [document(f"{n}.txt", Section(text)) for n, text in enumerate(texts)]
    frame = frame_of_documents(named(letters, {"invoice": "", "delivery": ""}), [one.id for one in letters])
    assert frame.labels == ("invoice", "delivery")
    assert [(note.code, note.parameters) for note in frame.notes] == [("pilot_sample_by_names", {"n": len(frame.cases)})]
