"""Field ambiguity: does the name of a field, such as 請求番号 or Invoice No., lead to exactly one value of its document?"""

from __future__ import annotations

import polars as pl

from corpuskit.counts import CorpusStats
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Estimate, Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.resampling import effective_size
from corpuskit.estimators.retrieval.field_findings import findings_of_fields
from corpuskit.estimators.specification import Estimates, Estimator, Measure

AMBIGUITY = Measure("field_ambiguity", "documents", "D", "Clopper and Pearson 1934; Kish 1965")

FEWEST_DOCUMENTS = 5
"""A name in fewer documents is left out, because even five clear documents leave up to half of all documents possible (exact interval at 95 %)."""

MOST_ROWS = 20
"""Names shown, those in most documents first; because a reader checks about as many."""

COLUMNS = ("field", "documents", "one_value", "low", "high", "candidates", "type", "same_type", "place", "position_spread")


def fields_once(stats: CorpusStats) -> pl.DataFrame:
    """Give the fields without those of exact copies (equal bytes or equal text), with the language of their document.

    Mixed documents count as Japanese, because only there Japanese is mixed with English. Of copies the first by id is kept.
    """
    documents = stats.documents.sort("document").with_columns(
        content=pl.when(pl.col("text_hash") != 0).then(pl.col("text_hash").cast(pl.String)).otherwise(pl.col("sha256")),
        language=pl.col("language").replace({"mixed": "ja"}),
    )
    kept = documents.unique("content", keep="first", maintain_order=True).unique("sha256", keep="first", maintain_order=True)
    return stats.fields.join(kept.select("document", "language"), on="document", how="inner", maintain_order="left")


