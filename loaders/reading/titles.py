"""Stage 4: titles, read by a small grammar around their heads, with the offices they state and whose those are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from operator import attrgetter
from typing import TYPE_CHECKING

from loaders.reading.changing import replace
from loaders.reading.dangling import going_on
from loaders.reading.houses import of_a_party, of_no_state, private_house
from loaders.reading.model import DEMONYM, FILLER, ORGANISATION, PLACE, STATE, TITLE, Mention, Reading, Title
from loaders.reading.names import find_names
from loaders.reading.title_offices import ENVOYS, Item, Parts, department, groups_of, resolved, spans_of
from loaders.reading.title_rules import LETTERS, TitleRules
from loaders.reading.units import IN_BRACKETS, is_address

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_IN_TITLES = STATE + DEMONYM + PLACE + ORGANISATION + "A"
_ITEM = tuple.__new__  # items are made by the thousand: this is the quick way to make one
_BEFORE = 90  # characters before a head in which its attributes stand
_SENT = re.compile(r"(?<![a-z])(?:ete|a|ont|avait|avaient|ayant|avoir|fut|furent|aura|auront) \Z")  # "ont été envoyés au Mali"
_FORCES = ("army ", "navy ", "air force ", "police ", "military ", "marine ")  # before a captain who is no team's
_ONE_WORD = 9  # letters of "envoyées"; and characters before a head in which an auxiliary stands
_ITS = (" its ", " their ", " son ", " leur ")
_AFTER = 420  # characters after a head: the longest ministerial titles of communiqués
_POSTS = ("post of ", "position of ", "role of ", "poste de ", "fonction de ")  # a post spoken of, no holder
_MERGE_GAPS = (", ", " et ", " and ", ", et ", " & ", ", and ", " et de ", " ainsi que ")


def find_titles(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its names (N) and titles (T) among the mentions."""
    found_names = find_names(reading, lexicon)
    names = found_names.names
    if found_names.swallowed:
        kept = tuple(mention for mention in reading.mentions if mention.start not in found_names.swallowed)
        reading = reading.having(mentions=kept)
    items = _items(reading, [*names, *found_names.things])
    layer = _layer(reading.folded, items)
    rules = lexicon.of(reading).titles
    by_start = {item.start: item for item in items}
    spoken_of = _main_states(reading)
    accredits = any(word in reading.folded for word in rules.accredits)
    found: list[Mention] = []
    for item in items:
        if item.letter in LETTERS and (not found or item.start >= found[-1].end):
            mention = _title(item, layer, by_start, reading, rules, spoken_of)
            if mention is not None:
                found.append(_accredited(mention, reading.folded[item.start : item.end]) if accredits else mention)
    titles = _joined(going_on(found, layer, by_start, reading.text), reading.folded)
    others = (*_bracketed(layer, by_start, reading), *_headed(layer, by_start, reading))
    titles = _apart(sorted([*titles, *others], key=lambda mention: mention.start))
    return _placed(reading.having(honoured=frozenset(found_names.honoured)), names, titles)


def _accredited(mention: Mention, head: str) -> Mention:
    """The title, a plain envoy's as an ambassador's."""
    title = mention.value
    if head not in ENVOYS or not isinstance(title, Title) or title.offices != ("special_envoy",):
        return mention
    return Mention(TITLE, mention.start, mention.end, title.of, replace(title, offices=("ambassador",)), mention.why)


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
    return reading.having(mentions=tuple(kept), titles=tuple(titles))


def _items(reading: Reading, names: list[Mention]) -> list[Item]:
    items = [_ITEM(Item, (m.mark, m.start, m.end, m.codes)) for m in reading.mentions if m.mark in _IN_TITLES]
    items += [_ITEM(Item, ("N", m.start, m.end, m.value)) for m in names]
    for token in reading.known("head"):
        head = token.meanings["head"]
        items.append(_ITEM(Item, (head[0], token.start, token.end, head)))
    for token in reading.known("portfolio"):
        if "head" not in token.meanings:
            items.append(_ITEM(Item, ("F", token.start, token.end, token.meanings["portfolio"])))
    for token in reading.known("institution"):
        if "head" not in token.meanings and "portfolio" not in token.meanings:
            items.append(_ITEM(Item, ("I", token.start, token.end, token.meanings["institution"])))
    items.sort(key=lambda item: (item.start, -item.end))
    kept: list[Item] = []
    for item in items:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _layer(folded: str, items: list[Item]) -> str:
    parts: list[str] = []
    position = 0
    for item in items:
        parts.append(folded[position : item.start])
        parts.append(item.letter + FILLER * (item.end - item.start - 1))
        position = item.end
    parts.append(folded[position:])
    return "".join(parts)


