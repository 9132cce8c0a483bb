"""The whole chain on small folders: nothing silent, the same JSON twice, an empty folder never passes."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpuskit.audit import Settings, audit, describe, load_record, write_reports
from corpuskit.errors import InputError
from corpuskit.report import to_json

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "documents"
    (root / "policies").mkdir(parents=True)
    (root / "policies" / "travel policy.md").write_text(
        "# Travel policy\n\n## Daily allowance\n\nThe daily allowance is 40 euros.\n", encoding="utf-8"
    )
    (root / "旅費規程.txt").write_text("第1条 この規程は、出張旅費について定める。\n第2条 日当は三千円とする。\n", encoding="cp932")
    (root / "broken.docx").write_bytes(b"PK\x03\x04 this is not a zip")
    (root / "empty.txt").write_bytes(b"")
    (root / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return root


def test_what_was_read_and_what_was_not_is_told_with_reasons(folder):
    report = audit([folder], now=NOW)
    corpus = report.corpus
    assert (corpus.files_found, corpus.files_read, corpus.documents) == (5, 2, 2)
    assert {item.path: item.code for item in corpus.files_skipped} == {"broken.docx": "broken", "empty.txt": "empty", "picture.png": "unsupported"}
    assert all(item.reason for item in corpus.files_skipped)
    assert corpus.languages == {"en": 1, "ja": 1}
    ids = {finding.id for finding in report.findings}
    assert {"files_skipped@broken", "files_skipped@empty", "files_skipped@unsupported"} <= ids


def test_every_sentence_is_filled_in(folder):
    report = audit([folder], Settings.model_validate({"output": {"language": "ja"}}), now=NOW)
    assert all(finding.title and finding.fix for finding in report.findings)
    assert report.summary.sentence.text
    assert all(estimate.undefined_because is None or estimate.undefined_because.text for estimate in report.estimates)


def test_two_runs_give_the_same_json_apart_from_the_run(folder):
    def body() -> dict:
        report = json.loads(to_json(audit([folder], now=NOW)))
        for key in ("id", "started_at", "seconds"):
            del report["run"][key]
        return report

    assert body() == body()


def test_the_cache_changes_nothing(folder, tmp_path):
    plain = audit([folder], now=NOW)
    first = audit([folder], cache=tmp_path / "cache", now=NOW)
    second = audit([folder], cache=tmp_path / "cache", now=NOW)
    assert plain.model_copy(update={"run": None}) == first.model_copy(update={"run": None}) == second.model_copy(update={"run": None})
    assert any((tmp_path / "cache").rglob("*"))


def test_an_empty_folder_never_passes(tmp_path):
    with pytest.raises(InputError, match="no files found"):
        audit([tmp_path])


def test_a_wholly_unreadable_folder_never_passes(tmp_path):
    (tmp_path / "x.docx").write_bytes(b"no zip")
    with pytest.raises(InputError, match="None of the 1 files could be read"):
        audit([tmp_path])


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(InputError, match="no such file or folder"):
        audit([tmp_path / "nowhere"])


def test_the_gate_sets_the_exit_code_inside_the_json(folder):
    gated = audit([folder], Settings.model_validate({"gate": {"fail_on": "note"}}), now=NOW)
    assert (gated.exit_code, audit([folder], now=NOW).exit_code) == (1, 0)


def test_no_excerpts_leaves_no_quote(folder):
    report = audit([folder], Settings.model_validate({"output": {"excerpts": False}}), now=NOW)
    assert not any(item.quote for finding in report.findings for item in finding.evidence)
    assert not any(item.quote for task in report.tasks for item in task.evidence)


def test_labels_give_an_ambiguity_with_an_interval(tmp_path):
    rows = ["text,label"]
    rows += [f"the invoice number {n} has a wrong total amount,billing\nthe valve {n} is leaking since monday,repair" for n in range(40)]
    table = tmp_path / "tickets.csv"
    table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    settings = Settings.model_validate({"read": {"text_columns": ["text"], "label_columns": ["label"]}})
    _, estimates = describe([table], settings)
    error = next(item for item in estimates.estimates if item.measure == "language_ambiguity")
    assert error.subject == "labels:tickets.csv#label"
    assert error.value is not None
    assert error.interval is not None
    assert error.interval[0] <= error.value <= error.interval[1] < 0.1
    assert (error.n, error.unit, error.grade) == (80, "messages", "C")


def test_what_is_written_to_the_history_is_the_report_of_the_run(folder, tmp_path):
    settings = Settings.model_validate({"output": {"folder": str(tmp_path / "out")}})
    report = audit([folder], settings, now=NOW)
    assert load_record(write_reports(report, settings)[-1]) == report


def test_the_folder_above_is_called_by_its_name(folder, monkeypatch):
    monkeypatch.chdir(folder / "policies")
    assert audit([Path("..")], now=NOW).corpus.root == "documents"
    assert audit([Path()], now=NOW).corpus.root == "policies"


@pytest.fixture
def letters(tmp_path):
    """Twelve letters with a footer, two of them equal, and a policy in two versions that say nearly the same."""
    root = tmp_path / "letters"
    (root / "mail").mkdir(parents=True)
    for number in range(12):
        own = "same words" if number > 9 else f"letter {'abcdefghij'[number] * 3}"
        (root / "mail" / f"{number:02}.txt").write_text(f"{own}\nConfidential, do not pass on\n", encoding="utf-8")
    rules = "".join(f"Rule {number}: travellers keep receipt number {number * 7} for {number + 3} days. " for number in range(40))
    (root / "policy_v1.txt").write_text(f"Effective date: 1 April 2020\n{rules}", encoding="utf-8")
    (root / "policy_v2.txt").write_text(f"Effective date: 1 April 2022\n{rules} And one rule more.", encoding="utf-8")
    return root


def test_what_repeats_is_counted_and_told_by_default(letters):
    report = audit([letters], now=NOW)
    found = {finding.id: finding for finding in report.findings}
    assert {"boilerplate", "exact_duplicates", "near_duplicates", "versions_side_by_side", "stale_documents"} <= set(found)
    assert [item.document for item in found["versions_side_by_side"].evidence] == ["policy_v2.txt", "policy_v1.txt"]
    corpus = report.corpus
    assert (corpus.documents, corpus.exact_duplicate_groups, corpus.near_duplicate_groups, corpus.boilerplate_lines) == (14, 1, 1, 1)
    assert (corpus.documents_removed, corpus.lines_removed) == (0, 0)
    stale = next(item for item in report.estimates if item.measure == "stale_share")
    assert (stale.value, stale.n) == (1.0, 2)
    assert all(finding.title and finding.fix for finding in report.findings)


@pytest.mark.parametrize("cached", [False, True])
def test_what_repeats_is_left_out_on_request_and_still_told(letters, tmp_path, cached):
    settings = Settings.model_validate({"text": {"boilerplate": "remove", "duplicates": "remove"}})
    cache = tmp_path / "cache" if cached else None
    kept, cleaned = audit([letters], cache=cache, now=NOW), audit([letters], settings, cache=cache, now=NOW)
    assert (cleaned.corpus.documents, cleaned.corpus.documents_removed, cleaned.corpus.lines_removed) == (13, 1, 1)
    assert cleaned.corpus.tokens < kept.corpus.tokens
    assert cleaned.corpus.files_read == kept.corpus.files_read == 14
    told = {"boilerplate", "exact_duplicates", "near_duplicates", "versions_side_by_side"}
    for name in told:
        one, other = (next(finding for finding in report.findings if finding.id == name) for report in (kept, cleaned))
        assert one == other


def test_boilerplate_words_are_exactly_what_is_missing(letters):
    removed = describe([letters], Settings.model_validate({"text": {"boilerplate": "remove"}}), now=NOW)
    kept = describe([letters], now=NOW)
    share = next(item.value for item in kept[1].estimates if item.measure == "boilerplate_share")
    assert kept[0].tokens - removed[0].tokens == 12 * 5
    assert share == pytest.approx(12 * 5 / kept[0].tokens)


def test_what_removing_boilerplate_changes_is_told_with_the_counts_before_and_after(letters):
    def measured(**text):
        _, estimates = describe([letters], Settings.model_validate({"text": text}), now=NOW)
        return {item.measure: item for item in estimates.estimates if item.subject == "lang:en"}

    kept, removed, both = measured(), measured(boilerplate="remove"), measured(boilerplate="remove", duplicates="remove")
    change = "coverage_change_without_boilerplate"
    assert kept[change].undefined_because.code == "undefined_boilerplate_not_removed"
    assert removed[change].value == pytest.approx(removed["coverage"].value - kept["coverage"].value)
    assert removed[change].n == kept["tokens"].n
    assert both[change].n == kept["tokens"].n - 7  # the copy of seven words is gone before
    # copies are told the same whatever is removed: in the folder as it was found
    for name in ("coverage", "coverage_of_new_documents", "entropy", "hapax_share"):
        for copies in ("exact", "near"):
            told = [each[f"{name}_change_without_{copies}_copies"] for each in (kept, removed, both)]
            assert told[0].value is not None
            assert [(item.value, item.interval, item.method) for item in told] == [(told[0].value, told[0].interval, told[0].method)] * 3


def test_the_day_of_the_run_or_of_the_settings_decides_what_is_stale(letters):
    def share(now, **options):
        _, estimates = describe([letters], Settings.model_validate({"estimate": options}), now=now)
        return next(item.value for item in estimates.estimates if item.measure == "stale_share")

    assert share(datetime(2023, 6, 1, tzinfo=UTC)) == 0.5
    assert share(NOW, today="2022-06-01") == 0.0
    assert share(NOW, stale_years=10) == 0.0


def test_a_folder_that_changes_between_the_passes_is_refused(letters):
    def vanish(stage, done, total, what):
        if stage == "clean":
            (letters / "policy_v2.txt").unlink(missing_ok=True)

    settings = Settings.model_validate({"text": {"duplicates": "remove"}})
    with pytest.raises(InputError, match="changed between the two passes"):
        audit([letters], settings, now=NOW, progress=vanish)


def test_older_versions_and_outdated_documents_can_be_left_out(tmp_path):
    body = "Travellers ask their manager before they book. Receipts are handed in within ten days. " * 5
    for name, date in (("policy_v1.txt", "2026-01-01"), ("policy_v2.txt", "2026-05-01"), ("leaflet.txt", "2019-01-01")):
        (tmp_path / name).write_text(f"Effective date: {date}\n{body}{name}", encoding="utf-8")

    def documents(now=NOW, **text):
        facts, _ = describe([tmp_path], Settings.model_validate({"text": text}), now=now)
        return facts.documents, facts.documents_removed

    assert documents() == (3, 0)
    assert documents(versions="remove") == (2, 1)
    assert documents(outdated="remove") == (2, 1)
    assert documents(versions="remove", outdated="remove") == (1, 2)
    with pytest.raises(InputError, match="Nothing is left after cleaning"):
        documents(now=NOW.replace(year=2040), outdated="remove")


def test_labels_of_ten_raters_tell_the_error_that_remains(tmp_path):
    people = ",".join(f"annotator_{number}" for number in range(1, 11))
    lines = [f"id,message,{people}"]
    for n in range(200):
        truth = "billing" if n % 2 else "delivery"
        other = "delivery" if n % 2 else "billing"
        said = [other if number < (3 if n % 5 == 0 else 0) else truth for number in range(10)]  # a fifth of the messages divides people 3 to 7
        lines.append(f"{n},please send the {truth} number {n} of order {n * 7} again,{','.join(said)}")
    (tmp_path / "tickets.csv").write_text("\n".join(lines), encoding="utf-8")
    found = {estimate.id: estimate for estimate in audit([tmp_path], Settings(), now=NOW).estimates}
    ambiguity = found["soft_label_ambiguity@labels:tickets.csv#annotator"]
    assert (ambiguity.grade, ambiguity.n) == ("B", 200)
    assert ambiguity.value == pytest.approx(0.06)  # 3 of 10 in one message of five
    assert ambiguity.interval[0] < 0.06 < ambiguity.interval[1]
    assert found["language_ambiguity@labels:tickets.csv#annotator"].n == 200
    assert not any("annotator_1" in id for id in found)


def test_labels_of_a_second_person_bound_the_error_of_any_system(tmp_path):
    rows = [f"{n},please send the invoice number {n} of order {n * 7} again,{'billing' if n % 2 else 'delivery'}" for n in range(200)]
    seconds = ["billing" if n % 10 == 0 else row.rsplit(",", 1)[1] for n, row in enumerate(rows)]
    text = "\n".join(["id,message,queue,checked by another person", *(f"{row},{second}" for row, second in zip(rows, seconds, strict=True))])
    (tmp_path / "tickets.csv").write_text(text, encoding="utf-8")
    settings = Settings.model_validate({"read": {"second_label_column": "checked by another person"}})
    found = {estimate.id: estimate for estimate in audit([tmp_path], settings, now=NOW).estimates}
    assert found["coder_disagreement@labels:tickets.csv#queue"].value == 0.1
    assert found["double_coding_ambiguity@labels:tickets.csv#queue"].interval[0] > 0
    assert "language_ambiguity@labels:tickets.csv#checked by another person" not in found


def unlabelled(folder, n=80):
    """A Japanese table of messages without labels, as a spreadsheet writes it, and the list of categories."""
    kinds = {"納期の確認": "出荷の予定日と納期を教えてください", "請求書の訂正": "請求書の金額が違うので訂正をお願いします"}
    rows = ["受付番号,問い合わせ内容"]
    rows += [f"J-{number},部品{number * 7}番について、{list(kinds.values())[number % 2]}。注文は{number * 11}号です" for number in range(n)]
    (folder / "docs").mkdir()
    (folder / "docs" / "問い合わせ一覧.csv").write_text("\n".join(rows) + "\n", encoding="cp932")
    (folder / "categories.csv").write_text("\n".join(["区分", *kinds, "その他"]) + "\n", encoding="cp932")
    return [folder / "docs"], Settings.model_validate({"definitions": str(folder / "categories.csv")})


def test_a_list_of_categories_and_a_table_without_labels_are_enough_for_a_first_look(tmp_path):
    paths, settings = unlabelled(tmp_path)
    report = audit(paths, settings, now=NOW)
    found = {estimate.id: estimate for estimate in report.estimates}
    by_name = found["unlabelled_definition_ambiguity@names:問い合わせ一覧.csv"]
    assert (by_name.grade, by_name.n) == ("D", 80)
    assert by_name.interval[0] <= by_name.value <= by_name.interval[1]
    (task,) = report.tasks
    assert (task.id, task.verdict, task.documents) == ("ticket_routing@問い合わせ一覧.csv", "insufficient_evidence", 80)
    assert by_name.id in task.estimates
    told = {finding.code for finding in report.findings}
    assert {"category_names_say_nothing", "read_by_names_alone"} <= told
    assert "names:問い合わせ一覧.csv" in {series.subject for series in report.series if series.name == "unlabelled_match"}


def test_without_a_list_of_categories_nothing_is_read_by_names(tmp_path):
    paths, _ = unlabelled(tmp_path)
    report = audit(paths, now=NOW)
    assert not [estimate.id for estimate in report.estimates if "names:" in estimate.id]
    assert report.tasks == ()


def test_a_line_for_each_rating_gives_the_numbers_of_a_column_for_each_person(tmp_path):
    """Double coding of two people and soft labels of ten, from lines in any order and from columns."""
    texts = [f"please send the {'billing' if n % 2 else 'delivery'} number {n} of order {n * 7} again" for n in range(120)]
    for people in (2, 10):
        said = [[("billing", "delivery")[(n + (n % 5 == 0 and k % 3 == 1)) % 2] for k in range(people)] for n in range(120)]
        names = ["label", "second"] if people == 2 else [f"rater_{k}" for k in range(1, people + 1)]
        columns = [",".join(["id", "message", *names]), *(",".join([str(n), texts[n], *row]) for n, row in enumerate(said))]
        lines = [f"{n},{texts[n]},rater {k},{label}" for n, row in enumerate(said) for k, label in enumerate(row)]
        random.Random(people).shuffle(lines)
        found = []
        for form, rows in (("columns", columns), ("lines", ["id,message,annotator,label", *lines])):
            folder = tmp_path / f"{form} {people}"
            folder.mkdir()
            (folder / "t.csv").write_text("\n".join(rows), encoding="utf-8")
            read = {"second_label_column": "second"} if people == 2 and form == "columns" else {}
            report = audit([folder], Settings.model_validate({"read": read}), now=NOW)
            labelled = [one for one in report.estimates if one.subject.startswith("labels:") and one.interval]
            found.append({one.measure: pytest.approx((one.value, *one.interval, one.n), rel=1e-12) for one in labelled})  # sums differ with the order
            assert ("read_ratings_joined" in {finding.code for finding in report.findings}) is (form == "lines")
        measures = {"double_coding_ambiguity", "coder_disagreement"} if people == 2 else {"soft_label_ambiguity"}
        for name in (*measures, "krippendorff_alpha"):
            assert found[0][name].expected == found[1][name]
            assert found[1][name].expected[-1] == 120
