"""The kinds of files: each has its template and its sentence on where it belongs."""

from importlib.resources import files

import pytest

from corpuskit.audit import AUTOMATIONS
from corpuskit.errors import UnknownName
from corpuskit.report import phrasebook


def test_templates_and_kinds_are_the_same():
    there = {path.name for path in files("corpuskit.audit.automation").joinpath("templates").iterdir()}
    assert there == {kind.template for kind in AUTOMATIONS.values()}


@pytest.mark.parametrize("kind", AUTOMATIONS.values(), ids=AUTOMATIONS)
def test_every_kind_says_where_its_file_belongs(kind):
    assert all(phrasebook(language).has_label(f"automation_put_{kind.name}") for language in ("en", "ja"))


def test_another_kind_is_refused_with_those_that_there_are():
    with pytest.raises(UnknownName, match="Did you mean 'kubernetes'"):
        AUTOMATIONS["kubernets"]
