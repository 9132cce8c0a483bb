import gzip
import json

import numpy as np
import pytest

from corpuskit.estimators.vocabulary.public_words import PublicWords
from tests.validation.proof.ambient import Pair, made_pairs, read_pairs, runs_of, scores, told


def pair(text, text_b="It is so.", number=0):
    return Pair(str(number), text, text_b, True, 2)


def test_models_without_an_answer_are_not_asked():
    rows = [
        {"id": 1, "ambiguous_sentence": "premise", "disambiguation": "", "template": 0, "answer": True, "one": True, "two": None},
        {"id": 1, "ambiguous_sentence": "premise", "disambiguation": "", "template": 1, "answer": False, "two": True},
    ]
    one, two = runs_of(rows)
    assert (one.name, one.rows.tolist(), one.right.tolist()) == ("one", [0], [True])
    assert (two.name, two.rows.tolist(), two.right.tolist()) == ("two", [1], [False])


def test_rarity_is_the_share_of_content_words_that_are_not_listed():
    listed = PublicWords("en", {"river", "bank", "table"})
    found, _ = scores([pair("The river bank.", "The zorbit."), pair("The table."), pair("It is.", "They are.")], listed)
    assert found["rarity"][:2].tolist() == pytest.approx([1 / 3, 0.0])
    assert np.isnan(found["rarity"][2])  # no content word


def test_what_other_pairs_say_too_is_easier_to_foretell():
    usual = [pair("The river flows past the bank.", number=number) for number in range(8)]
    found, unseen = scores(
        [*usual, pair("Bank the past flows river the.", number=9), pair("Zorbit quambits snorvel.", "Blorp.", 10)], PublicWords("en", set())
    )
    losses = found["predictability"]
    assert losses[:8] == pytest.approx(losses[0])
    assert losses[8] > losses[0]
    assert unseen == pytest.approx(4 / (8 * 9 + 9 + 4))


def test_a_planted_relation_with_length_is_found_and_the_oracle_finds_none():
    found = told(*made_pairs(), "made", 60)
    by_code = {figure.code: figure for figure in found.figures}
    assert by_code["items_ambient_length"].interval[0] > 0.55
    low, high = by_code["items_ambient_readings"].interval
    assert low < 0.5 < high
    assert [figure.aim for figure in found.figures] == [None] * 4  # the protocol sets none
    assert len(found.tables[0].rows) == 2


def test_ids_that_are_numbers_are_read_as_strings(tmp_path):
    rows = [
        {"id": 7, "text": "a", "text_b": "b", "ambiguous": False, "disambiguations": []},
        {"id": "7_c", "text": "c", "text_b": "d", "ambiguous": True, "disambiguations": [{}, {}]},
    ]
    with gzip.open(tmp_path / "data.jsonl.gz", "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    assert read_pairs(tmp_path) == [Pair("7", "a", "b", False, 0), Pair("7_c", "c", "d", True, 2)]
