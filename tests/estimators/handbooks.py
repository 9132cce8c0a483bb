"""Folders of short handbooks whose headings find their sections or do not, for tests of retrieval."""

from corpuskit.estimators import EstimatorOptions, Inputs
from corpuskit.estimators.retrieval.retrieval_ambiguity import estimate_retrieval_ambiguity
from tests.counts.build import Part, counted

OPTIONS = EstimatorOptions()


def everything(documents, options=OPTIONS):
    return estimate_retrieval_ambiguity(Inputs(counted(documents), options), options)


def measured(documents):
    return everything(documents).estimates


def by_name(documents, options=OPTIONS):
    return {item.measure: item for item in everything(documents, options).estimates}


def handbook(sections, heading, text):
    """Ten sections a document, each with a heading and thirty words of text."""
    return {
        f"book{start}.md": [Part(paragraphs=[[text(number)]], heading=heading(number)) for number in range(start, min(start + 10, sections))]
        for start in range(0, sections, 10)
    }


def own_words(number):
    return [f"topic{number}", *[f"filler{place}" for place in range(29)]]


def near_copies(number):
    """The sections of an odd number repeat those before them but for one word of thirty, and say the heading's word once more."""
    base = number - number % 2
    return [f"topic{base}", *[f"filler{base}x{place}" for place in range(28)], f"topic{base}" if number % 2 else f"last{base}"]
