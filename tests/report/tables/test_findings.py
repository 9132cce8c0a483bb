from corpuskit.report import localise, phrasebook
from corpuskit.report.tables.findings import evidence, findings
from tests.report.sample import FORMULA, PIPES, SCRIPT, sample


def test_each_finding_is_a_row_with_what_to_do_and_where_it_shows():
    report = localise(sample(), "ja")
    table = findings(report, phrasebook("ja"))
    assert [row[-1] for row in table.rows] == [finding.id for finding in report.findings]
    assert table.rows[0][0] == "警告"
    assert table.rows[0][1:3] == (report.findings[0].title, report.findings[0].fix)
    assert table.rows[0][3:5] == ("contracts/nda_v2_final.docx", 2)


def test_every_place_of_findings_and_tasks_is_a_row_that_leads_back_to_its_id():
    report = localise(sample(), "en")
    rows = evidence(report, phrasebook("en")).rows
    assert len(rows) == sum(len(one.evidence) for one in (*report.findings, *report.tasks))
    assert rows[1] == ("finding", report.findings[0].title, f"contracts/{SCRIPT}.docx", PIPES, None, "near_duplicates")
    assert rows[-1] == ("task", "Application screening", f"{FORMULA}.csv", PIPES, None, "hr_screening")


def test_documents_that_the_evidence_does_not_show_are_rows_too_with_their_group():
    made = sample()
    first, second = made.findings[0].evidence[0].document, made.findings[0].evidence[1].document
    finding = made.findings[0].model_copy(update={"documents": (("x.docx", second), (first, "y.docx"), ("z.docx",))})
    report = localise(made.model_copy(update={"findings": (finding,), "tasks": ()}), "en")
    rows = evidence(report, phrasebook("en")).rows
    assert [(row[2], row[4]) for row in rows] == [(first, 2), (second, 1), ("x.docx", 1), ("y.docx", 2), ("z.docx", None)]
    assert findings(report, phrasebook("en")).rows[0][4] == 5
