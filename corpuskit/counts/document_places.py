"""Where documents lie and what they call themselves as categories: folders, mail folders, first words of file names, a category of their own.

A name counts as a label only where it looks like a category: names that are dates, numbers, languages or identifiers are none, and folders that
differ by a number alone are parts of one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

import numpy as np

DEEPEST = 4
"""Folder levels looked at, because deeper ones tell single matters and no categories."""

FEWEST_IN_PLACE = 5
"""Documents that at least two categories must have where nothing else is asked; because every fold of a classifier needs one (the settings'
``estimate.min_per_label``)."""

NAMED_SHARE = 0.2
"""Share of the documents whose file names must begin with a word that enough others begin with, because the habit of a few files is no category."""

MAILS = frozenset({"eml", "msg"})
"""Readers of mails."""

NO_CATEGORY = re.compile(
    "en|eng|english|en-us|ja|jp|jpn|japanese|ja-jp|de|fr|zh|cn|ko|英語|日本語|英文|和文|new|old|tmp|temp|cur|misc|others?|img|dsc|image|scan|copy|page|"
    "docs?|documents?|files?|untitled|readme|その他|旧|新|案|版|コピー|スキャン|無題|文書|資料|添付|ファイル|フォルダー?"
)
"""Names that say how, when or in which language something was written and not what it is."""

TIME_WORDS = re.compile(
    "fy|q|h|r|s|v|vol|no|ver|rev|part|week|month|year|年|月|日|年度|期|第|号|版|回|分|上期|下期|上半期|下半期|四半期|令和|平成|昭和|"
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
"""Words of dates and numbers."""

INCOMING = re.compile(
    "inbox|in box|notes inbox|all mail|all documents|discussion threads|archived?|archives|posteingang|受信(トレイ|箱|ボックス|メール|フォルダー?)?|"
    "すべてのメール|全てのメール|アーカイブ"
)
"""Mail folders that programs make for what comes in and for all that is kept: nobody sorted the mails in them yet."""

OWN_MAIL = re.compile(
    "sent|sent (items|mails?|messages)|outbox|drafts?|deleted|deleted (items|messages)|trash|bin|"
    "送信(済み?(トレイ|アイテム|メール)?|トレイ|箱|ボックス|メール)|下書き|草稿|削除済み(アイテム)?|ごみ箱|ゴミ箱"
)
"""Mail folders that programs make for what was written or thrown away: neither a category nor mails to be sorted."""

_LETTERS = re.compile(r"[^\W\d_]+")
_HEXADECIMAL = re.compile(r"(?=.*\d)[0-9a-f-]{8,}", re.IGNORECASE)
_JAPANESE = "぀-ヿ一-鿿々ー"
_FIRST_WORD = re.compile(
    rf"[\s【\[(「]*(?:(?P<code>[A-Z]{{2,10}})(?=[\s_\-]?\d|[_\-])|(?P<word>[a-z]{{3,20}})(?=[\s_\-]?\d)|(?P<japanese>[{_JAPANESE}]{{2,12}})(?=[\s_\-】\])」\d]))",
)

LabelOf = Mapping[str, str]
PlaceKind = Literal["folders", "mail_folders", "file_names", "categories"]


@dataclass(frozen=True)
class Places:
    """Documents labelled in one way.

    Attributes
    ----------
    name : {"folders", "mail_folders", "file_names", "categories"}
    pattern : str
        What the labels look like, for a reader.
    label_of : mapping of str to str
        Label of each document.
    unsorted : tuple of str
        Documents that wait to be sorted: mails in the folders that mail programs make for what comes in.
    """

    name: PlaceKind
    pattern: str
    label_of: LabelOf
    unsorted: tuple[str, ...] = ()


def is_category(name: str) -> bool:
    """Tell whether a name may stand for a kind of document: it has letters that are neither a date, a language nor an identifier."""
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    if NO_CATEGORY.fullmatch(plain) or _HEXADECIMAL.fullmatch(plain.replace("_", "-")):
        return False
    words = [word for word in _LETTERS.findall(plain) if not TIME_WORDS.fullmatch(word) and not NO_CATEGORY.fullmatch(word)]
    return any(len(word) > 1 or not word.isascii() for word in words)


def without_numbers(name: str) -> str:
    """Give a name as a category: NFKC, digits and the signs around them gone ("01_Contracts" and "Contracts" are one, so are "part1" and "part2")."""
    plain = unicodedata.normalize("NFKC", name)
    return re.sub(r"^[\s_.\-]+|[\s_.\-]+$", "", re.sub(r"[\s_.\-]*\d+[\s_.\-]*", " ", plain)).strip() or plain


def by_folder(documents: Sequence[str], fewest: int) -> Places | None:
    """Choose the folder level whose categories tell most in all: the largest ``-sum_k n_k log(n_k / n)`` over folders with enough documents."""
    best: tuple[float, int, LabelOf] | None = None
    folders = {name: PurePosixPath(name).parts[:-1] for name in documents}
    for level in range(DEEPEST):
        deep = {name: parts[level] for name, parts in folders.items() if len(parts) > level}
        labels = {folder: without_numbers(folder) for folder in set(deep.values()) if is_category(folder)}
        label_of = {name: labels[folder] for name, folder in deep.items() if folder in labels}
        told = _information(label_of.values(), fewest)
        if told > 0 and (best is None or told > best[0] + 1e-9):
            best = (told, level, label_of)
    if best is None:
        return None
    _, level, chosen = best
    fronts = {PurePosixPath(name).parts[:level] for name in chosen}
    front = "/".join(fronts.pop()) if len(fronts) == 1 else "/".join("*" * level)
    return Places("folders", f"{front}/*/".lstrip("/"), chosen)


def by_mail_folder(mails: Sequence[str], fewest: int) -> Places | None:
    """Label each mail with the folder or mailbox file that holds it; those in a program's folder for what comes in are not sorted yet."""
    label_of: dict[str, str] = {}
    unsorted = []
    for name in mails:
        folders = [part for part in PurePosixPath(name).parts[:-1] if part not in ("cur", "new", "tmp")]
        label = re.sub(r"\.(mbox|mbx|pst|zip)$", "", folders[-1], flags=re.IGNORECASE) if folders else ""
        plain = re.sub(r"[\s_.\-]+", " ", unicodedata.normalize("NFKC", label).casefold()).strip()
        if INCOMING.fullmatch(plain):
            unsorted.append(name)
        elif label and is_category(label) and not OWN_MAIL.fullmatch(plain):
            label_of[name] = without_numbers(label)
    return Places("mail_folders", "*/", label_of, tuple(unsorted)) if _information(label_of.values(), fewest) > 0 else None


