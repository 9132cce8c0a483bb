"""Every rule that a report prints has its reference and the day of its check; no sentence says that a use is lawful or a figure certain."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.resources import files
from itertools import product

import pytest

from corpuskit.estimators import Estimates
from corpuskit.report import SECTIONS, AuditReport, localise, phrasebook
from corpuskit.report.blocks import Block, Table
from corpuskit.report.localise import messages
from corpuskit.report.phrasebook import LANGUAGES
from corpuskit.tasks import CONTROLS, FRAMEWORKS, OWNER_QUESTIONS, TASKS, OwnerAnswers, TaskOptions, assess
from corpuskit.tasks.frameworks import reference
from corpuskit.tasks.options import CONDITIONS
from corpuskit.tasks.signals import Signal, independent
from tests.report.sample import sample
from tests.report.walk import flat, texts
from tests.tasks.build import Doc, corpus

RULE = re.compile(rf"\b({'|'.join(FRAMEWORKS)}):[^\s,;、。]+(?: \d+\.\d+)?")
ANSWERS = {
    "nothing answered": OwnerAnswers(),
    "everything holds": OwnerAnswers(conditions=CONDITIONS, audience="public", autonomy="automatic", data="special"),
    "prohibited": OwnerAnswers(prohibited=True),
}


def documents() -> list[Doc]:
    """Five documents of each task of the catalogue, every second task with personal data."""
    found = []
    for number, task in enumerate(TASKS.values()):
        pairs = product(task.names.en + task.cues.en, task.cues.en)
        path, body = next(pair for pair in pairs if independent(task, [Signal("path", pair[0], 1, ""), Signal("body", pair[1], 1, "")]))
        found += [Doc(f"{task.id}/{place}", [(task.id, "path", path, None), (task.id, "body", body, 0)], personal=number % 2) for place in range(5)]
    return found


STATS = corpus(*documents())


def report_of(answers: OwnerAnswers) -> AuditReport:
    """A report on every task of the catalogue, answered alike."""
    assessment = assess(STATS, Estimates(estimates=()), TaskOptions(answers=dict.fromkeys(TASKS, answers)))
    changed = {"tasks": assessment.tasks, "controls": assessment.controls, "references": assessment.references, "findings": assessment.findings}
    return sample().model_copy(update=changed)


REPORTS = {name: report_of(answers) for name, answers in ANSWERS.items()}
EVERY = pytest.mark.parametrize(("name", "language"), list(product(REPORTS, LANGUAGES)))


def passages(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Give what is read together: a sentence, or a row of a table."""
    for block in flat(blocks):
        if isinstance(block, Table):
            yield from (" | ".join(row) for row in block.rows)
        else:
            yield from texts([block])


def test_every_task_of_the_catalogue_is_in_the_reports():
    assert all({task.id for task in report.tasks} == set(TASKS) for report in REPORTS.values())
    assert {task.tier for report in REPORTS.values() for task in report.tasks} == {"T0", "T1", "T2", "T3", "T4"}


@EVERY
def test_every_rule_that_is_printed_is_a_known_one_with_its_date_beside_it(name, language):
    report = localise(REPORTS[name], language)
    printed = set()
    for section in SECTIONS.values():
        for passage in passages(section.build(report, phrasebook(language))):
            for found in RULE.finditer(passage):
                ref = _longest(found.group())
                printed.add(ref)
                assert reference(ref).checked_on in passage, passage
    assert printed == {rule.ref for rule in report.references}
    assert len(printed) > 20 or name == "prohibited"


def _longest(printed: str) -> str:
    """Give the rule that stands at the beginning of what was found."""
    known = [f"{framework}:{rule.id}" for framework, named in FRAMEWORKS.items() for rule in named.framework.rules]
    fitting = [ref for ref in known if printed.startswith(ref)]
    assert fitting, f"{printed} is no rule of a framework file"
    return max(fitting, key=len)


@EVERY
def test_every_rule_that_a_message_names_is_among_the_rules_cited(name, language):
    report = localise(REPORTS[name], language)
    cited = {rule.ref: rule for rule in report.references}
    for message in messages(report.tasks):
        ref = message.parameters.get("ref")
        if ref not in (None, "-"):
            assert cited[str(ref)].checked_on in message.text
    for control in report.controls:
        assert {rule.ref for rule in control.references} <= set(cited)


def test_every_rule_that_can_be_cited_has_reference_title_in_both_languages_framework_and_date():
    for named in FRAMEWORKS.values():
        for rule in named.framework.rules:
            one = reference(f"{named.name}:{rule.id}")
            assert date.fromisoformat(one.checked_on)
            assert rule.ref in one.title
            assert rule.ref in one.title_ja
            assert one.title != one.title_ja
            assert set(one.framework) == {"en", "ja"}
            assert phrasebook("en").has_label(f"standing_{one.status}")


ARTICLE = re.compile(r"(?:Art\. ?|第)(\d+[a-z]?)(?:条)?((?:\(\d+\))*)")


def test_an_article_named_in_a_control_is_among_its_references():
    for language in LANGUAGES:
        for code, sentence in phrasebook(language).sentences["messages"].items():
            for article in ARTICLE.finditer(sentence):
                control = CONTROLS[code.split("_")[1].upper()]
                assert any(ref.partition(":")[2].startswith(article.group(1)) for ref in control.references), f"{code}: {sentence}"


def test_an_article_named_in_a_question_is_among_its_references():
    named = [question for question in OWNER_QUESTIONS if ARTICLE.search(question.why.en + question.ask.en)]
    assert [question.key for question in named] == ["prohibited"]
    for question in named:
        assert all(ref.partition(":")[2] in question.why.en for ref in question.refs)
        assert question.refs


CLAIMS = re.compile(
    r"\b(is|are|be) (lawful|legal|legally (allowed|permitted|safe)|compliant)\b|\bcompl(y|ies) with\b|\bin compliance\b|\bguarantee"
    r"|\b(model|system|it) will (reach|achieve|attain|score|get)\b|適法|合法|法令に適合|法的に問題|違法ではあり|保証し|(達成|到達)します",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(not|never|no|cannot)\b|ません|ない|せず", re.IGNORECASE)


def sentences(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, str):
        yield path, tree
    elif isinstance(tree, Mapping):
        for key, value in tree.items():
            yield from sentences(value, f"{path}.{key}")
    elif isinstance(tree, list):
        for place, value in enumerate(tree):
            yield from sentences(value, f"{path}.{place}")


def everything_said() -> list[tuple[str, str]]:
    """Every sentence of both language files and of the data files of the task floor, but for the words that tasks are searched by."""
    said = [pair for language in LANGUAGES for pair in sentences(phrasebook(language).sentences, language)]
    for file in files("corpuskit.tasks").joinpath("catalogue").iterdir():
        if file.name.endswith(".toml"):
            said += sentences(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return [(path, text) for path, text in said if ".cues." not in path and ".names." not in path]


def test_no_sentence_says_that_a_use_is_lawful_or_that_a_model_will_reach_a_figure():
    claims = [f"{path}: {text}" for path, text in everything_said() if CLAIMS.search(text) and not DENIED.search(text)]
    assert claims == []


@pytest.mark.parametrize(
    "claim",
    [
        "This use is lawful.",
        "The task complies with GDPR Art. 22.",
        "The model will reach 95 %.",
        "この利用は適法です。",
        "モデルは95%に到達します。",
        "品質を保証します。",
    ],
)
def test_such_a_claim_would_be_found(claim):
    assert CLAIMS.search(claim)
    assert not DENIED.search(claim)
