"""Descriptions: what was measured of the texts, with its numbers, and nothing that ranks."""

from dataclasses import replace

import polars as pl

from corpuskit.tasks.description import describe, described_by
from tests.tasks.build import LABELS, Doc, codes, evidence_of, measured, said, tickets, without_value

TEMPLATES = measured("template_share@corpus", 42, 1000, "E")
TERMS = measured("terminology_consistency@lang:en", 90, 100, "E")


def test_measures_carry_share_ends_n_unit_and_grade():
    (message, _) = describe(evidence_of("reply_draft", [Doc("a.txt")], TERMS))
    assert message.code == "describe_share_between"
    assert message.parameters["grade"] == "E"
    for text in said(message):
        assert "90" in text
        assert "100" in text


def test_a_count_in_full_has_no_interval_and_an_undefined_one_says_so():
    plain = TEMPLATES.model_copy(update={"interval": None})
    evidence = evidence_of("reply_draft", [Doc("a.txt")], plain, without_value("terminology_consistency@lang:en"))
    assert codes(describe(evidence)) == ["describe_share", "describe_undefined", "describe_length"]


def test_only_what_was_measured_is_told():
    assert described_by(evidence_of("reply_draft", [Doc("a.txt", language="ja")], TERMS)) == ()


def test_labels_of_a_score_are_described_by_their_error():
    ambiguity = measured(f"language_ambiguity@{LABELS}", 6, 400)
    assert described_by(evidence_of("voc_mining", [tickets()], ambiguity, table=LABELS)) == (ambiguity,)


def test_pairs_are_looked_for_in_translations_only():
    papers = [Doc("manual_en.txt"), Doc("manual_ja.txt", language="ja")]
    assert codes(describe(evidence_of("translate_en_ja", papers)))[-1] == "describe_pairs"
    assert codes(describe(evidence_of("translate_en_ja", papers[:1])))[-1] == "describe_no_pairs"
    assert "describe_pairs" not in codes(describe(evidence_of("reply_draft", papers)))


def test_everything_is_said_in_both_languages():
    for message in describe(evidence_of("translate_en_ja", [Doc("manual_en.txt"), Doc("manual_ja.txt", language="ja")], TEMPLATES, TERMS)):
        english, japanese = said(message)
        assert english != japanese


def test_fields_are_counted_in_the_documents_of_an_extraction():
    evidence = evidence_of("invoice_po", [Doc("a.txt"), Doc("b.txt"), Doc("c.txt")])
    rows = [("a.txt", 0, "total", "amount", 1, 10, "cell"), ("a.txt", 0, "date", "date", 2, 20, "line"), ("other.txt", 0, "x", "text", 3, 5, "cell")]
    fields = pl.DataFrame(rows, schema=evidence.stats.fields.schema, orient="row")
    told = describe(replace(evidence, stats=replace(evidence.stats, fields=fields)))
    assert told[-1].code == "describe_fields"
    assert told[-1].parameters == {"documents": 1, "n": 3, "fields": 2, "cells": 0.5}
    assert codes(describe(evidence))[-1] == "describe_no_fields"
    assert not any(code.endswith("_fields") for code in codes(describe(evidence_of("reply_draft", [Doc("a.txt")]))))
