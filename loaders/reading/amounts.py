"""Amounts: sums of money, counts of soldiers and police, shares in percent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.errors import BadData
from graph.model.folding import fold
from loaders.reading.model import AMOUNT, Amount, Mention
from loaders.reading.numbers import NumberWords, load_numbers
from loaders.reading.tables import DATA, read_table, words

_SYMBOLS = {
    "us $": "USD", "u.s. $": "USD", "us$": "USD", "u.s.$": "USD", "a$": "AUD", "c$": "CAD", "nz$": "NZD", "hk$": "HKD",
    "s$": "SGD", "r$": "BRL", "$": "USD",
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₦": "NGN", "₽": "RUB", "₺": "TRY",
}  # fmt: skip
_LETTERS = {
    "r": "ZAR",
    "rs": "INR",
    "rs.": "INR",
    "rm": "MYR",
    "ksh": "KES",
    "kshs": "KES",
    "tsh": "TZS",
    "ush": "UGX",
    "tk": "BDT",
}
_RAND = r"r(?=\d[\d.,]*+[ -]?(?:billion|million|bn|trillion|milliard))"  # "R60 billion"
_LETTERED = re.compile(rf"(?<![a-z0-9])(?:(?:rs\.?|rm|kshs?|tsh|ush|tk) ?(?=\d)|{_RAND})")
_CODE = re.compile(r"[A-Z]{3}\Z")
_SIGN = re.compile(r"[$€£¥₹₦₽₺]")
_REACH = 60  # characters before a unit in which its number stands
_MARGIN = 36  # characters around a currency sign in which its number stands


@dataclass(frozen=True, slots=True)
class AmountWords:
    """How one language writes amounts."""

    units: Mapping[str, tuple[str | None, str | None]]  # word -> (currency, unit)
    national: Mapping[str, Mapping[str, str]]  # word -> state -> currency
    before: re.Pattern[str]  # a number right before a unit word
    symbol: re.Pattern[str]  # a currency sign or code and its number
    numbers: NumberWords


def load_amounts(language: str) -> AmountWords:
    """The amount words of `data/LANGUAGE/amounts.toml`; a currency that is no ISO code raises BadData."""
    where = f"{language}/amounts.toml"
    table = read_table(DATA / language / "amounts.toml", ("personnel", "percent", "between", "currencies", "national"))
    numbers = load_numbers(language)
    units: dict[str, tuple[str | None, str | None]] = {}
    for code in table["currencies"]:
        units |= dict.fromkeys(words(table["currencies"], code, where), (_checked(code, where), None))
    units |= dict.fromkeys(words(table, "personnel", where), (None, "personnel"))
    units |= dict.fromkeys(words(table, "percent", where), (None, "percent"))
    national = {
        fold(word): {state: _checked(code, where) for state, code in codes.items()} for word, codes in table["national"].items()
    }
    units |= {word: (codes[""], None) for word, codes in national.items()}
    return AmountWords(
        units, national, _before(numbers, words(table, "between", where)), _symbol(table["currencies"], numbers), numbers
    )


def _checked(code: str, where: str) -> str:
    if not _CODE.match(code):
        raise BadData(f"{where}: {code!r} is no ISO 4217 code")
    return code


def _before(numbers: NumberWords, between: Iterable[str]) -> re.Pattern[str]:
    word = "|".join(sorted({*numbers.words, *numbers.multipliers}, key=lambda item: (-len(item), item)))
    small = rf"(?:(?:{word})(?![a-z])(?:[ -](?:and |et |d'|de |of )?(?:{word})(?![a-z]))*+)"
    return re.compile(
        rf"(?<![0-9a-z])(?P<number>\d[\d.,]*+(?:[ \u00a0\u202f]\d{{3}}(?!\d))*+(?:[ -]?(?:{word})(?![a-z]))*+|{small})"
        rf"(?: (?:{'|'.join(between)}) ?| |-|)(?:[a-z]+ ){{0,2}}\Z"
    )


def _symbol(codes: Iterable[str], numbers: NumberWords) -> re.Pattern[str]:
    signs = "|".join(re.escape(sign) for sign in sorted(_SYMBOLS, key=lambda sign: (-len(sign), sign)))
    scale = "|".join(sorted(numbers.multipliers, key=lambda item: (-len(item), item)))
    return re.compile(
        rf"(?:(?P<symbol>{signs})|(?<![a-z0-9])(?:(?P<letters>rs\.?|rm|kshs?|tsh|ush|tk|{_RAND})"
        rf"|(?P<code>{'|'.join(code.lower() for code in codes)}))) ?"
        rf"(?P<number>\d[\d.,]*+(?:[ \u00a0\u202f]\d{{3}}(?!\d))*+(?:[ -]?(?:{scale})(?![a-z])){{0,2}})"
        rf"|(?P<number2>\d[\d.,]*+(?:[ \u00a0\u202f]\d{{3}}(?!\d))*+(?:[ -]?(?:{scale})(?![a-z]))?) ?(?P<symbol2>{signs})"
    )


def find_amounts(
    folded: str, units: Iterable[tuple[int, int, str]], demonyms: Mapping[int, str], rules: AmountWords
) -> list[Mention]:
    """The amounts of a text; `units`: (start, end, word); `demonyms`: states by where their words begin or end."""
    mentions: list[Mention] = []
    signs = [match.start() for match in _SIGN.finditer(folded)]
    signs += [match.start() for match in _LETTERED.finditer(folded)]
    for start, end, word in units:
        if len(word) == 3 and folded[end : end + 2].strip()[:1].isdigit():
            signs.append(start)
            continue  # its number follows
        match = rules.before.search(
            folded, max(0, start - _REACH, folded.rfind("\n", max(0, start - _REACH), start) + 1), start
        )
        value = rules.numbers.value(match["number"].rstrip(" .,")) if match else None
        if match is None or value is None:
            continue
        currency, unit = rules.units[word]
        if currency is not None and value == 1 and match.end("number") < start - 1:
            continue  # "a grant of USD 46 million"
        if word in rules.national:
            state = demonyms.get(end + 1) or demonyms.get(start - 1) or ""
            currency = rules.national[word].get(state, currency)
        whose = demonyms.get(start - 1) if unit == "personnel" else None  # "200 British soldiers"
        codes = (whose,) if whose else ()
        mentions.append(Mention(AMOUNT, match.start(), end, codes, Amount(value, currency, unit), why="number with its unit"))
    position = 0
    for sign in sorted(signs):
        low, high = max(position, sign - _MARGIN), max(position, min(sign + _MARGIN, len(folded)))
        found = [mention for mention in _signed(folded, low, high, rules) if mention.start <= sign < mention.end]
        mentions += found
        position = max([position, *(mention.end for mention in found)])
    return mentions


def _signed(folded: str, low: int, high: int, rules: AmountWords) -> Iterable[Mention]:
    for match in rules.symbol.finditer(folded, low, high):
        value = rules.numbers.value((match["number"] or match["number2"]).rstrip(" .,"))
        if value is not None:
            sign = match["symbol"] or match["symbol2"]
            currency = _SYMBOLS[sign] if sign else _LETTERS.get(match["letters"] or "") or match["code"].upper()
            yield Mention(AMOUNT, match.start(), match.end(), value=Amount(value, currency), why="number with a currency sign")
