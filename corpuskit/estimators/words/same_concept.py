"""One concept, several names: spellings of one term that stand side by side (サーバ and サーバー, 問い合わせ and 問合せ, e-mail and email).

Spellings are found by what writers vary: the long-vowel mark and small letters of katakana, kana between Chinese characters, hyphens, British and
American endings, a slip in a long word. Rules that may join two words ask the company of the words as well. The Japanese tokenizer has already
joined the spellings that its dictionary knows as one. Words of different spelling are never joined: that they stand in the same
company does not make them synonyms (debit and credit do).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix

from corpuskit.counts import choose_columns, vocabulary
from corpuskit.estimators.binomial import clopper_pearson
from corpuskit.estimators.estimate import Series
from corpuskit.estimators.inputs import Inputs
from corpuskit.estimators.method import computed
from corpuskit.estimators.options import EstimatorOptions
from corpuskit.estimators.specification import Estimates, Estimator, Measure
from corpuskit.estimators.words.neighbourhoods import Floats, Integers, TermSpace, company_in
from corpuskit.finding import Evidence, Finding

FEWEST_OCCURRENCES = 3
"""Spellings seen less often are left out: a slip is nothing to settle."""

FEWEST_DOCUMENTS = 2
"""Spellings in fewer documents are left out, because what one text writes may be a name."""

MOST_TERMS = 30_000
"""Terms compared at most, the most frequent ones."""

FEWEST_TERMS = 50
"""Fewer terms give no share, because one would weigh more than two points."""

SAME_COMPANY = 0.3
"""Two spellings that a loose rule joins must have companies with this cosine, because words that merely look alike are near 0 (four and for)."""

SHORTEST_SLIP = 7
"""A slip of one letter is looked for in Latin words of so many letters and more: shorter words have true neighbours (form, from)."""

OFTEN = 20.0
"""And one spelling must be so many times as frequent as the other, because two words of like frequency are two words."""

MOST_SHOWN = 20
"""Concepts that are named, as many as the report shows of a table."""

MOST_EVIDENCE = 3
"""Documents that the finding names."""

REFERENCE = "Levenshtein 1966; Harris 1954 (company); Clopper and Pearson 1934"
CONSISTENCY = Measure("terminology_consistency", "types", "E", REFERENCE)
METHOD = computed("terms_of_one_spelling", documents=FEWEST_DOCUMENTS) + computed("clopper_pearson_of_concepts")

_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")
_LATER = (("ヴァ", "バ"), ("ヴィ", "ビ"), ("ヴェ", "ベ"), ("ヴォ", "ボ"), ("ヴ", "ブ"), ("ティ", "チ"), ("ディ", "ジ"), ("ファ", "ハ"))
_NOMINAL = "いきぎしせちみりえけげてびべめれ"
_KANA = re.compile(r"[\u3041-\u309f]")
_ENDINGS = (
    (re.compile(r"is(e|ed|es|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"our(s|ed|ing|al|able)?$"), r"or\1"),
    (re.compile(r"(?<=[bt])re(s)?$"), r"er\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"ogue(s)?$"), r"og\1"),
    (re.compile(r"ence(s)?$"), r"ense\1"),
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A way in which spellings vary: terms with equal keys are candidates; ``loose`` rules ask their company as well. Key None: not concerned."""

    name: str
    key: Callable[[str], str | None]
    loose: bool


def katakana_key(form: str) -> str | None:
    """Write katakana of three letters and more without small letters and without a long-vowel mark at the end: サーバー and サーバ are one."""
    if len(form) < 3 or not re.fullmatch(r"[ァ-ヺー]+", form):
        return None
    key = form.removesuffix("ー").translate(_SMALL)
    return key if len(key) > 1 else None


def loose_katakana_key(form: str) -> str | None:
    """Write katakana of four letters and more without any long-vowel mark: インターフェース and インタフェース are one.

    ヴ is written as it is heard. That ウェーブ and ウェブ are two their company tells.
    """
    if len(form) < 4 or not re.fullmatch(r"[ァ-ヺー]+", form):
        return None
    key = form
    for old, new in _LATER:
        key = key.replace(old, new)
    return key.replace("ー", "").translate(_SMALL)


def okurigana_key(form: str) -> str | None:
    """Write only the Chinese characters of a term with at least two of them, and the kana at its end if it is that of a verb: 問い合わせ, 問合せ and
    問合 are one, 問い合わせる is another word."""
    kept = _KANA.sub("", form)
    if len(kept) < 2 or not re.fullmatch(r"[\u3400-\u9fff々]+", kept) or form[0] != kept[0]:
        return None
    return kept if form[-1] == kept[-1] or form[-1] in _NOMINAL else kept + form[-1]


