import json

import pytest


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    from datetime import UTC, datetime

    from corpuskit.audit import Settings, audit, write_reports

    folder = tmp_path_factory.mktemp("audited")
    rows = [f'{n},"Please send invoice {n} of order {n * 7} to our new address",{"billing" if n % 2 else "sales"}' for n in range(80)]
    (folder / "tickets.csv").write_text("\n".join(["ticket_id,message,assigned_to", *rows]), encoding="utf-8")
    settings = Settings.model_validate({"output": {"folder": str(folder / "reports"), "title": "x"}})
    written = write_reports(audit([folder / "tickets.csv"], settings, now=datetime(2026, 11, 29, tzinfo=UTC)), settings)
    return next(path for path in written if path.suffix == ".json" and "record" not in path.name), next(
        path for path in written if "record" in path.name
    )


def test_every_id_of_a_report_can_be_explained(call, report):
    ids = json.loads(call("explain", report[0], "--json").stdout)["ids"]
    assert {"ticket_routing@tickets.csv", "language_ambiguity@labels:tickets.csv#assigned_to", "C01"} <= set(ids)
    for id in ids:
        found = call("explain", report[0], id)
        assert found.returncode == 0, id
        assert len(found.stdout) > 20, id


def test_a_number_comes_with_all_that_it_rests_on(call, report):
    shown = call("explain", report[0], "language_ambiguity@labels:tickets.csv#assigned_to").stdout
    for part in ("Language ambiguity", "95 %", "80 messages", "k / n", "cross-fitted error", "Cover and Hart 1967"):
        assert part in shown
    body = json.loads(call("explain", report[0], "ticket_routing@tickets.csv", "--json").stdout)
    assert (body["kind"], body["task"]["catalogue_id"]) == ("task", "ticket_routing")


def test_a_record_of_the_history_is_explained_as_well(call, report):
    assert call("explain", report[1], "ticket_routing@tickets.csv").stdout == call("explain", report[0], "ticket_routing@tickets.csv").stdout


def test_wrong_calls(call, report, tmp_path):
    wrong = call("explain", report[0], "ticket_routing@ticket.csv")
    assert (wrong.returncode, "Near it: ticket_routing@tickets.csv" in wrong.stderr) == (2, True)
    assert "no such file" in call("explain", tmp_path / "gone.json").stderr
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    assert "no report of this version" in call("explain", tmp_path / "other.json").stderr
