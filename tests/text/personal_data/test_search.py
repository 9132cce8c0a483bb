from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text.personal_data import KINDS, PERSONAL_DATA, Found, count_personal_data, find_personal_data
from tests.text.personal_data.test_credentials import DRAWN, block

ONE_OF_EACH = {
    "private_key": block(),
    "api_key": f"api_key = {DRAWN}",
    "email": "a@example.com",
    "bank_account": "架空銀行 本町支店 普通 1234567",
    "credit_card": "4111 1111 1111 1111",
    "my_number": "マイナンバー 1234 5678 9018",
    "corporate_number": "法人番号 7000012050002",
    "passport": "旅券番号 TK1234567",
    "driving_licence": "免許証番号 301234567890",
    "birth_date": "生年月日 1994年8月17日",
    "ip_address": "server 203.104.209.71",
    "postal_code": "〒100-0001",
    "phone": "03-1234-5678",
}


def test_every_type_has_an_example():
    assert set(ONE_OF_EACH) == set(PERSONAL_DATA)
    assert len(PERSONAL_DATA) == len(KINDS)


@pytest.mark.parametrize("kind", PERSONAL_DATA)
def test_each_example_is_of_one_type(kind):
    assert count_personal_data(f"x {ONE_OF_EACH[kind]} y") == {kind: 1}


@pytest.mark.parametrize("kind", KINDS, ids=PERSONAL_DATA)
def test_the_cheap_test_never_hides_a_match(kind):
    assert not kind.words or any(word in ONE_OF_EACH[kind.type].lower() for word in kind.words)


@given(st.permutations(PERSONAL_DATA))
def test_types_do_not_disturb_each_other(order):
    assert count_personal_data("\n".join(ONE_OF_EACH[kind] for kind in order)) == dict.fromkeys(PERSONAL_DATA, 1)


@given(st.lists(st.sampled_from([*ONE_OF_EACH.values(), " ", "word", "。"]), max_size=6).map(" ".join))
def test_places_are_in_order_and_apart(text):
    found = find_personal_data(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_full_width_numbers_are_found_where_they_stand():
    assert find_personal_data("ＴＥＬ：０３－１２３４－５６７８") == [Found(4, 16, "phone")]


def test_many_matches_in_one_text():
    assert count_personal_data("a@example.com " * 3000) == {"email": 3000}


def test_the_heading_of_a_column_says_what_its_numbers_are():
    rows = "\n".join(f"{name}\t1990年4月{day}日\t{'x' * 60}\t1234 5678 9018" for day, name in enumerate(("甲", "乙", "丙"), start=1))
    table = f"氏名\t生年月日\t備考\tマイナンバー\n{rows}"
    assert count_personal_data(table) == {"birth_date": 3, "my_number": 3}
    assert count_personal_data(rows) == {}
    assert count_personal_data("氏名\t採用日\n甲\t1990年4月1日") == {}
