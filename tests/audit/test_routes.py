from types import SimpleNamespace

import pytest

from corpuskit.audit import Settings
from corpuskit.audit.routes import TOLERANCE, routes, tolerance_of
from corpuskit.audit.sources import Source
from corpuskit.counts import CountOptions, count_documents
from corpuskit.ingest import Document, Section
from corpuskit.ingest import Source as Origin
from corpuskit.text import TextOptions

TABLE = "labels:tickets.csv#queue"


def task(max_error, *estimates):
    return SimpleNamespace(tolerance=SimpleNamespace(max_error=max_error), estimates=estimates)


@pytest.mark.parametrize(
    ("tasks", "tolerance"),
    [
        ([task(0.1, f"attainable_error@{TABLE}"), task(0.02, f"language_ambiguity@{TABLE}")], 0.02),
        ([task(0.1, "attainable_error@labels:other.csv#queue")], TOLERANCE),
        ([task(None, f"attainable_error@{TABLE}")], TOLERANCE),
        ([task(0.0, f"attainable_error@{TABLE}"), task(0.2, f"attainable_error@{TABLE}")], 0.2),
        ([], TOLERANCE),
    ],
)
def test_the_strictest_task_that_rests_on_a_table_sets_its_tolerance(tasks, tolerance):
    assert tolerance_of(TABLE, tasks) == tolerance


def counted(name, *labels):
    kinds = ("When does the parcel of order {} arrive", "Please correct the invoice {} and its tax")
    given = [(("queue", labels[number % 2]),) if labels else () for number in range(80)]
    rows = tuple(Section(kinds[number % 2].format(number * 7919), (), "row", f"row {number + 2}", given[number]) for number in range(80))
    source = Origin(path=name, sha256=name, bytes=9, modified="2026-01-01T00:00:00Z", reader="csv")
    return count_documents([Document(name, source, rows, (("text_columns", "text"),))], TextOptions(), (), CountOptions(groups=3), frozenset())


def test_a_table_without_labels_is_routed_by_the_names_of_its_source(tmp_path):
    (tmp_path / "categories.csv").write_text("category\nparcel\ninvoice\n", encoding="utf-8")
    source = Source(name="shop", path="x", definitions=str(tmp_path / "categories.csv"))
    assert routes(counted("shop/mails.csv"), (), Settings(), [source])[0].messages[0].basis == "names"
    assert routes(counted("other/mails.csv"), (), Settings(), [source]) == ()
    assert routes(counted("shop/mails.csv"), (), Settings()) == ()


def test_a_table_that_is_sorted_already_is_routed_by_its_labels(tmp_path):
    (tmp_path / "categories.csv").write_text("category\nparcel\ninvoice\n", encoding="utf-8")
    settings = Settings.model_validate({"definitions": str(tmp_path / "categories.csv")})
    (found,) = routes(counted("mails.csv", "parcel", "invoice"), (), settings)
    assert (found.column, found.n, {one.basis for one in found.messages}) == ("queue", 80, {"labelled"})
