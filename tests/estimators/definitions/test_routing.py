import sys
from dataclasses import replace

import numpy as np
import pytest

from corpuskit.counts import CountOptions, count_documents
from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.definitions.routing import routing_by_names, routing_list, routing_of_documents
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions

OWN = {
    "delivery": ("parcel", "courier", "shipment", "arrives", "carrier"),
    "invoice": ("invoice", "payment", "amount", "billed", "tax"),
    "password": ("password", "login", "locked", "account", "reset"),
}
TABLE = "tickets.csv"


def written(n, seed, unclear):
    """Messages of three kinds; a share of them has no word of its kind, so that nobody can tell."""
    random = np.random.default_rng(seed)
    shared = [f"w{number}x" for number in range(60)]
    kinds = sorted(OWN)
    messages = []
    for _ in range(n):
        kind = kinds[int(random.integers(3))]
        own = [] if random.random() < unclear else list(random.choice(OWN[kind], 2))
        messages.append((" ".join(random.permutation([*own, *random.choice(shared, 8 - len(own))])), kind))
    return messages


def inputs(messages, labelled, **options):
    rows = [
        Section(text, (), "row", f"row {number + 2}", (("queue", kind),) if number < labelled else ()) for number, (text, kind) in enumerate(messages)
    ]
    found = Document(TABLE, Source(path=TABLE, sha256=TABLE, bytes=100, modified="2026-01-01T00:00:00Z", reader="csv"), tuple(rows), ())
    return Inputs(count_documents([found], TextOptions(), (), CountOptions(groups=3), frozenset()), EstimatorOptions(**options))


def routed(messages, labelled, tolerance=0.1, **options):
    given = inputs(messages, labelled, **options)
    found = routing_list(given, given.samples[0], tolerance)
    assert found is not None
    return found


def by(found, **wanted):
    return [one for one in found.messages if all(getattr(one, name) == value for name, value in wanted.items())]


def test_every_message_of_the_table_is_in_the_list_once_with_its_route():
    found = routed(written(400, 1, unclear=0.3), 300)
    assert (found.document, found.column, found.n, found.tolerance) == (TABLE, "queue", 300, 0.1)
    assert sorted((one.locator for one in found.messages), key=lambda place: int(place.split()[1])) == [f"row {number + 2}" for number in range(400)]
    assert "automate" in {one.route for one in found.messages} <= {"automate", "review", "person"}
    assert len(by(found, basis="new")) == 100
    assert {one.label for one in by(found, basis="new")} == {""}
    clear = [one.clarity for one in found.messages]
    assert clear == sorted(clear, reverse=True)


def test_new_messages_that_are_automated_are_wrong_no_more_often_than_the_tolerance_allows():
    kept = []
    for seed in range(10):
        messages = written(700, seed, unclear=0.3)
        truth = {f"row {number + 2}": kind for number, (_, kind) in enumerate(messages)}
        found = by(routed(messages, 400, tolerance=0.1), basis="new", route="automate")
        assert len(found) > 30
        kept.append(np.mean([truth[one.locator] != one.proposed for one in found]) <= 0.1)
    assert np.sum(kept) >= 9  # the level is 95 %


def test_names_that_mislead_change_no_proposal_and_let_no_wrong_one_through():
    swapped = {"delivery": "invoice", "invoice": "password", "password": "delivery"}
    messages = [(text, swapped[kind]) for text, kind in written(500, 11, unclear=0.0)]
    found = routed(messages, 400, tolerance=0.1)
    truth = {f"row {number + 2}": kind for number, (_, kind) in enumerate(messages)}
    automated = by(found, route="automate")
    assert len(automated) > 50
    assert np.mean([truth[one.locator] != one.proposed for one in automated]) <= 0.1


def test_the_limits_hold_for_what_is_proposed_on_the_messages_they_were_set_on():
    for seed in range(3):
        found = routed(written(500, seed, unclear=0.4), 400, tolerance=0.1)
        automated = by(found, route="automate", basis="labelled")
        assert automated
        assert np.mean([one.label != one.proposed for one in automated]) <= 0.1


def test_of_messages_that_nobody_can_tell_nothing_is_automated():
    found = routed(written(300, 3, unclear=1.0), 250)
    assert found.limits.automate is None
    assert not by(found, route="automate")


