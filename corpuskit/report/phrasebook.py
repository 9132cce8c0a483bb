"""Phrasebooks: every sentence the reader sees, one folder of TOML files per language, and how that language writes numbers.

The files of a folder divide the sentences by subject; a table (``[labels]``, ``[messages]``) may be spread over several of them.

A sentence is a Python format string. Besides plain fields it knows the specs ``{share:percent}`` (a fraction as percent),
``{p:probability}`` (whole percent, never nearer to certainty than 1), ``{low:probabilities high}`` (an interval of two parameters),
``{n:number}`` (also the default of numbers), ``{n:plural file is|files are}`` (first form when the number is 1), ``{code:label verdict_}``
(the label ``verdict_<value>``), ``{m:measure}`` (name of a measure), ``{u:unit}``; ``{id:task}``, ``{id:finding}``, ``{id:fix}``, ``{ref:rule}``
(the name of a task, the title or the fix of a finding, a rule with the day of its last check, looked up in the report); ``{d:messages}`` (a table, or
which documents are the messages); and ``{en:own ja}`` (the one of two parameters that is in the language of the phrasebook: words that a user wrote
in both).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Formatter
from typing import Any, Literal

from corpuskit.errors import UnknownName, UsageError
from corpuskit.estimators import Estimate
from corpuskit.finding import Message, Parameter
from corpuskit.report.numbers import FRACTIONS, number, percent_digits, probability_digits

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")


@dataclass(frozen=True)
class Names:
    """What ids stand for in one report: names of tasks, titles and fixes of findings, and rules with the day of their last check (in the language of
    the phrasebook)."""

    tasks: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    fixes: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> Mapping[str, str]:
        """Give the names of one kind: ``task``, ``finding`` (its title), ``fix`` or ``rule``."""
        return {"task": self.tasks, "finding": self.titles, "fix": self.fixes, "rule": self.rules}[kind]


class Phrasebook:
    """The sentences of one language.

    Every look-up of a key that the file does not hold raises :class:`UnknownName <corpuskit.errors.UnknownName>`, which names the key and
    the nearest one; a sentence whose parameter is missing raises :class:`UsageError <corpuskit.errors.UsageError>`, which names both.
    """

    def __init__(self, language: Language, sentences: Mapping[str, Mapping[str, Any]]) -> None:
        self.language = language
        self.sentences = sentences
        self._formatter = _SentenceFormatter(self)

    def label(self, key: str, names: Names | None = None, **parameters: Parameter) -> str:
        """Give a label, with its placeholders filled."""
        return self._fill(f"labels.{key}", self._entry("labels", key), parameters, names)

    def messages(self, where: str) -> str:
        """Say where messages are that are read by names: a table as it is called, ``mails`` and ``documents`` (of ``@<source>``) in words."""
        kind, _, source = where.partition("@")
        if not self.has_label(f"messages_{kind}"):
            return where
        told = self.label(f"messages_{kind}")
        return self.label("messages_of_source", messages=told, source=source) if source else told

    def has_label(self, key: str) -> bool:
        """Tell whether a label exists."""
        return key in self.sentences["labels"]

    def message(self, message: Message, names: Names | None = None) -> str:
        """Give the sentence of a message."""
        return self._fill(f"messages.{message.code}", self._entry("messages", message.code), message.parameters, names)

    def finding(self, code: str, parameters: Mapping[str, Parameter], names: Names | None = None) -> tuple[str, str]:
        """Give the title and the fix of a finding."""
        entry = self._entry("findings", code)
        title, fix = (self._fill(f"findings.{code}.{part}", str(entry[part]), parameters, names) for part in ("title", "fix"))
        return title, fix

    def measure(self, name: str) -> str:
        """Give the name of a measure, or the measure itself where the file does not name it."""
        entry = self.sentences["measures"].get(name)
        return name if entry is None else str(entry["name"])

    def plain(self, name: str) -> str:
        """Give the plain explanation of a measure; empty where there is none."""
        entry = self.sentences["measures"].get(name)
        return "" if entry is None else str(entry["plain"])

    def unit(self, name: str) -> str:
        """Give the name of a unit, or the unit itself where the file does not name it."""
        return str(self.sentences["units"].get(name, name))

    def series(self, name: str) -> Mapping[str, str]:
        """Give title, description and axis labels of a series."""
        entry: Mapping[str, str] = self._entry("series", name)
        return entry

    def formula(self, id: str) -> Mapping[str, str]:
        """Give the words of a formula: what its letters mean (``symbols``), and when the number is not given (``undefined``)."""
        entry: Mapping[str, str] = self._entry("formulas", id)
        return entry

    def formula_in_words(self, id: str) -> str:
        """Give a formula that has words in it; empty for one of letters and signs alone, which is the same in every language."""
        return str(self.sentences["formulas_in_words"].get(id, ""))

    def glossary(self) -> Sequence[tuple[str, str]]:
        """Give the terms and their explanations, in the order of the file."""
        return tuple((str(entry["term"]), str(entry["text"])) for entry in self.sentences["glossary"].values())

    def percent(self, value: float) -> str:
        """Write a fraction as percent."""
        return str(self.sentences["language"]["percent"]).format(percent_digits(value))

    def probability(self, value: float) -> str:
        """Write a probability as whole percent; beyond 1 and 99 percent only that it is beyond."""
        return str(self.sentences["language"]["percent"]).format(probability_digits(value))

    def quantity(self, value: float, measure: str) -> str:
        """Write the value of a measure: as percent where the measure is a share."""
        return self.percent(value) if measure in FRACTIONS and -1 <= value <= 1 else number(value)

    def interval(self, low: float, high: float, measure: str = "") -> str:
        """Write an interval in the way of a measure."""
        return self.between(self.quantity(low, measure), self.quantity(high, measure))

    def probability_interval(self, low: float, high: float) -> str:
        """Write an interval of probabilities; one number where both ends are written alike."""
        ends = self.probability(low), self.probability(high)
        return ends[0] if ends[0] == ends[1] else self.between(*ends)

    def between(self, low: str, high: str) -> str:
        """Join two written numbers to an interval."""
        return str(self.sentences["language"]["interval"]).format(low=low, high=high)

    def listed(self, items: Sequence[str]) -> str:
        """Join items to a list within a sentence."""
        return str(self.sentences["language"]["separator"]).join(items)

    def estimate(self, estimate: Estimate) -> str:
        """Write the value of an estimate, or the reason why it has none: never 0 and never NaN."""
        if estimate.value is None:
            reason = estimate.undefined_because
            return self.label("undefined", reason=(reason.text or self.message(reason)) if reason else "")
        return self.quantity(estimate.value, estimate.measure)

    def method(self, method: Sequence[Message]) -> str:
        """Write how a number was computed: its parts, joined in the way of the language."""
        separator = str(self.sentences["language"]["method_separator"])
        return separator.join(part.text or self.message(part) for part in method)

    def _entry(self, section: str, key: str) -> Any:
        try:
            return self.sentences[section][key]
        except KeyError:
            raise UnknownName(f"sentence (languages/{self.language}, [{section}])", key, self.sentences.get(section, {})) from None

    def _fill(self, key: str, sentence: str, parameters: Mapping[str, Parameter], names: Names | None) -> str:
        try:
            return self._formatter.vformat(str(sentence), (), _Filling(parameters, names or Names()))
        except KeyError as error:
            raise UsageError(
                f"The sentence {key} (languages/{self.language}) needs the parameter {error.args[0]!r}; given: {sorted(parameters)}."
            ) from None


class _Filling(dict[str, Any]):
    """Parameters of one sentence, with the names it may refer to."""

    def __init__(self, parameters: Mapping[str, Parameter], names: Names) -> None:
        super().__init__({key: (value, names, parameters) for key, value in parameters.items()})


class _SentenceFormatter(Formatter):
    """Fills placeholders; see the module's docstring for the specs."""

    def __init__(self, phrasebook: Phrasebook) -> None:
        self._phrasebook = phrasebook

    def format_field(self, value: Any, format_spec: str) -> str:
        given, names, parameters = value
        spec, _, argument = format_spec.partition(" ")
        match spec:
            case "percent":
                return self._phrasebook.percent(float(given))
            case "probability":
                return self._phrasebook.probability(float(given))
            case "probabilities":
                return self._phrasebook.probability_interval(float(given), float(parameters[argument]))
            case "plural":
                one, many = argument.split("|")
                return one if given == 1 else many
            case "label":
                return self._phrasebook.label(f"{argument}{given}")
            case "own":
                return str(given if self._phrasebook.language == "en" else parameters[argument])
            case "measure":
                return self._phrasebook.measure(str(given))
            case "messages":
                return self._phrasebook.messages(str(given))
            case "unit":
                return self._phrasebook.unit(str(given))
            case "rule" | "task" | "finding" | "fix":
                return str(names.of(spec).get(str(given), given))
            case "" | "number":
                return str(given) if isinstance(given, (str, bool)) else number(given)
        return format(given, format_spec)


@cache
def phrasebook(language: Language) -> Phrasebook:
    """Load the phrasebook of a language.

    Raises
    ------
    UnknownName
        There is no folder for the language.
    UsageError
        Two of its files hold the same key.
    """
    if language not in LANGUAGES:
        raise UnknownName("report language", language, LANGUAGES)
    sentences: dict[str, dict[str, Any]] = {}
    parts = (part for part in files("corpuskit.report").joinpath("languages", language).iterdir() if part.name.endswith(".toml"))
    for part in sorted(parts, key=lambda part: part.name):
        for table, entries in tomllib.loads(part.read_text(encoding="utf-8")).items():
            known = sentences.setdefault(table, {})
            if twice := known.keys() & entries.keys():
                raise UsageError(f"languages/{language}/{part.name}: stands in another file too: {', '.join(sorted(twice))}.")
            known.update(entries)
    return Phrasebook(language, sentences)


def placeholders(sentence: str) -> frozenset[str]:
    """Give the names of the parameters a sentence needs."""
    fields = [(name, spec or "") for _, name, spec, _ in Formatter().parse(sentence) if name]
    return frozenset(name for name, _ in fields) | {spec.split(" ")[1] for _, spec in fields if spec.startswith(("probabilities ", "own "))}
