import pytest

from corpuskit.text.personal_data.birth_dates import birth_dates
from tests.text.personal_data.test_contacts import matched


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("生年月日：1994年8月17日", ["1994年8月17日"]),
        ("生年月日 1994/08/17", ["1994/08/17"]),
        ("生年月日 昭和60年4月1日", ["昭和60年4月1日"]),
        ("生年月日 S60.4.1", ["S60.4.1"]),
        ("生年月日 平成元年1月8日", ["平成元年1月8日"]),
        ("生年月日 19940817", ["19940817"]),
        ("1994年8月17日生まれ", ["1994年8月17日"]),
        ("昭和60年4月1日生（40歳）", ["昭和60年4月1日"]),
        ("Date of birth: 9 March 1990.", ["9 March 1990"]),
        ("DOB 03/09/1990", ["03/09/1990"]),
        ("She was born in Leeds on March 9th, 1990", ["March 9th, 1990"]),
        ("born 1990-03-09 and hired 2015-04-01", ["1990-03-09"]),
        ("生年月日 1994年2月30日", []),
        ("生年月日 1894年8月17日", []),
        ("born in 1990", []),
        ("1994年8月17日生産", []),
        ("採用日 1994年8月17日", []),
        ("The idea was born. On March 9, 1990 it was sold", []),
        ("born 31/31/1990", []),
        ("stubborn 9 March 1990", []),
    ],
)
def test_birth_dates(text, found):
    assert matched(birth_dates, text) == found
