"""Personal data and secrets with a form that can be checked.

Enters: text. Leaves: types, places, counts and masked text. Thin on purpose: every type has a check beyond its looks (a check digit, a numbering
plan, a calendar, a context word), so that a count can be believed. Names and addresses have no such check and are not claimed. Matched text never
leaves this room.

To add a type: write its search (text -> places) in the file of its family, name it in ``KINDS`` (``search.py``) and in both language files of the
report (``personal_<type>``).
"""

from corpuskit.text.personal_data.check_digits import corporate_number_check, iban_check, luhn, my_number_check, passport_line_check
from corpuskit.text.personal_data.masking import REDACTED, mask, masked_around, pseudonym, redacted
from corpuskit.text.personal_data.search import KINDS, PERSONAL_DATA, Found, Kind, count_personal_data, find_personal_data

__all__ = [
    "KINDS",
    "PERSONAL_DATA",
    "REDACTED",
    "Found",
    "Kind",
    "corporate_number_check",
    "count_personal_data",
    "find_personal_data",
    "iban_check",
    "luhn",
    "mask",
    "masked_around",
    "my_number_check",
    "passport_line_check",
    "pseudonym",
    "redacted",
]
