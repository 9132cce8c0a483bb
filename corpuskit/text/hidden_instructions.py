"""Instructions to a language model inside a document (prompt injection): what a person does not see, and what is not said to a person.

Two kinds of evidence. Signs without width, tag characters and right-to-left controls change what a model reads and not what a person sees; they are
found by their code points. Sentences that give a model orders are found by patterns in both languages: in hidden text widely, in visible text
narrowly, because handbooks write *about* such sentences too. Nothing here judges intent; a notice says where to look.

References: Greshake et al. 2023 (indirect prompt injection); Boucher & Anderson 2023 (Trojan Source); Unicode Technical Standard 51 (flags made of
tag characters), Annex 9 (bidirectional controls); OWASP LLM01:2026 and LLM05:2026.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from corpuskit.text.cues import quote_around
from corpuskit.text.normalization import fold

NOTICES = ("tag_characters", "hidden_text_instruction", "zero_width", "bidi_override", "visible_instruction")
"""Types, gravest first."""

_ZERO = "\u180e\u200b-\u200d\u2060-\u2064\ufeff"
_LETTER_OF_EIGHT = 8
"""Signs in a row that can carry one letter, one bit each; fewer stand where programs broke a line or joined an emoji."""
_ZERO_WIDTH = re.compile(rf"[{_ZERO}]{{{_LETTER_OF_EIGHT},}}|(?:[A-Za-z][{_ZERO}]{{1,3}}){{4,}}[A-Za-z]")
"""A row of signs, or a word of five letters or more with a sign between any two: no filter finds the word, a model reads it."""
_TAGS = re.compile("[\U000e0000-\U000e007f]+")
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{5}\U000e007f")
_TURNED = re.compile("[\u202b\u202e\u2067]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_UNSEEN = re.compile(f"[{_ZERO}\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]")

_EARLIER = r"(?:previous|prior|above|preceding|earlier|foregoing|original|existing|initial)"
_ORDERS = r"(?:instructions?|prompts?|directives?|system\s+(?:prompt|message))"
_MODEL = r"(?:ai|a\.i\.|llm|language\s+model|large\s+language\s+model|chatbot|assistant|chatgpt|gpt|copilot|gemini|claude)"
_OVERRIDE = ("ignore", "disregard", "forget", "override", "bypass")
_TO_A_MODEL: tuple[tuple[tuple[tuple[str, ...], ...], str], ...] = (
    (
        (_OVERRIDE, ("instruction", "prompt", "directive", "system message")),
        rf"\b(?:{'|'.join(_OVERRIDE)})\s+(?:(?:all|any|of|the|your|my|these|those|every)\s+){{0,3}}{_EARLIER}\s+(?:\w+\s+){{0,2}}?{_ORDERS}\b",
    ),
    (
        (_OVERRIDE, ("everything", "all ")),
        r"\b(?:ignore|disregard|forget)\s+(?:everything|all)\s+(?:above|before\s+this|(?:that\s+)?you\s+(?:were|have\s+been)\s+told)\b",
    ),
    (
        (("you are now",),),
        rf"\byou\s+are\s+now\s+(?:an?|the|in|acting\s+as)\s+(?:[\w\-]+\s+){{0,2}}?(?:{_MODEL}|bot|dan|developer\s+mode|unrestricted)\b",
    ),
    (
        (("system prompt", "system message"),),
        r"\b(?:reveal|print|repeat|output|leak|disclose|display)\s+(?:your|the)\s+(?:\w+\s+){0,2}?system\s+(?:prompt|message)\b",
    ),
    (
        (("the user", "the human"), ("not tell", "not inform", "not alert", "not notify", "n't tell", "never tell", "never inform")),
        r"\b(?:do\s+not|don't|never)\s+(?:tell|inform|alert|notify)\s+the\s+(?:user|human)\b(?!\s+interface)",
    ),
    (
        (("as an ai", "as a language", "as a large", "as an assistant", "as a chatbot", "as an llm"),),
        rf"\bas\s+an?\s+{_MODEL}(?:\s+(?:model|assistant))?,?\s+you\s+(?:must|should|will|shall)\b",
    ),
    (
        (("attention", "note to", "message to", "message for", "instruction"), ("ai", "llm", "model", "chatbot", "assistant", "copilot", "gpt")),
        r"\b(?:attention|note\s+to|messages?\s+(?:to|for)|instructions?\s+(?:to|for))\s+(?:(?:any|all|the)\s+)?"
        rf"{_MODEL}s?\s*(?:systems?|agents?|assistants?|reviewers?)?\s*:",
    ),
    ((("<|", "<<sys"),), r"<\|im_start\|>|<\|system\|>|<\|start_header_id\|>|<<SYS>>"),
    (
        (("指示", "命令", "プロンプト"), ("無視", "忘れ", "破棄", "取り消")),
        r"(?:以前|これまで|今まで|いままで|それまで|上記|前述|先ほど|直前|既存|元|すべて|全て)の(?:すべての|全ての|あらゆる)?(?:指示|命令|(?:システム)?プロンプト)"
        r"[をは](?:すべて|全て|一切|完全に)?(?:無視|忘れ|破棄|取り消)",
    ),
    (
        (("あなたは",),),
        r"あなたは(?:今から|これから|いまから|今後|今日から)?、?(?:(?:優秀|有能|親切|優れた)な?)?(?:生成)?"
        r"(?:AI|人工知能|アシスタント|チャットボット|(?:大規模)?言語モデル|LLM|ChatGPT)",
    ),
    (
        (("システムプロンプト", "システムメッセージ"),),
        r"システム(?:プロンプト|メッセージ)を(?:すべて|全て|全文)?(?:出力し|開示し|教え|公開し|漏ら|無視)",
    ),
    (
        (("ユーザ", "利用者", "人間"), ("知らせ", "伝え", "教え", "言わ", "明かさ", "話さ")),
        r"(?:ユーザー?|利用者|人間)(?:に|には|へは)(?:このこと|これ|この指示)?[をは]?(?:知らせ|伝え|教え|言わ|明かさ|話さ)"
        r"(?:ないで|ないこと|るな|てはいけ|てはなら)",
    ),
    ((("への指示", "への命令"),), r"(?:AI|LLM|言語モデル|チャットボット)(?:アシスタント|エージェント|モデル)?への(?:指示|命令)\s?[:：]"),
)
"""Sentences said to a model: groups of words (lower case) of each of which one is in every text that matches, and the pattern."""
_ONLY_WHERE_HIDDEN = (
    rf"\b{_MODEL}s?\b.{{0,60}}\b(?:must|please|always|never|do\s+not|don't|say|respond|reply|recommend|rate|rank|score|approve|summari[sz]e|answer)\b",
    r"\b(?:ignore|disregard|forget)\b.{0,30}\b(?:instructions?|prompts?|criteria|guidelines)\b",
    r"\b(?:say|respond|reply|answer|output|recommend|give|write)\b.{0,40}\bpositive\s+(?:review|recommendation|evaluation|feedback|assessment|score|rating)",
    r"\b(?:rate|rank|score|recommend|approve)\b.{0,40}\b(?:highest|best|top|excellent|strongly|this\s+(?:candidate|applicant|supplier|offer|paper))\b",
    r"\bwhen\s+(?:asked|summari[sz]ing|reviewing|evaluating|screening)\b.{0,60}\b(?:say|respond|reply|recommend|rate|rank|answer)\b",
    r"\b(?:send|post|forward|upload)\b.{0,40}\bto\s+(?:https?://|\S{1,64}@)",
    r"\bsystem\s+prompt\b",
    r"(?:AI|LLM|言語モデル|アシスタント|チャットボット|ChatGPT|Copilot|Gemini)(?:は|へ|に|が|よ|、).{0,40}(?:ください|すること|せよ|しなさい|答え|回答し|出力し)",
    r"(?:指示|命令|プロンプト|基準|規則).{0,10}(?:無視|忘れ)(?:し|ろ|せよ|なさい|て)",
    r"(?:高く評価|高評価|肯定的|最高点|最高評価|合格|採用|推薦).{0,20}(?:ください|すること|せよ|しなさい|出力し|回答し)",
)
_VISIBLE = tuple((groups, re.compile(pattern, re.IGNORECASE)) for groups, pattern in _TO_A_MODEL)
_HIDDEN = re.compile("|".join((*(pattern for _, pattern in _TO_A_MODEL), *_ONLY_WHERE_HIDDEN)), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Notice:
    """What was found in a section: its type, how often, and the first place, masked for personal data and at most 160 characters long."""

    type: str
    count: int
    quote: str


def find_notices(text: str, hidden: bool) -> list[Notice]:
    """Find what may give a model orders behind a reader's back.

    Parameters
    ----------
    text : str
        A section.
    hidden : bool
        Whether a person who opens the document does not see it.

    Returns
    -------
    list of Notice
        At most one of each type, gravest first.
    """
    unseen = not text.isascii() and _UNSEEN.search(text) is not None
    found = [*_tag_characters(text), *_zero_width(text), *_turned(text)] if unseen else []
    patterns = (_HIDDEN,) if hidden else _possible(text if not unseen else _plain(text))
    if patterns:
        found += _instructions(_plain(text), patterns, "hidden_text_instruction" if hidden else "visible_instruction")
    return sorted(found, key=lambda notice: NOTICES.index(notice.type))


def _tag_characters(text: str) -> list[Notice]:
    """Decode tag characters, which stand for ASCII and are shown by no font, outside of flags."""
    rows = [match.group() for match in _TAGS.finditer(_FLAG.sub("", text))]
    if not rows:
        return []
    decoded = "".join(chr(ord(tag) - 0xE0000) for row in rows for tag in row)
    shown = "".join(character if character.isprintable() else " " for character in decoded)
    return [Notice("tag_characters", len(rows), quote_around(shown, 0, 0))]


def _zero_width(text: str) -> list[Notice]:
    matches = list(_ZERO_WIDTH.finditer(text))
    return [Notice("zero_width", len(matches), _quote_at(text, matches[0].start()))] if matches else []


def _turned(text: str) -> list[Notice]:
    """Find controls that turn the order of signs in a text that has no letter written from right to left."""
    matches = list(_TURNED.finditer(text))
    if not matches or _RIGHT_TO_LEFT.search(text):
        return []
    return [Notice("bidi_override", len(matches), _quote_at(text, matches[0].start()))]


def _possible(text: str) -> tuple[re.Pattern[str], ...]:
    """Give the patterns for visible text that can match at all."""
    lowered, known = text.lower(), dict[str, bool]()

    def there(word: str) -> bool:
        # several patterns share their words, and looking for one is most of the work
        if word not in known:
            known[word] = word in lowered
        return known[word]

    return tuple(pattern for groups, pattern in _VISIBLE if all(any(map(there, group)) for group in groups))


def _instructions(plain: str, patterns: Iterable[re.Pattern[str]], kind: str) -> list[Notice]:
    places = sorted(match.span() for pattern in patterns for match in pattern.finditer(plain))
    return [Notice(kind, len(places), quote_around(plain, *places[0]))] if places else []


def _plain(text: str) -> str:
    """Give a text as a model reads it: without unseen signs, in one width, with the places of its folded form."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return plain if len(fold(plain)) == len(plain) else fold(plain)


def _quote_at(text: str, place: int) -> str:
    """Quote around a place, without the unseen signs."""
    plain = _plain(text)
    at = min(len(_plain(text[:place])), len(plain))
    return quote_around(plain, at, at)
