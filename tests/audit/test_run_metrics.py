"""Metrics of audits, read by the readers of prometheus_client."""

from prometheus_client.openmetrics.parser import text_string_to_metric_families as openmetrics_families
from prometheus_client.parser import text_string_to_metric_families as prometheus_families

from corpuskit.audit import Performed, audit_metrics, write_audit_metrics
from corpuskit.audit.schedule.metrics import _HELP as OF_SCHEDULES
from corpuskit.report import localise
from tests.report.sample import sample

ODD = 'a "quoted" \\ name'
REPORT = localise(sample(), "en")


def values(families):
    return {(sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples}


def test_both_formats_read_the_same_file():
    text = audit_metrics([Performed(REPORT, "営業"), Performed(REPORT, ODD), Performed(None, "legal", problem="no such folder")])
    found = values(openmetrics_families(text))
    assert found == values(prometheus_families(text))
    assert found["corpuskit_audit_files_read", ("corpus", "営業")] == REPORT.corpus.files_read
    assert found["corpuskit_audit_documents", ("corpus", ODD)] == REPORT.corpus.documents
    levels = [found["corpuskit_audit_findings", ("corpus", "営業"), ("level", level)] for level in ("error", "warning", "note")]
    assert sum(levels) == len(REPORT.findings)
    assert sum(n for (name, *labels), n in found.items() if name == "corpuskit_audit_tasks" and ("corpus", "営業") in labels) == len(REPORT.tasks)


def test_of_an_audit_that_could_not_be_made_only_the_exit_code_is_known():
    found = values(openmetrics_families(audit_metrics([Performed(None, "legal", problem="x")])))
    assert found == {("corpuskit_audit_exit_code", ("corpus", "legal")): 2}


def test_without_departments_the_series_has_the_name_of_the_corpus():
    found = values(openmetrics_families(audit_metrics([Performed(REPORT)])))
    assert ("corpuskit_audit_exit_code", ("corpus", REPORT.corpus.root)) in found
    assert not any(name in OF_SCHEDULES for name, *_ in found)


def test_the_file_is_there_whole_and_nothing_beside_it(tmp_path):
    write_audit_metrics(tmp_path / "node" / "audit.prom", [Performed(REPORT)])
    assert [path.name for path in (tmp_path / "node").iterdir()] == ["audit.prom"]
    assert list(openmetrics_families((tmp_path / "node" / "audit.prom").read_text(encoding="utf-8")))
