import sys
from dataclasses import replace

import pytest

from corpuskit.counts import Definitions, count_documents, documents_of, documents_to_name, unlabelled_documents
from corpuskit.counts.stats import CountOptions
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions, hashed_features

NAMES = {"repair": "leaks and breaks", "orders": ""}


def text(name, content, reader="text", title=""):
    source = Source(path=name, sha256=name, bytes=9, modified="2026-01-01T00:00:00Z", reader=reader)
    return Document(name, source, (Section(content, (), "body", ""),), (("title", title),) if title else ())


def mail(name, content, title="Your request"):
    return text(name, content, "eml", title)


def table(name, *labels):
    given = [(("kind", label),) if label else () for label in labels]
    rows = tuple(Section(f"the pump number {n} leaks", (), "row", f"row {n + 2}", label) for n, label in enumerate(given))
    source = Source(path=name, sha256=name, bytes=9, modified="2026-01-01T00:00:00Z", reader="csv")
    return Document(name, source, rows, (("text_columns", "text"),))


def found(*documents, definitions=NAMES):
    stats = count_documents(list(documents), TextOptions(), (), CountOptions(groups=3), frozenset())
    return unlabelled_documents(stats, definitions)


MAILS = (mail("a.eml", "The pump leaks oil"), mail("b.eml", "Where is my order"), mail("c.eml", "The pump leaks oil"))


def test_mails_are_messages_and_other_documents_beside_them_are_not():
    (messages,) = found(*MAILS, text("manual.txt", "How pumps work"))
    assert (messages.subject, messages.document, messages.names, messages.language) == ("names:mails", "", ("repair", "orders"), "en")
    assert messages.locators == ("a.eml", "b.eml", "c.eml")
    assert messages.fold_groups[0] == messages.fold_groups[2] != messages.fold_groups[1]  # one text; one subject makes no copy
    assert messages.description_features.shape[0] == 2


def test_features_are_the_letters_of_each_word():
    (messages,) = found(text("a.txt", "Pump leaks, pump leaks"))
    assert (messages.features != hashed_features(["pump leaks pump leaks"])).nnz == 0
    (japanese,) = found(text("a.txt", "請求書の再発行"), definitions={"請求": "", "納期": ""})
    assert japanese.features.multiply(hashed_features(["請求"]) > 0).nnz > 3  # the name is within a longer word


def test_without_mails_all_documents_are_read_unless_there_is_a_table_that_the_categories_can_be_for():
    letters = (text("a.txt", "The pump leaks"), text("b.txt", "Where is my order"))
    (messages,) = found(*letters)
    assert (messages.subject, messages.locators) == ("names:documents", ("a.txt", "b.txt"))
    assert found(*letters, table("t.csv", "", "")) == ()
    assert [one.subject for one in found(*MAILS, table("t.csv", "", ""))] == ["names:mails"]


@pytest.mark.parametrize("sorted_already", [table("t.csv", "repair", "orders"), table("t.csv", "repair", "other")])
def test_categories_that_a_table_is_sorted_into_are_not_asked_of_mails(sorted_already):
    assert found(*MAILS, sorted_already) == ()


def test_categories_that_folders_are_named_for_are_sorted_already():
    folders = (mail("01_repair/a.eml", "The pump leaks"), mail("orders/b.eml", "Where is my order"))
    assert found(*folders) == ()
    assert len(found(replace(folders[0], id="01_repair/a.eml"), mail("x/b.eml", "Where is my order"))) == 1


def test_sources_with_their_own_categories_are_read_apart():
    given = Definitions({**NAMES, "leave": "", "pay": ""}, {"leave": frozenset({"hr"}), "pay": frozenset({"hr"})})
    told = found(mail("hr/a.eml", "May I take leave"), mail("it/b.eml", "The pump leaks"), definitions=given)
    assert [(one.subject, one.locators, one.names) for one in told] == [
        ("names:mails@hr", ("hr/a.eml",), ("repair", "orders", "leave", "pay")),
        ("names:mails", ("it/b.eml",), ("repair", "orders")),
    ]


def test_each_source_is_looked_at_by_itself():
    """What one has sorted, or has as mails, decides nothing for the other; lists that share a category keep names of their own."""
    of = {"repair": {"it"}, "orders": {"it", "shop"}, "returns": {"shop"}, "leave": {"hr"}, "pay": {"hr"}}
    given = Definitions(dict.fromkeys(of, ""), {name: frozenset(sources) for name, sources in of.items()})
    texts = (text("it/a.txt", "The pump leaks"), text("shop/b.txt", "Where is my order"), mail("hr/c.eml", "May I take leave"))
    assert [one.subject for one in found(*texts, definitions=given)] == ["names:mails@hr", "names:documents@it", "names:documents@shop"]
    answered = table("hr/t.csv", "leave", "pay")
    assert [one.subject for one in found(*texts, answered, definitions=given)] == ["names:documents@it", "names:documents@shop"]
    assert [one.subject for one in found(*texts, table("it/t.csv", "", ""), definitions=given)] == ["names:mails@hr", "names:documents@shop"]


def test_of_very_long_documents_fewer_are_read(monkeypatch):
    letters = [text(f"{n:02}.txt", " ".join(f"w{n}x{k}" for k in range(30))) for n in range(20)]
    monkeypatch.setattr(sys.modules["corpuskit.counts.spelled_documents"], "FEWEST_DOCUMENTS", 5)
    of_words = hashed_features([f"w{n}x{k}" for n in range(20) for k in range(30)]).nnz
    monkeypatch.setattr(sys.modules["corpuskit.counts.spelled_documents"], "MOST_FEATURES", of_words // 2)
    some = found(*letters)[0]
    assert 9 <= some.n <= 11
    assert sorted([*some.locators, *some.not_read]) == [f"{n:02}.txt" for n in range(20)]
    monkeypatch.setattr(sys.modules["corpuskit.counts.spelled_documents"], "MOST_FEATURES", 1)
    few = found(*letters)[0].locators
    assert len(few) == 5
    assert few == found(*reversed(letters))[0].locators  # chosen by name, not by place


def test_one_category_or_none_is_no_choice():
    assert found(*MAILS, definitions={"repair": ""}) == found(*MAILS, definitions=None) == ()


def test_the_subject_tells_which_documents_are_read():
    documents = (
        mail("a/m.eml", "Pumps leak"),
        text("a/t.txt", "Pump manual"),
        text("b/t.txt", "Leave rules"),
        table("a/t.csv", "x", "y"),
        text("c.txt", ""),
    )
    stats = count_documents(list(documents), TextOptions(), (), CountOptions(groups=3), frozenset())
    every = {
        subject: documents_of(stats, subject)
        for subject in ("names:mails", "names:documents", "names:documents@b", "names:mails@a+b", "names:a/t.csv")
    }
    assert every == {
        "names:mails": ["a/m.eml"],
        "names:documents": ["a/m.eml", "a/t.txt", "b/t.txt"],
        "names:documents@b": ["b/t.txt"],
        "names:mails@a+b": ["a/m.eml"],
        "names:a/t.csv": [],
    }
    own = Definitions(NAMES | {"leave": "", "pay": ""}, {"leave": frozenset({"b"}), "pay": frozenset({"b"})})
    for subject, chosen in documents_to_name(stats, own).items():
        assert set(chosen) <= set(documents_of(stats, subject))
        (messages,) = [one for one in unlabelled_documents(stats, own) if one.subject == subject]
        assert sorted(messages.locators) == sorted(chosen)
