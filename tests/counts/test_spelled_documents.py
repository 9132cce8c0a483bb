import sys

from corpuskit.counts import affordable, spelled_documents
from corpuskit.text import FEATURES, hashed_features
from tests.counts.build import Part, counted, sentence

LETTERS = {"a.txt": [sentence("pump", "leaks", "pump")], "b.txt": [Part(paragraphs=[[["oil"]]], heading=["pump"])], "c.txt": [sentence("seal")]}


def test_each_word_is_spelled_as_often_as_it_stands_there_headings_too():
    found = spelled_documents(counted(LETTERS), ["b.txt", "a.txt"])
    once = hashed_features(["pump", "leaks", "oil"]).toarray()
    assert (found.toarray() == [once[0] + once[2], 2 * once[0] + once[1]]).all()
    assert not found.data.flags.writeable


def test_no_documents_have_no_features():
    assert spelled_documents(counted(LETTERS), []).shape == (0, FEATURES)
    assert affordable(counted(LETTERS), []) == 0


def test_as_many_documents_are_affordable_as_have_so_many_features_together(monkeypatch):
    module = sys.modules["corpuskit.counts.spelled_documents"]  # its function has the same name
    monkeypatch.setattr(module, "FEWEST_DOCUMENTS", 1)
    stats, names = counted(LETTERS), ["c.txt", "a.txt", "b.txt"]
    seal, others = hashed_features(["seal"]).nnz, hashed_features(["pump", "leaks"]).nnz
    for room, documents in ((0, 1), (seal, 1), (seal + others - 1, 1), (seal + others, 2), (10**6, 3)):
        monkeypatch.setattr(module, "MOST_FEATURES", room)
        assert affordable(stats, names) == documents
