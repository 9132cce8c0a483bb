from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from corpuskit.estimators import EstimatorOptions
from corpuskit.estimators.retrieval.retrieval_cues import draw, heading_cues, passages_of, question_cues, title_cues
from tests.counts.build import Part, counted

OPTIONS = EstimatorOptions(min_section_words=3)


def corpus(**headings):
    return counted(
        {name: [Part(paragraphs=[[[f"{name}{place}" for place in range(5)]]], heading=heading.split())] for name, heading in headings.items()}
    )


def forms(passages, cues):
    return [sorted(passages.stats.terms["form"].gather(passages.columns[row.indices]).to_list()) for row in cues.terms]


def titled(stats, titles):
    return replace(stats, documents=stats.documents.with_columns(pl.Series("title", titles)))


def test_equal_texts_are_one_passage():
    text = [["a", "b", "c", "d"]]
    stats = counted({"x": [Part(paragraphs=[text], heading=["one"])], "y": [Part(paragraphs=[text], heading=["one"]), Part(paragraphs=[text])]})
    passages = passages_of(stats, "en", OPTIONS)
    assert (passages.n, passages.passage_of_row.tolist()) == (1, [0, 0, 0])
    assert heading_cues(passages).n == 1


def test_different_headings_of_copies_are_different_cues():
    text = [["a", "b", "c", "d"]]
    stats = counted({"x": [Part(paragraphs=[text], heading=["one"])], "y": [Part(paragraphs=[text], heading=["two"])]})
    passages = passages_of(stats, "en", OPTIONS)
    found = heading_cues(passages)
    assert (found.own.tolist(), found.documents.tolist()) == ([0, 0], [0, 1])
    assert forms(passages, found) == [["one"], ["two"]]


def test_headings_of_function_words_are_no_cues():
    assert heading_cues(passages_of(corpus(x="the of", y="rules of the"), "en", OPTIONS)).own.tolist() == [1]


def test_headings_that_ask():
    passages = passages_of(corpus(x="how travel", y="travel", z="what"), "en", OPTIONS)
    assert question_cues(passages).kind == "questions"
    assert forms(passages, question_cues(passages)) == [["how", "travel"], ["what"]]


def test_titles_are_cut_into_words_that_the_corpus_has():
    stats = titled(corpus(x="", y=""), ["The X0, x1 and: new", "nothing known"])
    passages = passages_of(stats, "en", OPTIONS)
    found = title_cues(passages)
    assert (found.own.tolist(), forms(passages, found)) == ([0], [["x0", "x1"]])


@pytest.mark.parametrize(("title", "expected"), [("出張旅費規程", ["出張旅費", "規程"]), ("ＡＢＣの規程", ["abc", "規程"]), ("abcd規程", ["規程"])])
def test_japanese_titles_are_cut_into_the_longest_known_words(title, expected):
    text = ["出張", "旅費", "出張旅費", "規程", "abc"]
    stats = titled(counted({"x": [Part(paragraphs=[[text]], language="ja")]}), [title])
    passages = passages_of(stats, "ja", OPTIONS)
    assert forms(passages, title_cues(passages)) == [sorted(expected)]


def test_short_sections_and_rows_are_not_searched():
    stats = counted({"x": [Part(paragraphs=[[["a"]]], heading=["one"]), Part(paragraphs=[[["a", "b", "c"]]], heading=["two"], kind="row")]})
    passages = passages_of(stats, "en", OPTIONS)
    assert (passages.n, heading_cues(passages).n, title_cues(passages).n) == (0, 0, 0)


def test_a_draw_is_the_same_for_the_same_seed():
    cues = heading_cues(passages_of(corpus(**{f"d{number}": f"h{number}" for number in range(20)}), "en", OPTIONS))
    one, two = draw(cues, 5, 1), draw(cues, 5, 1)
    assert one.own.tolist() == two.own.tolist()
    assert len(np.unique(one.own)) == 5
    assert draw(cues, 30, 1) is cues
