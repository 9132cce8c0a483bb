import pytest

from tests.sample_data.plain_reading import text_of
from tests.sample_data.planted import PLANTED
from tests.validation.proof.planted_faults import FAULTS, PERSONAL, SAMPLE, UNREADABLE, encoded_otherwise, files_of, has_fault, language_of

PATHS = files_of()
each_fault = pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.code)


@each_fault
def test_a_fault_lies_in_files_that_the_readme_names(fault):
    plant = next(plant for plant in PLANTED if plant.id == fault.plant)
    assert set(fault.files) <= set(PATHS)
    assert all(file.startswith(plant.paths) for file in fault.files)


@each_fault
def test_a_fault_lies_in_its_half_of_the_folder(fault):
    halves = {language_of(file) for file in fault.files}
    assert fault.language in halves
    assert fault.kind in ("personal_data", "old_encoding") or halves == {fault.language}


def test_codes_are_unique_and_both_languages_have_faults():
    assert len({fault.code for fault in FAULTS}) == len(FAULTS)
    assert {fault.language for fault in FAULTS} == {"en", "ja"}
    assert {fault.plant for fault in FAULTS} <= {plant.id for plant in PLANTED}


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.kind == "personal_data"], ids=lambda fault: fault.code)
def test_files_with_personal_data_hold_some(fault):
    assert all(PERSONAL.search(text_of(SAMPLE, file)) for file in fault.files)


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault.kind == "old_encoding"], ids=lambda fault: fault.code)
def test_files_in_old_encodings_are_not_plain_utf_8(fault):
    assert all(encoded_otherwise(file) for file in fault.files)


def test_what_a_file_has_is_settled_by_the_list_or_by_the_file_itself():
    assert has_fault("duplicates", "support/faq/faq_products_en.md") is True
    assert has_fault("duplicates", "it/information_security_policy.md") is False
    assert has_fault("duplicates", "accounting/invoices/invoice_7001.pdf") is None  # a series of forms
    assert has_fault("personal_data", "sales/mail/mail_0401_見積書送付.eml") is True  # not planted, and there
    assert has_fault("personal_data", "hr/employee_handbook_policy.docx") is False
    assert has_fault("personal_data", UNREADABLE[0]) is False
    assert has_fault("old_encoding", "sales/reports/営業月報_2025-06.txt") is True
    assert has_fault("several_meanings", "it/knowledge/wiki_vpn_how-to.html") is None
