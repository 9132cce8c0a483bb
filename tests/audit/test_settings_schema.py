"""The schema in the repository is that of the settings; it takes what corpuskit takes and refuses what it refuses."""

import json
import tomllib

import jsonschema
import pytest

from corpuskit.audit.settings_schema import FILE, schema_text

SCHEMA = json.loads(schema_text())


def test_the_stored_schema_is_up_to_date():
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m corpuskit.audit.settings_schema"


@pytest.mark.parametrize(
    "text",
    [
        "seed = 3\n[output]\nlanguage = 'both'\nformats = ['html', 'xlsx']\n[gate]\nfail_on = 'error'\n[gate.fail_under]\n\"faq_answer\" = 0.5\n",
        "[tasks.answers.faq_answer]\nmax_error = 0.02\naudience = 'customer'\n",
        "[[gate.accepted]]\nfinding = 'x'\nreason = 'r'\nauthor = 'a'\nuntil = '2027-01-01'\n",
    ],
)
def test_a_valid_file_obeys_it(text):
    jsonschema.validate(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize("text", ["sed = 3\n", "[gate]\nfail_on = 'sometimes'\n", "[output]\nlanguage = 'fr'\n"])
def test_an_unknown_key_and_a_wrong_value_do_not(text):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(tomllib.loads(text), SCHEMA)
