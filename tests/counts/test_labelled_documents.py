import sys
from dataclasses import replace

import numpy as np
import polars as pl

from corpuskit.counts import CountOptions, Definitions, labelled_documents, merge
from corpuskit.counts.document_places import by_category, without_numbers
from tests.counts.build import Part, counted, message, sentence


def folders(**sizes):
    return {
        f"{folder}/d{number}.txt": [sentence(folder[:3], "word", f"n{number}{folder}")] for folder, size in sizes.items() for number in range(size)
    }


def test_parts_with_a_number_are_one():
    assert {without_numbers(name) for name in ("part1", "part 2", "03_part")} == {"part"}
    assert without_numbers("01_契約") == "契約"
    assert labelled_documents(counted(folders(rules=6, rules2=6))) == ()


def test_documents_of_two_folders_are_messages_with_labels():
    (found,) = labelled_documents(counted({**folders(contracts=6, invoices=5, misc2024=3), "top.txt": [sentence("top")]}))
    assert (found.subject, found.column) == ("labels:folders", "*/")
    assert found.n == 11
    assert found.label_names == ("contracts", "invoices")
    assert found.locators[0] == found.document == "contracts/d0.txt"
    assert [found.label_names[label] for label in found.labels] == [locator.split("/")[0] for locator in found.locators]
    assert found.term_counts.sum() == 33
    assert found.features.sum() == 33
    assert found.term_counts[0, found.terms.index("n0contracts")] == 1
    assert found.facets["language"] == ("en",) * 11
    assert "source" not in found.facets  # it is the label
    assert found.first_terms.max() == -1


def test_rare_folders_stay_to_be_reported_and_one_large_folder_is_none():
    (found,) = labelled_documents(counted(folders(contracts=6, invoices=5, orders=2)))
    assert np.bincount(found.labels).tolist() == [6, 5, 2]
    assert labelled_documents(counted(folders(contracts=30, invoices=4))) == ()
    assert labelled_documents(counted({})) == ()


def test_tables_with_labels_are_left_out():
    rows = [message("a b", {"queue": "x"}), message("c", {"queue": "y"})]
    documents = {**folders(contracts=5, invoices=5), "invoices/list.csv": rows}
    assert labelled_documents(counted(documents))[0].n == 10


def test_mails_with_one_subject_share_a_fold_group():
    stats = counted({f"m/{box}/{number}.eml": [sentence(box, f"w{number}")] for box in ("claims", "orders") for number in range(5)})
    titles = ["Pump", "RE: Pump", "Fwd: re: Pump", "返信: Pump", "Other"] * 2
    mails = replace(stats, documents=stats.documents.with_columns(reader=pl.lit("eml"), title=pl.Series(titles)))
    (found,) = labelled_documents(mails)
    assert found.subject == "labels:mail_folders"
    assert len(set(found.fold_groups[:4].tolist())) == 1
    assert found.fold_groups[4] != found.fold_groups[0]


def test_file_names_that_say_what_folders_say_are_left_out():
    documents = {f"invoices/INV-{n}.txt": [sentence("a", f"i{n}")] for n in range(6)} | {
        f"orders/PO-{n}.txt": [sentence("b", f"o{n}")] for n in range(6)
    }
    assert [found.subject for found in labelled_documents(counted(documents))] == ["labels:folders"]
    flat = {name.split("/")[1]: parts for name, parts in documents.items()}
    assert [found.subject for found in labelled_documents(counted(flat))] == ["labels:file_names"]


def test_categories_that_documents_give_themselves():
    stats = counted({f"{number}.md": [sentence("a", f"w{number}")] for number in range(12)})
    own = pl.Series(["Policy"] * 6 + ["Ｍinutes"] * 5 + [""])
    (found,) = labelled_documents(replace(stats, documents=stats.documents.sort("document").with_columns(category=own)))
    assert (found.subject, found.column, found.n) == ("labels:categories", "category", 11)
    assert found.label_names == ("Minutes", "Policy")
    assert by_category({f"{n}.md": str(2020 + n % 2) for n in range(20)}, 5) is None  # years are no categories
    assert by_category({f"{n}.md": "Policy" for n in range(20)}, 5) is None  # one alone parts nothing


