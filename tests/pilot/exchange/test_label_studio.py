import json

import pytest
from lxml import etree

from corpuskit.errors import InputError
from corpuskit.pilot import Sheet, join_labels, one_for_each
from corpuskit.pilot.exchange.label_studio import LABEL_STUDIO, configuration
from tests.pilot.exchange.files import FIXTURES, LABELS, ROWS, rows_of, written

BLIND = [("c1", "請求", "1"), ("c1", "請求", "2"), ("c2", "配送", "1"), ("c2", "返品", "2"), ("c3", "返品", "1"), ("c3", 'A & B <"x">', "2")]


def test_the_configuration_offers_every_label_as_it_is():
    root = etree.fromstring(configuration(LABELS))
    assert [choice.get("value") for choice in root.iter("Choice")] == list(LABELS)


@pytest.mark.parametrize("name", ["label_studio_sdk_2.1.2.json", "label_studio_sdk_2.1.2_min.json"])
def test_what_label_studio_exports_is_read_with_the_people_apart(name):
    """Annotations that the SDK's own checks accept, and JSON_MIN as its converter writes it; in JSON one more was skipped by its author."""
    sheet = LABEL_STUDIO.read(FIXTURES / name, "")
    found = rows_of(sheet, "id", "label", "labelled_by")
    assert [row for row in found if row[2] != "3"] == BLIND
    assert dict(zip(sheet.columns["id"], sheet.columns["comment"], strict=True))["c2"] == "迷った"


def test_its_labels_are_joined_to_the_cases():
    cases = Sheet("cases.csv", [2, 3, 4], {"id": ["c1", "c2", "c3"]})
    sheet = LABEL_STUDIO.read(FIXTURES / "label_studio_sdk_2.1.2.json", "")
    found = join_labels(cases, one_for_each(sheet), labels=LABELS)
    assert [(row["truth"], row["truth2"]) for row in found.rows] == [("請求", "請求"), ("配送", "返品"), ("返品", 'A & B <"x">')]


def test_tasks_of_other_projects_and_other_files_are_told(tmp_path):
    for content, told in (
        ([{"data": {"text": "x"}, "annotations": []}], "task 1 has no data.case_id"),
        ({"a": 1}, "a list of tasks"),
        ([{"data": {"case_id": "c1"}, "annotations": []}], "no labels in it"),
    ):
        (tmp_path / "e.json").write_text(json.dumps(content), encoding="utf-8")
        with pytest.raises(InputError, match=told):
            LABEL_STUDIO.read(tmp_path / "e.json", "")


def test_its_own_reader_accepts_tasks_and_configuration(tmp_path):
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="label-studio-sdk is not installed (extra exchange-tests)")
    tasks, config = written(tmp_path, LABEL_STUDIO)
    read = interface.LabelInterface(config.read_text(encoding="utf-8"))
    read.validate()
    given = json.loads(tasks.read_text(encoding="utf-8"))
    assert all(read.validate_task(task) for task in given)
    assert [task["data"]["input"] for task in given] == [row["input"] for row in ROWS]
