"""What people are told, in both languages."""

from datetime import UTC, datetime

import pytest

from corpuskit.audit.schedule.stored import RunResult
from corpuskit.audit.schedule.told import notice_of

from .simulated import schedule

MOMENT = datetime(2026, 1, 5, 5, tzinfo=UTC)
NEXT = datetime(2026, 1, 12, 5, tzinfo=UTC)


def result(**changes):
    numbers = {"files_found": 12, "files_read": 11, "files_skipped": 1, "findings": {"error": 0, "warning": 1, "note": 2}}
    fields = {"schedule": "weekly", "moment": MOMENT, "started_at": MOMENT, "seconds": 61, "exit_code": 0, "verdict": "Start.", **numbers}
    return RunResult(**{**fields, **changes})


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "en",
            [
                "weekly: the audit is done, 2 points ask for a look",
                "Start.",
                "- Personal data appears.",
                "- Too low.",
                "Files: 11 of 12 read, 1 skipped",
                "Findings: 0 errors, 1 warning, 2 notes",
                "Report: /r/a.ja.html",
                "Next audit: 2026-01-12 06:00 (Europe/Berlin)",
            ],
        ),
        (
            "ja",
            [
                "weekly：監査が完了しました。確認が必要な事項が2件あります",
                "Start.",
                "- Personal data appears.",
                "- Too low.",
                "ファイル：12件中11件を読み取り、1件を対象外としました",
                "指摘事項：エラー0件、警告1件、注記2件",
                "報告書：/r/a.ja.html",
                "次回の監査：2026-01-12 06:00 (Europe/Berlin)",
            ],
        ),
    ],
)
def test_an_alarm_says_what_asks_for_a_look(tmp_path, language, lines):
    told = result(exit_code=1, alarms=("Personal data appears.",), reasons=("Too low.",), reports=("/r/a.ja.html", "/r/a.json"))
    notice = notice_of(told, schedule(tmp_path, language=language), NEXT, None)
    assert [notice.subject, *(line for line in notice.text.splitlines() if line)] == lines
    assert (notice.alarm, notice.failure) == (True, False)
    assert notice.facts["alarms"] == ["Personal data appears."]


def test_nothing_to_look_at_is_no_alarm(tmp_path):
    notice = notice_of(result(), schedule(tmp_path), NEXT, None)
    assert (notice.subject, notice.alarm, notice.failure) == ("weekly: the audit is done, nothing asks for a look", False, False)


def test_a_failure_says_why_and_when_it_is_tried_again(tmp_path):
    failed = RunResult(schedule="weekly", moment=MOMENT, started_at=MOMENT, seconds=1, exit_code=2, problem="/data: no such folder.")
    notice = notice_of(failed, schedule(tmp_path), NEXT, MOMENT)
    assert (notice.alarm, notice.failure) == (False, True)
    assert notice.text.splitlines()[0] == "/data: no such folder."
    assert "tried again from 2026-01-05 06:00 (Europe/Berlin) on" in notice.text
    assert "Findings" not in notice.text, "what was not counted is not told as zero"
