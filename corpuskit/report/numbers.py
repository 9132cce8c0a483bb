"""Numbers as a reader sees them: never more digits than help, never rounded into a claim."""

from __future__ import annotations

import math

FRACTIONS = frozenset(
    {
        "coverage",
        "pilot_error",
        "unseen_share",
        "hapax_share",
        "hapax_at_common",
        "sparsity_u",
        "sparsity_u_influence",
        "sparsity_u_change",
        "coverage_noise_slope",
        "hapax_share_noise_slope",
        "types_noise_slope",
        "coverage_without_noise",
        "hapax_share_without_noise",
        "coverage_influence",
        "coverage_of_new_documents",
        "top_cells_mass",
        "top_cells_mass_null",
        "peak_concentration",
        "language_ambiguity",
        "attainable_error",
        "context_floor",
        "last_step_error",
        "last_step_error_given_step",
        "stepwise_gain",
        "stepwise_gain_own_step",
        "upper_level_error",
        "label_set_error",
        "error_beyond_disagreement",
        "calibration_error",
        "double_coding_ambiguity",
        "soft_label_ambiguity",
        "definition_ambiguity",
        "unlabelled_definition_ambiguity",
        "clear_half_error",
        "unclear_half_error",
        "retrieval_ambiguity",
        "retrieval_recall_1",
        "retrieval_recall_5",
        "retrieval_recall_10",
        "retrieval_recall_of_questions",
        "retrieval_recall_of_titles",
        "retrieval_recall_by_cooccurrence",
        "retrieval_recall_without_cue_words",
        "retrieval_self_posterior",
        "retrieval_misses_with_copies",
        "retrieval_misses_with_versions",
        "retrieval_misses_mended",
        "dead_section_share",
        "field_ambiguity",
        "sense_ambiguity",
        "ambiguous_terms",
        "sharp_but_thin_terms",
        "latent_ambiguity",
        "template_share",
        "terminology_consistency",
        "majority_class_error",
        "joint_coverage",
        "coder_disagreement",
        "boilerplate_share",
        "exact_duplicate_share",
        "near_duplicate_share",
        "stale_share",
        "repeated_section_share",
        "rare_in_public_share",
        "rare_in_public_words",
        "public_parts_share",
        "own_words_mean",
        "own_words_trimmed_mean",
        "own_words_median_of_means",
        "words_once_mean",
        "words_once_trimmed_mean",
        "words_once_median_of_means",
        "coverage_lowest_mix",
        "coverage_highest_mix",
        "coverage_change_without_exact_copies",
        "coverage_of_new_documents_change_without_exact_copies",
        "hapax_share_change_without_exact_copies",
        "coverage_change_without_near_copies",
        "coverage_of_new_documents_change_without_near_copies",
        "hapax_share_change_without_near_copies",
        "coverage_change_without_boilerplate",
        "coverage_of_new_documents_change_without_boilerplate",
        "hapax_share_change_without_boilerplate",
        "coverage_of_new_documents_in_short_units",
        "coverage_in_short_units",
        "hapax_share_in_short_units",
        "coverage_of_new_documents_in_character_bigrams",
        "coverage_in_character_bigrams",
        "hapax_share_in_character_bigrams",
    }
)
"""Measures that are shares between 0 and 1, or differences of such shares, and are written as percent."""

_TURNED = {"<": ">", ">": "<"}


def percent_digits(value: float) -> str:
    """Write a fraction as percent digits, without the sign.

    One decimal, two below 1 and above 99 percent, none where it would be zero. A value that is not exactly 0 or 1 is never written as 0 or 100:
    it becomes ``<0.01`` or ``>99.99``. Differences below 0 are written as those above it, after a minus.

    Examples
    --------
    >>> percent_digits(.034), percent_digits(.5), percent_digits(.00001), percent_digits(.999999), percent_digits(-.0042)
    ('3.4', '50', '<0.01', '>99.99', '-0.42')
    """
    if value < 0:
        above = percent_digits(-value)
        return f"{_TURNED[above[0]]}-{above[1:]}" if above[0] in _TURNED else f"-{above}"
    if 0 < value < 0.0001:
        return "<0.01"
    if 0.9999 < value < 1:
        return ">99.99"
    digits = 2 if 0 < value < 0.01 or 0.99 < value < 1 else 1
    return _trim(f"{value * 100:,.{digits}f}")


def probability_digits(value: float) -> str:
    """Write a probability that rests on a model as whole percent digits, without the sign: never nearer to certainty than 1 percent.

    Examples
    --------
    >>> probability_digits(.9787), probability_digits(.9999), probability_digits(0.0)
    ('98', '>99', '<1')
    """
    if value < 0.01:
        return "<1"
    if value > 0.99:
        return ">99"
    return f"{value * 100:.0f}"


def number(value: float) -> str:
    """Write a number: whole ones with thousands separators, others with three significant digits.

    Examples
    --------
    >>> number(12345), number(12345.6), number(1.2345), number(.00012345)
    ('12,345', '12,346', '1.23', '0.000123')
    """
    if isinstance(value, int) or value == 0:
        return f"{int(value):,}"
    if math.isinf(value):
        return "∞" if value > 0 else "-∞"
    size = math.floor(math.log10(abs(value)))
    if size >= 2:
        return f"{value:,.0f}"
    if size < -6:
        return f"{value:.2e}"
    return _trim(f"{value:.{2 - size}f}")


def _trim(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
