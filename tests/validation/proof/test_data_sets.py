import gzip
import json

import pytest

from tests.validation.proof.data_sets import is_even, labelled_tasks, load_task, part_of


@pytest.fixture
def data(tmp_path):
    """Make a folder of the same shape: one development task, one report task, banking77, and two yes/no tasks."""
    tables = {
        "clinc150": [("", "yes"), ("", "no")] * 3,
        "sms_spam": [("", "spam"), ("", "ham")] * 3,
        "banking77": [("", label) for label in "aefe"],
        "cuad_yesno": [("e", "Yes"), ("a", "No"), ("a", "Yes")],
    }
    lines = ["name,task,rows"]
    for name, rows in tables.items():
        (tmp_path / "tasks" / name).mkdir(parents=True)
        with gzip.open(tmp_path / "tasks" / name / "data.jsonl.gz", "wt", encoding="utf-8") as stream:
            for number, (task, label) in enumerate(rows):
                row = {"id": f"{name}-{number}", "text": f"文 {number}", "label": label, "lang": "en"} | ({"task": task} if task else {})
                stream.write(json.dumps(row) + "\n")
        lines += [f"{name},{task},{len(rows)}" for task in sorted({task for task, _ in rows})]
    (tmp_path / "tasks" / "index.csv").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_parts_follow_the_last_digit_of_the_md5():
    assert [is_even(name) for name in "abcde"] == [False, False, False, False, True]
    assert part_of("clinc150") == part_of("cuad_yesno", "e") == part_of("banking77", label="e") == "development"
    assert part_of("sms_spam") == part_of("cuad_yesno", "a") == part_of("banking77", label="a") == "report"
    # counted by hand once with md5sum
    assert part_of("cuad_yesno", "cuad_exclusivity") == "development"
    assert part_of("cuad_yesno", "cuad_audit_rights") == "report"


def test_each_row_belongs_to_one_part(data):
    development, report = (labelled_tasks(data, part, fewest=1) for part in ("development", "report"))
    assert [task.name for task in development] == ["clinc150", "banking77", "e"]
    assert [task.name for task in report] == ["sms_spam", "banking77", "a"]
    ids = [row.id for task in (*development, *report) for row in task.rows]
    assert len(ids) == len(set(ids)) == 19
    assert {row.label for row in development[1].rows} == {"e"}


def test_tasks_with_few_rows_are_left_out(data):
    assert [task.name for task in labelled_tasks(data, "report", fewest=6)] == ["sms_spam"]


def test_a_task_can_be_loaded_whole(data):
    whole = load_task(data, "banking77")
    assert [row.label for row in whole.rows] == list("aefe")
    assert whole.rows[0].values["id"] == whole.rows[0].id == "banking77-0"
    assert (whole.language, whole.rows[0].text) == ("en", "文 0")
