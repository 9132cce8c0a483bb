import pytest
from pydantic import ValidationError

from corpuskit.text import TextOptions


@pytest.mark.parametrize(
    ("option", "refused", "allowed"),
    [
        ("japanese_mode", "D", "A"),
        ("japanese_mode", "c", "C"),
        ("batch_bytes", 0, 1),
        ("duplicate_threshold", 0.49, 0.5),
        ("duplicate_threshold", 1.01, 1.0),
        ("cached_chunks", 0, 1),
        ("boilerplate", "drop", "remove"),
        ("boilerplate_share", 1.0, 0.0),
        ("boilerplate_documents", 0, 1),
        ("duplicates", "drop", "remove"),
        ("near_duplicates", "drop", "remove"),
    ],
)
def test_each_option_has_bounds(option, refused, allowed):
    assert getattr(TextOptions(**{option: allowed}), option) == allowed
    with pytest.raises(ValidationError, match=option):
        TextOptions(**{option: refused})


def test_the_lowest_threshold_is_where_the_search_still_finds_nearly_nine_pairs_of_ten():
    # 32 bands of 4 rows: 1 - (1 - s^4)^32 (Leskovec, Rajaraman and Ullman 2020, section 3.4); at .4 more than half would be missed
    def found(similarity):
        return 1 - (1 - similarity**4) ** 32

    lowest = next(item.ge for item in TextOptions.model_fields["duplicate_threshold"].metadata if hasattr(item, "ge"))
    assert found(lowest) == pytest.approx(0.87, abs=0.005)
    assert found(lowest - 0.1) < 0.6


def test_near_copies_are_removed_with_the_exact_ones():
    assert TextOptions().duplicates == TextOptions().near_duplicates == "keep"
    assert TextOptions(duplicates="remove").near_duplicates == "keep"
    assert TextOptions(near_duplicates="remove").duplicates == "remove"
    with pytest.raises(ValidationError, match="contradicts"):
        TextOptions(duplicates="keep", near_duplicates="remove")


def test_options_are_frozen_and_survive_json():
    options = TextOptions(japanese_mode="A", batch_bytes=100)
    assert TextOptions.model_validate_json(options.model_dump_json()) == options
    with pytest.raises(ValidationError, match="frozen"):
        options.japanese_mode = "B"
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        TextOptions(mode="A")
