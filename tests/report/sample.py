"""A report made by hand: every field used, and strings that attack the formats."""

from corpuskit.estimators import Estimate, Estimates, Series, computed
from corpuskit.finding import Evidence, Finding, Message
from corpuskit.report import AuditReport, CorpusFacts, Run, SkippedFile, Tool, summarise
from corpuskit.tasks import (
    Assessment,
    Control,
    PilotSize,
    Reference,
    TaskAssessment,
    TaskControl,
    Tolerance,
)
from corpuskit.text import TokenizerInfo

SCRIPT = "<script>alert('x')</script>"
PIPES = "|pipes| `code` *stars* [link](https://evil.example) &amp;"
FORMULA = '=cmd|" /C calc"!A0'
HOSTILE = (SCRIPT, PIPES, FORMULA)


def message(code: str, **parameters: str | int | float) -> Message:
    return Message(code=code, parameters=parameters)


CORPUS = CorpusFacts(
    root="documents & <b>more</b>",
    files_found=150,
    files_read=146,
    files_skipped=(
        SkippedFile(path="contracts/secret.pdf", code="encrypted", reason="The file is protected by a password."),
        SkippedFile(path="old/broken.docx", code="broken", reason="Not a ZIP archive."),
        SkippedFile(path=f"images/{SCRIPT}.png", code="unsupported", reason="Files of this kind are not read."),
        SkippedFile(path="空の文書.txt", code="empty", reason="The file is empty."),
    ),
    documents=158,
    tokens=184_203,
    types=14_872,
    bytes=5_400_000,
    languages={"ja": 96, "en": 58, "mixed": 4},
    formats={"docx": 60, "pdf": 40, "csv": 20, "txt": 38},
    near_duplicate_groups=3,
    oldest="2019-04-01",
    newest="2026-10-30",
    dated=97,
)


def estimate(measure: str, subject: str, value: float | None, interval: tuple[float, float] | None, n: int, unit: str, grade: str) -> Estimate:
    return Estimate(
        id=f"{measure}@{subject}",
        measure=measure,
        subject=subject,
        value=value,
        interval=interval,
        n=n,
        unit=unit,
        grade=grade,  # type: ignore[arg-type]
        method=computed("cross_fitted_on_n_grams", folds=5) + computed("exact_at_messages", independent=n),
        reference="Cover and Hart 1967",
        undefined_because=None if value is not None else message("verdict_no_task"),
    )


ESTIMATES = Estimates(
    estimates=(
        estimate("coverage", "lang:ja", 0.9712, (0.968, 0.9744), 102_334, "tokens", "E"),
        estimate("chao1", "lang:ja", 21_934.4, (20_812.0, 23_167.0), 102_334, "tokens", "E"),
        estimate("language_ambiguity", "labels:tickets/support.csv#queue", 0.034, (0.019, 0.056), 400, "messages", "C"),
        estimate("language_ambiguity", "labels:tickets/overlap.csv#区分", 0.312, (0.266, 0.361), 400, "messages", "C"),
        estimate("definition_ambiguity", f"labels:{PIPES}#queue", 0.21, None, 400, "messages", "C"),
        estimate("sparsity_u", "labels:small.csv#queue", None, None, 12, "messages", "C"),
    ),
    series=(
        Series(
            id="spectrum@lang:ja",
            name="spectrum",
            subject="lang:ja",
            columns=("k", "types"),
            rows=tuple((k, round(6000 / k**1.9)) for k in (1, 2, 3, 5, 8, 13, 21, 34)),
        ),
        Series(
            id="coverage_growth@lang:ja",
            name="coverage_growth",
            subject="lang:ja",
            columns=("tokens", "coverage"),
            rows=tuple((n, 1 - 1 / (1 + n / 4000)) for n in (1000, 5000, 20_000, 50_000, 102_334)),
        ),
        Series(
            id="label_error@labels:tickets/overlap.csv#区分",
            name="label_error",
            subject="labels:tickets/overlap.csv#区分",
            columns=("label", "error", "n"),
            rows=(
                ("納期・出荷", 0.12, 100),
                ("Other 2", 0.61, 80),
                (SCRIPT, 0.3, 60),
                ("とても長い名前の分類区分（製品品質および技術的なお問い合わせ全般）", 0.05, 160),
            ),
        ),
        Series(
            id="confusions@labels:tickets/overlap.csv#区分",
            name="confusions",
            subject="labels:tickets/overlap.csv#区分",
            columns=("label", "taken for", "count"),
            rows=(("Other 2", FORMULA, 31),),
        ),
        Series(id="novel@corpus", name="novel", subject="corpus", columns=("what", "count"), rows=(("third party", 3),)),
    ),
    findings=(),
)

