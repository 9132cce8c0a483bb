"""The index beside the reports: made of the history, every time anew, damaged records left out."""

from corpuskit.audit import save_record, write_index
from tests.report.sample import sample


def saved(folder, day, **update):
    report = sample()
    run = report.run.model_copy(update={"id": f"202611{day:02}T060000Z-aaaaaaaa", "started_at": f"2026-11-{day:02}T06:00:00+00:00", "language": "en"})
    return save_record(report.model_copy(update={"run": run} | update), folder / "history", "", [f"s-{day}.en.html", f"s-{day}.json"])


def test_it_lists_the_audits_and_links_what_is_there(tmp_path):
    for day in (2, 9):
        saved(tmp_path, day)
    (tmp_path / "s-9.en.html").write_text("page", encoding="utf-8")
    path = write_index(tmp_path)
    assert path == tmp_path / "index.html"
    page = path.read_text(encoding="utf-8")
    assert "2026-11-09 06:00" in page
    assert "2026-11-02 06:00" in page
    assert 'href="./s-9.en.html"' in page
    assert 'href="./s-2.en.html"' not in page
    assert page.count("<svg") >= 1
    assert write_index(tmp_path).read_text(encoding="utf-8") == page


def test_damaged_records_are_left_out(tmp_path):
    saved(tmp_path, 2)
    saved(tmp_path, 9).write_text("{", encoding="utf-8")
    assert "2026-11-09" not in write_index(tmp_path).read_text(encoding="utf-8")


def test_without_a_history_there_is_no_index(tmp_path):
    assert write_index(tmp_path) is None
    assert list(tmp_path.iterdir()) == []


def test_departments_are_listed_beside_each_other_with_the_way_to_their_pages(tmp_path):
    for name, day in (("営業", 2), ("hr", 9)):
        folder = tmp_path / "reports" / name
        saved(folder, day, corpus=sample().corpus.model_copy(update={"root": name}))
        (folder / f"s-{day}.en.html").write_text("page", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    saved(elsewhere, 5, corpus=sample().corpus.model_copy(update={"root": "legal"}))
    (elsewhere / "s-5.en.html").write_text("page", encoding="utf-8")
    departments = {name: tmp_path / "reports" / name for name in ("営業", "hr", "not yet")} | {"legal": elsewhere}
    page = write_index(tmp_path / "reports", departments).read_text(encoding="utf-8")
    assert [page.count(f">{name}</h2>") for name in ("営業", "hr", "legal")] == [1, 1, 1]
    assert 'href="./%E5%96%B6%E6%A5%AD/s-2.en.html"' in page
    assert 'href="./hr/s-9.en.html"' in page
    assert 'href="./../elsewhere/s-5.en.html"' in page
