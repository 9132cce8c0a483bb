import pytest

from corpuskit.counts import Job, Place, count_corpus, equal
from corpuskit.counts import corpus as room
from corpuskit.errors import UnknownName
from tests.counts.files import counted_at_once, make_folder


def test_a_corpus_is_counted_and_known_again(tmp_path, monkeypatch):
    files, job, place = make_folder(tmp_path / "documents", copies=6), Job(), Place(cache=tmp_path / "cache")
    told = []
    first = count_corpus(files, job, place, progress=lambda done, _: told.append(done))
    assert sum(told) == len(files)
    assert equal(first.partial.stats, counted_at_once(tmp_path / "documents", job))

    class Never:
        run = staticmethod(lambda *_: pytest.fail("counted again"))

    monkeypatch.setattr(room, "ENGINES", {"local": Never})
    again = count_corpus(files, job, place, progress=lambda done, _: told.append(done))
    assert again.key == first.key
    assert equal(again.partial.stats, first.partial.stats)
    assert again.partial.intake.equals(first.partial.intake)


def test_without_a_cache_there_is_no_name(tmp_path):
    assert count_corpus(make_folder(tmp_path), Job()).key == ""


def test_no_files_are_the_counts_of_nothing(tmp_path):
    assert count_corpus([], Job()).partial.stats.documents.is_empty()
    assert count_corpus([], Job(), Place(cache=tmp_path)).partial.stats.documents.is_empty()


def test_an_unknown_engine_is_named(tmp_path):
    with pytest.raises(UnknownName, match="Unknown engine 'clod'"):
        count_corpus([], Job(), engine="clod")
