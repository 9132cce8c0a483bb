"""Random small corpora: documents of sections of paragraphs of sentences, in two languages, with punctuation, headings and labels."""

from hypothesis import strategies as st

from tests.counts.build import Part

TOKENS = st.sampled_from(["a", "b", "c", "the", "of", "日本", "労働者", "é", ",", "."])
SENTENCES = st.lists(TOKENS, max_size=9)
PARTS = st.builds(
    Part,
    paragraphs=st.lists(st.lists(SENTENCES, max_size=3), max_size=2),
    heading=st.lists(TOKENS, max_size=4),
    language=st.sampled_from(["en", "ja"]),
    kind=st.sampled_from(["body", "row"]),
    labels=st.dictionaries(st.sampled_from(["queue", "urgency"]), st.sampled_from(["A", "B", "C"]), max_size=2),
    signals=st.lists(st.sampled_from(["invoice", "請求書"]), max_size=2),
    fields=st.lists(st.tuples(st.sampled_from(["total", "請求番号"]), st.sampled_from(["amount", "empty", "text"]), st.integers(0, 3)), max_size=3),
    month=st.sampled_from([None, 202504, 202505]),
    dates=st.tuples(st.sampled_from(["", "2020-04-01", "2024-04-01"]), st.sampled_from(["", "2025-03-31"])),
    notices=st.lists(st.sampled_from(["zero_width", "visible_instruction"]), max_size=2, unique=True),
)
CORPORA = st.dictionaries(st.text("abcdé/日", min_size=1, max_size=4), st.lists(PARTS, min_size=1, max_size=3), max_size=6)
OPTIONS = st.fixed_dictionaries(
    {
        "window": st.integers(1, 6),
        "boundary": st.sampled_from(["sentence", "paragraph", "section", "document"]),
        "groups": st.sampled_from([1, 3, 25]),
        "weights": st.sampled_from(["flat", "harmonic"]),
        "ordered": st.booleans(),
    }
)
