import polars as pl
import pytest

from corpuskit.counts import CountOptions, count_nothing
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.documents.templates import estimate_templates, template_words
from tests.counts.build import Part, counted, sentence
from tests.estimators.method_words import method_of

LETTERS = "abcdefghijklmnopqrstuvwxyz"
OPTIONS = EstimatorOptions()


def found_in(stats, **given):
    return {item.measure: item for item in estimate_templates(Inputs(stats, OPTIONS, **given), OPTIONS).estimates}


def forms(documents, standing=("this", "is", "a", "standing", "clause")):
    # words of letters alone: digits of a line count as equal
    own = [[f"{LETTERS[number // 26]}{LETTERS[number % 26]}{LETTERS[word]}" for word in range(15)] for number in range(documents)]
    return {f"{number:02}.txt": [sentence(*standing), sentence(*words)] for number, words in enumerate(own)}


def test_words_of_a_line_in_three_documents_are_a_template():
    share = found_in(counted(forms(3)))["template_share"]
    assert share.value == pytest.approx(5 / 20)
    assert (share.interval, share.n, share.unit, share.grade) == (None, 60, "words", "E")
    assert "no interval" in method_of(share)
    assert found_in(counted(forms(2)))["template_share"].value == 0


def test_documents_of_several_folders_add_up():
    folders = {f"{folder}/{name}": parts for folder, (name, parts) in zip("abc", forms(3).items(), strict=True)}
    assert found_in(counted(folders))["template_share"].value == pytest.approx(5 / 20)
    lines = pl.DataFrame({"source": ["a", "b", "b"], "line": [7, 7, 8], "documents": [2, 1, 2], "occurrences": [2, 1, 9], "words": [8, 4, 90]})
    assert template_words(lines.lazy()) == 12


def test_templates_are_those_of_the_folder_as_it_was_found():
    assert found_in(counted(forms(2)), before_cleaning=counted(forms(10)))["template_share"].n == 200


def test_sections_repeat_wherever_they_stand():
    share = found_in(counted(forms(40)))["repeated_section_share"]
    assert share.value == pytest.approx(0.5)
    assert (share.n, share.unit) == (80, "sections")
    # every document holds one of each, so no group of documents can move it
    assert share.interval == (pytest.approx(0.5), pytest.approx(0.5))
    twice = found_in(counted({"a.txt": [sentence("x"), sentence("x"), sentence("y")]}))["repeated_section_share"]
    assert (twice.value, twice.interval) == (pytest.approx(2 / 3), None)
    assert "no interval" in method_of(twice)


def test_documents_that_differ_widen_the_interval():
    mixed = {name: parts if number % 2 else parts[1:] for number, (name, parts) in enumerate(forms(40).items())}
    share = found_in(counted(mixed))["repeated_section_share"]
    assert share.value == pytest.approx(20 / 60)
    assert share.interval[0] < share.value < share.interval[1]


def test_headings_alone_are_no_sections_with_text():
    stats = counted({"a.txt": [Part(heading=["chapter", "one"]), Part(heading=["chapter", "two"]), sentence("text")]})
    assert (found_in(stats)["repeated_section_share"].value, found_in(stats)["repeated_section_share"].n) == (0.0, 1)


def test_nothing_is_undefined():
    found = found_in(count_nothing(CountOptions()))
    assert {item.undefined_because.code for item in found.values()} == {"undefined_no_tokens"}