FINDINGS = (
    Finding(
        id="near_duplicates",
        level="warning",
        code="near_duplicates",
        parameters={"groups": 3, "documents": 8},
        evidence=(Evidence(document="contracts/nda_v2_final.docx"), Evidence(document=f"contracts/{SCRIPT}.docx", quote=PIPES)),
    ),
    Finding(
        id="files_skipped@encrypted",
        level="warning",
        code="files_skipped_encrypted",
        parameters={"n": 1},
        evidence=(Evidence(document="contracts/secret.pdf"),),
    ),
    Finding(
        id="files_skipped@broken", level="warning", code="files_skipped_broken", parameters={"n": 1}, evidence=(Evidence(document="old/broken.docx"),)
    ),
    Finding(id="files_skipped@empty", level="note", code="files_skipped_empty", parameters={"n": 1}, evidence=(Evidence(document="空の文書.txt"),)),
)

NAMES = (
    ("ticket_routing", "Ticket routing", "問い合わせ振分け", "classify"),
    ("faq_answer", "FAQ answering", "FAQ回答", "retrieve"),
    ("policy_qa", "Policy questions and answers", "規程照会", "retrieve"),
    ("invoice_po", "Invoice, purchase order and order fields", "請求・注文項目の抽出", "extract"),
    ("minutes_summary", "Minutes", "議事録要約", "summarise"),
    ("quality_incident", "Quality-incident classification", "不具合分類", "classify"),
    ("contract_clause", "Clause extraction", "契約条項の抽出", "extract"),
    ("hr_screening", "Application screening", "応募選考", "decide"),
)


def task(place: int) -> TaskAssessment:
    catalogue_id, english, japanese, kind = NAMES[place]
    scored = place < 4
    sentence = "verdict_no_task"
    return TaskAssessment(
        id=catalogue_id,
        catalogue_id=catalogue_id,
        name={"en": english, "ja": japanese},
        kind=kind,  # type: ignore[arg-type]
        rank=place + 1 if scored else None,
        tied_with=("policy_qa",) if place == 1 else ("faq_answer",) if place == 2 else (),
        verdict=("start", "start_with_conditions", "fix_first", "do_not_start")[place] if scored else "insufficient_evidence",
        suitability=(0.962, 0.71, 0.68, 0.04)[place] if scored else None,
        interval=((0.88, 0.99), (0.42, 0.9), (0.4, 0.88), (0.0, 0.2))[place] if scored else None,
        grade="C" if scored else None,
        tolerance=Tolerance(measure="misroute", max_error=0.05 if kind != "summarise" else None),
        estimates=("language_ambiguity@labels:tickets/support.csv#queue", "sparsity_u@labels:small.csv#queue") if place == 0 else (),
        documents=12 + place,
        tier="T4" if kind == "decide" else "T2",
        tier_reasons=(message(sentence),),
        controls=(TaskControl(id="C07", parameter=message("stage_g2")), TaskControl(id="C09", parameter=message("stage_g4"))),
        model_class=message("stage_g1"),
        pilot=PilotSize(n=234, max_errors=6, power=0.8004, tolerance=0.05, expected=0.02, alpha=0.05) if scored else None,
        failure_modes=(message("stage_g3_stop_open"),),
        reasons=(message("phrase_no_labels", documents=12),),
        next_step=message("decide_pilot", task=catalogue_id, n=234) if scored else message("stage_g1_pass_open", n=200),
        evidence=(
            Evidence(document="tickets/support.csv", quote=f"問い合わせ番号 1042: {SCRIPT} ポンプの出荷が遅れています。"),
            Evidence(document=f"{FORMULA}.csv", quote=PIPES),
        ),
    )


ASSESSMENT = Assessment(
    tasks=tuple(task(place) for place in range(len(NAMES))),
    controls=(
        Control(
            id="C07",
            title={"en": "Truth test before go-live", "ja": "正解検証"},
            references=(
                Reference(
                    ref="EU 2024/1689 Art. 9(8)",
                    title="AI Act",
                    applies_from="2027-12-02",
                    status="r",
                    source_url="https://a.example",
                    checked_on="2026-11-23",
                ),
                Reference(ref="MEASURE 2.3", title="NIST AI RMF", checked_on="2026-11-23"),
            ),
        ),
        Control(id="C09", title={"en": "Human review in use", "ja": "人手確認率"}, references=()),
    ),
    findings=(),
)


def sample() -> AuditReport:
    """A report that is not localised yet."""
    return AuditReport(
        tool=Tool(version="0.1.0"),
        run=Run(
            id="20261102T030405Z-abcdef01",
            started_at="2026-11-02T03:04:05+00:00",
            seconds=12.5,
            seed=0,
            config_digest="0123456789abcdef",
            language="en",
            tokenizers={
                "en": TokenizerInfo(name="spacy", version="3.8.11"),
                "ja": TokenizerInfo(name="sudachi", version="0.6.10", mode="C", dictionary_version="20250515"),
            },
        ),
        corpus=CORPUS,
        estimates=ESTIMATES.estimates,
        series=ESTIMATES.series,
        tasks=ASSESSMENT.tasks,
        findings=FINDINGS,
        controls=ASSESSMENT.controls,
        summary=summarise(CORPUS, ESTIMATES, ASSESSMENT, FINDINGS),
        exit_code=0,
        provenance={"theory": "arXiv:2304.09960"},
    )
