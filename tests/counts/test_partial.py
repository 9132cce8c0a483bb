from corpuskit.counts import INTAKE_SCHEMA, CountOptions, count_nothing, equal, intake_of, merge_partials
from corpuskit.counts.partial import Partial, merge_intakes
from corpuskit.ingest import READERS, Document, Section, Skipped, Source


def document(name, **source):
    return Document(name, Source(name, "f" * 64, 5, "2024-01-01", "txt", "cp932", "scored"), (Section("text"),), (), ("encoding_guessed: cp932",))


def test_what_was_read_has_its_lineage_and_what_was_not_its_reason():
    frame = intake_of([Skipped("z.png", "unsupported", "No reader."), document("a.txt")])
    assert dict(frame.schema) == INTAKE_SCHEMA
    read, skipped = frame.to_dicts()
    assert (read["document"], read["code"], read["sha256"], read["bytes"]) == ("a.txt", None, "f" * 64, 5)
    assert read["reader"] == READERS["txt"].edition()
    assert (read["encoding"], read["encoding_basis"], read["warnings"]) == ("cp932", "scored", ["encoding_guessed: cp932"])
    assert (skipped["document"], skipped["code"], skipped["reason"], skipped["readable"]) == ("z.png", "unsupported", "No reader.", False)
    assert skipped["sha256"] is None


def test_intakes_are_merged_in_one_order_whatever_the_order_of_the_parts():
    parts = [intake_of([document(name)]) for name in "cab"]
    assert merge_intakes(parts)["document"].to_list() == ["a", "b", "c"]
    assert merge_intakes(parts).equals(merge_intakes(parts[::-1]))
    assert merge_intakes([]).is_empty()


def test_nothing_is_the_zero_of_merging():
    options = CountOptions()
    zero = merge_partials([], options)
    assert equal(zero.stats, count_nothing(options))
    one = Partial(zero.stats, intake_of([Skipped("a", "empty", "Empty.")]))
    assert merge_partials([one, zero], options).intake.equals(one.intake)
