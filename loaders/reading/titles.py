"""Stage 4: titles, read by a small grammar around their heads, with the offices they state and whose those are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graph.errors import BadData
from loaders.reading.gazetteer import Word
from loaders.reading.model import DEMONYM, FILLER, ORGANISATION, PLACE, STATE, TITLE, Mention, Reading, Title
from loaders.reading.names import find_names
from loaders.reading.tables import DATA, read_table, words

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_KINDS = {"minister": "H", "delegate": "Y", "deputy": "U", "secretary": "V", "holder": "J", "president": "R", "chair": "Q", "plain": "K", "envoy": "B", "counterpart": "O", "rank": "L", "none": "Z"}  # fmt: skip
_LETTERS = {letter: kind for kind, letter in _KINDS.items()}
_BEFORE = 90  # characters before a head in which its attributes stand
_AFTER = 420  # characters after a head: the longest ministerial titles of communiqués
_MERGE_GAPS = (
    ", ",
    " et ",
    " and ",
    ", et ",
    " & ",
    ", and ",
    " et de ",
    " ainsi que ",
)


@dataclass(frozen=True, slots=True)
class TitleRules:
    """The grammar of titles of one language."""

    before: re.Pattern[str]
    after: Mapping[str, re.Pattern[str]]
    departments: frozenset[str]  # states whose "secretary of state" heads a department
    unknown_department: bool  # whether one of an unnamed state does
    career: frozenset[str]  # states whose "foreign secretary" is a career official


def title_words(language: str) -> list[tuple[str, Word]]:
    """Heads, portfolios and institutions of `data/LANGUAGE/titles.toml` as words of the gazetteer."""
    table = _titles(language)
    where = f"{language}/titles.toml"
    entries: list[tuple[str, Word]] = []
    for head in table["head"]:
        if set(head) - {"of"} != {"kind", "office", "one", "many"} or head["kind"] not in _KINDS:
            raise BadData(f"{where}: a head needs kind ({', '.join(_KINDS)}), office, one, many, and may have of: {head}")
        for number in ("one", "many"):
            for phrase in words(head, number, where):
                entries.append((phrase, Word("head", (_KINDS[head["kind"]], head["office"], number == "many", head.get("of")), "any", 5)))
    for part, category, rank in (("portfolios", "portfolio", 6), ("institutions", "institution", 7)):
        for office in table[part]:
            entries += [(phrase, Word(category, office, "any", rank)) for phrase in words(table[part], office, where)]
    return entries


def _titles(language: str) -> dict[str, Any]:
    return read_table(
        DATA / language / "titles.toml", ("former", "acting", "between", "head", "portfolios", "institutions", "rulings")
    )


def load_titles(language: str) -> TitleRules:
    """The grammar of `data/LANGUAGE/grammar.toml` with the words of `titles.toml`; a part that does not compile raises BadData."""
    where = f"{language}/grammar.toml"
    grammar = read_table(DATA / language / "grammar.toml", ("parts", "before", "after"))
    table = _titles(language)
    parts = {
        "X": _either(words(table, "former", f"{language}/titles.toml")), "W": _either(words(table, "acting", f"{language}/titles.toml")),
        "between": _either(words(table, "between", f"{language}/titles.toml")),
    }  # fmt: skip
    for name, source in grammar["parts"].items():
        parts[name] = _expanded(source, parts, where)
    after = {kind: _compiled(source, parts, where) for kind, source in grammar["after"].items()}
    rulings = table["rulings"]
    return TitleRules(
        _compiled(grammar["before"]["pattern"], parts, where), after, frozenset(rulings["secretaries_of_departments"]),
        rulings["secretary_of_unknown"] == "department", frozenset(rulings["career"]),
    )  # fmt: skip


def _either(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))})"


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


@dataclass(frozen=True, slots=True)
class _Item:
    """A known word or mention on the layer of titles."""

    letter: str
    start: int
    end: int
    value: Any


def find_titles(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its names (N) and titles (T) among the mentions."""
    names, honoured = find_names(reading, lexicon)
    items = _items(reading, names)
    layer = _layer(reading.folded, items)
    rules = lexicon.of(reading).titles
    by_start = {item.start: item for item in items}
    spoken_of = _main_states(reading)
    found: list[Mention] = []
    for item in items:
        if item.letter in _LETTERS and (not found or item.start >= found[-1].end):
            mention = _title(item, layer, by_start, reading, rules, spoken_of)
            if mention is not None:
                found.append(mention)
    titles = _joined(found, reading.folded)
    return _placed(replace(reading, honoured=frozenset(honoured)), names, titles)


def _main_states(reading: Reading) -> set[str]:
    """The three states that the article names most often."""
    counted = Counter(code for mention in reading.mentions if mention.mark in STATE + DEMONYM for code in mention.codes)
    return {code for code, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:3]}


