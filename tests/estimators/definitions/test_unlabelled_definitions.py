from dataclasses import replace

import pytest

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.definitions.unlabelled_definitions import estimate_unlabelled_definitions
from tests.estimators.definitions.messages import DOCUMENT, KINDS, unlabelled, written

SUBJECT = f"names:{DOCUMENT}"
NAMES = tuple(sorted(KINDS))


class Given(Inputs):
    """Inputs of given messages only, without a corpus."""

    @property
    def unlabelled(self):  # type: ignore[override]
        return self.definitions


def measured(*tables, **options):
    chosen = EstimatorOptions(**options)
    return estimate_unlabelled_definitions(Given(None, chosen, tables), chosen)  # type: ignore[arg-type]


def findings(found):
    return {finding.code: finding for finding in found.findings}


def test_a_table_of_clear_kinds():
    found = measured(unlabelled(written(300)[0]))
    (estimate,) = found.estimates
    assert (estimate.id, estimate.grade, estimate.unit, estimate.n) == (f"unlabelled_definition_ambiguity@{SUBJECT}", "D", "messages", 300)
    assert estimate.interval[0] <= estimate.value <= estimate.interval[1]
    assert estimate.value < 0.25
    assert [part.code for part in estimate.method] == [
        "method_expected_by_names_alone",
        "method_between_two_readings",
        "method_holds_for_names_of_topics",
    ]
    (note,) = found.findings
    assert (note.id, note.level, note.parameters) == ("read_by_names_alone@definitions", "note", {"count": 1, "n": 300, "placed": 300})


def test_the_table_by_category_has_the_weakest_names_first_and_shares_with_intervals():
    (series,) = measured(unlabelled(written(300)[0])).series
    assert (series.id, series.name) == (f"unlabelled_match@{SUBJECT}", "unlabelled_match")
    assert sorted(row[0] for row in series.rows) == list(NAMES)
    leads = [row[1] for row in series.rows]
    assert leads == sorted(leads)
    assert min(leads) > 0
    for _, lead, low, high, drawn, drawn_low, drawn_high, n, competitor, close in series.rows:
        assert -1 <= low < lead < high <= 1
        assert 0 <= drawn_low < drawn < drawn_high <= 1
        assert n == pytest.approx(300 * drawn)
        assert (competitor in NAMES) == (close > 0)
    assert sum(row[7] for row in series.rows) == 300


def test_names_that_say_nothing_are_told_and_place_nothing():
    found = measured(unlabelled(written(300)[0], names=(*NAMES, "Other")))
    told = findings(found)["category_names_say_nothing"]
    assert (told.id, told.level, told.parameters) == ("category_names_say_nothing@definitions", "warning", {"count": 1, "names": "Other"})
    assert "Other" not in {row[0] for row in found.series[0].rows}


def test_names_that_are_the_same_words_place_nothing_and_are_told_once():
    first = NAMES[0]
    twin = "_".join(reversed(first.upper().split()))
    messages = unlabelled(written(300)[0], names=(*NAMES, twin))
    found = findings(measured(messages, replace(messages, subject="names:other.csv")))["category_names_alike"]
    assert (found.id, found.level) == ("category_names_alike@definitions", "warning")
    assert found.parameters == {"count": 1, "names": f"{first} = {twin}"}
    (series, _) = measured(messages, replace(messages, subject="names:other.csv")).series
    assert {row[7] for row in series.rows if row[0] in (first, twin)} <= {0}


def test_it_is_told_how_many_of_the_messages_were_read(monkeypatch):
    messages = unlabelled(written(300)[0])
    monkeypatch.setattr("corpuskit.estimators.definitions.unlabelled_definitions.MOST_MESSAGES", 200)
    (estimate,) = measured(replace(messages, not_read=("a.eml", "b.eml"))).estimates
    assert [part.parameters for part in estimate.method if part.code == "method_some_messages_read"] == [{"n": 200, "total": 302}]


def test_a_description_gives_a_name_that_says_nothing_its_messages():
    names = ("A1", *NAMES[:2])
    found = measured(unlabelled(written(300)[0], names=names, descriptions=("password and login", "", "")))
    assert "category_names_say_nothing" not in findings(found)
    assert {row[0] for row in found.series[0].rows} == set(names)


