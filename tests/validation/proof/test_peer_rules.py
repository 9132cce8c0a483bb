import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.validation.proof.peer_rules import RULES, Said, alarms, judge
from tests.validation.proof.planted_faults import FAULTS, UNREADABLE, Fault, has_fault

PAIR = Fault("pair", "a pair", "duplicates", "en", "near_duplicates", ("a.md", "b.md"))
GROUP = Fault("group", "five alike", "duplicates", "en", "near_duplicates", ("a", "b", "c", "d", "e"))
CARD = Fault("card", "cards", "personal_data", "en", "personal_data", ("memo.txt",), "card")


def test_a_fault_is_found_when_its_kind_and_half_of_its_files_are_named():
    assert judge(PAIR, [Said("CTX003", "duplicate content", ("a.md",))]).verdict == "found"
    assert judge(GROUP, [Said("dup", "near-copies", ("a", "b"))]).verdict == "missed"
    assert judge(GROUP, [Said("dup", "near-copies", ("a", "b")), Said("dup", "near-copies", ("e",))]).verdict == "found"


def test_another_kind_of_finding_on_the_file_is_named_otherwise():
    judged = judge(PAIR, [Said("F3", "Near-empty page", ("a.md",)), Said("F4", "OCR artifacts", ("b.md",))])
    assert (judged.verdict, judged.evidence) == ("named wrongly", "F3, F4: 2 of 2")


def test_a_finding_without_the_file_or_without_the_term_finds_nothing():
    assert judge(PAIR, [Said("near_duplicates", "13 documents are near-copies, in 6 groups", ())]).verdict == "missed"
    assert judge(CARD, [Said("PII", "PII: 1 email", ("memo.txt",))]).verdict == "named wrongly"
    assert judge(CARD, [Said("PII", "PII: 1 credit_card", ("memo.txt",))]).verdict == "found"


@given(
    st.lists(
        st.builds(Said, st.sampled_from(["dup", "x"]), st.sampled_from(["identical", "short"]), st.tuples(st.sampled_from(["a", "b", "c"]))),
        max_size=6,
    )
)
def test_more_findings_never_make_a_found_fault_missed(said):
    order = ("missed", "named wrongly", "found")
    before, after = judge(PAIR, said), judge(PAIR, [*said, Said("dup", "identical", ("a.md", "b.md"))])
    assert after.verdict == "found"
    assert order.index(before.verdict) <= order.index(after.verdict)


@pytest.mark.parametrize(
    ("kind", "words", "told"),
    [
        ("encrypted", "1 file is encrypted and was not read", True),
        ("encrypted", "Only 0% of pages have extractable text. This document is likely a scanned PDF.", False),
        ("encrypted", "File has not been decrypted", True),
        ("broken", "Could not parse file: Cannot open DOCX 'a.docx': Package not found", True),
        ("broken", "1 file is damaged or truncated and was not read", True),
        ("broken", "undersized chunk (2 tokens)", False),
        ("versions", "2 documents lie side by side in several versions", True),
        ("versions", "conversion of the page", False),
        ("personal_data", "Possible PII: 1 us phone value(s) across 1 page(s).", True),
        ("personal_data", "12 documents hold corporate numbers (12 in all)", False),
        ("duplicates", "2 identical chunks waste retrieval slots", True),
        ("overlapping_labels", 'Labels "category": "General" and "Other 2" overlap: 26.1 % of their messages', True),
        ("overlapping_labels", "chunk overlap of 5.13 %", False),
        ("old_encoding", "The character encoding of 17 documents was guessed", True),
        ("damaged_text", "OCR substitution artifacts detected (1 pattern)", True),
    ],
)
def test_kinds_are_told_by_words(kind, words, told):
    assert Said("", words).of_kind(kind) is told


def test_every_planted_kind_has_a_rule():
    assert {fault.kind for fault in FAULTS} <= set(RULES)


def test_files_named_are_held_against_the_folder_once_a_kind():
    said = [
        Said("ocr", "OCR substitution artifacts detected", ("accounting/card_payment_memo.txt",)),
        Said("ocr", "OCR noise", ("accounting/card_payment_memo.txt",)),
        Said("pii", "PII: email", ("accounting/card_payment_memo.txt", "hr/employee_handbook_policy.docx")),
        Said("dup", "identical", ("accounting/invoices/invoice_7001.pdf",)),
        Said("content", "Only 0% of slides have extractable text", (UNREADABLE[0], "sales/proposals/提案書_倉庫改善.pptx")),
        Said("chunk_size", "too small", ("it/information_security_policy.md",)),
    ]
    found = {one.kind: (len(one.right), len(one.false), len(one.unsettled)) for one in alarms(said, has_fault)}
    assert found == {"damaged_text": (0, 1, 0), "personal_data": (1, 1, 0), "duplicates": (0, 0, 1), "unreadable": (1, 1, 0)}
