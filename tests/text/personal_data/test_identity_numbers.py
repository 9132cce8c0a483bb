import pytest

from corpuskit.text.personal_data.identity_numbers import corporate_numbers, driving_licences, my_numbers, passports
from tests.text.personal_data.test_check_digits import PASSPORT_LINE
from tests.text.personal_data.test_contacts import matched

NAME_LINE = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("マイナンバー：1234 5678 9018", ["1234 5678 9018"]),
        ("個人番号 123456789018", ["123456789018"]),
        ("マイナンバー 1234 5678 9019", []),
        ("注文番号 123456789018", []),
        ("マイナンバー 9-1234-5678-9018", []),
        ("マイナンバー" + "あ" * 41 + "123456789018", []),
    ],
)
def test_my_numbers(text, found):
    assert matched(my_numbers, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("法人番号 7000012050002", ["7000012050002"]),
        ("法人番号：7-0000-1205-0002", ["7-0000-1205-0002"]),
        ("登録番号 T7000012050002", ["T7000012050002"]),
        ("Corporate number: 7000012050002", ["7000012050002"]),
        ("法人番号 8000012050002", []),
        ("伝票 7000012050002", []),
        ("登録番号は別紙のとおりです。部品の管理には次の品番を用いる 7000012050002", []),
    ],
)
def test_corporate_numbers(text, found):
    assert matched(corporate_numbers, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("旅券番号 TK1234567", ["TK1234567"]),
        ("Passport no. TK 1234567", ["TK 1234567"]),
        ("part TK1234567", []),
        ("passport TK12345678", []),
        (PASSPORT_LINE, [PASSPORT_LINE]),
        (f"{NAME_LINE}\n{PASSPORT_LINE}", [f"{NAME_LINE}\n{PASSPORT_LINE}"]),
        (PASSPORT_LINE.replace("UTO7408122", "UTO7408123"), []),
    ],
)
def test_passports(text, found):
    assert matched(passports, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("免許証番号 301234567890", ["301234567890"]),
        ("運転免許証の番号：第 3012 3456 7890 号", ["3012 3456 7890"]),
        ("driver's license 301234567890", ["301234567890"]),
        ("免許証番号 091234567890", []),  # no such issuer
        ("免許証番号 981234567890", []),
        ("伝票番号 301234567890", []),
    ],
)
def test_driving_licences(text, found):
    assert matched(driving_licences, text) == found
