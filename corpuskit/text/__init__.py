"""FLOOR 2: raw text ends here.

Enters: :class:`Document <corpuskit.ingest.Document>`. Leaves: :class:`TokenTable`, a batch of documents as columns of numbers, with everything
else that needs text: languages, labels, signals of tasks and notices of hidden instructions with masked quotes, counts of personal data,
signatures of near-duplicates, character features of messages. No other floor sees text, except what a concordance shows on demand.

To add a language: write ``languages/<code>.py`` and name it in ``LANGUAGES``. To add a tokenizer: write ``tokenizers/<name>.py`` and name it in
``TOKENIZERS``.
"""

from corpuskit.text.boilerplate import Boilerplate, source_of
from corpuskit.text.concordance import KwicLine, Near, concordance
from corpuskit.text.cues import Cue
from corpuskit.text.duplicates import duplicate_groups, signature, similarity
from corpuskit.text.features import hashed_features
from corpuskit.text.hidden_instructions import NOTICES
from corpuskit.text.identification import identify
from corpuskit.text.languages import LANGUAGES, Language
from corpuskit.text.normalization import display_width, normalise
from corpuskit.text.options import TextOptions
from corpuskit.text.personal_data import PERSONAL_DATA, mask
from corpuskit.text.sentences import split_sentences
from corpuskit.text.table import (
    DOCUMENT_SCHEMA,
    FEATURES,
    FIELD_SCHEMA,
    LABEL_SCHEMA,
    LINE_SCHEMA,
    NOTICE_SCHEMA,
    PERSONAL_SCHEMA,
    SECTION_SCHEMA,
    SIGNAL_SCHEMA,
    TERM_SCHEMA,
    TOKEN_SCHEMA,
    TokenizerInfo,
    TokenTable,
)
from corpuskit.text.tokenization import Tokenizers, tokenize
from corpuskit.text.tokenizers import TOKENIZERS, Tokenizer, TokenizerSpec, load_tokenizer
from corpuskit.text.tokenizers.spacy_pipeline import pipeline_version
from corpuskit.text.user_dictionary import DictionaryEntry, read_dictionary
from corpuskit.text.versions import Edition, is_folder_of_versions

__all__ = [
    "DOCUMENT_SCHEMA",
    "FEATURES",
    "FIELD_SCHEMA",
    "LABEL_SCHEMA",
    "LANGUAGES",
    "LINE_SCHEMA",
    "NOTICES",
    "NOTICE_SCHEMA",
    "PERSONAL_DATA",
    "PERSONAL_SCHEMA",
    "SECTION_SCHEMA",
    "SIGNAL_SCHEMA",
    "TERM_SCHEMA",
    "TOKENIZERS",
    "TOKEN_SCHEMA",
    "Boilerplate",
    "Cue",
    "DictionaryEntry",
    "Edition",
    "KwicLine",
    "Language",
    "Near",
    "TextOptions",
    "TokenTable",
    "Tokenizer",
    "TokenizerInfo",
    "TokenizerSpec",
    "Tokenizers",
    "concordance",
    "display_width",
    "duplicate_groups",
    "hashed_features",
    "identify",
    "is_folder_of_versions",
    "load_tokenizer",
    "mask",
    "normalise",
    "pipeline_version",
    "read_dictionary",
    "signature",
    "similarity",
    "source_of",
    "split_sentences",
    "tokenize",
]
