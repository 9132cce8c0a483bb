"""Sources: several places as one corpus, each with its own files and columns, no file twice."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.audit import Settings, Source, audit
from corpuskit.audit.sources import checked_name, definitions_of, portions_of, source_findings
from corpuskit.errors import ConfigurationError, InputError
from corpuskit.ingest import ReadOptions
from corpuskit.report import SourceFacts

NOW = datetime(2026, 11, 29, tzinfo=UTC)


def table(file: Path, columns: str, rows: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join([columns, *rows]) + "\n", encoding="utf-8")


@pytest.fixture
def company(tmp_path):
    """Two exports whose columns have other names, and a folder of rules."""
    table(
        tmp_path / "support" / "2026" / "a.csv",
        "body,queue,z",
        [f"the invoice {n} is wrong,billing,q\nthe valve {n} leaks,repair,q" for n in range(12)],
    )
    table(tmp_path / "support" / "old" / "b.csv", "body,queue,z", ["ancient history of tickets,billing,q"] * 9)
    table(tmp_path / "desk" / "c.csv", "freitext,thema,z", [f"the printer {n} is broken,it,q\nmy badge {n} is lost,access,q" for n in range(12)])
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "travel.md").write_text("# Travel\n\nThe allowance is 40 euros. Ask your manager first.\n", encoding="utf-8")
    return tmp_path


def settings_for(company: Path) -> Settings:
    return Settings.model_validate(
        {
            "read": {"jobs": 1},
            "sources": [
                {"name": "support", "path": str(company / "support"), "exclude": ["old/**"], "text_columns": ["body"], "label_columns": ["queue"]},
                {"name": "desk", "path": str(company / "desk"), "text_columns": ["freitext"], "label_columns": ["thema"]},
                {"name": "規程", "path": str(company / "rules" / "travel.md")},
            ],
        }
    )


def test_sources_become_one_corpus_each_read_by_its_own_columns(company):
    report = audit([], settings_for(company), now=NOW)
    assert [document.id for document in report.lineage] == ["desk/c.csv", "support/2026/a.csv", "規程/travel.md"]
    assert report.corpus.sources == (
        SourceFacts(name="support", place="support", files_found=1, files_read=1, files_left_out=1),
        SourceFacts(name="desk", place="desk", files_found=1, files_read=1, files_left_out=0),
        SourceFacts(name="規程", place="travel.md", files_found=1, files_read=1, files_left_out=0),
    )
    labelled = {estimate.subject for estimate in report.estimates if estimate.measure == "language_ambiguity" and estimate.n}
    assert {"labels:support/2026/a.csv#queue", "labels:desk/c.csv#thema"} <= labelled
    assert report.corpus.root == "support, desk, 規程"


def test_counts_of_sources_are_those_of_the_same_files_in_one_folder(company, tmp_path_factory):
    """Metamorphic: links of the documents apart, it does not matter that they came from three places."""
    together = tmp_path_factory.mktemp("together")
    for name in ("support", "desk", "規程"):
        (together / name).mkdir()
    (together / "support" / "2026").mkdir()
    (together / "support" / "2026" / "a.csv").write_bytes((company / "support" / "2026" / "a.csv").read_bytes())
    (together / "規程" / "travel.md").write_bytes((company / "rules" / "travel.md").read_bytes())
    settings = Settings.model_validate({"read": {"jobs": 1, "text_columns": ["body"], "label_columns": ["queue"]}})
    one = audit([together], settings, now=NOW)
    sources = [source for source in settings_for(company).sources if source.name != "desk"]
    several = audit([], settings_for(company).model_copy(update={"sources": tuple(sources)}), now=NOW)
    assert (several.corpus.documents, several.corpus.tokens, several.corpus.types) == (one.corpus.documents, one.corpus.tokens, one.corpus.types)
    assert {estimate.id: estimate.value for estimate in several.estimates} == {estimate.id: estimate.value for estimate in one.estimates}


def test_a_file_that_two_sources_hold_is_refused_unless_one_leaves_it_out(company):
    wide, narrow = Source(name="all", path=str(company)), Source(name="desk", path=str(company / "desk"))
    with pytest.raises(ConfigurationError, match=r"sources 'all' and 'desk' both hold desk/c\.csv.*exclude"):
        portions_of([wide, narrow], ReadOptions())
    apart = portions_of([wide.model_copy(update={"exclude": ("desk/**",)}), narrow], ReadOptions())
    assert sorted(file.id for portion in apart for file in portion.files) == [
        "all/rules/travel.md",
        "all/support/2026/a.csv",
        "all/support/old/b.csv",
        "desk/c.csv",
    ]


@pytest.mark.parametrize(
    ("include", "exclude", "taken"),
    [
        ((), (), {"a.CSV", "x/b.csv", "x/y/報告.xlsx"}),
        (("*.csv",), (), {"a.CSV", "x/b.csv"}),
        (("x/*",), (), {"x/b.csv"}),
        (("x/**",), (), {"x/b.csv", "x/y/報告.xlsx"}),
        (("**/y/*.{xlsx,docx}",), (), {"x/y/報告.xlsx"}),
        (("*.csv", "報告*"), ("x/*.csv",), {"a.CSV", "x/y/報告.xlsx"}),
        ((), ("**",), set()),
    ],
)
def test_patterns(include, exclude, taken):
    source = Source(name="s", path="p", include=include, exclude=exclude)
    assert {file for file in ("a.CSV", "x/b.csv", "x/y/報告.xlsx") if source.takes(file)} == taken


def test_a_source_without_documents_is_a_finding_and_no_error(company):
    settings = settings_for(company)
    nothing = settings.sources[1].model_copy(update={"include": ("*.docx",)})
    report = audit([], settings.model_copy(update={"sources": (settings.sources[2], nothing)}), now=NOW)
    (finding,) = [finding for finding in report.findings if finding.code == "source_without_documents"]
    assert finding.level == "warning"
    assert '"desk"' in finding.title
    assert "1 left out" in finding.title


def test_where_no_source_gives_anything_nothing_passes(company):
    settings = Settings.model_validate({"sources": [{"name": "a", "path": str(company), "include": ["*.docx"]}]})
    with pytest.raises(InputError, match="no files found"):
        audit([], settings, now=NOW)
    missing = Settings.model_validate({"sources": [{"name": "a", "path": str(company / "gone")}]})
    with pytest.raises(InputError, match=r"source 'a':.*no such file or folder"):
        audit([], missing, now=NOW)


def test_one_more_source_leaves_the_corpus_the_same_where_it_has_a_title(company):
    settings = settings_for(company)
    titled = settings.model_copy(update={"output": settings.output.model_copy(update={"title": "ACME"})})
    few = titled.model_copy(update={"sources": settings.sources[2:]})
    assert audit([], few, now=NOW).corpus.root == "ACME"


@pytest.mark.parametrize("name", ["", " a", "a.", "a/b", "a\\b", "a:b", "..", "a#b", "x" * 61, "a\nb"])
def test_a_name_that_cannot_begin_an_id_or_be_a_folder_is_refused(name):
    with pytest.raises(ValueError, match="a name has"):
        checked_name(name)


@given(st.text(max_size=70))
def test_a_name_that_is_taken_is_one_part_of_a_path(name):
    try:
        taken = checked_name(name)
    except ValueError:
        return
    assert Path(taken).parts == (taken,)
    assert taken not in (".", "..")


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/data/support/tickets.csv", "tickets.csv"),
        ("s3://bucket/folder/x", "s3://bucket/folder/x"),
        ("ftp://anna:secret@files.example/share?token=1", "ftp://files.example/share"),
    ],
)
def test_the_place_that_a_report_names_holds_no_secret(path, place):
    assert Source(name="s", path=path).place == place


def test_definitions_of_all_sources_are_taken_together_and_must_not_contradict(tmp_path):
    table(tmp_path / "a.csv", "category,description", ["billing,invoices", "repair,machines"])
    table(tmp_path / "b.csv", "category,description", ["billing,invoices", "access,badges"])
    table(tmp_path / "c.csv", "category,description", ["billing,bank accounts"])
    sources = {name: Source(name=name, path="x", definitions=str(tmp_path / f"{name}.csv")) for name in "abc"}
    assert definitions_of("", [Source(name="x", path="x")], "") is None
    found = definitions_of(str(tmp_path / "a.csv"), [sources["b"]], "")
    assert dict(found) == {"billing": "invoices", "repair": "machines", "access": "badges"}
    # what only the list of b names is for the documents of b
    assert list(found.for_document("tickets.csv")) == ["billing", "repair"]
    assert list(found.for_document("b/tickets.csv")) == ["billing", "repair", "access"]
    with pytest.raises(ConfigurationError, match=r"c\.csv: category 'billing' means something else in .*a\.csv"):
        definitions_of("", [sources["a"], sources["c"]], "")


def test_findings_name_only_sources_that_gave_nothing():
    full = SourceFacts(name="a", place="a", files_found=2, files_read=1, files_left_out=0)
    empty = SourceFacts(name="b", place="b", files_found=2, files_read=0, files_left_out=0)
    assert [finding.id for finding in source_findings([full, empty])] == ["source_without_documents@b"]


def test_every_option_of_tables_can_be_that_of_one_source():
    own = {"rater_column": "who", "item_column": "case", "rater_columns": ("a", "b"), "second_label_column": "again", "encoding": "cp932"}
    common = ReadOptions(max_rows=5, rater_column="annotator", label_columns=("queue",))
    assert Source(name="desk", path="desk", **own).read_options(common) == ReadOptions(max_rows=5, label_columns=("queue",), **own)
    assert Source(name="desk", path="desk").read_options(common) == common
