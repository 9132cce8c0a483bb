import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpuskit.text import TextOptions, split_sentences, tokenize
from corpuskit.text.sentences import cut_to_bytes
from tests.text.documents import document


def sentences_of(text):
    (table,) = tokenize([document("d", text)], TextOptions())
    forms = table.tokens.join(table.terms, on="term", how="left", maintain_order="left")
    return ["".join(group["form"]) for _, group in forms.group_by("sentence", maintain_order=True)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One two. Three four! Five?", ["onetwo.", "threefour!", "five?"]),
        ('He left. "No," she said. (Really.) Yes.', ["heleft.", '"no,"shesaid.', "(really.)", "yes."]),
        ("See e.g. this, Mr. Smith. Then go.", ["seee.g.this,mr.smith.", "thengo."]),
        ("1. Scope. The rest.", ["1.scope.", "therest."]),
        ("hello. i need help. thanks", ["hello.", "ineedhelp.", "thanks"]),
        ("It costs 1.5 etc. and more.", ["itcosts1.5etc.andmore."]),
        ("first line\nsecond line", ["firstline", "secondline"]),
        ("Wait... What?! Go.", ["wait...", "what?!", "go."]),
    ],
)
def test_english_tokens(text, expected):
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("晴れる。雨！雪？", ["晴れる。", "雨!", "雪?"]),
        ("「明日は晴れ！」「はい。」", ["「明日は晴れ!」", "「はい。」"]),
        ("「晴れ！」と書く。雨", ["「晴れ!」と書く。", "雨"]),
        ("晴れ（雨。）雪", ["晴れ(雨。)", "雪"]),
        ("晴れ\n雨", ["晴れ", "雨"]),
        ("更新する．次に雪", ["更新為る。", "次に雪"]),
    ],
)
def test_japanese_tokens(text, expected):
    assert sentences_of(text) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("晴れる。「雨！」と言う。雪", "ja", ["晴れる。", "「雨！」と言う。", "雪"]),
        ("「晴れ。」「雨。」", "ja", ["「晴れ。」", "「雨。」"]),
        ("晴れた。とても暑い!はい", "ja", ["晴れた。", "とても暑い!", "はい"]),
        ("一\n二", "ja", ["一", "二"]),
        ("See Mr. Smith. He knows, e.g. this. Go!", "en", ["See Mr. Smith.", " He knows, e.g. this.", " Go!"]),
        ("", "en", []),
    ],
)
def test_strings(text, language, expected):
    assert split_sentences(text, language) == expected


@given(st.text(st.sampled_from("あ。！」「a.? \U0002000b"), max_size=200), st.integers(4, 40))
def test_cut_lines_fit_and_join_to_the_line(line, limit):
    pieces = cut_to_bytes(line, limit, "ja")
    assert "".join(pieces) == line
    assert all(len(piece.encode()) <= limit for piece in pieces)


@given(st.text(st.sampled_from("ab. !?\"'(A\n1"), max_size=80))
def test_split_sentences_lose_only_line_ends(text):
    assert "".join(split_sentences(text, "en")) == text.replace("\n", "")


def test_every_sentence_lies_in_one_line_and_all_are_numbered_in_order():
    (table,) = tokenize([document("d", "One. Two.\n\nThree. Four", "五。六。\n七")], TextOptions())
    tokens = table.tokens
    assert tokens["sentence"].diff().drop_nulls().cast(int).is_in([0, 1]).all()
    assert tokens.select("sentence", "paragraph").unique().height == tokens["sentence"].n_unique()
    assert tokens["paragraph"].n_unique() == 4
