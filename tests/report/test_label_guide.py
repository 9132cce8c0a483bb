"""The label guide: every label has its row, borders name what is confused, and no label becomes markup."""

import pytest

from corpuskit.report import phrasebook
from corpuskit.report.label_guide import label_guide
from tests.pilot.test_design import laid_out, task


@pytest.mark.parametrize(("language", "told"), [("en", "exactly one label"), ("ja", "1件に1つのラベル")])
def test_labels_and_borders_stand_in_it(language, told):
    guide = label_guide(task(), laid_out(), phrasebook(language))
    assert told in guide
    assert [line.split("`")[1] for line in guide.splitlines() if line.startswith("| `")] == ["billing", "access", "delivery"]
    assert "`access`" in guide.split("##")[2]


def test_hostile_labels_stay_text():
    design = laid_out().model_copy(update={"labels": ("`a` | b\n# c", "<script>alert(1)</script>", "a\u202eb"), "confused": ()})
    guide = label_guide(task(), design, phrasebook("en"))
    rows = [line for line in guide.splitlines() if line.startswith("| `")]
    assert len(rows) == 3
    assert all(row.count("|") == 5 and row.count("`") == 2 for row in rows)
    assert "\u202e" not in guide
    assert "\n# c" not in guide


def test_a_task_without_known_labels_leaves_a_row_to_fill_in():
    design = laid_out().model_copy(update={"labels": (), "confused": ()})
    assert "| `to be filled in` |" in label_guide(task(), design, phrasebook("en"))