def names_of_fields(fields: pl.DataFrame, fewest: int = FEWEST_DOCUMENTS) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Tell of each name in enough documents how many values of its main type each of its documents holds.

    The main type is the one that the name has in most documents, blank values aside (of a tie the first by name). A document with no value of
    the main type has no candidate.

    Parameters
    ----------
    fields : polars.DataFrame
        From :func:`fields_once`: each different value of a document once.
    fewest : int
        Documents in which a name must have a value.

    Returns
    -------
    names : polars.DataFrame
        One row for each name, those in most documents first: ``cue``, ``documents``, ``one`` (documents with exactly one value), ``candidates``
        (mean), ``main``, ``same_type`` (share of its values that are of the main type), ``place``, ``spread`` (interquartile range of the place of
        the first value, in hundredths of the document).
    pairs : polars.DataFrame
        One row for each name and document: ``cue``, ``document``, ``values`` (of the main type).
    """
    filled = fields.with_columns(pl.col("type", "place").cast(pl.String)).filter(pl.col("type") != "empty")
    by_type = filled.group_by("cue", "type").agg(pl.col("document").n_unique().alias("holding"), pl.len().alias("values"))
    frequent = filled.group_by("cue").agg(pl.col("document").n_unique().alias("filled"), pl.len().alias("all")).filter(pl.col("filled") >= fewest)
    main = (
        by_type.sort(["cue", "holding", "type"], descending=[False, True, False])
        .unique("cue", keep="first", maintain_order=True)
        .join(frequent, on="cue")
        .select("cue", pl.col("type").alias("main"), (pl.col("values") / pl.col("all")).alias("same_type"))
    )
    of_main = filled.join(main, on="cue").filter(pl.col("type") == pl.col("main"))
    counted = of_main.group_by("cue", "document").agg(pl.col("value").n_unique().cast(pl.Int64).alias("values"), pl.col("position").min())
    pairs = (
        fields.join(main.select("cue"), on="cue", how="semi")
        .select("cue", "document", "language")
        .unique()
        .join(counted, on=["cue", "document"], how="left")
        .with_columns(pl.col("values").fill_null(0))
        .sort("cue", "document")
    )
    places = of_main.group_by("cue", "place").len().sort(["cue", "len", "place"], descending=[False, True, False]).unique("cue", keep="first")
    names = (
        pairs.group_by("cue")
        .agg(
            pl.len().cast(pl.Int64).alias("documents"),
            (pl.col("values") == 1).sum().cast(pl.Int64).alias("one"),
            pl.col("values").mean().alias("candidates"),
            (pl.col("position").quantile(0.75, "linear") - pl.col("position").quantile(0.25, "linear")).alias("spread"),
        )
        .join(main, on="cue")
        .join(places.select("cue", "place"), on="cue")
        .sort(["documents", "cue"], descending=[True, False])
    )
    return names, pairs


def share_without_one_value(pairs: pl.DataFrame, level: float) -> tuple[float, tuple[float, float], float]:
    """Give the share of (document, name) pairs that have not exactly one value, its interval, and the documents it is worth.

    Formula: ``p = sum of pairs without exactly one value / sum of pairs``; exact interval for ``p n`` of ``n = (sum m)^2 / sum m^2`` documents, ``m``
    names of a document: names of one document are taken as fully dependent, which errs on the safe side. Reference: Clopper and Pearson 1934;
    Kish 1965.

    Parameters
    ----------
    pairs : polars.DataFrame
        From :func:`names_of_fields`, not empty.
    level : float
        Confidence level.
    """
    value = float((pairs["values"] != 1).mean())  # type: ignore[arg-type]
    documents = effective_size(pairs.group_by("document").len().sort("document")["len"].to_numpy().astype(float))
    return value, clopper_pearson(value * documents, documents, level), documents


def estimate_field_ambiguity(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for the corpus and for each language how often a name of a field does not lead to exactly one value of its document."""
    fields = fields_once(inputs.stats)
    names, pairs = names_of_fields(fields)
    languages = [language for language in inputs.languages if language in set(fields["language"])]
    estimates = (
        _estimate("corpus", fields, pairs, options.level),
        *(
            _estimate(f"lang:{language}", of_language, names_of_fields(of_language)[1], options.level)
            for language in languages
            for of_language in (fields.filter(pl.col("language") == language),)
        ),
    )
    series = (Series(id="field_cues@corpus", name="field_cues", subject="corpus", columns=COLUMNS, rows=_rows(names, options.level)),)
    return Estimates(estimates=estimates, series=series if names.height else (), findings=findings_of_fields(fields, names, pairs, options.level))


def _estimate(subject: str, fields: pl.DataFrame, pairs: pl.DataFrame, level: float) -> Estimate:
    method = computed("names_without_one_value")
    if not pairs.height:
        found = fields["document"].n_unique()
        return AMBIGUITY.undefined(subject, found, method, "undefined_no_field_names", needed=FEWEST_DOCUMENTS, documents=found)
    value, interval, worth = share_without_one_value(pairs, level)
    names, documents = pairs["cue"].n_unique(), pairs["document"].n_unique()
    detail = computed("field_names", names=names, documents=FEWEST_DOCUMENTS) + computed("exact_at_documents", independent=worth)
    return AMBIGUITY.given(subject, value, documents, method + detail, interval, level)


def _rows(names: pl.DataFrame, level: float) -> tuple[tuple[str | int | float, ...], ...]:
    rows = []
    for row in names.head(MOST_ROWS).iter_rows(named=True):
        low, high = clopper_pearson(row["one"], row["documents"], level)
        shares = (round(row["one"] / row["documents"], 3), round(low, 3), round(high, 3), round(row["candidates"], 2))
        spread = round((row["spread"] or 0.0) / 100, 3)
        rows.append((row["cue"], row["documents"], *shares, row["main"], round(row["same_type"], 3), row["place"], spread))
    return tuple(rows)


FIELD_AMBIGUITY = Estimator(
    name="field_ambiguity",
    question="Does the name of a field lead to exactly one value of its document?",
    reference=AMBIGUITY.reference,
    function=estimate_field_ambiguity,
)
