"""English."""

from __future__ import annotations

from corpuskit.text.languages.language import Language

_ARTICLES_AND_DETERMINERS = """
a an the this that these those each every either neither some any no all both such another other others own same much many more most few
fewer less least several enough half whatever whichever which what whose
"""
_PRONOUNS = """
i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself we us our ours ourselves they
them their theirs themselves who whom whoever one oneself something anything nothing everything someone anyone everyone nobody somebody
anybody everybody none
"""
_PREPOSITIONS = """
about above across after against along among amongst around as at before behind below beneath beside besides between beyond by despite down
during except for from in inside into like near of off on onto out outside over per since through throughout till to toward towards under
underneath until up upon via with within without
"""
_CONJUNCTIONS_AND_ADVERBS = """
and or but nor so yet if unless because although though while whereas whether than then when whenever where wherever how why also too very
just only even still again ever never always here there not rather quite almost already however therefore thus hence otherwise else indeed
perhaps maybe once
"""
_AUXILIARIES = """
be am is are was were been being do does did done doing have has had having can could may might must shall should will would ought need dare
cannot ca wo sha
"""
# parts into which the tokenizer cuts contractions: do|n't, it|'s, they|'re; and written together: dont
_CONTRACTIONS = "n't nt 's 'm 're 've 'll 'd ' s"

ENGLISH = Language(
    name="en",
    names={"en": "English", "ja": "英語"},
    tokenizer="spacy",
    stop_words=frozenset(
        " ".join((_ARTICLES_AND_DETERMINERS, _PRONOUNS, _PREPOSITIONS, _CONJUNCTIONS_AND_ADVERBS, _AUXILIARIES, _CONTRACTIONS)).split()
    ),
)