def test_names_in_another_language_share_nothing_and_without_two_there_is_no_value():
    texts, _ = written(300)
    some = measured(unlabelled(texts, names=(*NAMES, "納期の問い合わせ")))
    assert findings(some)["category_names_share_nothing"].parameters["names"] == "納期の問い合わせ"
    none = measured(unlabelled(texts, names=("納期", "請求", NAMES[0])))
    (estimate,) = none.estimates
    assert (estimate.value, estimate.undefined_because.code) == (None, "undefined_names_share_nothing")
    assert estimate.undefined_because.parameters == {"informed": 1, "names": 3, "needed": 2}
    assert none.series == ()


def test_a_name_that_hardly_leads_in_its_nearest_messages_is_told():
    found = measured(unlabelled(written(600)[0], names=(*NAMES, "parcels delivered")))
    assert findings(found)["category_names_mark_little"].parameters == {"document": DOCUMENT, "count": 1, "names": "parcels delivered"}
    weakest, _, _, high, *_ = found.series[0].rows[0]
    assert weakest == "parcels delivered"
    assert high < 0.1


def test_names_that_read_alike_compete():
    found = measured(unlabelled(written(300)[0], names=("parcel and courier", "courier and parcels", *NAMES[:1], NAMES[2])))
    told = findings(found)["category_names_compete"]
    assert {told.parameters["first"], told.parameters["second"]} == {"parcel and courier", "courier and parcels"}
    assert told.parameters["count"] >= 10
    assert 0.25 <= told.parameters["share"] <= 1


def test_too_few_messages_give_a_reason():
    (estimate,) = measured(unlabelled(written(29)[0])).estimates
    assert (estimate.value, estimate.n) == (None, 29)
    assert (estimate.undefined_because.code, estimate.undefined_because.parameters) == ("undefined_too_few_unlabelled", {"n": 29, "needed": 30})


def test_each_table_is_measured_by_itself_and_no_table_gives_nothing():
    one = unlabelled(written(100, seed=1)[0])
    assert measured(one, one).estimates == measured(one).estimates * 2
    assert measured(one, one).series == measured(one).series * 2
    found = measured()
    assert (found.estimates, found.series, found.findings) == ((), (), ())


def test_the_reading_is_never_said_to_be_firmer_than_it_is_settled(monkeypatch):
    table = unlabelled(written(120)[0])
    (before,) = measured(table).estimates
    monkeypatch.setattr("corpuskit.estimators.definitions.unlabelled_definitions.between_readings", lambda *_: (0.6, 0.7))
    (after,) = measured(table).estimates
    assert before.value < 0.6
    assert (after.value, after.interval) == (0.6, (0.6, 0.7))


def test_findings_of_documents_name_no_table():
    mails = replace(unlabelled(written(60)[0], names=(*NAMES, "納期の問い合わせ")), subject="names:mails", document="")
    told = findings(measured(mails))["category_names_share_nothing"]
    assert (told.id, told.parameters["document"], told.evidence) == ("category_names_share_nothing@names:mails", "mails", ())


def test_what_concerns_the_list_is_told_once_for_many_tables():
    texts = written(200)[0]
    names = ("parcel and courier", "courier and parcels", NAMES[0], NAMES[2], "Other")
    tables = [replace(unlabelled(texts[start:], names=names), document=f"{start}.csv", subject=f"names:{start}.csv") for start in (0, 20, 40)]
    found = measured(*tables)
    once = ["category_names_compete", "category_names_say_nothing", "read_by_names_alone"]
    assert sorted(finding.code for finding in found.findings if finding.code != "category_names_mark_little") == once
    alone = findings(found)["read_by_names_alone"]
    assert (alone.parameters["count"], alone.parameters["n"]) == (3, 200 + 180 + 160)
    assert [evidence.document for evidence in alone.evidence] == ["0.csv", "20.csv", "40.csv"]


def test_a_name_that_draws_messages_of_others_is_told_with_how_many():
    texts, _ = written(300)
    found = measured(unlabelled(texts, names=(*sorted(KINDS), "hotel booking")))
    (told,) = [finding for finding in found.findings if finding.code == "category_names_draw_others"]
    drawn = {row[0]: row[7] for row in found.series[0].rows}["hotel booking"]
    assert (told.level, told.parameters["count"], told.parameters["names"]) == ("note", 1, f"hotel booking ({drawn})")
    assert drawn >= 10
    assert "category_names_draw_others" not in {finding.code for finding in measured(unlabelled(texts)).findings}
