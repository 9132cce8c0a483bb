"""How a task fails: what people should watch for, by the kind of task and by the statistics that decide its fit."""

from __future__ import annotations

from corpuskit.finding import Message
from corpuskit.tasks.assessment import Kind
from corpuskit.tasks.catalogue import Statistic, Task

BY_KIND: dict[Kind, str] = {
    "classify": "failure_confident_wrong_label",
    "retrieve": "failure_wrong_or_no_passage",
    "extract": "failure_value_from_wrong_place",
    "generate": "failure_invented_fact",
    "summarise": "failure_left_out_or_inverted",
    "translate": "failure_fluent_mistranslation",
    "decide": "failure_person_harmed",
}
BY_STATISTIC: dict[Statistic, str] = {
    "AMB": "failure_ambiguity",
    "TRM": "failure_terms",
    "TPL": "failure_templates",
    "COV": "failure_coverage",
    "LEN": "failure_length",
    "NUM": "failure_numbers",
    "VER": "failure_versions",
    "PII": "failure_personal_data",
    "OCR": "failure_scans",
    "LNG": "failure_languages",
    "IMB": "failure_imbalance",
}


def failure_modes(task: Task) -> tuple[Message, ...]:
    """List how the task fails, the strongest first: that of its kind, then one for each statistic that matters for it."""
    return (Message(code=BY_KIND[task.kind]), *(Message(code=BY_STATISTIC[statistic]) for statistic in task.stats))
