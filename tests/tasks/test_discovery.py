"""Discovery: a task exists where two independent signals meet in enough documents."""

from dataclasses import replace

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpuskit.counts import CountOptions, count, merge
from corpuskit.tasks import TASKS, DeclaredLabels, DeclaredTask, OwnerAnswers, TaskOptions, cues
from corpuskit.tasks.discovery import Discovery, discover
from corpuskit.text import TextOptions, tokenize
from tests.tasks.build import Doc, corpus, faqs, tickets, two_signals
from tests.text.documents import document

DEFAULTS = TaskOptions()


def discovered(*documents, options=DEFAULTS):
    return discover(corpus(*documents), options)


def ids(*documents, options=DEFAULTS):
    return [found.id for found in discovered(*documents, options=options).found]


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


def declaring(*declared, **more):
    return TaskOptions(declared=declared, **more)


def test_a_declared_task_needs_no_words_and_no_five_documents():
    options = declaring(DeclaredTask(task="market_intel", folder="clippings", max_error=0.2, owner="A. Mori"))
    documents = [Doc("clippings/a.txt"), Doc("clippings/b.txt"), Doc("clipping/c.txt")]
    (found,) = discovered(*documents, options=options).found
    assert (found.id, found.declared, found.members) == ("market_intel@clippings", True, ("clippings/a.txt", "clippings/b.txt"))
    assert options.answers_for(found.task, found.id) == OwnerAnswers(owner="A. Mori", max_error=0.2)
    assert ids(*documents) == []


def test_a_declared_task_stands_in_place_of_the_discovered_one():
    options = declaring(DeclaredTask(task="faq_answer", folder="faq/new"))
    documents = [*faqs(5), two_signals("faq_answer", "faq/new/a.txt", "faq", "how do i")]
    (found,) = discovered(*documents, options=options).found
    assert (found.id, found.members) == ("faq_answer@faq/new", ("faq/new/a.txt",))
    assert ids(*documents) == ["faq_answer"]


def test_a_declaration_without_a_folder_takes_every_document_that_speaks_for_the_task():
    (found,) = discovered(*faqs(2), Doc("other.txt"), options=declaring(DeclaredTask(task="faq_answer"))).found
    assert (found.id, found.documents) == ("faq_answer", 2)


def test_a_declared_table_is_taken_for_no_other_task():
    labels = DeclaredLabels(file="tickets.csv", column="queue")
    options = declaring(DeclaredTask(task="complaint_triage", labels=labels))
    result = discovered(tickets(), options=options)
    (found,) = result.found
    assert (found.id, found.table, found.documents) == ("complaint_triage@tickets.csv#queue", "labels:tickets.csv#queue", 60)
    assert result.findings == ()
    assert ids(tickets()) == ["ticket_routing@tickets.csv"]


def test_the_other_columns_of_a_declared_table_are_still_found():
    table = tickets(columns=("queue", "priority"))
    table = replace(table, labels={**table.labels, "priority": ["urgent" if row % 3 else "normal" for row in range(60)]})
    labels = DeclaredLabels(file="tickets.csv", column="queue")
    found = ids(table, options=declaring(DeclaredTask(task="complaint_triage", labels=labels)))
    assert found == ["ticket_routing@tickets.csv", "complaint_triage@tickets.csv#queue"]


def test_a_column_that_says_the_same_as_a_declared_one_is_no_second_task():
    table = tickets(columns=("queue", "team"))
    table = replace(table, labels={**table.labels, "team": ["A" if value == "hardware" else "B" for value in table.labels["queue"]]})
    for column, copy in (("queue", "team"), ("team", "queue")):
        declared = DeclaredTask(task="complaint_triage", labels=DeclaredLabels(file="tickets.csv", column=column))
        result = discovered(table, options=declaring(declared))
        assert [found.id for found in result.found] == [f"complaint_triage@tickets.csv#{column}"]
        assert [finding.parameters for finding in result.findings] == [{"kept": column, "copy": copy}]


@pytest.mark.parametrize(
    ("declared", "code", "close"),
    [
        (DeclaredTask(task="faq_answer", folder="fak"), "declared_task_without_documents", "faq"),
        (DeclaredTask(task="faq_answer", folder="faq/0"), "declared_task_without_documents", "faq"),
        (DeclaredTask(task="ticket_routing", labels=DeclaredLabels(file="tickets.csv", column="que")), "declared_labels_not_found", "queue"),
        (
            DeclaredTask(task="ticket_routing", labels=DeclaredLabels(file="ticket.csv", column="queue")),
            "declared_labels_not_found",
            "tickets.csv (queue)",
        ),
    ],
)
def test_a_declaration_that_names_nothing_is_a_warning_with_what_is_near(declared, code, close):
    result = discovered(*faqs(5), tickets(), options=declaring(declared))
    (finding,) = [finding for finding in result.findings if finding.level == "warning"]
    assert (finding.code, finding.parameters["close"]) == (code, close)
    assert [found.id for found in result.found] == ["ticket_routing@tickets.csv", "faq_answer"]
    assert not any(found.declared for found in result.found)


def test_places_that_are_declared_to_be_labels_make_a_task_of_the_documents_there():
    documents = [Doc(f"{place}/{number}.txt") for place, n in (("claims", 6), ("orders", 5), ("misc", 3)) for number in range(n)]
    (found,) = discovered(*documents, options=declaring(DeclaredTask(task="ticket_routing", filed_by="folders"))).found
    assert (found.id, found.table, found.documents, found.declared) == ("ticket_routing@folders", "labels:folders", 11, True)
    assert found.members == tuple(sorted(f"{place}/{number}.txt" for place, n in (("claims", 6), ("orders", 5)) for number in range(n)))
    assert found.labels == ("claims",) * 6 + ("orders",) * 5


