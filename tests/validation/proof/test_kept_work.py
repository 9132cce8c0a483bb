import pytest

from tests.validation.proof import kept_work
from tests.validation.proof.kept_work import VARIABLE, done, name_of

CALLS = []


def halved(texts, number):
    CALLS.append(number)
    return (texts, number / 2)


@pytest.fixture(autouse=True)
def no_calls(monkeypatch):
    CALLS.clear()
    monkeypatch.delenv(VARIABLE, raising=False)


def test_without_a_folder_nothing_is_kept():
    assert [done(halved, (["請求"], 3)) for _ in range(2)] == [(["請求"], 1.5)] * 2
    assert CALLS == [3, 3]


def test_a_kept_result_is_not_computed_again_and_other_input_is(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "kept"))
    assert [done(halved, (["請求"], 3)) for _ in range(2)] == [(["請求"], 1.5)] * 2
    assert done(halved, (["請求書"], 3)) == (["請求書"], 1.5)
    assert CALLS == [3, 3]
    assert len(list((tmp_path / "kept").iterdir())) == 2  # whole files only


def test_work_that_failed_is_not_kept(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    with pytest.raises(TypeError):
        done(halved, (["a"], "b"))
    assert not list(tmp_path.iterdir())


def test_other_code_makes_another_name(tmp_path, monkeypatch):
    (tmp_path / "rules.toml").write_text("limit = 1")
    monkeypatch.setattr(kept_work, "CODE", (tmp_path,))
    names = []
    for limit in (1, 2):
        (tmp_path / "rules.toml").write_text(f"limit = {limit}")
        kept_work.digest_of_code.cache_clear()
        names.append(name_of(halved, (["a"], 1)))
    kept_work.digest_of_code.cache_clear()
    assert names[0] != names[1]
