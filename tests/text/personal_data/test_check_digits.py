import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.personal_data.check_digits import (
    IBAN_LENGTH,
    corporate_number_check,
    iban_check,
    luhn,
    mrz_digit,
    my_number_check,
    passport_line_check,
)

# The example passport of ICAO Doc 9303-4, appendix B
PASSPORT_LINE = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


@given(st.text("0123456789", min_size=11, max_size=18))
def test_luhn_has_exactly_one_check_digit(body):
    assert sum(luhn(body + digit) for digit in "0123456789") == 1


def test_my_number_check_digit():
    # 12345678901: sum of P_n Q_n = 1*2+0*3+9*4+8*5+7*6+6*7+5*2+4*3+3*4+2*5+1*6 = 212, 212 mod 11 = 3, 11 - 3 = 8
    assert [digit for digit in "0123456789" if my_number_check("12345678901" + digit)] == ["8"]
    assert not my_number_check("1234567890")


def test_corporate_number_check_digit():
    # the number of the National Tax Agency, as it publishes it: 7000012050002; 2 + 5 + 2 + 2 = 11, 11 mod 9 = 2, 9 - 2 = 7
    assert [digit for digit in "123456789" if corporate_number_check(digit + "000012050002")] == ["7"]
    assert not corporate_number_check("700001205000")


@given(st.text("0123456789", min_size=12, max_size=12))
def test_a_corporate_number_has_exactly_one_check_digit_and_it_is_never_zero(body):
    assert [corporate_number_check(digit + body) for digit in "0123456789"].count(True) == 1
    assert not corporate_number_check("0" + body)


@pytest.mark.parametrize("account", ["GB82WEST12345698765432", "DE89370400440532013000", "FR1420041010050500013M02606", "NO9386011117947"])
def test_examples_of_the_iban_registry(account):
    assert iban_check(account)
    assert not iban_check(account[:-1])
    assert not iban_check(account[:-1] + str((int(account[-1]) + 1) % 10))


def test_a_country_without_a_length_has_no_accounts():
    assert "JP" not in IBAN_LENGTH
    assert not iban_check("JP89370400440532013000")


@pytest.mark.parametrize(("field", "digit"), [("L898902C3", "6"), ("740812", "2"), ("120415", "9"), ("<<<<", "0")])
def test_digits_of_a_machine_readable_zone(field, digit):
    assert mrz_digit(field) == digit


def test_the_example_passport():
    assert passport_line_check(PASSPORT_LINE)
    assert not passport_line_check(PASSPORT_LINE.replace("7408122", "7408132"))
    assert not passport_line_check(PASSPORT_LINE[:-1] + "1")
    assert not passport_line_check(PASSPORT_LINE + "0")