def _title(
    item: Item, layer: str, by_start: Mapping[int, Item], reading: Reading, rules: TitleRules, spoken_of: Set[str]
) -> Mention | None:
    kind, before = LETTERS[item.letter], None
    if rules.led(layer, item.start):
        line = layer.rfind("\n", max(0, item.start - _BEFORE), item.start) + 1
        before = rules.before.search(layer, max(line, item.start - _BEFORE), item.start)
    if _is_verb(item, layer) or _names_no_sovereign(item, layer, by_start, reading, before):
        return None
    end_of_line = layer.find("\n", item.start, item.start + _AFTER)
    after = rules.after[kind].match(layer, item.start, item.start + _AFTER if end_of_line < 0 else end_of_line)
    if after is None or kind == "none":
        return None
    groups = groups_of(before) | groups_of(after) if before else groups_of(after)
    start = before.start() if before else item.start
    if kind == "president" and start == item.start and of_no_state(start, layer, reading):
        return None
    head = reading.folded[item.start : item.end]
    of_team = kind == "rank" and reading.text[item.start : item.end] in rules.of_teams
    if of_team and not reading.folded.endswith(_FORCES, 0, start):
        return None
    near = [by_start[place] for place in range(start, after.end()) if place in by_start]
    parts = Parts(spans_of(groups), near, item.start)
    title = resolved(kind, item, head, parts, rules, spoken_of)
    if title is None or of_a_party(title, item, start, reading, rules):
        return None
    if head in rules.of_any_house and private_house(title, item, parts, (start, after.end()), reading, rules):
        return None
    if "here" in groups and not title.of:
        title = replace(title, of=_last_state(reading, item.start))
    if kind == "envoy" and title.place and not title.of and reading.folded.endswith(_ITS, 0, start):
        title = replace(title, of=tuple(code for code in _last_state(reading, start) if code != title.place))
    text = reading.text[start : after.end()]
    if kind == "secretary" and title.offices == ("minister_foreign_affairs",) and not title.of and " " not in head:
        kind = "foreign secretary"
    sovereign = kind == "rank" and bool(title.of) and item.value[1] == "head_of_state"
    why = "title: sovereign" if sovereign else f"title: {kind}"
    return Mention(TITLE, start, after.end(), title.of, replace(title, text=text), why=why)


def _is_verb(item: Item, layer: str) -> bool:
    """True for "a envoyé", "was sent envoy"."""
    short = LETTERS[item.letter] == "envoy" and item.end - item.start <= _ONE_WORD
    return short and _SENT.search(layer, max(0, item.start - _ONE_WORD), item.start) is not None


def _names_no_sovereign(
    item: Item, layer: str, by_start: Mapping[int, Item], reading: Reading, before: re.Match[str] | None
) -> bool:
    """True for a sovereign's rank that neither a state, nor an article, nor a sovereign's name stands beside."""
    if LETTERS[item.letter] != "rank" or item.value[1] != "head_of_state":
        return False
    if layer.startswith((" of S_", " de S_", " du S_", " d'S_"), item.end):
        return False
    if _introduced(before, reading.folded[max(0, item.start - 4) : item.start]):
        return False
    return reading.folded.endswith(", ", 0, item.start) or not _crowned(by_start.get(item.end + 1))


def _last_state(reading: Reading, offset: int) -> tuple[str, ...]:
    """The state named last before an offset: "ce pays"."""
    before = bisect_left(reading.mentions, offset, key=attrgetter("start"))
    return next((m.codes for m in reversed(reading.mentions[max(0, before - 8) : before]) if m.mark == STATE), ())[:1]


_BRACKET = re.compile(r"N_*+ \((F_*+(?:(?:,| et| and|/| &) ?(?:de |du |des |de la |de l'|l'|la |le |the )?F_*+)*+)\)")
_MINISTERS = re.compile(r"ministr|minister|gouvernement|government|delegation|cabinet")


