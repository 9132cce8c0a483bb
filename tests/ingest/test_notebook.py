import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.errors import ReadError
from corpuskit.ingest.notebook import IPYNB, LONGEST_OUTPUT
from corpuskit.ingest.reader import RawFile, ReadOptions
from corpuskit.ingest.readers import extract as read_any
from tests.ingest import packages


def extract(content):
    return IPYNB.extract(RawFile("x.ipynb", json.dumps(content, ensure_ascii=False).encode(), ReadOptions()))


def markdown(*lines):
    return {"cell_type": "markdown", "source": list(lines)}


def code(source, *outputs):
    return {"cell_type": "code", "source": source, "outputs": list(outputs)}


def test_headings_text_code_and_what_it_printed():
    result = {"output_type": "execute_result", "data": {"text/plain": ["42"], "text/html": "<b>42</b>"}}
    stream = {"output_type": "stream", "text": "\x1b[31mred\x1b[0m\n"}
    trace = {"output_type": "error", "traceback": ["Traceback"]}
    cells = [
        markdown("# 売上の分析\n", "\n", "目的を**述べる**。<!-- / -->"),
        code("print(1)", result, stream, trace),
        markdown("## 結果\n"),
        code(["x = 1\n", "y = 2"]),
    ]
    found = extract({"cells": cells, "metadata": {"title": "T", "authors": [{"name": "Ando"}, {"name": "Ito"}]}, "nbformat": 4})
    assert [(s.heading, s.locator, s.text) for s in found.sections] == [
        (("売上の分析",), "", "目的を述べる。"),
        (("売上の分析",), "cell 2", "print(1)\n42\nred"),
        (("売上の分析", "結果"), "cell 4", "x = 1\ny = 2"),
    ]
    assert found.metadata == (("title", "T"), ("author", "Ando, Ito"))


def test_long_outputs_are_cut():
    found = extract({"cells": [code("", {"output_type": "stream", "text": "x" * 50_000})]})
    assert len(found.sections[0].text) == LONGEST_OUTPUT
    assert found.warnings == ("outputs_left_out: 1",)
    assert extract({"cells": [code("", {"output_type": "stream", "text": "x" * LONGEST_OUTPUT})]}).warnings == ()


def test_a_notebook_is_utf_8_whatever_other_files_are():
    data = json.dumps({"cells": [markdown("規程を改定した。")]}, ensure_ascii=False).encode()
    found = read_any("x.ipynb", data, ReadOptions(encoding="cp932"))
    assert (found.sections[0].text, found.encoding, found.encoding_basis) == ("規程を改定した。", "utf-8", "strict")


def test_notebooks_before_version_4():
    cells = [{"cell_type": "heading", "level": 2, "source": "Old"}, {"cell_type": "code", "input": "run()"}]
    found = extract({"worksheets": [{"cells": cells}], "nbformat": 3})
    assert [(s.heading, s.text) for s in found.sections] == [(("Old",), "run()")]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"{", "broken"), (b"[1]", "broken"), (b'{"a": 1}', "broken"), (b'{"cells": []}', "no_text"), (b"[" * 100_000, "broken"), (b"  ", "empty")],
)
def test_what_cannot_be_read_says_why(data, code):
    with pytest.raises(ReadError) as caught:
        read_any("x.ipynb", data, ReadOptions())
    assert caught.value.code == code


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["cell_type", "source", "outputs", "data", "text", "level"]), inner),
    max_leaves=20,
)


@given(ANYTHING, ANYTHING)
def test_any_json_gives_text_or_a_reason(cells, told):
    for content in ({"cells": cells, "metadata": told}, {"cells": [cells, told]}, {"worksheets": cells}):
        texts, reason = packages.texts_or_reason("x.ipynb", json.dumps(content).encode())
        assert bool(texts) != bool(reason)