def test_mails_that_wait_to_be_filed_belong_to_the_task_and_have_no_label():
    stats = corpus(*[Doc(f"{place}/{number}.eml") for place, n in (("claims", 6), ("Inbox", 2), ("orders", 5), ("Sent", 4)) for number in range(n)])
    mails = replace(stats, documents=stats.documents.with_columns(reader=pl.lit("eml")))
    (found,) = discover(mails, declaring(DeclaredTask(task="ticket_routing", filed_by="mail_folders"))).found
    assert (found.documents, len(found.members)) == (11, 13)
    assert dict(zip(found.members, found.labels, strict=True))["Inbox/0.eml"] == ""
    assert not any(member.startswith("Sent") for member in found.members)


def test_a_task_that_sorts_documents_rests_on_what_names_tell_of_most_of_them():
    documents = [Doc(f"support/{number}.txt") for number in range(6)] + [Doc(f"other/{number}.txt") for number in range(9)]
    stats = corpus(*documents)
    mails = replace(
        stats, documents=stats.documents.with_columns(reader=pl.when(pl.col("document") < "support/2").then(pl.lit("eml")).otherwise("reader"))
    )
    options = declaring(DeclaredTask(task="ticket_routing", folder="support"), DeclaredTask(task="faq_answer", folder="support"))

    def tables(*named, given=stats):
        return {found.task.id: found.table for found in discover(given, options, named).found}

    assert tables("names:documents") == {"ticket_routing": "names:documents", "faq_answer": ""}  # an answer to a question is no category
    assert tables("names:documents@support")["ticket_routing"] == "names:documents@support"
    assert tables("names:documents@other")["ticket_routing"] == ""
    assert tables("names:mails")["ticket_routing"] == ""  # there are none
    assert tables("names:mails", given=mails)["ticket_routing"] == ""  # two of six
    assert tables("names:mails", "names:documents", given=mails)["ticket_routing"] == "names:documents"
    (found,) = [one for one in discover(stats, options, ["names:documents"]).found if one.task.id == "ticket_routing"]
    assert found.rows_of == ""


def test_places_that_are_no_categories_are_told_with_those_that_are():
    documents = [Doc(f"{place}/{number}.txt") for place in ("claims", "orders") for number in range(5)]
    declared = declaring(DeclaredTask(task="ticket_routing", filed_by="mail_folders"))
    (finding,) = [one for one in discovered(*documents, options=declared).findings if one.code == "declared_places_not_found"]
    assert finding.parameters == {"task": "ticket_routing", "places": "mail_folders", "close": "folders"}
    assert finding.level == "warning"
    (nowhere,) = [one for one in discovered(Doc("a.txt"), options=declared).findings if one.code == "declared_places_not_found"]
    assert nowhere.parameters["close"] == "-"
    more = discover(corpus(*documents), declaring(DeclaredTask(task="ticket_routing", filed_by="folders")), fewest=6)
    assert [one.code for one in more.findings] == ["declared_places_not_found"]


def test_an_own_task_is_found_by_its_own_words():
    own = {
        "id": "visa_letters",
        "name": {"en": "Visa letters", "ja": "査証書簡"},
        "kinds": ["generate"],
        "documents": ["letter"],
        "names": {"en": ["visa letter"], "ja": ["査証"]},
        "cues": {"en": ["embassy"], "ja": ["大使館"]},
        "stats": ["TPL"],
        "measures": [{"name": "wrong_fact", "max_error": 0.02}],
        "because": "own_rule",
        "impact": "I2",
        "reversible": "partly",
        "tier_floor": "T2",
    }
    options = TaskOptions.model_validate({"own": {"tasks": [own]}})
    letters = [text(f"visa letter/{place}.txt", f"To the embassy of country {place}.") for place in range(5)]
    stats = merge([count(table, CountOptions()) for table in tokenize(letters, TextOptions(), cues(options.rulebook.tasks.values()))], CountOptions())
    assert [found.id for found in discover(stats, options).found] == ["visa_letters"]
    assert discover(stats, DEFAULTS).found == ()


def test_overriding_the_words_of_a_task_changes_what_is_found():
    own = {"id": "faq_answer", "cues": {"en": ["why is"], "ja": ["なぜ"]}}
    options = TaskOptions.model_validate({"own": {"tasks": [own]}})
    assert ids(*faqs(5)) == ["faq_answer"]
    assert ids(*faqs(5), options=options) == []


def test_every_task_of_texts_carries_its_volume_or_the_reason_why_not():
    (found,) = discovered(*faqs(5)).found
    assert found.volume.id == "documents_per_month@task:faq_answer"
    assert found.volume.undefined_because.code == "volume_few_dates"
    (table,) = discovered(tickets()).found
    assert table.volume.undefined_because.code == "volume_of_rows"


@settings(deadline=None)
@given(documents, st.sampled_from(["faq_answer", "policy_qa", "market_intel"]), st.sampled_from(["", "a", "none"]))
def test_a_declaration_leaves_the_others_as_they_are(texts, task, folder):
    """Whatever is declared, and whether or not it names a document, the tasks of other entries are found as before."""
    placed = [replace(text, name=f"a/{text.name}") for text in texts]
    before = discovered(*placed, tickets(), options=LOOSE).found
    after = discovered(*placed, tickets(), options=LOOSE.model_copy(update={"declared": (DeclaredTask(task=task, folder=folder),)})).found
    assert [found for found in before if found.task.id != task] == [found for found in after if found.task.id != task]