def by_first_word(documents: Sequence[str], fewest: int) -> Places | None:
    """Label each document with the first word of its file name where that looks like a kind: capitals (INV-12), or a word before a number or sign."""
    label_of = {}
    for name in documents:
        match = _FIRST_WORD.match(unicodedata.normalize("NFKC", PurePosixPath(name).stem))
        word = (match["code"] or match["word"] or match["japanese"]) if match else ""
        if word and is_category(word):
            label_of[name] = word
    sizes = Counter(label_of.values())
    label_of = {name: word for name, word in label_of.items() if sizes[word] >= fewest}
    if _information(label_of.values(), fewest) <= 0 or len(label_of) < NAMED_SHARE * len(documents):
        return None
    names = sorted(set(label_of.values()), key=lambda word: (-sizes[word], word))
    return Places("file_names", ", ".join(f"{word}*" for word in names[:3]), label_of)


def by_category(categories: LabelOf, fewest: int) -> Places | None:
    """Label each document with the category that it gives itself.

    Parameters
    ----------
    categories : mapping from str to str
        Of the documents that name one.
    """
    label_of = {name: unicodedata.normalize("NFKC", category).strip() for name, category in categories.items() if is_category(category)}
    return Places("categories", "category", label_of) if _information(label_of.values(), fewest) > 0 else None


def _information(labels: Iterable[str], fewest: int) -> float:
    """Give ``-sum n_k log(n_k / n)`` of the labels with enough documents, 0 where there are fewer than two."""
    sizes = np.array([size for size in np.unique(list(labels), return_counts=True)[1] if size >= fewest], np.float64)
    return float(-(sizes * np.log(sizes / sizes.sum())).sum()) if sizes.size > 1 else 0.0