def _placed(reading: Reading, names: list[Mention], titles: list[Mention]) -> Reading:
    """Titles go before the mentions inside them, and before names that they overlap."""
    kept: list[Mention] = []
    others = sorted([*reading.mentions, *names], key=lambda mention: mention.start)
    index = 0
    for title in titles:
        while index < len(others) and others[index].start < title.start:
            if others[index].end <= title.start:
                kept.append(others[index])
            index += 1
        while index < len(others) and others[index].start < title.end:
            index += 1
        kept.append(title)
    kept += others[index:]
    return replace(reading, titles=tuple(titles)).with_mentions(tuple(kept))


def _items(reading: Reading, names: list[Mention]) -> list[_Item]:
    items = [
        _Item(m.mark, m.start, m.end, m.codes)
        for m in reading.mentions
        if m.mark in STATE + DEMONYM + PLACE + ORGANISATION + "A"
    ]
    items += [_Item("N", m.start, m.end, m.value) for m in names]
    for token in reading.tokens:
        head, portfolio, institution = token.get("head"), token.get("portfolio"), token.get("institution")
        if head is not None:
            items.append(_Item(head[0], token.start, token.end, head))
        elif portfolio is not None:
            items.append(_Item("F", token.start, token.end, portfolio))
        elif institution is not None:
            items.append(_Item("I", token.start, token.end, institution))
    items.sort(key=lambda item: (item.start, -item.end))
    kept: list[_Item] = []
    for item in items:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _layer(folded: str, items: list[_Item]) -> str:
    parts: list[str] = []
    position = 0
    for item in items:
        parts.append(folded[position : item.start])
        parts.append(item.letter + FILLER * (item.end - item.start - 1))
        position = item.end
    parts.append(folded[position:])
    return "".join(parts)


def _title(
    item: _Item, layer: str, by_start: Mapping[int, _Item], reading: Reading, rules: TitleRules, spoken_of: Set[str]
) -> Mention | None:
    kind = _LETTERS[item.letter]
    line = layer.rfind("\n", max(0, item.start - _BEFORE), item.start) + 1
    before = rules.before.search(layer, max(line, item.start - _BEFORE), item.start)
    if kind == "rank" and item.value[1] == "head_of_state" and not _introduced(before, reading.folded[max(0, item.start - 4) : item.start]):
        return None
    end_of_line = layer.find("\n", item.start, item.start + _AFTER)
    after = rules.after[kind].match(layer, item.start, item.start + _AFTER if end_of_line < 0 else end_of_line)
    if after is None or kind == "none":
        return None
    groups = _groups(before) | _groups(after) if before else _groups(after)
    parts = _Parts(groups, by_start)
    title = _resolved(kind, item, reading.folded[item.start : item.end], parts, rules, spoken_of)
    if title is None:
        return None
    start = before.start() if before else item.start
    text = reading.text[start : after.end()]
    if kind == "secretary" and title.offices == ("minister_foreign_affairs",) and not title.of and " " not in reading.folded[item.start : item.end]:
        kind = "foreign secretary"
    weak = kind == "rank" and not title.of
    why = "title: rank" if weak or item.value[1] == "military_officer" and kind == "rank" else f"title: {kind}"
    return Mention(TITLE, start, after.end(), title.of, replace(title, text=text), why=why)


def _introduced(before: re.Match[str] | None, lead: str) -> bool:
    """"L'émir X", "Qatar's emir": without article or state, Emir and Sultan are given names."""
    return lead.endswith(("l'", "le ", "du ", "the ", "son ", "his ", "its ", "eir ")) or (before is not None and "pre" in _groups(before))


