import numpy as np
import pytest

from tests.validation.proof.published import figures_of, read_accuracies

TASKS = ("one", "two", "three", "four", "five")
HEAD = "dataset,task,model,model_kind,metric,value,shots,n_test,source,note\n"


def row(task, model, value, kind="generative_llm", source="site.ai page: x", metric="accuracy", note=""):
    return f"set,{task},{model},{kind},{metric},{value},0,100,{source},{note}\n"


@pytest.fixture
def read(tmp_path):
    def reading(*lines):
        file = tmp_path / "published.csv"
        file.write_text(HEAD + "".join(lines), encoding="utf-8")
        return read_accuracies(file)

    return reading


def test_only_models_that_answered_all_tasks_of_a_source_count(read):
    lines = [row(task, model, 0.5 + place / 10) for place, task in enumerate(TASKS) for model in ("a", "b")]
    (found,) = figures_of(read(*lines, row("one", "c", 0.9)), TASKS)
    assert (found.models, found.tasks) == (("a", "b"), TASKS)
    assert found.mean() == pytest.approx([0.5, 0.4, 0.3, 0.2, 0.1])
    assert found.ceiling().value == pytest.approx(1)


def test_sources_kinds_and_metrics_are_not_mixed(read):
    lines = [
        row("one", "a", 0.5),
        row("one", "a", 0.6, source="github.com/owner/results @ f4 results/a"),
        row("one", "a", 0.7, kind="llm_embedding_probe"),
        row("one", "a", 0.1, metric="f1_macro"),
        row("one", "a", 0.1, kind="human"),
        row("one", "b", 0.1, note="only 0.3% of the answers could be parsed: do not use"),
    ]
    found = figures_of(read(*lines), TASKS)
    assert [(one.kind, one.source) for one in found] == [
        ("generative_llm", "github.com/owner/results"),
        ("generative_llm", "site.ai"),
        ("llm_embedding_probe", "site.ai"),
    ]
    assert np.concatenate([one.mean() for one in found]) == pytest.approx([0.4, 0.5, 0.3])


def test_tasks_that_are_not_asked_about_are_left_out(read):
    (found,) = figures_of(read(row("one", "a", 0.5), row("six", "b", 0.5), row("", "c", 0.5)), TASKS)
    assert (found.models, found.tasks) == (("a",), ("one",))
    (whole,) = figures_of(read(row("", "c", 0.5)), ("set",))  # a folder that is one task is named by the data set
    assert whole.tasks == ("set",)


def test_a_source_of_which_no_model_answered_everything_gives_nothing(read):
    assert figures_of(read(row("one", "a", 0.5), row("two", "b", 0.5)), TASKS) == ()


def test_one_model_or_few_tasks_have_no_ceiling(read):
    (alone,) = figures_of(read(*(row(task, "a", 0.5) for task in TASKS)), TASKS)
    assert "two are needed" in alone.ceiling().undefined_because
    (few,) = figures_of(read(row("one", "a", 0.5), row("one", "b", 0.6)), TASKS)
    assert "5 are needed" in few.ceiling().undefined_because
