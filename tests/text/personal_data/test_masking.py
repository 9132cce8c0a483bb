import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text import mask
from corpuskit.text.personal_data import REDACTED, find_personal_data, masked_around, pseudonym, redacted


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Write to taro.yamada@example.co.jp, please.", "Write to [email], please."),
        ("連絡先：ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍまで", "連絡先：[email]まで"),
        ("電話 03-1234-5678 です", "電話 [phone] です"),
        ("携帯090-1234-5678", "携帯[phone]"),
        ("ＴＥＬ：０３－１２３４－５６７８", "ＴＥＬ：[phone]"),
        ("Tel 0312345678", "Tel [phone]"),
        ("Call +81 3-1234-5678 or +44 20 7946 0958.", "Call [phone] or [phone]."),
        ("(03)1234-5678", "[phone]"),
        ("フリーダイヤル 0120-444-444", "フリーダイヤル [phone]"),
        ("マイナンバー：1234 5678 9018", "マイナンバー：[my_number]"),
        ("個人番号は１２３４５６７８９０１８です", "個人番号は[my_number]です"),
        ("My Number 123456789018", "My Number [my_number]"),
        ("Card 4111 1111 1111 1111 exp", "Card [credit_card] exp"),
        ("3782-822463-10005", "[credit_card]"),
        ("5555555555554444", "[credit_card]"),
        ("〒100-0001 東京都", "[postal_code] 東京都"),
        ("〒１００－０００１", "[postal_code]"),
    ],
)
def test_found(text, masked):
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-01 and 2024/10/12",
        "order 0312345678",  # ten digits without a word that says telephone
        "123456789018",  # a valid check digit, but nothing says individual number
        "マイナンバー 123456789012",  # wrong check digit
        "4111 1111 1111 1112",  # wrong Luhn digit
        "9999 9999 9999 9995",  # Luhn, but no issuer
        "0000000000000000",
        "version 1.2.3.4 and 10.20.30.40",
        "100-0001",
        "@handle and a@b",
        "price 1,234,567 yen",
        "ISBN 978-4-00-310101-8",
        "第1条 第2項 12345",
        "",
    ],
)
def test_not_found(text):
    assert mask(text) == text
    assert find_personal_data(text) == []


@given(st.lists(st.sampled_from(["a@example.com", "03-1234-5678", " ", "word", "〒100-0001", "4111 1111 1111 1111", "。"]), max_size=8).map(" ".join))
def test_masking_twice_changes_nothing_and_leaves_nothing(text):
    assert mask(mask(text)) == mask(text)
    assert find_personal_data(mask(text)) == []


def test_a_stretch_is_followed_through_masking():
    text = "a@example.com wrote an invoice to 03-1234-5678 today"
    start = text.index("invoice")
    masked, low, high = masked_around(text, start, start + 7)
    assert masked[low:high] == "invoice"
    start = text.index("example")
    masked, low, high = masked_around(text, start, start + 7)
    assert masked[low:high] == "[email]"
    masked, low, high = masked_around(text, 0, len(text))
    assert masked[low:high] == masked == "[email] wrote an invoice to [phone] today"


def test_what_is_found_already_is_not_searched_again():
    text = "a@example.com wrote"
    assert masked_around(text, 14, 19, []) == (text, 14, 19)
    assert masked_around(text, 14, 19, find_personal_data(text)) == ("[email] wrote", 8, 13)


def test_one_sign_stands_for_each_match_in_running_text():
    text = "連絡先は03-1234-5678、またはa@example.comまで"
    assert redacted(text, find_personal_data(text)) == f"連絡先は{REDACTED}、または{REDACTED}まで"
    assert redacted(text, []) is text


def test_labels_stay_apart_and_tell_nothing():
    first, second = pseudonym("a@example.com"), pseudonym("b@example.com (desk)")
    assert first.startswith("[email ")
    assert first != pseudonym("b@example.com")
    assert first == pseudonym("a@example.com")
    assert second.endswith("] (desk)")
    assert "example" not in first + second
    assert pseudonym("billing") == "billing"