def _groups(match: re.Match[str] | None) -> dict[str, tuple[int, int]]:
    return {name: match.span(name) for name in match.re.groupindex if match.start(name) >= 0} if match else {}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the groups of a matched title hold."""

    groups: Mapping[str, tuple[int, int]]
    by_start: Mapping[int, _Item]

    def items(self, *names: str, letters: str) -> list[_Item]:
        """The items of these letters in the groups whose names begin so, in reading order."""
        found: list[_Item] = []
        for group, (start, end) in sorted(self.groups.items(), key=lambda entry: entry[1]):
            if group.rstrip("_0123456789") in names:
                found += [
                    self.by_start[place]
                    for place in range(start, end)
                    if place in self.by_start and self.by_start[place].letter in letters
                ]
        return found

    def codes(self, *names: str) -> tuple[str, ...]:
        """The agents named in these groups, each once."""
        codes = [code for item in self.items(*names, letters="SDGC") for code in item.value]
        return tuple(dict.fromkeys(codes))

    def has(self, name: str) -> bool:
        """True when the group, or a numbered one of its name, matched."""
        return any(group.rstrip("_0123456789") == name for group in self.groups)


def _resolved(kind: str, item: _Item, text: str, parts: _Parts, rules: TitleRules, spoken_of: Set[str]) -> Title | None:
    """The title that the matched parts make; None where the words name no public office."""
    _, office, many, owner = item.value
    of = (owner,) if owner else parts.codes("of") or parts.codes("pre") or parts.codes("list")
    former, acting = parts.has("former"), parts.has("acting")
    place = next((i.value[0] for i in parts.items("at", letters="SGC") if i.value), None)
    if kind == "counterpart":
        return Title((), of, former, acting, many, counterpart=True)
    offices = _offices(kind, office, text, of, parts, rules, spoken_of)
    if offices is None:
        return None
    return Title(offices, of, former, acting, many, place=place)


def _offices(
    kind: str, office: str, text: str, of: tuple[str, ...], parts: _Parts, rules: TitleRules, spoken_of: Set[str]
) -> tuple[str, ...] | None:
    portfolios = [item.value for item in parts.items("list", "prelist", letters="F")]
    institutions = [item.value for item in parts.items("inst", "list", "prelist", letters="I")]
    if kind == "deputy" or (kind in ("minister", "delegate") and parts.has("boss") and _to_a_minister(parts)):
        return ("deputy_minister",)
    if kind in ("minister", "delegate"):
        return (_department(portfolios),) if portfolios or parts.has("list") else ("minister",)
    if kind == "holder":
        return _held(portfolios, institutions)
    if kind in ("envoy", "plain") and parts.has("unknown"):
        return None
    if kind == "secretary":
        return _secretary(text, of, portfolios, parts, rules, spoken_of)
    if kind in ("president", "chair"):
        return _presidency(kind, portfolios, institutions, parts)
    return (office,)


def _secretary(
    text: str, of: tuple[str, ...], portfolios: list[str], parts: _Parts, rules: TitleRules, spoken_of: Set[str]
) -> tuple[str, ...] | None:
    """A secretary of state, or of a department: a minister in some states, a deputy in others, a career official in a few."""
    of_state = " " in text
    if parts.has("council"):
        return ("other",)
    if not of_state and not portfolios:
        return None
    if portfolios == ["minister_foreign_affairs"] and not of_state and rules.career.intersection(of):
        return ("other",)
    unknown = rules.unknown_department or (bool(rules.departments & spoken_of) and not portfolios)
    heads_department = bool(rules.departments.intersection(of)) if of else unknown
    if of_state and not heads_department:
        return ("deputy_minister",)
    return (_department(portfolios),) if portfolios or parts.has("list") else ("minister_foreign_affairs",)


def _held(portfolios: list[str], institutions: list[str]) -> tuple[str, ...] | None:
    """What somebody holds who is "in charge of" a department or presides over an institution."""
    if portfolios:
        department = _department(portfolios)
        return (department,) if department != "minister_other" else None
    return (institutions[0],) if institutions and institutions[0] != "none" else None


def _to_a_minister(parts: _Parts) -> bool:
    return any(item.letter in "HYU" for item in parts.items("boss", letters="HYUKR"))


def _department(portfolios: list[str]) -> str:
    """Foreign affairs anywhere in the list wins, then the first department with an office of its own, then any other."""
    if "minister_foreign_affairs" in portfolios:
        return "minister_foreign_affairs"
    return next((portfolio for portfolio in portfolios if portfolio != "minister_other"), "minister_other")


def _presidency(kind: str, portfolios: list[str], institutions: list[str], parts: _Parts) -> tuple[str, ...] | None:
    if institutions:
        unnamed = institutions[0] == "director" and not parts.codes("of", "pre", "list")
        return None if institutions[0] == "none" or unnamed else (institutions[0],)
    if portfolios or parts.has("unknown"):
        return None
    if kind == "chair":
        return None
    if any(item.letter == "G" for item in parts.items("of", letters="SG")) and not parts.codes("pre"):
        return ("other",)
    return ("head_of_state",)


def _joined(titles: list[Mention], folded: str) -> list[Mention]:
    """Titles of one person side by side made one: "vice-premier ministre et ministre de la Défense"."""
    joined: list[Mention] = []
    for mention in titles:
        last = joined[-1] if joined else None
        if (
            last is not None
            and mention.start - last.end <= 14
            and folded[last.end : mention.start] in _MERGE_GAPS
            and _one_holder(last, mention)
        ):
            a, b = last.value, mention.value
            assert isinstance(a, Title) and isinstance(b, Title)
            offices = tuple(dict.fromkeys((*a.offices, *b.offices)))
            offices = tuple(office for office in offices if office != "minister" or len(offices) == 1)
            of = b.of or a.of if not a.of or not b.of else a.of
            title = Title(
                offices, of, a.former, a.acting or b.acting, a.plural, a.counterpart, a.place or b.place, f"{a.text} … {b.text}"
            )
            joined[-1] = Mention(TITLE, last.start, mention.end, of, title, why="titles side by side")
        else:
            joined.append(mention)
    return joined


def _one_holder(first: Mention, second: Mention) -> bool:
    a, b = first.value, second.value
    if not isinstance(a, Title) or not isinstance(b, Title):
        return False
    if a.plural or b.plural or b.former != a.former or a.counterpart or b.counterpart:
        return False
    if "rank" in second.why or "rank" in first.why:
        return False
    return not a.of or not b.of or a.of == b.of