def hyphen_key(form: str) -> str | None:
    """Write Latin terms without hyphens and points: e-mail and email are one. From four letters."""
    kept = re.sub(r"[-‐‑.·]", "", form)
    return kept if len(kept) > 3 and re.fullmatch(r"[^\W\d_]+", kept) and kept.isascii() else None


def ending_key(form: str) -> str | None:
    """Write American endings: organise and organize, colour and color, centre and center are one. From five letters."""
    if len(form) < 5 or not (form.isascii() and form.isalpha()):
        return None
    for pattern, american in _ENDINGS:
        changed = pattern.sub(american, form)
        if changed != form:
            return changed
    return form


RULES = (
    Rule("long-vowel mark at the end and small kana", katakana_key, False),
    Rule("long-vowel marks", loose_katakana_key, True),
    Rule("kana between Chinese characters", okurigana_key, True),
    Rule("hyphens", hyphen_key, False),
    Rule("British and American endings", ending_key, True),
)


def groups_by_key(forms: Sequence[str], key: Callable[[str], str | None]) -> list[list[int]]:
    """Give the places of forms with equal keys, where there are several."""
    found = defaultdict(list)
    for place, form in enumerate(forms):
        told = key(form)
        if told is not None:
            found[told].append(place)
    return [places for places in found.values() if len(places) > 1]


def kana_fit(first: str, second: str) -> bool:
    """Tell whether the hiragana of one term stand, in order, in the other one: 笑声 and 笑い声 do, 置き換える and 置き換わる do not."""
    short, long = sorted(("".join(_KANA.findall(form)) for form in (first, second)), key=len)
    rest = iter(long)
    return all(letter in rest for letter in short)


def slips(forms: Sequence[str], counts: Integers) -> list[list[int]]:
    """Give pairs of long Latin words that differ by one letter left out, added, changed or swapped with the next, one far more frequent.

    Formula: words that share a form with one letter deleted are at most two edits apart; those one edit (Levenshtein 1966, a swap counting one) apart
    stay. Cost O(letters).
    """
    shorter = defaultdict(list)
    for place, form in enumerate(forms):
        if len(form) >= SHORTEST_SLIP and form.isascii() and form.isalpha():
            for key in {form} | {form[:cut] + form[cut + 1 :] for cut in range(1, len(form))}:
                shorter[key].append(place)
    near = {(min(a, b), max(a, b)) for places in shorter.values() if len(places) > 1 for a in places for b in places if a < b}
    return [list(pair) for pair in sorted(near) if _unequal(counts[list(pair)]) and one_slip(forms[pair[0]], forms[pair[1]])]


def _unequal(counts: Integers) -> bool:
    return bool(counts.max() >= OFTEN * counts.min())


