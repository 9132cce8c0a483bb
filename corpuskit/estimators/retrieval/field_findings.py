"""What to do about names of fields that lead to several values of one document: which neighbouring names tell the values apart."""

from __future__ import annotations

import polars as pl

from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.finding import Evidence, Finding, each_alone

SEVERAL_SHARE = 0.1
"""Share of the documents of a name that at least must hold several values, by the lower end of the exact interval; because below one document in ten
a check of the exceptions is less work than a rule for all."""

ANCHOR_SHARE = 0.9
"""Share of its documents in which a neighbour must have exactly one value to name a place; because a name that is itself ambiguous shows no place."""

MOST_FINDINGS = 5
"""Names that are told of, those in most documents; because the others are in the table, and a list of exceptions is not read."""

MOST_NEIGHBOURS = 3
MOST_EVIDENCE = 5


def findings_of_fields(fields: pl.DataFrame, names: pl.DataFrame, pairs: pl.DataFrame, level: float = 0.95) -> tuple[Finding, ...]:
    """Tell of the names with several values in many of their documents.

    Parameters
    ----------
    fields, names, pairs : polars.DataFrame
        As in :mod:`corpuskit.estimators.retrieval.field_ambiguity`.
    level : float
        Confidence level of the interval of a share.
    """
    several = pairs.filter(pl.col("values") > 1)
    many = several.group_by("cue").agg(pl.len().alias("several"), pl.col("values").sum()).join(names.select("cue", "documents", "main"), on="cue")
    found = []
    for row in many.sort(["several", "cue"], descending=[True, False]).iter_rows(named=True):
        if clopper_pearson(row["several"], row["documents"], level)[0] < SEVERAL_SHARE:
            continue
        documents = several.filter(pl.col("cue") == row["cue"]).sort(["values", "document"], descending=[True, False])["document"]
        near = _neighbours(fields, names, row["cue"], row["main"], documents)
        found.append(
            Finding(
                id=f"field_has_several_values@{row['cue']}",
                level="warning",
                code="field_has_several_values" if near else "field_has_several_values_alone",
                parameters={
                    "field": row["cue"],
                    "count": row["several"],
                    "documents": row["documents"],
                    "values": round(row["values"] / row["several"], 1),
                    **({"near": ", ".join(near)} if near else {}),
                },
                evidence=tuple(Evidence(document=document) for document in documents.head(MOST_EVIDENCE)),
                documents=each_alone(documents, MOST_EVIDENCE),
            )
        )
    return tuple(found[:MOST_FINDINGS])


def _neighbours(fields: pl.DataFrame, names: pl.DataFrame, cue: str, main: str, documents: pl.Series) -> list[str]:
    """Give the names that stand in one section with a value of the field, in most of the documents, and have one value themselves."""
    anchors = names.filter((pl.col("one") >= ANCHOR_SHARE * pl.col("documents")) & (pl.col("cue") != cue))
    inside = fields.filter(pl.col("document").is_in(documents.to_list()))
    own = inside.filter((pl.col("cue") == cue) & (pl.col("type").cast(pl.String) == main)).select("document", "ordinal").unique()
    beside = inside.join(own, on=["document", "ordinal"], how="semi").join(anchors.select("cue"), on="cue", how="semi")
    ranked = beside.group_by("cue").agg(pl.col("document").n_unique().alias("shared")).sort(["shared", "cue"], descending=[True, False])
    return ranked.head(MOST_NEIGHBOURS)["cue"].to_list()
