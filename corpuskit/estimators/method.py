"""How a number was computed, in parts by name: the report floor has their words in each language, and joins them."""

from __future__ import annotations

from corpuskit.finding import Message, Parameter

Method = tuple[Message, ...]
"""Parts in the order in which they are told: what was computed, then how its interval was found, or why there is none."""


def computed(code: str, /, **parameters: Parameter) -> Method:
    """Give a method of one part; methods are joined by ``+``.

    Parameters
    ----------
    code : str
        Key of the part in ``report/languages/*/methods.toml``, without ``method_``. Given as a literal, so that a test finds codes without words.
    **parameters
        Values for its placeholders.

    Examples
    --------
    >>> [part.code for part in computed("chao_jost") + computed("at_pairs", pairs=10_000)]
    ['method_chao_jost', 'method_at_pairs']
    """
    return (Message(code=f"method_{code}", parameters=parameters),)


def by_jackknife(interval: tuple[float, float] | None, less_excess: bool = False) -> Method:
    """Say that an interval comes from leaving out groups of documents, less what that counts too often, or that there are too few groups for one."""
    if interval is None:
        return computed("no_interval_too_few_groups")
    return computed("jackknife_of_groups") + (computed("less_excess_of_rare_words") if less_excess else ())
