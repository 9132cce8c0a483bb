"""Texts that attack formats, and the sample report with one of them wherever a document can put it."""

from hypothesis import strategies as st

from corpuskit.finding import Evidence, Message
from corpuskit.report import AuditReport, SkippedFile, localise
from corpuskit.report.phrasebook import Language
from tests.report.sample import FORMULA, PIPES, SCRIPT, sample

TEXTS = (
    SCRIPT,
    PIPES,
    FORMULA,
    "=cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    ' "=1+1',
    "'=1+1",
    "a\x00b\x01\x08\x0b\x1b[31m\x7f\x85",
    "invoice\u202excod.exe",
    "half \ud800 and \udfff",
    "tag\U000e0041\U000e0042",
    "line\u2028line\u2029line\r\nline",
    "]]>--><!--",
    "</svg></style><script>x</script>",
    "_x0041_ \ufffe\uffff\ufeff",
    "# h\n- l\n1. o\n> q\n| a | b |\n|---|---|",
    "![i](https://evil.example/x.png) [l](javascript:x) <https://evil.example> https://evil.example www.evil.example a@evil.example @all #1 :+1:",
    "```\ncode\n``` ~~~ $$x$$ `y` ***b*** ~~s~~ [^1] \\",
    "規程/../../etc/passwd?x#y%41",
    "",
)

any_text = st.one_of(
    st.sampled_from(TEXTS), st.text(st.characters(), max_size=60), st.text(st.characters(categories=["Cs", "Cc", "Cf"]), max_size=20)
)


def report_with(text: str, language: Language = "en") -> AuditReport:
    """Put a text where documents put theirs: names of files and folders, quotes, reasons, names of labels, titles of rules."""
    report = localise(sample(), language)
    evidence = (Evidence.model_construct(document=text, quote=text),)
    finding = report.findings[0].model_copy(update={"id": f"near_duplicates@{text}", "title": text, "fix": text, "evidence": evidence})
    task = report.tasks[0].model_copy(update={"name": {"en": text, "ja": text}, "evidence": evidence})
    written = Message.model_construct(code="method_as_written", parameters={"text": text}, text=text)
    estimate = report.estimates[0].model_copy(update={"id": f"coverage@{text}", "subject": text, "method": (written,)})
    skipped = SkippedFile.model_construct(path=text, code="broken", reason=text)
    corpus = report.corpus.model_copy(update={"root": text, "files_skipped": (skipped, *report.corpus.files_skipped)})
    return report.model_copy(
        update={
            "findings": (finding, *report.findings),
            "tasks": (task, *report.tasks[1:]),
            "estimates": (estimate, *report.estimates),
            "corpus": corpus,
        }
    )
