"""FLOOR 3: counts.

Enters: :class:`~corpuskit.text.TokenTable`, batch by batch, or a :class:`Shard` of files. Leaves: :class:`CorpusStats` (terms per section,
co-occurrence, and the facts that travel with them), its views, and :class:`Joint` counts of (message, intention).

Law of this floor: ``merge([count(a), count(b)])`` equals ``count(a + b)`` value for value, with :func:`count_nothing` as zero.

To add an engine: write ``engines/<name>.py`` with an :class:`Engine` and name it in ``ENGINES``. To add a measure of association: a pure function of
``o, f_x, f_y, n`` in ``association.py``, with its paper and a known answer.
"""

from __future__ import annotations

from corpuskit.counts.association import (
    chi_square,
    dice,
    g2,
    jaccard,
    log_dice,
    npmi,
    pmi,
    ppmi,
    ppmi_matrix,
    smoothed_contexts,
    t_score,
)
from corpuskit.counts.cleaning import boilerplate, boilerplate_lines, exact_groups, near_groups, newest_first, redundant_documents
from corpuskit.counts.corpus import Counted, count_corpus
from corpuskit.counts.counting import count
from corpuskit.counts.definitions import Definitions
from corpuskit.counts.dispersion import Dispersion, dispersion_of_terms, dispersion_over_parts, expected_dp
from corpuskit.counts.document_dates import Dated, dates_of, outdated_documents, years_before
from corpuskit.counts.document_places import FEWEST_IN_PLACE, TIME_WORDS, PlaceKind, Places
from corpuskit.counts.document_versions import Version, Versions, side_by_side, superseded_documents
from corpuskit.counts.engines import ENGINES, Engine, Place
from corpuskit.counts.export_table import export_table
from corpuskit.counts.frequency_spectrum import FrequencySpectrum
from corpuskit.counts.joint import Joint, LabelledMessages, joint_of_pairs
from corpuskit.counts.keyness import benjamini_hochberg, key_terms, log_ratio
from corpuskit.counts.labelled import labelled_messages
from corpuskit.counts.labelled_documents import labelled_documents, places_of_documents
from corpuskit.counts.mapped_pages import out_of_memory
from corpuskit.counts.merging import count_nothing, equal, merge
from corpuskit.counts.multiword import Suggestions, TermSuggestion, c_values, suggest_terms
from corpuskit.counts.packed_frames import scan_table
from corpuskit.counts.partial import INTAKE_SCHEMA, Partial, intake_of, merge_partials
from corpuskit.counts.segmentations import Segmentation, character_bigrams, short_units
from corpuskit.counts.shard_counting import ShardCounter, count_documents, count_shard
from corpuskit.counts.shards import Job, Shard, code_digest, divide
from corpuskit.counts.sparse import choose, choose_columns, column_sums, row_sums
from corpuskit.counts.spelled_documents import affordable, spelled_documents
from corpuskit.counts.stats import Boundary, CorpusStats, CountOptions
from corpuskit.counts.storage import StoredStats, load, save
from corpuskit.counts.unlabelled import BY_NAME, UnlabelledMessages, tables_without_labels, unlabelled_messages
from corpuskit.counts.unlabelled_documents import documents_of, documents_to_name, unlabelled_documents
from corpuskit.counts.views import (
    bigram_groups,
    bigrams,
    document_terms,
    facts_only,
    give_back,
    group_terms,
    groups_of_sections,
    languages,
    pair_group,
    pair_groups,
    pairs,
    pairs_between,
    spectrum,
    texts_only,
    vocabulary,
)

__all__ = [
    "BY_NAME",
    "ENGINES",
    "FEWEST_IN_PLACE",
    "INTAKE_SCHEMA",
    "TIME_WORDS",
    "Boundary",
    "CorpusStats",
    "CountOptions",
    "Counted",
    "Dated",
    "Definitions",
    "Dispersion",
    "Engine",
    "FrequencySpectrum",
    "Job",
    "Joint",
    "LabelledMessages",
    "Partial",
    "Place",
    "PlaceKind",
    "Places",
    "Segmentation",
    "Shard",
    "ShardCounter",
    "StoredStats",
    "Suggestions",
    "TermSuggestion",
    "UnlabelledMessages",
    "Version",
    "Versions",
    "affordable",
    "benjamini_hochberg",
    "bigram_groups",
    "bigrams",
    "boilerplate",
    "boilerplate_lines",
    "c_values",
    "character_bigrams",
    "chi_square",
    "choose",
    "choose_columns",
    "code_digest",
    "column_sums",
    "count",
    "count_corpus",
    "count_documents",
    "count_nothing",
    "count_shard",
    "dates_of",
    "dice",
    "dispersion_of_terms",
    "dispersion_over_parts",
    "divide",
    "document_terms",
    "documents_of",
    "documents_to_name",
    "equal",
    "exact_groups",
    "expected_dp",
    "export_table",
    "facts_only",
    "g2",
    "give_back",
    "group_terms",
    "groups_of_sections",
    "intake_of",
    "jaccard",
    "joint_of_pairs",
    "key_terms",
    "labelled_documents",
    "labelled_messages",
    "languages",
    "load",
    "log_dice",
    "log_ratio",
    "merge",
    "merge_partials",
    "near_groups",
    "newest_first",
    "npmi",
    "out_of_memory",
    "outdated_documents",
    "pair_group",
    "pair_groups",
    "pairs",
    "pairs_between",
    "places_of_documents",
    "pmi",
    "ppmi",
    "ppmi_matrix",
    "redundant_documents",
    "row_sums",
    "save",
    "scan_table",
    "short_units",
    "side_by_side",
    "smoothed_contexts",
    "spectrum",
    "spelled_documents",
    "suggest_terms",
    "superseded_documents",
    "t_score",
    "tables_without_labels",
    "texts_only",
    "unlabelled_documents",
    "unlabelled_messages",
    "vocabulary",
    "years_before",
]
