import pytest

from corpuskit.counts.document_places import by_first_word, by_folder, by_mail_folder, is_category


@pytest.mark.parametrize("name", ["contracts", "01_契約", "規程", "HR", "Sent Items", "2024 budget", "請求書"])
def test_names_that_may_be_categories(name):
    assert is_category(name)


@pytest.mark.parametrize(
    "name",
    ["2024", "FY2024", "2024年度", "令和6年", "Q1", "vol2", "2024-05", "May 2024", "a1b2c3d4e5", "deadbeef01", "en", "日本語", "IMG_2001", "A", "7"],
)
def test_names_that_are_dates_numbers_languages_or_identifiers(name):
    assert not is_category(name)


def test_the_level_that_tells_most_is_chosen():
    names = [f"pages/{topic}/{number}.md" for topic in ("tools", "travel", "hiring") for number in range(10)] + [
        f"downloads/{n}.pdf" for n in range(5)
    ]
    found = by_folder(names, 5)
    assert (found.pattern, set(found.label_of.values())) == ("pages/*/", {"tools", "travel", "hiring"})
    assert by_folder([f"{place}/contracts/{n}" for place in ("x1", "y2") for n in range(9)], 5) is None


def test_mail_lies_in_folders_and_mailboxes():
    mails = [f"mail/{box}/{number}.eml" for box in ("Claims", "Orders") for number in range(5)] + ["old/Claims.mbox/00001 x.eml", "Orders/cur/17.eml"]
    found = by_mail_folder(mails, 5)
    assert found.label_of["old/Claims.mbox/00001 x.eml"] == "Claims"
    assert found.label_of["Orders/cur/17.eml"] == "Orders"
    assert by_mail_folder([f"mail/2024/{number}.eml" for number in range(9)], 5) is None


def test_first_words_of_file_names():
    names = [f"all/INV-{n:03}.pdf" for n in range(5)] + [f"all/見積_{n}.docx" for n in range(5)] + ["all/how-to-pay.md", "all/INVITE.md"]
    found = by_first_word(names, 5)
    assert set(found.label_of.values()) == {"INV", "見積"}
    assert len(found.label_of) == 10
    assert found.pattern == "INV*, 見積*"
    assert by_first_word([*names, *(f"x{n}a.txt" for n in range(50))], 5) is None  # the habit of a few files


@pytest.mark.parametrize("name", ["Inbox", "INBOX", "受信トレイ", "notes_inbox", "All Mail", "Archive.mbox", "アーカイブ", "ｉｎｂｏｘ"])
def test_mails_where_a_program_puts_what_comes_in_are_not_sorted_yet(name):
    sorted_ones = [f"{box}/{number}.eml" for box in ("Claims", "Orders") for number in range(5)]
    found = by_mail_folder([*sorted_ones, f"{name}/1.eml", f"{name}/cur/2.eml", "Inbox/Claims/3.eml"], 5)
    assert found.unsorted == (f"{name}/1.eml", f"{name}/cur/2.eml")
    assert found.label_of["Inbox/Claims/3.eml"] == "Claims"  # a folder that a person made below it


@pytest.mark.parametrize("name", ["Sent", "_sent_mail", "Sent Items", "送信済みアイテム", "送信済み", "Drafts", "下書き", "Deleted Items", "ゴミ箱"])
def test_own_and_deleted_mails_are_neither_sorted_nor_to_be_sorted(name):
    sorted_ones = [f"{box}/{number}.eml" for box in ("Claims", "Orders") for number in range(5)]
    found = by_mail_folder([*sorted_ones, *(f"{name}/{number}.eml" for number in range(9))], 5)
    assert (set(found.label_of), found.unsorted) == (set(sorted_ones), ())


def test_what_came_in_and_what_was_sent_are_no_two_categories():
    assert by_mail_folder([f"{box}/{number}.eml" for box in ("Inbox", "Sent", "Orders") for number in range(9)], 5) is None
