from corpuskit.counts import Definitions

MEANINGS = {"repair": "a machine is broken", "leave": "", "invoice": "a bill"}


def test_definitions_are_a_mapping_in_the_order_of_the_list():
    found = Definitions(MEANINGS)
    assert (list(found), len(found), found["leave"], "repair" in found, dict(found)) == (list(MEANINGS), 3, "", True, MEANINGS)


def test_any_mapping_or_none_will_do():
    given = Definitions(MEANINGS, {"leave": frozenset({"hr"})})
    assert Definitions.of(given) is given
    assert dict(Definitions.of(MEANINGS).for_document("a/b.csv")) == MEANINGS
    assert len(Definitions.of(None)) == 0


def test_what_a_source_names_is_for_its_own_documents():
    found = Definitions(MEANINGS, {"leave": frozenset({"hr", "admin"}), "repair": frozenset({"it"})})
    assert list(found.for_document("hr/mails/2025.csv")) == ["leave", "invoice"]
    assert list(found.for_document("it/tickets.csv")) == ["repair", "invoice"]
    assert list(found.for_document("hr.csv")) == ["invoice"]
