import pytest

from corpuskit.counts import ENGINES, CountOptions, count_nothing, equal
from corpuskit.counts.engines.local import count_batches
from corpuskit.errors import UsageError
from corpuskit.ingest import Document, Section, Source
from corpuskit.text import TextOptions
from tests.counts.build import batch, counted, sentence


def document(name, text):
    return Document(
        id=name, source=Source(path=name, sha256=name, bytes=len(text), modified="2024-01-01", reader="text"), sections=(Section(text=text),)
    )


@pytest.mark.parametrize("batches", range(8))
def test_any_number_of_batches_gives_the_counts_of_the_whole(batches):
    documents = {f"d{number}": [sentence("a", f"w{number % 3}", "b")] for number in range(batches)}
    parts = (batch({name: parts}) for name, parts in documents.items())
    assert equal(count_batches(parts, CountOptions()), counted(documents))


def test_a_document_in_two_batches_is_refused():
    part = batch({"d": [sentence("a")]})
    with pytest.raises(UsageError, match="counted twice: d"):
        count_batches([part, part], CountOptions())


def test_the_local_engine_tokenises_and_counts():
    texts = {"a.txt": "The pump leaks oil, again.\nThe pump stopped.", "b.txt": "Order a new pump, please. It leaks."}
    whole = ENGINES["local"].run((document(*item) for item in texts.items()), TextOptions(), (), CountOptions())
    assert whole.documents["document"].to_list() == ["a.txt", "b.txt"]
    assert dict(whole.terms.select("form", "frequency").iter_rows())["pump"] == 3
    assert dict(whole.terms.select("form", "document_frequency").iter_rows())["pump"] == 2
    one_by_one = ENGINES["local"].run((document(*item) for item in reversed(texts.items())), TextOptions(batch_bytes=1), (), CountOptions())
    assert equal(whole, one_by_one)


def test_no_documents_give_the_counts_of_nothing():
    assert equal(ENGINES["local"].run((), TextOptions(), (), CountOptions()), count_nothing(CountOptions()))
