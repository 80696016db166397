"""The grammar of titles and their words, read from the data files and compiled."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import BadData
from loaders.reading.gazetteer import Word
from loaders.reading.model import FILLER
from loaders.reading.phrasing import either
from loaders.reading.tables import DATA, read_table, words

KINDS = {
    "minister": "H", "delegate": "Y", "deputy": "U", "secretary": "V", "holder": "J", "president": "R", "chair": "Q",
    "plain": "K", "envoy": "B", "counterpart": "O", "rank": "L", "none": "Z",
}  # fmt: skip
_LEADING = ("former", "acting", "between")  # lists of words that may stand before a head
_SYNTAX = re.compile(r"\(\?P<\w+>|\{\w+\}|\\.|\[[^\]]*\]")  # what is no word in an expression of the grammar
_LITERAL = re.compile(r"[a-z]{2,}")
LETTERS = {letter: kind for kind, letter in KINDS.items()}


@dataclass(frozen=True, slots=True)
class TitleRules:
    """The grammar of titles of one language."""

    before: re.Pattern[str]
    leads: tuple[frozenset[str], tuple[str, ...]]  # how words end that may stand before a head: four letters, or a short word
    after: Mapping[str, re.Pattern[str]]
    departments: frozenset[str]  # states whose "secretary of state" heads a department
    unknown_department: bool  # whether one of an unnamed state does
    default_secretary: tuple[str, ...]  # whose "secretary of state" one is who is nobody else's
    career: frozenset[str]  # states whose "foreign secretary" is a career official
    accredits: tuple[str, ...]  # where an article speaks of these, a state's envoy is its ambassador
    of_any_house: frozenset[str]  # heads of whatever house, public only where it is
    of_teams: frozenset[str]  # ranks that, written so, a team has too
    public_house: re.Pattern[str]  # a word for a house that is public
    party_before: re.Pattern[str]  # ends where a head begins that a party has: "opposition home affairs spokesman"
    party_after: re.Pattern[str]  # begins where such a head ends: "porte-parole de l'opposition"

    def led(self, layer: str, start: int) -> bool:
        """True where words of the title may stand before its head at `start`: mostly none do, and this is cheap to ask."""
        if layer[start - 1 : start] not in (" ", "-"):
            return False
        if layer[start - 2] in "_')" or layer[start - 2].isupper() or layer.endswith("'s", 0, start - 1):
            return True
        return layer[max(0, start - 5) : start - 1] in self.leads[0] or layer.endswith(self.leads[1], 0, start - 1)


def title_words(language: str) -> list[tuple[str, Word]]:
    """Heads, portfolios and institutions of `data/LANGUAGE/titles.toml` as words of the gazetteer."""
    table = _titles(language)
    where = f"{language}/titles.toml"
    entries: list[tuple[str, Word]] = []
    for head in table["head"]:
        if set(head) - {"of"} != {"kind", "office", "one", "many"} or head["kind"] not in KINDS:
            raise BadData(f"{where}: a head needs kind ({', '.join(KINDS)}), office, one, many, and may have of: {head}")
        for number in ("one", "many"):
            for phrase in words(head, number, where):
                entries.append(
                    (phrase, Word("head", (KINDS[head["kind"]], head["office"], number == "many", head.get("of")), "any", 5))
                )
    for part, category, rank in (("portfolios", "portfolio", 6), ("institutions", "institution", 7)):
        for office in table[part]:
            entries += [(phrase, Word(category, office, "any", rank)) for phrase in words(table[part], office, where)]
    return entries


def _titles(language: str) -> dict[str, Any]:
    return read_table(
        DATA / language / "titles.toml", ("former", "acting", "between", "head", "portfolios", "institutions", "rulings")
    )


def load_titles(language: str) -> TitleRules:
    """The grammar of `data/LANGUAGE/grammar.toml` with the words of `titles.toml`; BadData for what does not compile."""
    where, titles = f"{language}/grammar.toml", f"{language}/titles.toml"
    grammar = read_table(DATA / language / "grammar.toml", ("parts", "before", "after"))
    table = _titles(language)
    parts = {
        "X": _either(words(table, "former", titles)), "W": _either(words(table, "acting", titles)),
        "between": _either(words(table, "between", titles)),
    }  # fmt: skip
    for name, source in grammar["parts"].items():
        parts[name] = _expanded(source, parts, where)
    after = {kind: _compiled(source, parts, where) for kind, source in grammar["after"].items()}
    parties = either(words(table["rulings"], "parties", titles))
    rulings, pattern = table["rulings"], grammar["before"]["pattern"]
    leading = {*_LITERAL.findall(_SYNTAX.sub(" ", pattern))}.union(*(words(table, name, titles) for name in _LEADING))
    leads = frozenset(word[-4:] for word in leading if len(word) > 3), tuple(sorted(word for word in leading if len(word) < 4))
    return TitleRules(
        _compiled(pattern, parts, where), leads, after, frozenset(rulings["secretaries_of_departments"]),
        rulings["secretary_of_unknown"] == "department", (rulings["secretary_of_nobody_else"],), frozenset(rulings["career"]),
        words(rulings, "accredits", titles), frozenset(words(rulings, "of_any_house", titles)),
        frozenset(rulings["of_teams"]),
        re.compile(rf"(?<![a-z])(?:{either(words(rulings, 'public_houses', titles))})(?![a-z])"),
        re.compile(rf"(?<![a-z])(?:{parties})(?:'s)?(?: [a-z-]+){{0,3}} \Z"),
        re.compile(rf" (?:[a-z]+ )?(?:du |de la |de l'|(?:of|for) (?:the )?)(?:{parties})(?![a-z])"),
    )  # fmt: skip


def _either(phrases: Iterable[str]) -> str:
    return f"(?:{either(phrases)})"


def _expanded(source: str, parts: Mapping[str, str], where: str) -> str:
    def part(match: re.Match[str]) -> str:
        name = match[1]
        if name in parts:
            return parts[name]
        if len(name) == 1 and name.isupper():
            return f"{name}{FILLER}*+"
        raise BadData(f"{where}: {{{name}}} is no part defined above its use")

    return re.sub(r"\{([A-Za-z]\w*)\}", part, source)


def _compiled(source: str, parts: Mapping[str, str], where: str) -> re.Pattern[str]:
    expanded = _expanded(source, parts, where)
    seen: dict[str, int] = {}

    def numbered(match: re.Match[str]) -> str:  # a part may be used twice; its group then gets a number
        seen[match[1]] = seen.get(match[1], 0) + 1
        return f"(?P<{match[1]}{'' if seen[match[1]] == 1 else '_' + str(seen[match[1]])}>"

    try:
        return re.compile(re.sub(r"\(\?P<(\w+)>", numbered, expanded))
    except re.error as error:
        raise BadData(f"{where}: {source!r} does not compile: {error}") from error