def test_rare_labels_and_messages_that_are_not_read_go_to_review_and_say_so(monkeypatch):
    monkeypatch.setattr("corpuskit.estimators.definitions.routing.MOST_ASKED", 10)
    messages = [*written(200, 4, unclear=0.2), *((text, "") for text, _ in written(30, 5, unclear=0.2))]
    messages[0] = ("please send a brochure of compressors", "marketing")
    found = routed(messages, 200)
    assert len(found.messages) == 230
    assert by(found, basis="rare_label") == [("row 2", "review", "", None, "marketing", "rare_label")]
    assert len(by(found, basis="not_read", route="review")) == 20
    assert all(one.clarity is None for one in found.messages[-21:])


def test_too_few_messages_or_labels_make_no_list():
    given = inputs(written(20, 6, unclear=0.0), 20)
    assert all(routing_list(given, sample, 0.1) is None for sample in given.samples)


def test_the_same_list_in_every_run():
    messages = written(200, 7, unclear=0.3)
    assert routed(messages, 150) == routed(messages, 150)


@pytest.mark.parametrize("tolerance", [0.0, 1.0])
def test_a_tolerance_that_is_no_rate_is_refused(tolerance):
    given = inputs(written(200, 8, unclear=0.2), 200)
    with pytest.raises(ValueError, match="between 0 and 1"):
        routing_list(given, given.samples[0], tolerance)


NAMES = {"parcel delivery": "", "invoice payment": "", "password login": "", "Other": ""}


def named(messages, categories=NAMES, columns="message", **options):
    rows = tuple(Section(text, (), "row", f"row {number + 2}") for number, (text, _) in enumerate(messages))
    source = Source(path=TABLE, sha256=TABLE, bytes=100, modified="2026-01-01T00:00:00Z", reader="csv")
    stats = count_documents([Document(TABLE, source, rows, (("text_columns", columns),))], TextOptions(), (), CountOptions(groups=3), frozenset())
    return Inputs(stats, EstimatorOptions(**options), categories)


def by_names(messages, tolerance=0.1, **options):
    given = named(messages, **options)
    return routing_by_names(given, given.unlabelled[0], tolerance)


def test_without_labels_the_nearest_name_is_proposed_and_nothing_is_automated():
    messages = written(200, 3, unclear=0.2)
    found = by_names(messages)
    assert (found.document, found.column, found.n, found.tolerance) == (TABLE, "", 0, 0.1)
    assert {one.route for one in found.messages} <= {"review", "person"}
    assert {one.basis for one in found.messages} == {"names"}
    assert sorted(int(one.locator.split()[1]) for one in found.messages) == list(range(2, 202))
    assert "Other" not in {one.proposed for one in found.messages}
    clear = [one.clarity for one in found.messages]
    assert clear == sorted(clear, reverse=True)
    kind = {f"row {number + 2}": name for number, (_, name) in enumerate(messages)}
    right = [kind[one.locator] in one.proposed for one in found.messages]
    assert np.mean(right[:100]) > np.mean(right[100:]) + 0.1  # what is clear by names is named right more often


def test_messages_that_no_name_leads_in_go_to_a_person():
    names = {"parcel courier": "", "courier parcel": "", "invoice": ""}  # the first two read alike, so neither leads
    found = by_names(written(60, 3, unclear=0.0), categories=names)
    person = [one for one in found.messages if one.route == "person"]
    assert 0 < len(person) < 60
    assert {(one.clarity, one.proposed) for one in person} == {(0.0, "")}
    assert all(one.clarity > 0 for one in found.messages if one.route == "review")


def test_messages_beyond_those_that_are_read_by_names_go_to_review(monkeypatch):
    monkeypatch.setattr("corpuskit.estimators.definitions.routing.MOST_ASKED", 40)
    found = by_names(written(60, 3, unclear=0.2))
    assert (len(by(found, basis="names")), len(by(found, basis="not_read"))) == (40, 20)
    assert {(one.route, one.proposed, one.clarity) for one in by(found, basis="not_read")} == {("review", "", None)}
    assert len({one.locator for one in found.messages}) == 60


def test_nothing_is_routed_by_names_without_enough_messages_or_names_that_tell_something():
    assert by_names(written(29, 3, unclear=0.0)) is None
    assert by_names(written(60, 3, unclear=0.0), categories={"納期": "", "請求": ""}) is None


