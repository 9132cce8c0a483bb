from collections import Counter

from corpuskit.counts import CountOptions, count_documents
from corpuskit.estimators import EstimatorOptions, Inputs, draw
from corpuskit.estimators.definitions.sampling_frame import (
    OF_DOCUMENTS,
    OF_TABLES,
    frame_by_names,
    frame_of_documents,
    frame_of_places,
    frame_of_table,
)
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions

TABLE = "tickets.csv"
PARTS = ("pump", "valve", "seal", "motor", "gauge", "filter")
PLACES = ("Hamburg", "Osaka", "Lyon", "Porto", "Gdansk")


def document(name, *sections, metadata=()):
    source = Source(path=name, sha256=name, bytes=100, modified="2026-01-01T00:00:00Z", reader="text")
    return Document(name, source, tuple(sections), tuple(metadata))


def inputs(*documents, **options):
    return Inputs(count_documents(documents, TextOptions(), (), CountOptions(groups=3), frozenset()), EstimatorOptions(**options))


def row(text, label, number, received=""):
    return Section(text, (), "row", f"row {number}", (("queue", label),) if label else (), (("received", received),) if received else ())


def tickets(n=60):
    """Messages that tell repair from delivery, each with its own part, place and number."""
    rows = []
    for number in range(n):
        part, place = PARTS[number % 6], PLACES[number // 6 % 5]
        if number % 2:
            rows.append(row(f"The {part} number {number * 7919} leaks oil in {place}, please repair it", "repair", number + 2))
        else:
            rows.append(row(f"When is the {part} of order {(number + 1) * 6007} delivered to {place}?", "delivery", number + 2))
    return rows


def test_rows_have_their_place_label_language_and_clarity():
    frame = frame_of_table(inputs(document(TABLE, *tickets())), TABLE, "queue")
    assert (frame.divisions, frame.found, len(frame.cases), frame.labels) == (OF_TABLES, 60, 60, ("delivery", "repair"))
    assert Counter(case.divisions[0] for case in frame.cases) == {"clear": 30, "unclear": 30}
    assert {case.divisions[1:] for case in frame.cases} == {(label, "en", "", TABLE) for label in ("delivery", "repair")}
    first = frame.cases[0]
    assert (first.document, first.ordinal, first.locator, first.label, first.copies) == (TABLE, 0, "row 2", "delivery", 1)
    assert all(0 <= case.expected_error <= 1 for case in frame.cases)


def test_rows_have_the_month_of_the_column_of_dates_and_none_where_the_cell_is_empty():
    days = ["2025-04-01", "2025-04-30", "2025-05-02", ""]
    rows = [row(f"Please repair part {number} of the {PARTS[number]} in {PLACES[number]}", "", number + 2, day) for number, day in enumerate(days)]
    frame = frame_of_table(inputs(document(TABLE, *rows)), TABLE, "queue")
    assert [case.divisions[frame.divisions.index("date")] for case in frame.cases] == ["2025-04", "2025-04", "2025-05", ""]


def test_rows_without_a_label_or_with_a_rare_one_are_cases_too():
    rows = [
        *tickets(),
        row("Thank you for the visit, the plant was well kept", "", 90),
        row("Please send the brochure about compressors", "marketing", 91),
    ]
    frame = frame_of_table(inputs(document(TABLE, *rows)), TABLE, "queue")
    assert [(case.divisions[:2], case.expected_error) for case in frame.cases[-2:]] == [
        (("unmeasured", ""), None),
        (("unmeasured", "marketing"), None),
    ]


def test_too_few_labels_measure_no_clarity():
    frame = frame_of_table(inputs(document(TABLE, *tickets(20))), TABLE, "queue")
    assert {case.divisions[0] for case in frame.cases} == {"unmeasured"}
    assert len(frame.cases) == 20


def test_equal_and_nearly_equal_rows_are_drawn_once_and_counted():
    rows = tickets()
    again = [row(rows[1].text.upper(), "repair", 100), row(rows[3].text + "!", "repair", 101), row(rows[5].text + " Thank you.", "repair", 102)]
    frame = frame_of_table(inputs(document(TABLE, *rows, *again)), TABLE, "queue")
    assert (frame.found, frame.exact_copies + frame.near_copies) == (63, 3)
    assert {case.locator: case.copies for case in frame.cases if case.copies > 1} == {"row 3": 2, "row 5": 2, "row 7": 2}


CLAUSE = " ".join(
    f"The supplier delivers part {number} with certificate {number * 31} to the works within {number % 9 + 2} weeks." for number in range(40)
)


def test_documents_have_their_template_language_month_and_folder():
    made = [
        document(
            "nda/a.txt", Section(CLAUSE + " Signed by Acme in Hamburg for the year, with the annex on tools."), metadata=(("modified", "2024-05-01"),)
        ),
        document("nda/b.txt", Section(CLAUSE + " Signed by Borealis of Tromso and countersigned in Bergen, without any annex at all.")),
        document("c.txt", Section("出張の日当は三千円とする。出張は事前に申請し、課長の承認を得る。")),
    ]
    frame = frame_of_documents(inputs(*made), [one.id for one in made])
    assert frame.divisions == OF_DOCUMENTS
    assert [case.divisions for case in frame.cases] == [
        ("unmeasured", "none", "ja", "", "."),
        ("unmeasured", "like nda/a.txt", "en", "2024-05", "nda"),
        ("unmeasured", "like nda/a.txt", "en", "", "nda"),
    ]
    assert [note.code for note in frame.notes] == ["pilot_sample_no_clarity_places"]


def test_of_equal_documents_the_first_is_drawn_and_of_nearly_equal_ones_the_newest():
    made = [
        document("a.txt", Section(CLAUSE), metadata=(("modified", "2023-01-01"),)),
        document("b.txt", Section(CLAUSE.upper()), metadata=(("modified", "2023-01-01"),)),
        document("c.txt", Section(CLAUSE + " And that is all."), metadata=(("modified", "2025-01-01"),)),
        document("d.txt", Section("Something else: the canteen serves soup on Mondays and fish on Fridays.")),
    ]
    frame = frame_of_documents(inputs(*made), [one.id for one in made])
    assert (frame.found, frame.exact_copies, frame.near_copies) == (4, 1, 1)
    assert [(case.document, case.copies) for case in frame.cases] == [("c.txt", 3), ("d.txt", 1)]


def filed():
    """Twenty contracts and twenty invoices; the last four contracts speak of what invoices speak of."""
    for number in range(20):
        part, place = PARTS[number % 6], PLACES[number % 5]
        contract = f"The lessee of the {part} in {place} keeps confidential what clause {number * 7919} says of termination and liability."
        invoice = f"Amount due for the {part} sent to {place}: {number * 6007} euros net, payable to the account below within thirty days."
        yield "contracts", number, contract if number < 16 else f"{invoice} Reference {number * 104729}."
        yield "invoices", number, invoice


def test_only_members_count_and_none_is_an_empty_frame():
    made = [document(f"{name}.txt", Section(f"A note about {name} and its many uses in the plant.")) for name in PARTS]
    frame = frame_of_documents(inputs(*made), ["pump.txt", "seal.txt"])
    assert [case.document for case in frame.cases] == ["pump.txt", "seal.txt"]
    assert frame_of_documents(inputs(*made), []).cases == ()


def test_a_case_keeps_its_name_when_the_file_moves():
    rows = tickets()
    here = frame_of_table(inputs(document(TABLE, *rows)), TABLE, "queue")
    there = frame_of_table(inputs(document("2026/moved.csv", *rows)), "2026/moved.csv", "queue")
    assert [case.key for case in here.cases] == [case.key for case in there.cases]
    drawn = [draw([case.divisions for case in one.cases], [case.key for case in one.cases], 12).chosen.tolist() for one in (here, there)]
    assert drawn[0] == drawn[1]


def test_a_table_that_is_not_there_has_no_cases():
    assert frame_of_table(inputs(document(TABLE, *tickets())), "gone.csv", "queue").cases == ()


def test_documents_are_divided_by_how_surely_their_words_tell_the_folder():
    made = [document(f"{folder}/{number}.txt", Section(text)) for folder, number, text in filed()]
    frame = frame_of_documents(inputs(*made), [one.id for one in made])
    halves = {case.document: case.divisions[0] for case in frame.cases}
    assert Counter(halves.values()) == {"clear": 20, "unclear": 20}
    assert {halves[f"contracts/{number}.txt"] for number in range(16, 20)} == {"unclear"}, "written like invoices"
    (note,) = frame.notes
    assert (note.code, note.parameters) == ("pilot_sample_document_clarity", {"places": "*/", "n": 40, "population": 40})
    assert {case.expected_error for case in frame.cases} == {None}, "the error of a folder is not that of the task"


def unlabelled(n=60):
    rows = [Section(section.text, (), "row", section.locator) for section in tickets(n)]
    stats = inputs(document(TABLE, *rows, Section(rows[0].text, (), "row", "row 99"), metadata=(("text_columns", "text"),))).stats
    return Inputs(stats, EstimatorOptions(), {"delivery": "when an order is delivered", "repair": "leaks"})


def test_rows_without_labels_are_divided_by_the_clarity_of_names_and_have_no_expected_error():
    frame = frame_by_names(unlabelled(), TABLE)
    assert (frame.divisions, frame.found, frame.exact_copies, len(frame.cases)) == (OF_TABLES, 61, 1, 60)
    assert frame.labels == ("delivery", "repair")
    halves = Counter(case.divisions[0] for case in frame.cases)
    assert set(halves) == {"clear", "unclear"}
    assert abs(halves["clear"] - 30) <= 1
    assert {(case.expected_error, case.label) for case in frame.cases} == {(None, "")}
    (note,) = frame.notes
    assert (note.code, note.parameters) == ("pilot_sample_by_names", {"n": 61})


def test_too_few_rows_are_cases_all_the_same():
    frame = frame_by_names(unlabelled(20), TABLE)
    assert (len(frame.cases), frame.notes) == (20, ())
    assert {case.divisions[0] for case in frame.cases} == {"unmeasured"}


def test_where_places_are_the_answer_they_are_the_labels_and_their_halves_have_an_error():
    documents = [document(f"{folder}/{number}.txt", Section(text)) for folder, number, text in filed()]
    given = inputs(*documents)
    frame = frame_of_places(given, "labels:folders", {one.id: "" if one.id == "contracts/0.txt" else one.id.split("/")[0] for one in documents})
    assert frame.labels == ("contracts", "invoices")
    cases = {case.document: case for case in frame.cases}
    assert (cases["contracts/0.txt"].label, cases["invoices/3.txt"].label) == ("", "invoices")
    errors = {(case.divisions[0], case.expected_error) for case in frame.cases}
    assert {half for half, _ in errors} == {"clear", "unclear"}
    by_half = dict(errors)
    assert 0 <= by_half["clear"] < by_half["unclear"] < 1
    (note,) = frame.notes
    assert (note.code, note.parameters["places"]) == ("pilot_sample_filed_clarity", "*/")
    assert {case.expected_error for case in frame_of_documents(given, list(cases)).cases} == {None}  # by other labels it would be another error
