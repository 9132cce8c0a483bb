import gzip
import json

import pytest

from tests.validation.proof import tasks
from tests.validation.proof.published import METRIC
from tests.validation.proof.test_task_figures import planted

pytestmark = pytest.mark.xdist_group("proof_tasks")  # one run of the made tasks is enough


@pytest.fixture(scope="module")
def made():
    return tasks.run(None, "development", True)


def test_made_tasks_come_out_in_their_known_order(made):
    found = {figure.code: figure for figure in made.figures}
    assert len(found) == len(made.figures)
    assert found["tasks_spearman_known"].value >= 0.85
    assert found["tasks_spearman_extrapolated"].value >= 0.85
    assert found["tasks_spearman_extrapolated"].n == found["tasks_coverage_mean"].n == 8
    assert not made.not_run


def test_what_made_tasks_cannot_tell_says_why(made):
    undefined = {figure.code for figure in made.figures if figure.value is None}
    assert {"tasks_published_generative_llm", "tasks_partial_spearman"} <= undefined
    assert all(figure.undefined_because for figure in made.figures if figure.value is None)


def test_more_noise_in_the_labels_means_more_extrapolated_error(made):
    by_task = {row[0]: row for row in made.tables[0].rows}
    assert by_task["made0"][3] < 0.03 < by_task["made4"][3] < by_task["made7"][3]
    assert by_task["made0"][5] > 0.9 > by_task["made7"][5]


def test_without_data_it_is_not_run():
    assert "not there" in tasks.run(None, "report", False).not_run


@pytest.fixture
def data(tmp_path):
    """Make a folder with tasks of both parts, small ones among them."""
    tables = {"clinc150": ("", "ab", 220), "sms_spam": ("", "ab", 220), "banking77": ("", "ae", 440)}
    yes_no = {"e": 70, "a": 70, "cuad_audit_rights": 30}
    lines, rows_of = ["name,task,rows"], {}
    for name, (task, labels, count) in tables.items():
        rows_of[name] = [(task, labels[number % 2]) for number in range(count)]
    rows_of["cuad_yesno"] = [(task, "YN"[number % 2]) for task, count in yes_no.items() for number in range(count)]
    for name, rows in rows_of.items():
        (tmp_path / "tasks" / name).mkdir(parents=True)
        with gzip.open(tmp_path / "tasks" / name / "data.jsonl.gz", "wt", encoding="utf-8") as stream:
            for number, (task, label) in enumerate(rows):
                stream.write(json.dumps({"id": f"{number}", "text": f"text {number}", "label": label, "lang": "en", "task": task}) + "\n")
        lines += [f"{name},{task},0" for task in sorted({task for task, _ in rows})]
    (tmp_path / "tasks" / "index.csv").write_text("\n".join(lines), encoding="utf-8")
    head = "dataset,task,model,model_kind,metric,value,shots,n_test,source,note\n"
    rows = [f"{name},,model{model},generative_llm,{METRIC},0.{model + 1},0,9,site.ai,\n" for name in tables for model in range(2)]
    (tmp_path / "published_llm_accuracy.csv").write_text(head + "".join(rows), encoding="utf-8")
    return tmp_path


@pytest.fixture
def asked_for(monkeypatch):
    """Measure nothing; note which tasks were asked for."""
    asked = []

    def measure(whole, small):
        asked.append(([task.name for task in whole], [task.name for task in small]))
        with_truth = [planted(number, 0.1, 0.1)._replace(name=task.name) for number, task in enumerate(whole)]
        return (*with_truth, *(planted(9, 0.1, 0.1)._replace(name=task.name, truth=None) for task in small))

    monkeypatch.setattr(tasks, "measure", measure)
    return asked


def test_the_development_part_opens_nothing_else(data, asked_for):
    found = tasks.run(data, "development", False)
    assert asked_for == [(["clinc150", "banking77"], ["e"])]
    assert not any("tasks_all" in figure.code for figure in found.figures)
    assert {row[0] for row in found.tables[0].rows} == {"clinc150", "banking77"}


def test_the_report_part_is_read_first_and_all_tasks_as_a_second_reading(data, asked_for):
    found = tasks.run(data, "report", False)
    assert asked_for == [(["sms_spam", "banking77", "clinc150"], ["a", "e"])]  # banking77 once, by its report classes
    by_code = {figure.code: figure for figure in found.figures}
    assert by_code["tasks_coverage_mean"].n == 2 * 2
    assert by_code["tasks_all_coverage_mean"].n == 3 * 2
    assert by_code["tasks_coverage_mean"].aim is not None
    assert by_code["tasks_all_coverage_mean"].aim is None
    # extrapolated errors had been read on these tasks before, published figures had not been held against them
    assert not by_code["tasks_coverage_mean"].first_reading
    assert by_code["tasks_published_generative_llm"].first_reading
    assert not by_code["tasks_all_published_generative_llm"].first_reading
