"""``corpuskit doctor`` as a command, and the command line without what only it needs."""

import json
import subprocess
import sys

from tests.cli.conftest import corpuskit


def test_it_finds_the_dictionary_and_the_place_to_write(tmp_path):
    shown = corpuskit("doctor", "--json", cwd=tmp_path)
    found = {check["name"]: check for check in json.loads(shown.stdout)["checks"]}
    assert shown.returncode == 0
    assert found["Japanese tokenizer"]["ok"]
    assert "dictionary" in found["Japanese tokenizer"]["found"]
    assert found["write access (reports)"]["found"] == str(tmp_path.resolve())
    assert list(tmp_path.iterdir()) == []


def test_the_help_loads_nothing_that_only_the_doctor_needs():
    told = subprocess.run([sys.executable, "-X", "importtime", "-m", "corpuskit", "--help"], capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert "corpuskit.cli.doctor" in loaded
    assert not loaded & {"numpy", "polars", "pydantic", "rich", "corpuskit.audit", "corpuskit.cli.checks"}


def test_the_start_of_an_audit_does_not_wait_for_what_few_audits_need():
    """Each of these takes a tenth of a second or more to load; they are loaded where they are used."""
    command = [sys.executable, "-X", "importtime", "-c", "import corpuskit.audit"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    loaded = {line.rpartition("|")[2].strip() for line in told.splitlines()}
    assert "corpuskit.audit.run" in loaded
    assert not loaded & {"scipy.stats", "scipy.optimize", "scipy.spatial", "scipy.cluster", "sklearn", "spacy", "xlsxwriter", "openpyxl", "pyspark"}
