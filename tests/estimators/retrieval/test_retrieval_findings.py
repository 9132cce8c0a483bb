import pytest

from tests.estimators.handbooks import everything, handbook, near_copies, own_words


def test_near_copies_are_shown_as_the_cause():
    found = everything(handbook(80, lambda number: [f"topic{number - number % 2}"], near_copies))
    told = {item.measure: item for item in found.estimates}
    assert told["retrieval_recall_1"].value == 0.5
    assert told["retrieval_misses_with_copies"].value == told["retrieval_misses_mended"].value == 1.0
    assert told["retrieval_misses_with_versions"].value == 0.0
    assert told["retrieval_misses_with_copies"].n == 40
    finding = next(item for item in found.findings if item.code == "copies_hide_sections")
    assert finding.parameters == {"language": "en", "count": 40, "misses": 40, "share": 1.0}
    assert finding.evidence


def test_generic_headings_are_named():
    found = everything(
        handbook(60, lambda number: ["overview"] if number < 40 else [f"topic{number}"], lambda number: [*own_words(number), "overview"])
    )
    series = next(item for item in found.series if item.name == "generic_headings")
    assert series.rows == (("overview", 40, 40, 40),)
    finding = next(item for item in found.findings if item.code == "generic_headings")
    assert (finding.parameters["headings"], finding.parameters["count"], finding.parameters["share"]) == (1, 40, 1.0)


def same_words(number):
    """Sections of the same thirty words, a different one of which comes twice in every fifth section: too few words to tell sixty apart."""
    return [f"word{place}" for place in range(30)] + ["word0"] * (number % 3)


def test_dead_sections_are_counted_and_named():
    """Sections in which only common words stand, beside others with names of their own; copies are one, so three are left of the former."""
    found = everything(handbook(60, lambda number: [f"topic{number}"], lambda number: same_words(number) if number >= 40 else own_words(number)))
    assert next(item for item in found.estimates if item.measure == "dead_section_share").n == 43
    crowded = everything(
        handbook(
            90,
            lambda number: [f"topic{number}"],
            lambda number: [f"word{place}" for place in range(30)] + ["extra"] * number if number < 45 else own_words(number),
        )
    )
    share = next(item for item in crowded.estimates if item.measure == "dead_section_share")
    finding = next(item for item in crowded.findings if item.code == "dead_sections")
    assert share.value == pytest.approx(finding.parameters["count"] / 90)
    assert finding.parameters["count"] > 20
    assert {item.document for item in finding.evidence} <= {f"book{start}.md" for start in range(0, 50, 10)}
    assert all(item.quote for item in finding.evidence)
