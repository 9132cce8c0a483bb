"""Languages with exactly known truth, to try estimators and whole audits on before trusting them with real documents.

``ring``: the ring language of H. Jiang (arXiv 2304.09960), with the exact posterior of every message. ``tables``: joint tables of features and
labels whose entropies, U and Bayes error are known. ``gaussians``: two classes of points whose Bayes error is a formula. ``violations``: what
breaks the theory's assumptions: label noise, repeated messages, near copies, sources with a language of their own. ``predictability``: languages
that are hard to foresee and unambiguous, and the reverse.

To add a language: write ``<language>.py`` with a frozen dataclass that holds the draws and the truth; compute the truth, never estimate it.
"""

from __future__ import annotations

from corpuskit.synthetic.gaussians import GaussianPoints, gaussian_points
from corpuskit.synthetic.predictability import TemplateMessages, forms_apart, one_form_shared
from corpuskit.synthetic.ring import RingMessages, chernoff_coefficient, ring_matrices, ring_messages
from corpuskit.synthetic.tables import FeatureTable, block_table, dirichlet_table, independent_table, zipf_shares, zipf_table
from corpuskit.synthetic.violations import error_with_label_noise, in_dialects, near_copies, repeated_posterior, with_label_noise

__all__ = [
    "FeatureTable",
    "GaussianPoints",
    "RingMessages",
    "TemplateMessages",
    "block_table",
    "chernoff_coefficient",
    "dirichlet_table",
    "error_with_label_noise",
    "forms_apart",
    "gaussian_points",
    "in_dialects",
    "independent_table",
    "near_copies",
    "one_form_shared",
    "repeated_posterior",
    "ring_matrices",
    "ring_messages",
    "with_label_noise",
    "zipf_shares",
    "zipf_table",
]