def test_copies_and_versions_share_a_fold_group():
    documents = {**folders(contracts=5, invoices=5), "contracts/copy.txt": [sentence("con", "word", "n0contracts")]}
    stats = counted(documents)
    series = pl.when(pl.col("document").is_in(["invoices/d1.txt", "invoices/d2.txt"])).then(pl.lit("bill")).otherwise(pl.lit(""))
    (found,) = labelled_documents(replace(stats, documents=stats.documents.with_columns(series=series)))
    group = dict(zip(found.locators, found.fold_groups.tolist(), strict=True))
    assert group["contracts/copy.txt"] == group["contracts/d0.txt"]
    assert group["invoices/d1.txt"] == group["invoices/d2.txt"]
    assert len(set(group.values())) == 9


def test_counting_in_parts_changes_nothing():
    documents = folders(contracts=6, invoices=7)
    names = list(documents)
    halves = [counted({name: documents[name] for name in part}) for part in (names[5:], names[:5])]
    (whole,), (parts,) = labelled_documents(counted(documents)), labelled_documents(merge(halves, CountOptions()))
    assert parts.locators == whole.locators
    assert (parts.features != whole.features).nnz == 0
    assert parts.fold_groups.tolist() == whole.fold_groups.tolist()


def test_months_are_those_that_documents_tell_themselves():
    dated = {name: [Part(paragraphs=parts[0].paragraphs, dates=("2023-04-01", ""))] for name, parts in folders(contracts=5, invoices=5).items()}
    (found,) = labelled_documents(counted(dated))
    assert set(found.facets["month"]) == {"2023-04"}
    stats = counted(folders(contracts=5, invoices=5))
    (by_file,) = labelled_documents(replace(stats, documents=stats.documents.with_columns(dated_by=pl.lit("file"))))
    assert set(by_file.facets["month"]) == {""}


def described(given, documents):
    (found,) = labelled_documents(counted(documents), definitions=given)
    rows = [] if found.description_features is None else np.flatnonzero(np.diff(found.description_features.indptr)).tolist()
    return [found.label_names[row] for row in rows]


def test_a_description_reaches_the_place_under_its_plain_name():
    given = {"01_contracts": "signed with a partner", "invoices": "to be paid", "orders": "goods"}
    assert described(given, folders(contracts=6, invoices=5, letters=5)) == ["contracts", "invoices"]


def test_the_description_of_a_source_does_not_reach_places_of_another():
    own = folders(**{"it/repairs": 6, "it/orders": 6, "it/letters": 6})
    given = Definitions({"repairs": "of computers", "orders": "of computers"}, {"repairs": frozenset({"it"}), "orders": frozenset({"hr"})})
    assert described(given, own) == ["repairs"]
    both = own | folders(**{"shop/repairs": 6})  # one label for documents that the description speaks of and others
    assert described(given, both) == []
    every = Definitions({"repairs": "of computers"}, {"repairs": frozenset({"it", "shop"})})
    assert described(every, both) == ["repairs"]


def test_documents_beyond_those_that_are_read_are_named(monkeypatch):
    monkeypatch.setattr(sys.modules["corpuskit.counts.labelled_documents"], "MOST_DOCUMENTS", 12)
    documents = folders(contracts=10, invoices=9)
    (found,) = labelled_documents(counted(documents))
    assert found.n == 12
    assert set(found.locators) | set(found.not_read) == set(documents)
    assert len(found.not_read) == 7
    assert all(name.split("/")[0] == label for name, label in found.not_read.items())
    monkeypatch.undo()
    (every,) = labelled_documents(counted(documents))
    assert (every.n, every.not_read) == (19, {})


def test_arrays_cannot_be_written():
    (found,) = labelled_documents(counted(folders(contracts=5, invoices=5)))
    for array in (found.labels, found.fold_groups, found.features.data, found.term_counts.data, found.first_terms, found.stop):
        assert not array.flags.writeable
