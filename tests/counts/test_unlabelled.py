from dataclasses import replace

import numpy as np

from corpuskit.counts import Definitions, count_documents, tables_without_labels, unlabelled_messages
from corpuskit.counts.stats import CountOptions
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import FEATURES, TextOptions, hashed_features
from tests.counts.build import counted, message

NAMES = {"repair": "leaks and breaks", "orders": ""}
TEXTS = ("pump leaks oil", "where is my order", "pump leaks oil")


def table(*labels, of="kind"):
    """Messages, the first of which says that the document has a column of them."""
    rows = [message(f"{TEXTS[place % 3]} {place // 3}", {of: label} if label else {}) for place, label in enumerate(labels)]
    return [replace(rows[0], message_columns="text"), *rows[1:]]


def without(*documents, definitions=NAMES):
    return tables_without_labels(counted(dict(documents)), definitions)


def test_a_table_without_labels_is_read_and_one_that_is_sorted_already_is_not():
    sorted_table, free = table("repair", "orders", "repair"), table("", "", "")
    assert without(("a.csv", sorted_table), ("b.csv", free)) == ("b.csv",)


def test_other_labels_are_another_question_once_the_categories_are_answered_somewhere():
    answered, priority = table("repair", "orders", ""), table("high", "low", "high", of="priority")
    assert without(("a.csv", answered), ("b.csv", priority)) == ()
    assert without(("b.csv", priority)) == ("b.csv",)


def test_once_the_categories_are_answered_only_tables_of_the_same_column_ask_again():
    answered, other = table("repair", "orders", "repair"), table("", "", "")
    other[0] = replace(other[0], message_columns="failure, action")
    assert without(("a.csv", answered), ("b.csv", other), ("c.csv", table("", "", ""))) == ("c.csv",)
    assert without(("b.csv", other), ("c.csv", table("", "", ""))) == ("b.csv", "c.csv")


def test_one_label_alone_or_those_of_a_second_person_sort_nothing():
    assert without(("a.csv", table("repair", "repair", "repair"))) == ("a.csv",)
    assert without(("a.csv", table("repair", "orders", "", of="second:kind"))) == ("a.csv",)


def test_rows_that_are_no_messages_and_texts_are_left_alone():
    rows = [replace(part, message_columns="") for part in table("", "", "")]
    assert without(("a.csv", rows)) == ()


def test_one_category_is_no_choice():
    tables = (("a.csv", table("", "", "")),)
    assert without(*tables, definitions={"repair": "x"}) == without(*tables, definitions=None) == ()


def test_categories_of_a_source_are_for_its_tables():
    stats = counted({"hr/a.csv": table("", ""), "it/b.csv": table("", "")})
    given = Definitions({**NAMES, "leave": ""}, {"leave": frozenset({"hr"}), "orders": frozenset({"it"}), "repair": frozenset({"it"})})
    assert tables_without_labels(stats, given) == ("it/b.csv",)
    assert [found.names for found in unlabelled_messages(stats, given)] == [("repair", "orders")]


def test_what_one_source_has_sorted_says_nothing_of_the_categories_of_another():
    other = table("", "")
    other[0] = replace(other[0], message_columns="failure")
    stats = counted({"hr/a.csv": table("leave", "pay", "leave"), "it/b.csv": other})
    given = Definitions(
        {"leave": "", "pay": "", **NAMES}, {name: frozenset({"hr" if name in ("leave", "pay") else "it"}) for name in ("leave", "pay", *NAMES)}
    )
    assert tables_without_labels(stats, given) == ("it/b.csv",)


def test_the_messages_of_a_table_and_the_categories_in_the_order_of_the_list():
    rows = tuple(Section(text, (), "row", f"row {place + 2}", (), (("id", str(place)),)) for place, text in enumerate(TEXTS))
    source = Source(path="t.csv", sha256="t", bytes=9, modified="2026-01-01T00:00:00Z", reader="csv")
    letter = Document("a.txt", replace(source, path="a.txt", sha256="a"), (Section("Nothing here", (), "body", ""),), ())
    messages = Document("t.csv", source, rows, (("text_columns", "text"),))
    stats = count_documents([letter, messages], TextOptions(), (), CountOptions(groups=3), frozenset())
    (found,) = unlabelled_messages(stats, {"repair": "", "orders": "where a delivery is"})
    assert (found.subject, found.document, found.n, found.language) == ("names:t.csv", "t.csv", 3, "en")
    assert (found.names, found.locators) == (("repair", "orders"), ("row 2", "row 3", "row 4"))
    assert (found.features != hashed_features(TEXTS)).nnz == 0
    assert found.fold_groups[0] == found.fold_groups[2] != found.fold_groups[1]
    assert found.description_features.shape == (2, FEATURES)
    assert np.diff(found.description_features.indptr).tolist()[0] == 0
    assert unlabelled_messages(stats, dict.fromkeys(NAMES, ""))[0].description_features is None
