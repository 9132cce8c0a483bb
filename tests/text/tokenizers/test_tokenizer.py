from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpuskit.errors import UnknownName
from corpuskit.text import TOKENIZERS, TextOptions
from corpuskit.text.tokenizers import Types
from corpuskit.text.tokenizers.tokenizer import without_blanks

WORDS, BLANK = ["", "a", "b", ""], np.array([True, False, False, True])


@given(st.lists(st.lists(st.integers(0, 3), max_size=5), max_size=5))
def test_blanks_are_dropped_from_their_own_lines(lines):
    types = np.array([number for line in lines for number in line], np.uint32)
    lengths = np.array([len(line) for line in lines], np.int64)
    cut = without_blanks(types, lengths, BLANK)
    kept = [[number for number in line if not BLANK[number]] for line in lines]
    assert cut.types.tolist() == [number for line in kept for number in line]
    assert cut.lengths.tolist() == [len(line) for line in kept]


def test_types_are_numbered_as_they_come_and_may_share_a_form():
    types = Types()
    assert [types.add("the", 0), types.add("the", 8), types.add(",", 0)] == [0, 1, 2]
    assert (types.forms, types.traits) == (["the", "the", ","], [0, 8, 0])


@pytest.mark.parametrize("name", list(TOKENIZERS))
def test_every_tokenizer_keeps_its_promises(name):
    tokenizer = TOKENIZERS[name].load(TextOptions())
    lines = ["One 二 three.", "", " ", "One"]
    cut = tokenizer.cut(lines)
    again = tokenizer.cut(lines)
    assert cut.types.tolist() == again.types.tolist()
    assert cut.lengths.tolist() == [4, 0, 0, 1]
    assert cut.types[0] == cut.types[-1]
    assert all(tokenizer.types.forms[number] for number in cut.types)
    assert len(tokenizer.types.forms) == len(tokenizer.types.traits)
    assert [span.form for span in tokenizer.spans(lines[0])] == [tokenizer.types.forms[number] for number in cut.types[:4]]
    with pytest.raises(ValidationError, match="frozen"):
        tokenizer.info.version = "0"


def test_an_unknown_tokenizer_is_named():
    with pytest.raises(UnknownName, match="Did you mean 'sudachi'"):
        TOKENIZERS["sudachy"]
    with pytest.raises(FrozenInstanceError):
        TOKENIZERS["spacy"].name = "other"
