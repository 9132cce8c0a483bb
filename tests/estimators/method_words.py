"""How a number was computed, in the words of the English report."""

from corpuskit.estimators import Estimate
from corpuskit.report.phrasebook import phrasebook


def method_of(estimate: Estimate) -> str:
    return phrasebook("en").method(estimate.method)
