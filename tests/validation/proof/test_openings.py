from datetime import date

from tests.validation.proof.openings import HEAD, log_opening


def test_every_opening_is_a_row_and_nothing_written_before_is_lost(tmp_path):
    log = tmp_path / "openings.md"
    log_opening(log, date(2026, 11, 30), ("theory", "tasks"), "0.1.0", "first release", "nothing")
    log_opening(log, date(2026, 12, 1), ("tasks",), "0.1.0", "a bar | and\na line end", "the seed")
    assert log.read_text(encoding="utf-8") == (
        f"{HEAD}| 2026-11-30 | theory, tasks | 0.1.0 | first release | nothing |\n"
        "| 2026-12-01 | tasks | 0.1.0 | a bar \\| and a line end | the seed |\n"
    )
