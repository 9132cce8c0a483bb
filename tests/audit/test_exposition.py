from prometheus_client.openmetrics.parser import text_string_to_metric_families

from corpuskit.audit.exposition import exposition

HELP = {"corpuskit_a": "Of a.", "corpuskit_b": "Of b.", "corpuskit_c": "Of c."}


def test_what_is_written_is_read_back_by_another_programs_parser():
    hostile = 'a "quoted" \\ name\nof two lines, 旅費'
    text = exposition(
        HELP, [("corpuskit_b", {"corpus": hostile}, 0.1), ("corpuskit_a", {"corpus": "x", "level": "note"}, 3), ("corpuskit_b", {}, 1e9)]
    )
    families = list(text_string_to_metric_families(text))
    assert [(family.name, family.documentation) for family in families] == [("corpuskit_a", "Of a."), ("corpuskit_b", "Of b.")]
    assert [(sample.labels, sample.value) for sample in families[1].samples] == [({"corpus": hostile}, 0.1), ({}, 1e9)]


def test_without_samples_only_the_end_is_written():
    assert exposition(HELP, []) == "# EOF\n"
