"""Experiments that show whether estimators and searches keep what they promise; the figures stand under ``reports/validation``."""
