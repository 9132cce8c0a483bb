"""Every part of a method that the package tells has its words in both languages and gets what they ask for; no words are left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpuskit
from corpuskit.audit.record import AS_WRITTEN
from corpuskit.estimators import computed
from corpuskit.estimators.vocabulary.spectrum_entropy import OTHERS
from corpuskit.finding import Message
from corpuskit.report import phrasebook
from corpuskit.report.phrasebook import placeholders

PACKAGE = Path(corpuskit.__file__).parent
LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


def codes_of(given: ast.expr) -> Iterator[str]:
    """Give the codes that an argument can be: one literal, or a choice between literals."""
    if isinstance(given, ast.IfExp):
        yield from codes_of(given.body)
        yield from codes_of(given.orelse)
    else:
        assert isinstance(given, ast.Constant), f"line {given.lineno}: a code that is no literal cannot be checked"
        yield given.value


def calls() -> list[tuple[str, frozenset[str], str]]:
    """Give every code with the names of its parameters and the file that tells it."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "computed":
                names = frozenset(str(keyword.arg) for keyword in node.keywords)
                found += [(f"method_{code}", names, path.name) for code in codes_of(node.args[0])]
    return found


def words(language: str) -> dict[str, str]:
    return {key: text for key, text in phrasebook(language).sentences["messages"].items() if key.startswith("method_")}


@LANGUAGES
def test_every_part_that_is_told_has_words_and_all_words_are_told(language):
    told = {code for code, _, _ in calls()}
    assert len(told) > 200
    assert told | {AS_WRITTEN} == words(language).keys()


@LANGUAGES
def test_every_part_is_given_exactly_what_its_words_ask_for(language):
    wrong = [(code, file, set(names), set(placeholders(words(language)[code]))) for code, names, file in calls()
             if names != placeholders(words(language)[code])]  # fmt: skip
    assert wrong == []


def test_no_part_ends_a_sentence_or_holds_what_joins_parts():
    """A part is a phrase: the language joins them, and a mark of its own within would read as two parts."""
    assert [key for key, text in words("en").items() if text.endswith(".") or "; " in text] == []
    assert [key for key, text in words("ja").items() if re.search(r"。|です|ます", text)] == []


def test_parts_are_joined_in_the_way_of_the_language():
    method = computed("chao1") + computed("exact_at_messages", independent=131.0)
    assert phrasebook("en").method(method) == "Chao1, lower bound of types; exact interval at 131 independent messages"
    assert phrasebook("ja").method(method) == "Chao1による異なり語数の下限の推定。独立なメッセージ131件に相当するとみた正確信頼区間"


def test_a_part_that_has_its_words_already_is_told_in_them():
    assert phrasebook("ja").method((Message(code="of_a_third_party", text="独自の方法"), *computed("no_interval"))) == "独自の方法。区間なし"


@LANGUAGES
def test_the_other_estimators_of_entropy_are_named_as_they_are_compared(language):
    for end in ("lowest", "highest"):
        assert all(name in words(language)[f"method_{end}_of_entropies"] for name in OTHERS)