def one_slip(first: str, second: str) -> bool:
    """Tell whether two words differ by one letter added, left out, changed or swapped with the next one; an added s, d, r, n or y at the end is an
    ending, no slip."""
    if abs(len(first) - len(second)) > 1 or first == second:
        return False
    short, long = sorted((first, second), key=len)
    if len(short) < len(long):
        return not (long.startswith(short) and long[-1] in "sdrny") and any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))
    apart = [place for place, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(apart) == 1:
        # another last letter is another ending, another first letter another word
        return 0 < apart[0] < len(first) - 2
    return len(apart) == 2 and apart[1] == apart[0] + 1 and first[apart[0]] == second[apart[1]] and first[apart[1]] == second[apart[0]]


def company_cosine(company: csr_matrix, first: Integers, second: Integers) -> Floats:
    """Give the cosine of the companies of pairs of terms; 0 where one has none."""
    lengths = np.sqrt(np.asarray(company.multiply(company).sum(axis=1)).ravel())
    products = np.asarray(company[first].multiply(company[second]).sum(axis=1)).ravel()
    below = lengths[first] * lengths[second]
    return np.asarray(np.divide(products, below, out=np.zeros_like(products), where=below > 0))


def estimate_same_concept(inputs: Inputs, options: EstimatorOptions) -> Estimates:
    """Measure for each language the share of concepts that are written in one way only, and name the others."""
    found = [_of_language(inputs, language, options) for language in inputs.languages]
    return Estimates(
        estimates=tuple(item for part in found for item in part.estimates),
        series=tuple(item for part in found for item in part.series),
        findings=tuple(item for part in found for item in part.findings),
    )


def _of_language(inputs: Inputs, language: str, options: EstimatorOptions) -> Estimates:
    subject, terms = f"lang:{language}", _terms(inputs, language)
    n = terms.height
    if n < FEWEST_TERMS:
        return Estimates(estimates=(CONSISTENCY.undefined(subject, n, METHOD, "undefined_too_few_shared_terms", n=n, needed=FEWEST_TERMS),))
    groups = find_spellings(inputs, language, terms)
    concepts = n - sum(len(group) - 1 for group in groups)
    several, joined = len(groups), len(groups) / concepts
    low, high = clopper_pearson(several, concepts, options.level)
    estimate = CONSISTENCY.given(subject, 1 - joined, concepts, METHOD, (1 - high, 1 - low), options.level)
    if not groups:
        return Estimates(estimates=(estimate,))
    forms, counts = terms["form"].to_list(), terms["frequency"].to_numpy()
    rows = tuple(
        (forms[group[0]], ", ".join(f"{forms[place]} ({counts[place]:,})" for place in group[1:]), int(counts[group[0]])) for group in groups
    )
    series = Series(id=f"spellings@{subject}", name="spellings", subject=subject, columns=("term", "others", "count"), rows=rows[:MOST_SHOWN])
    return Estimates(estimates=(estimate,), series=(series,), findings=(_finding(inputs, language, terms, groups, rows[0]),))


def _terms(inputs: Inputs, language: str) -> pl.DataFrame:
    wanted = ~pl.col("stop") & (pl.col("frequency") >= FEWEST_OCCURRENCES) & (pl.col("document_frequency") >= FEWEST_DOCUMENTS)
    wanted &= pl.col("form").str.contains(r"^\p{L}[\p{L}ー\-‐‑.·]*[\p{L}ー]$")
    found = vocabulary(inputs.stats, language).with_row_index("column").filter(wanted)
    return found.sort("frequency", "form", descending=[True, False]).head(MOST_TERMS)


def find_spellings(inputs: Inputs, language: str, terms: pl.DataFrame) -> list[list[int]]:
    """Find the terms that are written in several ways: places in ``terms`` of the spellings of each, the most frequent first.

    The concept whose second spelling is most frequent comes first.
    """
    forms, counts = terms["form"].to_list(), terms["frequency"].to_numpy().astype(np.int64)
    sure = [group for rule in RULES if not rule.loose for group in groups_by_key(forms, rule.key)]
    loose = [group for rule in RULES if rule.loose for group in groups_by_key(forms, rule.key)] + slips(forms, counts)
    loose = [[group[0], other] for group in loose for other in group[1:] if kana_fit(forms[group[0]], forms[other])]
    pairs = [(group[0], other) for group in sure for other in group[1:]]
    doubtful = sorted({(group[0], other) for group in loose for other in group[1:]} - set(pairs))
    pairs += _of_same_company(inputs, language, terms, inputs.term_spaces[language], doubtful)
    groups = [sorted(group, key=lambda place: (-counts[place], forms[place])) for group in _linked(pairs)]
    return sorted(groups, key=lambda group: (-counts[group[1]], forms[group[0]]))


def _of_same_company(inputs: Inputs, language: str, terms: pl.DataFrame, space: TermSpace, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    if not pairs or space.size == 0:
        return []
    places, where = np.unique(np.array(pairs), return_inverse=True)
    where = where.reshape(-1, 2)
    company = company_in(inputs.stats, language, terms["column"].to_numpy().astype(np.int64)[places], space)
    alike = company_cosine(company, where[:, 0], where[:, 1])
    return [pair for pair, cosine in zip(pairs, alike, strict=True) if cosine >= SAME_COMPANY]


def _linked(pairs: Iterable[tuple[int, int]]) -> list[set[int]]:
    """Put together what pairs link."""
    group: dict[int, set[int]] = {}
    for first, second in pairs:
        joined = group.get(first, {first}) | group.get(second, {second})
        for place in joined:
            group[place] = joined
    return list({id(places): places for places in group.values()}.values())


def _finding(inputs: Inputs, language: str, terms: pl.DataFrame, groups: Sequence[Sequence[int]], first: tuple[str, str, int]) -> Finding:
    """Name the concept whose second spelling is most frequent, with documents that write it so."""
    held = np.asarray(choose_columns(inputs.document_terms[language], np.array([int(terms["column"][groups[0][1]])])).todense()).ravel()
    most = np.argsort(-held, kind="stable")[:MOST_EVIDENCE]
    documents = inputs.stats.documents["document"].gather(most[held[most] > 0]).to_list()
    return Finding(
        id=f"terms_spelt_in_several_ways@{language}",
        level="note",
        code="terms_spelt_in_several_ways",
        parameters={"language": language, "concepts": len(groups), "term": first[0], "count": first[2], "others": first[1]},
        evidence=tuple(Evidence(document=document) for document in documents),
    )


SAME_CONCEPT = Estimator(
    name="same_concept",
    question="Which concepts are written in several ways?",
    reference=REFERENCE,
    function=estimate_same_concept,
)
