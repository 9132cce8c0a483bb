"""The history: found by name, kept once, pruned without harm, damaged records told."""

import pytest

from corpuskit.audit import load_record, save_record
from corpuskit.audit.history import before, counts_of, find, keep_counts, past_audits, prune
from corpuskit.errors import UsageError
from tests.counts.build import counted, sentence
from tests.report.sample import sample


def saved(folder, identifier, counts="", root="documents", **update):
    report = sample()
    day = f"{identifier[:4]}-{identifier[4:6]}-{identifier[6:8]}T{identifier[9:11]}:00:00+00:00"
    run = report.run.model_copy(update={"id": identifier, "started_at": day})
    corpus = report.corpus.model_copy(update={"root": root})
    return save_record(report.model_copy(update={"run": run, "corpus": corpus} | update), folder, counts)


@pytest.fixture
def folder(tmp_path):
    for identifier in ("20261102T060000Z-aaaaaaaa", "20261109T060000Z-bbbbbbbb", "20261109T090000Z-cccccccc", "20261116T060000Z-dddddddd"):
        saved(tmp_path, identifier)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "found"),
    [("last", "dddddddd"), ("2026-11-09", "cccccccc"), ("20261109T06", "bbbbbbbb"), ("20261102T060000Z-aaaaaaaa", "aaaaaaaa")],
)
def test_an_audit_is_found_by_id_beginning_date_or_as_the_last(folder, name, found):
    assert find(folder, name).run_id.endswith(found)


@pytest.mark.parametrize(("name", "told"), [("20261109", "2 audits begin with"), ("2025", "no audit '2025'.*The last ones: ")])
def test_a_name_that_fits_none_or_several_is_told(folder, name, told):
    with pytest.raises(UsageError, match=told):
        find(folder, name)
    with pytest.raises(UsageError, match="no audits yet"):
        find(folder / "elsewhere", "last")


def test_damaged_records_are_listed_with_their_problem_and_passed_over(folder):
    (folder / "20261120T060000Z-eeeeeeee.record.json").write_text("{", encoding="utf-8")
    known = past_audits(folder)
    assert [bool(past.problem) for past in known] == [False] * 4 + [True]
    report = sample()
    later = report.model_copy(update={"run": report.run.model_copy(update={"started_at": "2026-12-01T00:00:00+00:00"})})
    earlier = before(later.model_copy(update={"corpus": report.corpus.model_copy(update={"root": "documents"})}), folder)
    assert earlier is not None
    assert earlier[0].run_id.endswith("dddddddd")


def test_only_audits_of_the_same_documents_count_as_before(folder):
    report = load_record(find(folder, "last").path)
    earlier = before(report, folder)
    assert earlier is not None
    assert earlier[0].run_id.endswith("cccccccc")
    assert before(report.model_copy(update={"corpus": report.corpus.model_copy(update={"root": "other"})}), folder) is None


def test_counts_are_kept_once_and_read_back(tmp_path):
    counts = counted({"a.txt": [sentence("invoice", "late")]})
    name = keep_counts(sample(), counts, tmp_path)
    assert keep_counts(sample(), counts, tmp_path) == name
    assert [path.name for path in (tmp_path / "counts").iterdir()] == [name]
    assert (tmp_path / "counts").stat().st_mode & 0o777 == 0o700, "words of texts are for the user who audits only"
    past = past_audits(saved(tmp_path, "20261102T060000Z-aaaaaaaa", name).parent)[0]
    kept = counts_of(past)
    assert kept is not None
    assert kept.terms.equals(counts.terms)
    next((tmp_path / "counts" / name).glob("*.parquet")).write_bytes(b"damaged")
    assert counts_of(past) is None


def test_pruning_keeps_the_newest_of_each_folder_and_what_they_need(tmp_path):
    counts = [keep_counts(sample().model_copy(update={"lineage": ()}), counted({"a.txt": [sentence("a")]}), tmp_path)]
    for week in range(6):
        saved(tmp_path, f"202611{week + 10}T060000Z-aaaaaaaa", counts[0] if week == 0 else "", exit_code=week % 2)
    saved(tmp_path, "20261101T060000Z-bbbbbbbb", root="other")
    gone = prune(tmp_path, 2)
    left = past_audits(tmp_path)
    assert [past.run_id[:8] for past in left] == ["20261101", "20261114", "20261115"]
    assert all(load_record(past.path) for past in left)
    assert not (tmp_path / "counts" / counts[0]).exists()
    assert len(gone) == 4 + 1
    assert prune(tmp_path, 2) == ()
    with pytest.raises(UsageError, match="At least one"):
        prune(tmp_path, 0)


def test_nothing_shared_is_removed_while_a_damaged_record_may_name_it(tmp_path):
    saved(tmp_path, "20261101T060000Z-aaaaaaaa", exit_code=1)
    saved(tmp_path, "20261102T060000Z-aaaaaaaa")
    (tmp_path / "20261103T060000Z-cccccccc.record.json").write_text("{", encoding="utf-8")
    prune(tmp_path, 1)
    assert len(list((tmp_path / "bodies").iterdir())) == 2


@pytest.mark.parametrize("back", ["20261109T050000Z", "20261109T070000Z", "20261101T060000Z"])
def test_an_audit_that_a_clock_set_back_dates_earlier_has_its_place_by_date(folder, back):
    """The clock of the machine was set back between two audits: the history is ordered by what the records say, whenever they were written."""
    path = saved(folder, f"{back}-eeeeeeee")
    dates = [past.started_at for past in past_audits(folder)]
    assert dates == sorted(dates)
    assert find(folder, "last").run_id.endswith("dddddddd")
    report = load_record(path)
    expected = {"20261109T050000Z": "aaaaaaaa", "20261109T070000Z": "bbbbbbbb"}.get(back)
    earlier = before(report.model_copy(update={"corpus": report.corpus.model_copy(update={"root": "documents"})}), folder)
    assert (earlier[0].run_id[-8:] if earlier else None) == expected, "what changed is never told backwards in time"


def test_two_audits_of_one_second_both_stay(folder):
    saved(folder, "20261116T060000Z-dddddddd")
    assert [past.run_id for past in past_audits(folder)].count("20261116T060000Z-dddddddd") == 2
    assert all(load_record(past.path) for past in past_audits(folder))
