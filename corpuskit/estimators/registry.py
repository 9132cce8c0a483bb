"""The list of estimators, and the one function that runs them all."""

from __future__ import annotations

from collections.abc import Mapping

from corpuskit.counts import CorpusStats, give_back
from corpuskit.estimators.definitions.definition_ambiguity import DEFINITION_AMBIGUITY
from corpuskit.estimators.definitions.document_definitions import DOCUMENT_DEFINITIONS
from corpuskit.estimators.definitions.unlabelled_definitions import UNLABELLED_DEFINITIONS
from corpuskit.estimators.documents.document_age import DOCUMENT_AGE
from corpuskit.estimators.documents.document_hygiene import DOCUMENT_HYGIENE
from corpuskit.estimators.documents.predictability import PREDICTABLE_TEXT
from corpuskit.estimators.documents.sensitive_content import SENSITIVE_CONTENT
from corpuskit.estimators.documents.templates import TEMPLATE_TEXT
from corpuskit.estimators.information.association_index import ASSOCIATION_INDEX
from corpuskit.estimators.information.entropy import ENTROPY
from corpuskit.estimators.information.index_growth import INDEX_GROWTH
from corpuskit.estimators.information.peaks import PEAKS
from corpuskit.estimators.information.sparsity import SPARSITY
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.labels.attainable_error import ATTAINABLE_ERROR
from corpuskit.estimators.labels.context_curve import CONTEXT_CURVE
from corpuskit.estimators.labels.document_labels import DOCUMENT_LABELS
from corpuskit.estimators.labels.document_learning import DOCUMENT_LEARNING
from corpuskit.estimators.labels.double_coding import DOUBLE_CODING
from corpuskit.estimators.labels.label_ambiguity import LABEL_AMBIGUITY
from corpuskit.estimators.labels.soft_labels import SOFT_LABELS
from corpuskit.estimators.labels.stepwise_clarity import STEPWISE_CLARITY
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.retrieval.field_ambiguity import FIELD_AMBIGUITY
from corpuskit.estimators.retrieval.retrieval_ambiguity import RETRIEVAL_AMBIGUITY
from corpuskit.estimators.robustness.character_noise import CHARACTER_NOISE
from corpuskit.estimators.robustness.cleaning_effect import CLEANING_EFFECT
from corpuskit.estimators.robustness.cleaning_spectra import CleaningSpectra
from corpuskit.estimators.robustness.influence import INFLUENCE
from corpuskit.estimators.robustness.robustness import ROBUSTNESS
from corpuskit.estimators.robustness.segmentation import SEGMENTATION
from corpuskit.estimators.specification import Estimates, Estimator
from corpuskit.estimators.table_processes import measure_tables
from corpuskit.estimators.vocabulary.coverage import COVERAGE
from corpuskit.estimators.vocabulary.diversity import DIVERSITY
from corpuskit.estimators.vocabulary.growth import GROWTH
from corpuskit.estimators.vocabulary.hill_numbers import HILL_NUMBERS
from corpuskit.estimators.vocabulary.power_law import POWER_LAW
from corpuskit.estimators.vocabulary.public_rarity import PUBLIC_RARITY
from corpuskit.estimators.vocabulary.richness import RICHNESS
from corpuskit.estimators.vocabulary.unseen import UNSEEN_WORDS
from corpuskit.estimators.vocabulary.vocabulary import VOCABULARY
from corpuskit.estimators.words.acronyms import ACRONYMS
from corpuskit.estimators.words.latent_intentions import LATENT_INTENTIONS
from corpuskit.estimators.words.moved_terms import MOVED_TERMS
from corpuskit.estimators.words.same_concept import SAME_CONCEPT
from corpuskit.estimators.words.thin_terms import THIN_TERMS
from corpuskit.estimators.words.word_senses import WORD_SENSES
from corpuskit.registry import Registry
from corpuskit.text import TextOptions