def _bracketed(layer: str, by_start: Mapping[int, Item], reading: Reading) -> list[Mention]:
    """Departments in brackets after names, where ministers are spoken of: "dont A (Défense) et B (Santé)"."""
    found: list[Mention] = []
    for match in _BRACKET.finditer(layer):
        start, end = match.span(1)
        line = reading.folded.rfind("\n", max(0, start - _AFTER), start) + 1 or max(0, start - _AFTER)
        if "U_" in layer[line:start] or not _MINISTERS.search(reading.folded, line, end + _BEFORE):
            continue
        items = [by_start[place] for place in range(start, end) if place in by_start]
        office = department([item.value for item in items if item.letter == "F"])
        found.append(Mention(TITLE, start, end, (), Title((office,), text=reading.text[start:end]), why=IN_BRACKETS))
    return found


def _crowned(name: Item | None) -> bool:
    """ "Sultan Qaboos", but "Sultan Ahmed Al Jaber" is a name."""
    return name is not None and name.letter == "N" and " " not in str(name.value)


_WHERE = (" en ", " au ", " aux ", " a ", " in ", " at ", " to ")  # before the state where an embassy is
_HEADED = re.compile(
    r"(?P<house>[ZI]_[^.;:\n]{0,80}?),? (?P<verb>que dirige|(?:est |was |is )?(?:dirigee?s? par|conduite? par|confiee? a"
    r"|headed by|led by|run by)) (?:le |la |l'|m\. |mme |mr\.? |dr\.? )?(?=N_)"
)


def _headed(layer: str, by_start: Mapping[int, Item], reading: Reading) -> Iterator[Mention]:
    """Who heads a ministry or an embassy that is spoken of: "the Togolese foreign ministry, headed by X"."""
    for match in _HEADED.finditer(layer):
        low, high = match.span("house")
        word = reading.folded[low : low + 7]
        begin = max(0, low - 40)
        line = max(layer.rfind(mark, begin, low) for mark in ".;\n,") + 1
        near = [by_start[place] for place in range(max(begin, line), high) if place in by_start]
        told = [item.value for item in near if item.letter == "F"]
        house = by_start[low]
        if house.letter == "I" and house.value == "ambassador":
            office = "ambassador"
        elif house.letter == "Z" and word.startswith("minist") and told:
            office = department(told)
        else:
            continue
        states = (item for item in near if item.letter in STATE + DEMONYM and item.value)
        of = next((item.value[:1] for item in states if not reading.folded.endswith(_WHERE, 0, item.start)), ())
        start, end = match.span("verb")
        text = reading.text[start:end]
        yield Mention(TITLE, start, end, of, Title((office,), of, text=text), why="title: who heads")


def _apart(titles: list[Mention]) -> list[Mention]:
    """Titles in order without overlaps."""
    kept: list[Mention] = []
    for title in titles:
        if not kept or title.start >= kept[-1].end:
            kept.append(title)
    return kept


def _introduced(before: re.Match[str] | None, lead: str) -> bool:
    """ "L'émir X", "Qatar's emir": without article or state, Emir and Sultan are given names."""
    return lead.endswith(("l'", "le ", "du ", "the ", "son ", "his ", "its ", "eir ")) or (
        before is not None and "pre" in groups_of(before)
    )


def _joined(titles: list[Mention], folded: str) -> list[Mention]:
    """Titles of one person side by side made one: "vice-premier ministre et ministre de la Défense"."""
    joined: list[Mention] = []
    for mention in titles:
        last = joined[-1] if joined else None
        if (
            last is not None
            and mention.start - last.end <= 14
            and folded[last.end : mention.start] in _MERGE_GAPS
            and not folded.endswith(_POSTS, 0, last.start)
            and _one_holder(last, mention, folded[last.end : mention.start])
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


def _one_holder(first: Mention, second: Mention, gap: str) -> bool:
    a, b = first.value, second.value
    if not isinstance(a, Title) or not isinstance(b, Title):
        return False
    if a.offices == b.offices and gap.strip() in ("and", "et") and not second.why.endswith("rank"):
        return False  # "the Indian prime minister and prime minister X"
    if a.plural or b.plural or b.former != a.former or a.counterpart or b.counterpart:
        return False
    if "rank" in second.why or "rank" in first.why or is_address(second):
        return False
    if b.offices == ("head_of_state",) != a.offices and not b.of and gap == ", ":
        return False  # "besides the Malaysian foreign minister, President X"
    return not a.of or not b.of or a.of == b.of
