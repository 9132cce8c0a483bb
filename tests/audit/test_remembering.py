import pytest

from corpuskit.audit import remembering
from corpuskit.audit.remembering import KEPT, estimate_anew
from corpuskit.counts import facts_only
from corpuskit.estimators import ESTIMATORS, EstimatorOptions, estimate
from corpuskit.text import TextOptions
from tests.counts.build import counted, sentence

STATS = counted({f"d{number}": [sentence("a", f"w{number % 3}", "b", "c")] for number in range(12)})
OPTIONS = EstimatorOptions(today="2026-01-01")


def run(cache, options=OPTIONS, definitions=None, counts=("k",)):
    return estimate_anew(STATS, options, definitions, TextOptions(), facts_only(STATS), cache, counts)


@pytest.fixture
def ran(monkeypatch):
    """Names of the estimators that are run."""
    names = []

    def watched(stats, options, definitions, text, before, known, spectra, jobs):
        names.extend(name for name in ESTIMATORS if name not in known)
        return original(stats, options, definitions, text, before, known, spectra, jobs)

    original = remembering.estimate_each
    monkeypatch.setattr(remembering, "estimate_each", watched)
    return names


DATED = [name for name, one in ESTIMATORS.items() if one.dated]


def test_estimates_come_back_equal_and_only_those_of_the_day_are_made_anew(tmp_path, ran):
    first = run(tmp_path)
    assert first == estimate(STATS, OPTIONS, None, TextOptions(), facts_only(STATS))
    assert ran == list(ESTIMATORS)
    ran.clear()
    assert run(tmp_path) == first
    assert ran == DATED == ["document_age"]


def test_another_day_makes_only_the_dated_ones_anew(tmp_path, ran):
    run(tmp_path)
    ran.clear()
    run(tmp_path, EstimatorOptions(today="2027-01-01"))
    assert ran == DATED


@pytest.mark.parametrize("other", [{"options": EstimatorOptions(seed=1)}, {"definitions": {"a": "b"}}, {"counts": ("other",)}])
def test_other_counts_options_or_definitions_are_estimated_anew(tmp_path, ran, other):
    run(tmp_path)
    ran.clear()
    run(tmp_path, **other)
    assert ran == list(ESTIMATORS)


@pytest.mark.parametrize("damage", [b"", b"{}x", b'{"coverage": 5}'])
def test_a_damaged_entry_is_made_anew(tmp_path, ran, damage, caplog):
    first = run(tmp_path)
    (entry,) = (tmp_path / "estimates").glob("*.json")
    entry.write_bytes(damage)
    ran.clear()
    assert run(tmp_path) == first
    assert ran == list(ESTIMATORS)
    assert "made anew" in caplog.text
    ran.clear()
    run(tmp_path)
    assert ran == DATED


def test_what_was_refused_for_want_of_a_package_is_made_anew_when_it_is_there(tmp_path, ran, monkeypatch):
    def missing(package):
        if package == "wordfreq":
            raise remembering.metadata.PackageNotFoundError(package)
        return "1"

    with monkeypatch.context() as without:
        without.setattr(remembering.metadata, "version", missing)
        run(tmp_path)
    ran.clear()
    run(tmp_path)
    assert ran == list(ESTIMATORS)


def test_only_the_last_used_entries_stay(tmp_path):
    for number in range(KEPT + 3):
        run(tmp_path, counts=(str(number),))
    assert len(list((tmp_path / "estimates").glob("*.json"))) == KEPT


def test_without_a_cache_nothing_is_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(None) == run(None)
    assert not list(tmp_path.iterdir())
