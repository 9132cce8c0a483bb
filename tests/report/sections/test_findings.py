import pytest

from corpuskit.report import phrasebook
from corpuskit.report.blocks import Bullets, Callout, Details, Paragraph, Quotes
from corpuskit.report.sections.findings import TONES
from tests.report.sample import FINDINGS, PIPES, SCRIPT
from tests.report.walk import all_of, build, only

LANGUAGES = pytest.mark.parametrize("language", ["en", "ja"])


@LANGUAGES
def test_each_finding_has_its_level_in_words_what_to_do_its_id_and_its_documents(language):
    book = phrasebook(language)
    blocks = build("findings", language)
    for place, (callout, finding) in enumerate(zip(all_of(blocks, Callout), FINDINGS, strict=True), start=1):
        title, fix = book.finding(finding.code, finding.parameters)
        assert (callout.label, callout.text) == (book.label("finding_number", n=place, level=book.label(f"level_{finding.level}"), title=title), fix)
        assert callout.tone == TONES[finding.level]
    assert [book.label("finding_id", id=finding.id) for finding in FINDINGS] == [block.text for block in all_of(blocks, Paragraph)]
    assert all_of(blocks, Quotes)[0].items == (("contracts/nda_v2_final.docx", ""), (f"contracts/{SCRIPT}.docx", PIPES))


@LANGUAGES
def test_all_documents_that_a_finding_concerns_stand_in_a_fold_and_those_that_belong_together_in_one_line(language):
    finding = FINDINGS[0].model_copy(update={"documents": (("a.docx", f"{SCRIPT}.docx"), ("c.docx",))})
    book = phrasebook(language)
    fold = only(build("findings", language, findings=(finding,)), Details)
    assert fold.summary == book.label("finding_documents", n=3)
    assert only(fold.blocks, Bullets).items == (book.listed(("a.docx", f"{SCRIPT}.docx")), "c.docx")
    assert all_of(build("findings", language), Details) == []


@LANGUAGES
def test_levels_differ_in_word_and_tone(language):
    findings = tuple(FINDINGS[0].model_copy(update={"level": level, "id": level}) for level in ("error", "warning", "note"))
    callouts = all_of(build("findings", language, findings=findings), Callout)
    assert len({callout.label for callout in callouts}) == len({callout.tone for callout in callouts}) == 3


@LANGUAGES
def test_a_finding_without_documents_has_no_empty_list_of_quotes(language):
    assert all_of(build("findings", language, findings=(FINDINGS[0].model_copy(update={"evidence": ()}),)), Quotes) == []


@LANGUAGES
def test_a_finding_of_a_third_party_is_told_by_its_code(language):
    finding = FINDINGS[0].model_copy(update={"code": "not_in_the_file", "parameters": {"n": 3}})
    assert "not_in_the_file n=3" in only(build("findings", language, findings=(finding,)), Callout).label


@LANGUAGES
def test_without_findings_it_says_so(language):
    blocks = build("findings", language, findings=())
    assert only(blocks, Paragraph).text == phrasebook(language).label("findings_none")
