import pytest
from pydantic import ValidationError

from corpuskit.estimators import EstimatorOptions


@pytest.mark.parametrize(
    ("option", "refused", "least"),
    [
        ("seed", -1, 0),
        ("level", 0.5, 0.51),
        ("level", 1.0, 0.999),
        ("folds", 1, 2),
        ("folds", 21, 20),
        ("max_messages", 99, 100),
        ("min_messages", 9, 10),
        ("min_per_label", 1, 2),
        ("common_pairs", 99, 100),
        ("min_joint_coverage", -0.01, 0.0),
        ("min_joint_coverage", 1.0, 0.99),
        ("min_headings", 9, 10),
        ("max_headings", 99, 100),
        ("retrieval_depth", 0, 1),
        ("min_section_words", 0, 1),
        ("target_coverage", 0.5, 0.51),
        ("target_coverage", 1.0, 0.999),
        ("today", "yesterday", "2026-11-24"),
        ("stale_years", 0, 1),
    ],
)
def test_each_bound_is_where_an_estimate_would_lose_its_meaning(option, refused, least):
    assert getattr(EstimatorOptions(**{option: least}), option) == least
    with pytest.raises(ValidationError, match=option):
        EstimatorOptions(**{option: refused})


def test_the_joint_is_refused_below_one_half_as_the_theory_says():
    # theory 2.3: "refuse a U when coverage of the joint < .5"
    assert EstimatorOptions().min_joint_coverage == 0.5
    assert EstimatorOptions().level == 0.95


def test_options_are_frozen_complete_and_described():
    options = EstimatorOptions(seed=7, level=0.9)
    assert EstimatorOptions.model_validate_json(options.model_dump_json()) == options
    with pytest.raises(ValidationError, match="frozen"):
        options.seed = 1
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        EstimatorOptions(sead=1)
    assert [name for name, field in EstimatorOptions.model_fields.items() if not (field.description or "").endswith(".")] == []
