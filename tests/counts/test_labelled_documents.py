from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from corpuskit.counts import CountOptions, labelled_documents, merge
from corpuskit.counts.labelled_documents import by_category, by_first_word, by_folder, by_mail_folder, is_category, without_numbers
from tests.counts.build import Part, counted, message, sentence


def folders(**sizes):
    return {
        f"{folder}/d{number}.txt": [sentence(folder[:3], "word", f"n{number}{folder}")] for folder, size in sizes.items() for number in range(size)
    }


@pytest.mark.parametrize("name", ["contracts", "01_契約", "規程", "HR", "Sent Items", "2024 budget", "請求書"])
def test_names_that_may_be_categories(name):
    assert is_category(name)


@pytest.mark.parametrize(
    "name",
    ["2024", "FY2024", "2024年度", "令和6年", "Q1", "vol2", "2024-05", "May 2024", "a1b2c3d4e5", "deadbeef01", "en", "日本語", "IMG_2001", "A", "7"],
)
def test_names_that_are_dates_numbers_languages_or_identifiers(name):
    assert not is_category(name)


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
    assert found.features.shape[1] == found.name_features.shape[1]
    assert found.term_counts[0, found.terms.index("n0contracts")] == 1
    assert found.facets["language"] == ("en",) * 11
    assert "source" not in found.facets  # it is the label
    assert found.first_terms.max() == -1


def test_rare_folders_stay_to_be_reported_and_one_large_folder_is_none():
    (found,) = labelled_documents(counted(folders(contracts=6, invoices=5, orders=2)))
    assert np.bincount(found.labels).tolist() == [6, 5, 2]
    assert labelled_documents(counted(folders(contracts=30, invoices=4))) == ()
    assert labelled_documents(counted({})) == ()


def test_the_level_that_tells_most_is_chosen():
    names = [f"pages/{topic}/{number}.md" for topic in ("tools", "travel", "hiring") for number in range(10)] + [
        f"downloads/{n}.pdf" for n in range(5)
    ]
    found = by_folder(names, 5)
    assert (found.pattern, set(found.label_of.values())) == ("pages/*/", {"tools", "travel", "hiring"})
    assert by_folder([f"{place}/contracts/{n}" for place in ("x1", "y2") for n in range(9)], 5) is None


def test_tables_with_labels_are_left_out():
    rows = [message("a b", {"queue": "x"}), message("c", {"queue": "y"})]
    documents = {**folders(contracts=5, invoices=5), "invoices/list.csv": rows}
    assert labelled_documents(counted(documents))[0].n == 10


def test_mail_lies_in_folders_and_mailboxes():
    mails = [f"mail/{box}/{number}.eml" for box in ("Claims", "Orders") for number in range(5)] + ["old/Claims.mbox/00001 x.eml", "Orders/cur/17.eml"]
    found = by_mail_folder(mails, 5)
    assert found.label_of["old/Claims.mbox/00001 x.eml"] == "Claims"
    assert found.label_of["Orders/cur/17.eml"] == "Orders"
    assert by_mail_folder([f"mail/2024/{number}.eml" for number in range(9)], 5) is None


def test_mails_with_one_subject_share_a_fold_group():
    stats = counted({f"m/{box}/{number}.eml": [sentence(box, f"w{number}")] for box in ("claims", "orders") for number in range(5)})
    titles = ["Pump", "RE: Pump", "Fwd: re: Pump", "返信: Pump", "Other"] * 2
    mails = replace(stats, documents=stats.documents.with_columns(reader=pl.lit("eml"), title=pl.Series(titles)))
    (found,) = labelled_documents(mails)
    assert found.subject == "labels:mail_folders"
    assert len(set(found.fold_groups[:4].tolist())) == 1
    assert found.fold_groups[4] != found.fold_groups[0]


def test_first_words_of_file_names():
    names = [f"all/INV-{n:03}.pdf" for n in range(5)] + [f"all/見積_{n}.docx" for n in range(5)] + ["all/how-to-pay.md", "all/INVITE.md"]
    found = by_first_word(names, 5)
    assert set(found.label_of.values()) == {"INV", "見積"}
    assert len(found.label_of) == 10
    assert found.pattern == "INV*, 見積*"
    assert by_first_word([*names, *(f"x{n}a.txt" for n in range(50))], 5) is None  # the habit of a few files


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


def test_arrays_cannot_be_written():
    (found,) = labelled_documents(counted(folders(contracts=5, invoices=5)))
    for array in (found.labels, found.fold_groups, found.features.data, found.term_counts.data, found.first_terms, found.stop):
        assert not array.flags.writeable
