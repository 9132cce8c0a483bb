"""The languages that are counted. To add one: write ``<code>.py`` with a :class:`Language` and name it here."""

from __future__ import annotations

from corpuskit.registry import Registry
from corpuskit.text.languages.en import ENGLISH
from corpuskit.text.languages.ja import JAPANESE
from corpuskit.text.languages.language import Language

LANGUAGES: Registry[Language] = Registry("language", (ENGLISH, JAPANESE))

__all__ = ["LANGUAGES", "Language"]
