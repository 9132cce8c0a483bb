"""The data by which columns are known must agree with the way in which names are compared (messages.roles)."""

import re
import unicodedata

import pytest

from corpuskit.ingest import ReadOptions, Table, column_names, roles

IN_LONG_TABLES = ("ITEM_NAMES", "RATING_NAMES", "STATE_NAMES")
NAMES = {name: getattr(column_names, name) for name in ("TEXT_NAMES", "LABEL_NAMES", "LABEL_PHRASES", "NEITHER_NAMES", *IN_LONG_TABLES)}
ENDINGS = {
    name: getattr(column_names, name)
    for name in ("TEXT_ENDINGS", "LABEL_ENDINGS", "NEITHER_ENDINGS", "ITEM_ENDINGS", "RATING_ENDINGS", "STATE_ENDINGS")
}
MESSAGES = [
    f"The {thing} has been leaking since {day} morning." for thing in ("pump", "valve", "seal", "pipe") for day in ("Monday", "Tuesday", "Friday")
]


def detected(**columns):
    table = Table(tuple(columns), [[str(values[row]) for values in columns.values()] for row in range(12)], range(2, 14))
    found = roles(table, ReadOptions())
    return {table.columns[index] for index in found.text}, {table.columns[index] for index in found.labels}


@pytest.mark.parametrize("group", [*NAMES, *ENDINGS])
def test_names_are_written_as_they_are_compared(group):
    # after NFKC and case folding, blanks, hyphens and dots are underscores: a name written otherwise would never be met
    names = NAMES.get(group) or ENDINGS[group]
    assert [name for name in names if unicodedata.normalize("NFKC", name).casefold() != name or re.search(r"[\s\-./]", name)] == []
    assert len(set(names)) == len(names)


def test_single_names_have_no_underscore_and_phrases_have_one():
    # only the last word of a longer name is looked up among the names, so one with an underscore could match as a whole only
    assert [name for group in ("TEXT_NAMES", "LABEL_NAMES", "NEITHER_NAMES", *IN_LONG_TABLES) for name in NAMES[group] if "_" in name] == []
    assert [name for name in NAMES["LABEL_PHRASES"] if "_" not in name] == []


def test_no_english_name_means_two_things():
    text, label, neither = (NAMES[name] for name in ("TEXT_NAMES", "LABEL_NAMES", "NEITHER_NAMES"))
    assert text & label == text & neither == label & neither == set()


def test_no_japanese_ending_of_one_kind_ends_with_one_of_another():
    # in tables with a line for each rating the same names say other things, by design: a state is a label elsewhere
    kinds = [(kind, names) for kind, names in ENDINGS.items() if kind in ("TEXT_ENDINGS", "LABEL_ENDINGS", "NEITHER_ENDINGS")]
    clashes = {
        (kind, name, other, ending)
        for kind, names in kinds
        for name in names
        for other, endings in kinds
        for ending in endings
        if kind != other and name.endswith(ending)
    }
    assert clashes == set()


@pytest.mark.parametrize("name", sorted({*NAMES["TEXT_NAMES"], *ENDINGS["TEXT_ENDINGS"]}))
def test_every_text_name_is_known(name):
    assert detected(**{name: MESSAGES, "some": ["1", "2"] * 6}) == ({name}, set())


@pytest.mark.parametrize("name", sorted({*NAMES["LABEL_NAMES"], *NAMES["LABEL_PHRASES"], *ENDINGS["LABEL_ENDINGS"]}))
def test_every_label_name_is_known(name):
    assert detected(message=MESSAGES, **{name: ["a", "b", "c"] * 4}) == ({"message"}, {name})


@pytest.mark.parametrize("name", sorted({*NAMES["NEITHER_NAMES"], *ENDINGS["NEITHER_ENDINGS"]}))
def test_what_is_neither_is_neither_even_where_its_values_look_like_one(name):
    assert detected(message=MESSAGES, **{name: ["a", "b", "c"] * 4}) == ({"message"}, set())
    assert detected(**{name: MESSAGES, "some": ["1", "2"] * 6})[0] == set()