def mails(messages, labelled, **options):
    """The same messages as mails: the labelled ones in a folder of their kind, the others in the inbox."""
    documents = []
    for number, (text, kind) in enumerate(messages):
        name = f"{kind if number < labelled else 'Inbox'}/{number:04}.eml"
        source = Source(path=name, sha256=name, bytes=100, modified="2026-01-01T00:00:00Z", reader="eml")
        documents.append(Document(name, source, (Section(text, (), "body", ""),), (("title", f"subject {number}"),)))
    return Inputs(count_documents(documents, TextOptions(), (), CountOptions(groups=3), frozenset()), EstimatorOptions(**options))


def test_mails_in_the_inbox_are_proposed_a_folder_as_messages_without_a_label_are():
    messages = written(400, 1, unclear=0.2)
    given = mails(messages, 320)
    found = routing_of_documents(given, given.document_samples[0], 0.1)
    assert (found.document, found.column, found.n) == ("", "*/", 320)
    new = by(found, basis="new")
    assert sorted(one.locator for one in new) == [f"Inbox/{number:04}.eml" for number in range(320, 400)]
    assert {one.label for one in new} == {""}
    assert {one.locator for one in by(found, basis="labelled")} == {f"{kind}/{number:04}.eml" for number, (_, kind) in enumerate(messages[:320])}
    kind_of = {f"Inbox/{number:04}.eml": kind for number, (_, kind) in enumerate(messages)}
    automated = [one for one in new if one.route == "automate"]
    assert len(automated) > 30
    assert np.mean([one.proposed == kind_of[one.locator] for one in automated]) > 0.9
    assert np.mean([one.proposed == kind_of[one.locator] for one in new if one.route != "automate"]) < 0.75


def test_a_mail_in_the_wrong_folder_stands_beside_where_it_belongs():
    messages = written(300, 2, unclear=0.0)
    text, kind = messages[0]
    wrong = next(other for other in sorted(OWN) if other != kind)
    given = mails([(text, wrong), *messages[1:]], 300)
    found = routing_of_documents(given, given.document_samples[0], 0.1)
    (moved,) = by(found, locator=f"{wrong}/0000.eml")
    assert (moved.label, moved.proposed) == (wrong, kind)


def test_of_very_long_mails_fewer_are_read_and_the_others_go_to_review(monkeypatch):
    given = mails(written(200, 3, unclear=0.2), 150)
    module = sys.modules["corpuskit.counts.spelled_documents"]  # its function has the same name
    monkeypatch.setattr(module, "MOST_FEATURES", 1)
    monkeypatch.setattr(module, "FEWEST_DOCUMENTS", 90)
    monkeypatch.setattr(sys.modules["corpuskit.estimators.definitions.routing"], "FEWEST_NEW", 20)
    found = routing_of_documents(given, given.document_samples[0], 0.1)
    assert len(by(found, basis="new")) == 20
    left = by(found, basis="not_read")
    assert len(left) == 200 - 20 - found.n
    assert {(one.route, one.clarity, one.proposed) for one in left} == {("review", None, "")}
    assert {one.label for one in left} == {*OWN, ""}


def test_of_very_many_mails_those_that_are_not_read_are_in_the_list_too(monkeypatch):
    monkeypatch.setattr(sys.modules["corpuskit.counts.labelled_documents"], "MOST_DOCUMENTS", 120)
    given = mails(written(400, 5, unclear=0.2), 200)
    found = routing_of_documents(given, given.document_samples[0], 0.1)
    assert len({one.locator for one in found.messages}) == len(found.messages) == 400
    assert (len(by(found, basis="labelled")), len(by(found, basis="new"))) == (120, 120)
    left = by(found, basis="not_read", route="review", proposed="", clarity=None)
    assert sorted(one.label != "" for one in left) == [False] * 80 + [True] * 80


def test_of_very_many_documents_held_against_names_those_that_are_not_read_are_in_the_list_too(monkeypatch):
    monkeypatch.setattr(sys.modules["corpuskit.counts.unlabelled_documents"], "MOST_DOCUMENTS", 50)
    given = replace(mails(written(80, 6, unclear=0.2), 0), definitions=NAMES)
    found = routing_by_names(given, given.unlabelled[0], 0.1)
    assert sorted(one.locator for one in found.messages) == [f"Inbox/{number:04}.eml" for number in range(80)]
    assert len(by(found, basis="not_read", route="review")) == 30


def test_too_few_filed_mails_set_no_limits():
    given = mails(written(40, 4, unclear=0.2), 25)
    assert all(routing_of_documents(given, sample, 0.1) is None for sample in given.document_samples)