ESTIMATORS: Registry[Estimator] = Registry(
    "estimator",
    (
        VOCABULARY,
        COVERAGE,
        RICHNESS,
        UNSEEN_WORDS,
        HILL_NUMBERS,
        GROWTH,
        POWER_LAW,
        DIVERSITY,
        ENTROPY,
        SEGMENTATION,
        SPARSITY,
        ASSOCIATION_INDEX,
        INDEX_GROWTH,
        PEAKS,
        INFLUENCE,
        ROBUSTNESS,
        CHARACTER_NOISE,
        PREDICTABLE_TEXT,
        LATENT_INTENTIONS,
        LABEL_AMBIGUITY,
        DOCUMENT_LABELS,
        ATTAINABLE_ERROR,
        DOCUMENT_LEARNING,
        CONTEXT_CURVE,
        STEPWISE_CLARITY,
        DOUBLE_CODING,
        SOFT_LABELS,
        DEFINITION_AMBIGUITY,
        DOCUMENT_DEFINITIONS,
        UNLABELLED_DEFINITIONS,
        RETRIEVAL_AMBIGUITY,
        FIELD_AMBIGUITY,
        SENSITIVE_CONTENT,
        PUBLIC_RARITY,
        WORD_SENSES,
        THIN_TERMS,
        MOVED_TERMS,
        SAME_CONCEPT,
        ACRONYMS,
        DOCUMENT_HYGIENE,
        TEMPLATE_TEXT,
        CLEANING_EFFECT,
        DOCUMENT_AGE,
    ),
)

LAST_READ = {"influence": ("pair_cells",), "same_concept": ("term_spaces",)}
"""What no estimator behind these reads any more: of a large corpus it would stand in memory beside what they need."""


def estimate(
    stats: CorpusStats,
    options: EstimatorOptions | None = None,
    definitions: Mapping[str, str] | None = None,
    text: TextOptions | None = None,
    before_cleaning: CorpusStats | None = None,
    spectra_before_cleaning: CleaningSpectra | None = None,
) -> Estimates:
    """Run every estimator on the counts of a corpus.

    Parameters
    ----------
    stats : CorpusStats
        Counts; those of nothing are allowed.
    options : EstimatorOptions, optional
        Seed, confidence level and sizes.
    definitions : mapping, optional
        Label to description, where the owner has written any.
    text : TextOptions, optional
        From when on lines are boilerplate and documents near-duplicates.
    before_cleaning : CorpusStats, optional
        Documents and lines of the folder as it was found, where ``stats`` was counted without boilerplate or copies.
    spectra_before_cleaning : CleaningSpectra, optional
        What was kept of its words (:func:`~corpuskit.estimators.spectra_before_cleaning`).

    Returns
    -------
    Estimates
        Estimates with different ids, in the order of the registry. What cannot be estimated is there with the reason; nothing is raised for
        want of data.
    """
    return together(estimate_each(stats, options, definitions, text, before_cleaning, spectra_before_cleaning=spectra_before_cleaning))


def together(each: Mapping[str, Estimates]) -> Estimates:
    """Put together what each estimator has found, in the order given."""
    parts = list(each.values())
    return Estimates(
        estimates=tuple(item for part in parts for item in part.estimates),
        series=tuple(item for part in parts for item in part.series),
        findings=tuple(item for part in parts for item in part.findings),
    )


def estimate_each(
    stats: CorpusStats,
    options: EstimatorOptions | None = None,
    definitions: Mapping[str, str] | None = None,
    text: TextOptions | None = None,
    before_cleaning: CorpusStats | None = None,
    known: Mapping[str, Estimates] | None = None,
    spectra_before_cleaning: CleaningSpectra | None = None,
    jobs: int = 0,
) -> dict[str, Estimates]:
    """Run the estimators on the counts of a corpus, as :func:`estimate` does, and keep apart what each has found.

    ``known`` holds what some of them gave on the same counts with the same options: these are not run again. Numerical libraries use one thread
    meanwhile: their products are small, and on a busy machine threads that wait for each other take several times as long. Labelled tables are
    measured side by side in at most ``jobs`` processes (0: one for each core) where they are many.
    """
    from threadpoolctl import threadpool_limits  # not at the top: it looks through all loaded libraries

    chosen, known = options or EstimatorOptions(), known or {}
    inputs = Inputs(stats, chosen, definitions, text or TextOptions(), before_cleaning, spectra_before_cleaning)
    slow = {name: estimator.of_table for name, estimator in ESTIMATORS.items() if estimator.of_table is not None and name not in known}
    told = measure_tables(inputs.samples, slow, chosen, jobs) if slow else {}
    inputs.measured_tables.update({slow[name]: parts for name, parts in told.items()})
    found = {}
    with threadpool_limits(1):
        for name, estimator in ESTIMATORS.items():
            found[name] = known[name] if name in known else estimator.function(inputs, chosen)
            give_back(stats)
            inputs.forget(*LAST_READ.get(name, ()))
    return found
