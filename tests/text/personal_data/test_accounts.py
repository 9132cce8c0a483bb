import pytest

from corpuskit.text.personal_data.accounts import bank_accounts, credit_cards
from tests.text.personal_data.test_contacts import matched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("4111 1111 1111 1111", ["4111 1111 1111 1111"]),
        ("4111-1111-1111-1111 4111-1111-1111-1112", ["4111-1111-1111-1111"]),
        ("3782-822463-10005", ["3782-822463-10005"]),
        ("30569309025904", ["30569309025904"]),
        ("5555555555554444", ["5555555555554444"]),
        ("55555555555544440", []),
        ("9999 9999 9999 9995", []),
        ("0.4111111111111111", []),
        ("a4111111111111111", []),
        ("id/4111111111111111", []),
    ],
)
def test_credit_cards(text, found):
    assert matched(credit_cards, text) == found


def test_digits_of_one_kind_are_a_placeholder():
    assert matched(credit_cards, "4444444444444448") == ["4444444444444448"]
    assert matched(credit_cards, "2" * 16) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("架空銀行 本町支店 普通 1234567", ["1234567"]),
        ("架空銀行本町支店 (普)", []),
        ("お振込先：架空信用金庫 緑野支店 当座預金 No.7654321", ["7654321"]),
        ("架空銀行 本町支店 普通預金 口座番号:123-4567", ["123-4567"]),
        ("架空銀行 本町支店 口座番号 1234567", ["1234567"]),
        ("架空銀行 普通 12345678", []),
        ("普通 1234567", []),  # no bank
        ("銀行の普通の商品 1234567", []),
        ("IBAN DE89 3704 0044 0532 0130 00", ["DE89 3704 0044 0532 0130 00"]),
        ("GB82WEST12345698765432.", ["GB82WEST12345698765432"]),
        ("DE89 3704 0044 0532 0130 00 BIC COBADEFF", ["DE89 3704 0044 0532 0130 00"]),
        ("DE88 3704 0044 0532 0130 00", []),
        ("XDE89370400440532013000", []),
        ("DE89370400440532013000X", []),
    ],
)
def test_bank_accounts(text, found):
    assert matched(bank_accounts, text) == found
