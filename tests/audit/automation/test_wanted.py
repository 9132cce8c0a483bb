"""What a file is to do: defaults, and values that no such file can carry."""

from pathlib import Path

import pytest

from corpuskit.audit import AUTOMATIONS, Wanted
from corpuskit.errors import UsageError

HERE = Path("/home/me")


def fitted(kind: str, **wanted: object) -> Wanted:
    return Wanted(**wanted).fitted(AUTOMATIONS[kind], HERE)


@pytest.mark.parametrize(
    ("given", "gate"),
    [
        ((), ("--fail-on", "error", "--baseline", "last")),
        (("--fail-on", "note"), ("--fail-on", "note", "--baseline", "last")),
        (("--fail-on=note",), ("--fail-on=note", "--baseline", "last")),
        (("--fail-under", "faq=0.8", "--baseline", "x"), ("--fail-under", "faq=0.8", "--baseline", "x")),
        (("--seed", "1"), ("--seed", "1", "--fail-on", "error", "--baseline", "last")),
    ],
)
def test_an_automatic_audit_has_a_gate(given, gate):
    assert fitted("gitlab-ci", options=given).options == gate


@pytest.mark.parametrize(
    ("kind", "given", "seen"),
    [
        ("github-actions", "./documents/", "./documents"),
        ("airflow", "documents", "/home/me/documents"),
        ("airflow", "s3://bucket/documents", "s3://bucket/documents"),
        ("kubernetes", "/data/documents/", "/data/documents"),
    ],
)
def test_paths_are_seen_from_where_the_audit_runs(kind, given, seen):
    assert fitted(kind, documents=(given,)).documents == (seen,)


@pytest.mark.parametrize("kind", AUTOMATIONS)
def test_every_kind_has_folders_of_its_own(kind):
    found = fitted(kind)
    assert found.documents
    assert found.reports
    assert found.command(AUTOMATIONS[kind])[-2:] == ("--", found.documents[0])


@pytest.mark.parametrize(
    ("kind", "wanted", "told"),
    [
        ("kubernetes", {"documents": ("documents",)}, "inside of the container"),
        ("kubernetes", {"reports": "reports"}, "inside of the container"),
        ("gitlab-ci", {"documents": ("a\nb",)}, "line break"),
        ("pre-commit", {"options": ("--fail-on", "note\x07")}, "control character"),
        ("github-actions", {"documents": ("${{ secrets.X }}",)}, "GitHub Actions would work out"),
        ("github-actions", {"reports": "rep'orts"}, "letters, digits"),
        ("gitlab-ci", {"reports": "$HOME"}, "letters, digits"),
        ("airflow", {"options": ("--out", "x", "--format=pdf")}, "--format, --out: the file needs to know it"),
        ("airflow", {"every": "0 6 * * 7"}, "0 is Sunday"),
        ("kubernetes", {"every": "0 6 L * *"}, "not every program knows L"),
        ("kubernetes", {"every": "0 6 * * 5#2"}, "not every program knows"),
        ("kubernetes", {"every": "0 25 * * *"}, "not understood"),
        ("airflow", {"zone": "Mars/Olympus"}, "time zone"),
    ],
)
def test_what_a_file_cannot_carry_is_refused(kind, wanted, told):
    with pytest.raises(UsageError, match=told):
        fitted(kind, **wanted)


@pytest.mark.parametrize("every", ["*/7 3 * * MON-FRI", "17 3 1,15 jan-mar 0", "5 4 * * 1-6/2"])
def test_fields_that_all_programs_read_alike_are_taken(every):
    assert fitted("kubernetes", every=every).every == every
