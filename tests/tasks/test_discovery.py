"""Discovery: a task exists where two independent signals meet in enough documents."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count, merge
from corpuskit.tasks import TASKS, TaskOptions, cues
from corpuskit.tasks.discovery import Discovery, Signal, discover, independent, same_word
from corpuskit.text import TextOptions, tokenize
from tests.tasks.build import Doc, corpus, faqs, tickets, two_signals
from tests.text.documents import document

DEFAULTS = TaskOptions()


def discovered(*documents, options=DEFAULTS):
    return discover(corpus(*documents), options)


def ids(*documents, options=DEFAULTS):
    return [found.id for found in discovered(*documents, options=options).found]


def signals(*pairs):
    return [Signal(place, cue, 1, "") for place, cue in pairs]


def text(name, words):
    one = document(name, words)
    return replace(one, source=replace(one.source, sha256=name))


def slides(number, with_cue, path=()):
    """Documents of ten sections, some of which hold a heading and a word on policies."""
    inside = [("policy_qa", place, cue, section) for section in range(with_cue) for place, cue in (("heading", "work rules"), ("body", "shall"))]
    return [Doc(f"{place}.pptx", [*inside, *[("policy_qa", "path", cue, None) for cue in path]], sections=10) for place in range(number)]


def test_five_documents_make_a_task_and_four_only_a_finding():
    assert ids(*faqs(5)) == ["faq_answer"]
    four = discovered(*faqs(4))
    assert four.found == ()
    (finding,) = four.findings
    assert (finding.id, finding.level) == ("tasks_in_too_few_documents", "note")
    assert finding.parameters == {"n": 1, "tasks": "faq_answer", "needed": 5}
    assert [evidence.document for evidence in finding.evidence] == [f"faq/{place}.txt" for place in range(4)]


def test_nearly_found_tasks_are_named_from_most_documents_to_fewest():
    (finding,) = discovered(*faqs(2), *[two_signals("policy_qa", f"p{place}", "policy", "shall") for place in range(3)]).findings
    assert finding.parameters["tasks"] == "policy_qa, faq_answer"


def test_nothing_is_found_in_nothing():
    assert discovered() == Discovery(found=(), findings=())


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("path", "policy"), ("body", "shall")], True),
        ([("title", "policy"), ("body", "shall")], True),
        ([("path", "規程"), ("body", "附則")], True),
        ([("path", "policy"), ("heading", "exceptions to")], True),
        ([("body", "shall"), ("heading", "work rules")], True),
        ([("path", "policy"), ("column", "regulations")], True),
        ([("path", "policy"), ("column", "policy")], True),
        ([("path", "policy")], False),
        ([("path", "policy"), ("title", "policies")], False),
        ([("path", "policy"), ("title", "work rules")], False),
        ([("body", "shall"), ("body", "must not")], False),
        ([("heading", "work rules"), ("heading", "exceptions to")], False),
        ([("path", "policy"), ("heading", "work rules")], False),
        ([("path", "規程"), ("heading", "規定")], False),
        ([("path", "policy"), ("body", "policy")], False),
        ([("path", "shall"), ("body", "shall")], False),
        ([("path", "この規程"), ("heading", "規程")], False),
    ],
)
def test_which_signals_are_independent(found, expected):
    assert independent("policy_qa", signals(*found)) is expected
    assert independent("policy_qa", signals(*reversed(found))) is expected


def test_an_inflected_form_is_no_second_signal():
    assert not independent("translate_en_ja", signals(("path", "translation"), ("body", "translated from")))
    assert independent("translate_en_ja", signals(("path", "translation"), ("body", "source language")))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("規程", "規定", False),
        ("見積", "見積書", True),
        ("policy", "policies", True),
        ("ＦＡＱ", "faq", True),
        ("log", "logs", True),
        ("contract", "contain", False),
        ("cost", "costly", True),
        ("work rules", "work order", False),
        ("translation", "translated from", True),
        ("就業規則", "就業時間", False),
    ],
)
def test_which_words_are_one_word(one, other, expected):
    assert same_word(one, other) is same_word(other, one) is expected


def test_words_in_few_sections_are_a_passing_mention_unless_the_path_agrees():
    assert ids(*slides(5, with_cue=1)) == []
    assert ids(*slides(5, with_cue=2)) == ["policy_qa"]
    assert ids(*slides(5, with_cue=1, path=["policy"])) == ["policy_qa"]


def test_exact_copies_count_once_and_near_copies_each():
    assert ids(*faqs(9, sha256="same")) == []
    (finding,) = discovered(*faqs(9, sha256="same")).findings
    assert len(finding.evidence) == 1
    filled_in = two_signals("faq_answer", "faq/filled in.txt", "faq", "how do i")
    (found,) = discovered(*faqs(5), filled_in, replace(filled_in, name="faq/copy.txt", sha256="other")).found
    assert found.documents == 7


def test_signals_of_tasks_that_are_not_in_the_catalogue_are_left_alone():
    assert discovered(*[two_signals("astrology", f"{place}.txt", "stars", "moon") for place in range(9)]).found == ()


def test_at_most_five_documents_are_shown_the_ones_with_most_different_words_first():
    rich = Doc("z.txt", [("faq_answer", "path", "faq", None), *[("faq_answer", "body", cue, 0) for cue in ("how do i", "can i", "q:")]])
    (found,) = discovered(*faqs(6), rich).found
    assert (found.documents, len(found.evidence), found.evidence[0].document) == (7, 5, "z.txt")
    assert found.evidence[1].quote == "… how do i …"


def test_rows_of_a_labelled_table_count_as_documents():
    (found,) = discovered(tickets(rows=6)).found
    assert (found.id, found.documents, found.members) == ("ticket_routing@tickets.csv", 6, ("tickets.csv",))
    assert found.table == "labels:tickets.csv#queue"


def test_each_label_column_is_a_task_of_its_own_and_a_second_coder_is_none():
    table = tickets(columns=("queue", "priority", "second:queue"))
    priority = ["urgent" if row % 3 else "normal" for row in range(60)]
    found = discovered(replace(table, labels={**table.labels, "priority": priority})).found
    assert [task.id for task in found] == ["ticket_routing@tickets.csv#priority", "ticket_routing@tickets.csv#queue"]


def test_columns_that_say_the_same_label_for_label_are_one_task():
    table = tickets(columns=("queue", "team"))
    teams = ["Team A" if value == "hardware" else "Team B" for value in table.labels["team"]]
    result = discovered(replace(table, labels={**table.labels, "team": teams}))
    assert [found.id for found in result.found] == ["ticket_routing@tickets.csv"]
    assert result.found[0].table == "labels:tickets.csv#queue"
    (finding,) = result.findings
    assert (finding.code, finding.parameters) == ("label_columns_say_the_same", {"kept": "queue", "copy": "team"})


@pytest.mark.parametrize("table", [tickets(rows=4), replace(tickets(), signals=())], ids=["few rows", "no words"])
def test_a_labelled_table_without_a_task_is_a_finding(table):
    result = discovered(table)
    assert result.found == ()
    assert [finding.id for finding in result.findings] == ["labelled_table_without_task@tickets.csv"]
    assert result.findings[0].parameters["columns"] == "queue"


def test_a_column_with_one_label_only_is_no_table():
    result = discovered(replace(tickets(), labels={"queue": ["hardware"] * 60}))
    assert [finding.code for finding in result.findings] == ["tasks_in_too_few_documents"]


def test_a_table_belongs_to_the_task_that_most_rows_speak_for():
    complaints = [("complaint_triage", "path", "complaints", None), *[("complaint_triage", "body", "refund", row) for row in range(40)]]
    routing = [("ticket_routing", "path", "tickets", None), *[("ticket_routing", "body", "assigned to", row) for row in range(20)]]
    table = replace(tickets(), signals=[*complaints, *routing])
    (found,) = discovered(table).found
    assert (found.id, found.documents) == ("complaint_triage@tickets.csv", 40)


def test_a_table_speaks_for_no_task_that_reads_texts():
    table = replace(tickets(), signals=[("faq_answer", "path", "faq", None), *[("faq_answer", "body", "how do i", row) for row in range(60)]])
    assert ids(table) == []


def test_words_are_found_in_real_texts_of_both_languages():
    english = [text(f"faq/{place}.txt", f"How do I reset password number {place}?") for place in range(5)]
    japanese = [text(f"規程/{place}.txt", f"第1条 この規程は旅費{place}について定める。") for place in range(5)]
    regulations = [text(f"規定/{place}.txt", f"旅費{place}について。規程はない。") for place in range(5)]
    tables = tokenize([*english, *japanese, *regulations], TextOptions(), cues())
    stats = merge([count(table, CountOptions()) for table in tables], CountOptions())
    found = {task.id: task.members for task in discover(stats, DEFAULTS).found}
    assert found["faq_answer"] == tuple(f"faq/{place}.txt" for place in range(5))
    assert found["policy_qa"] == tuple(f"規程/{place}.txt" for place in range(5))


def words(task):
    both = [cue for words in (TASKS[task].names.en, TASKS[task].cues.en) for cue in words]
    outside = st.tuples(st.just(task), st.sampled_from(["path", "title"]), st.sampled_from(both), st.none())
    inside = st.tuples(st.just(task), st.sampled_from(["body", "heading", "column"]), st.sampled_from(both), st.integers(0, 5))
    return outside | inside


signal = words("faq_answer") | words("policy_qa") | words("ticket_routing")
documents = st.lists(st.tuples(st.lists(signal, max_size=6), st.sampled_from(["", "same"])), min_size=1, max_size=6).map(
    lambda drawn: [Doc(f"{place}.txt", found, sections=6, sha256=sha256) for place, (found, sha256) in enumerate(drawn)]
)
LOOSE = TaskOptions(min_documents=2)


@settings(deadline=None)
@given(documents, signal, st.integers(0, 5))
def test_another_signal_never_removes_a_task_of_texts(texts, added, place):
    changed = place % len(texts)
    more = [replace(text, signals=[*text.signals, added]) if index == changed else text for index, text in enumerate(texts)]
    before, after = ({found.id: found.documents for found in discovered(*some, options=LOOSE).found} for some in (texts, more))
    assert all(after.get(task, 0) >= number for task, number in before.items())


@settings(deadline=None)
@given(documents, st.randoms())
def test_the_order_of_the_documents_changes_nothing(texts, random):
    shuffled = [replace(text, signals=random.sample(text.signals, len(text.signals))) for text in random.sample(texts, len(texts))]
    assert discovered(*shuffled, tickets(), options=LOOSE) == discovered(tickets(), *texts, options=LOOSE)
