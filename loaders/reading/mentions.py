"""Stage 3: states, peoples, places, organisations, dates and amounts, each marked in the layer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.model.folding import fold
from loaders.reading.amounts import find_amounts
from loaders.reading.dating import YEAR, find_dates
from loaders.reading.gazetteer import Token
from loaders.reading.model import DEMONYM, ORGANISATION, PLACE, STATE, Mention, Reading

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon, Words
    from loaders.reading.names import NameRules

_CERTAIN = 100  # what an unmistakable name weighs against one that several states share
_BEFORE = 40  # characters before a name that may decide what it is
_CAPITALISED_BEFORE = re.compile(r"(?P<word>[^\W\d_][\w'’-]*)\.? \Z")
_CAPITALISED_AFTER = re.compile(r" (?P<word>[^\W\d_][\w'’-]*)")
_DATELINE_AFTER = re.compile(r"[^.\n]{0,60}?(?:\)? ?[-—:] |\) ?[-—:]?)")
_SENT_FROM = re.compile(
    r"(?:, ?[A-Z0-9][^.\n]{0,40}?)?(?: ?\([^)\n]{2,40}\))? ?[-–—:](?: |\Z)"
)  # after a city that is a state too
_OF_A_TITLE = (
    " of ",
    " of the ",
    " for ",
    " to ",
    " in ",
    " de ",
    " du ",
    " d'",
    " de la ",
    " de l'",
    " en ",
    " au ",
    " aux ",
    " pour ",
)
_SHOWS_STATE = (
    " to ",
    " in ",
    " of ",
    "from ",
    " le ",
    " la ",
    " les ",
    "l'",
    " du ",
    " des ",
    " au ",
    " aux ",
    " en ",
    " de ",
    "d'",
)  # before a name that is a state whatever follows
_NAMING = frozenset({"state", "demonym", "city", "organisation", "prefix"})  # words that may begin a mention
_DATELINES = 4  # paragraphs, the headline included, that may begin with a dateline


@dataclass(frozen=True, slots=True)
class MentionRules:
    """Words around a name that decide what it is, compiled; all patterns end at the name, or begin after it."""

    locative: re.Pattern[str]
    place_noun: re.Pattern[str]
    place_noun_after: re.Pattern[str] | None
    capital_before: re.Pattern[str] | None
    capital_after: re.Pattern[str] | None
    language_before: re.Pattern[str]
    language_after: re.Pattern[str] | None
    coordination: frozenset[str]


def find_mentions(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with its tokens and every mention but titles, names and persons."""
    known = lexicon.of(reading)
    tokens = known.gazetteer.tokens(reading.text, reading.folded)
    blank = [(paragraph.start, paragraph.end) for paragraph in reading.paragraphs if paragraph.boilerplate]
    tokens = _outside(tokens, blank)
    named = list(_named(reading, tokens, known, lexicon))
    dated = find_dates(reading.text, reading.folded, _anchors(reading.folded, tokens, blank), known.calendar, reading.published)
    demonyms = {place: mention.codes[0] for mention in named if mention.codes for place in (mention.start, mention.end)}
    units = [(token.start, token.end, token.get("unit")) for token in tokens if "unit" in token.meanings]
    counted = find_amounts(reading.folded, units, demonyms, known.amounts)
    mentions = disjoint([*dated, *counted, *named])
    return reading.with_mentions(mentions, tokens=tuple(tokens), dateline=_dateline(reading, mentions))


def disjoint(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions in reading order without overlaps: the earlier start wins, then the longer, then the one given first."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda item: (item.start, -item.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _outside(tokens: list[Token], blank: list[tuple[int, int]]) -> list[Token]:
    kept, index = [], 0
    for token in tokens:
        while index < len(blank) and blank[index][1] <= token.start:
            index += 1
        if index == len(blank) or token.start < blank[index][0]:
            kept.append(token)
    return kept


def _anchors(folded: str, tokens: list[Token], blank: list[tuple[int, int]]) -> list[tuple[int, int]]:
    spans = [(token.start, token.end) for token in tokens if "date" in token.meanings]
    spans += [
        match.span() for match in YEAR.finditer(folded) if not any(low <= match.start() < high for low, high in blank[:50])
    ]
    return sorted(spans)


def _named(reading: Reading, tokens: list[Token], known: Words, lexicon: Lexicon) -> Iterator[Mention]:
    rules, text, folded = known.mentions, reading.text, reading.folded
    previous: Mention | None = None
    sure = _sure(tokens)
    index = 0
    while index < len(tokens):
        token, index = tokens[index], index + 1
        if _NAMING.isdisjoint(token.meanings):
            continue
        token = _settled(token, sure)
        joined = _compound(tokens, index - 1, folded)
        if joined is not None:
            end, codes = joined
            index += sum(1 for later in tokens[index : index + 4] if later.end <= end)
            previous = Mention(DEMONYM, token.start, end, codes, why="compound of two peoples")
        else:
            if token.get("city") and not token.get("state") and _family_name(tokens, index - 1, text, folded, known.names):
                continue
            titled = _after_title(tokens, index - 1, folded)
            if (
                token.get("state")
                and not titled
                and _given_name(token, tokens[index] if index < len(tokens) else None, reading, known.names)
            ):
                continue
            mention = _mention(token, previous, text, folded, rules, lexicon)
            if mention is None:
                continue
            previous = mention
        yield previous


def _sure(tokens: list[Token]) -> Counter[str]:
    """How often each state is named by a form that is nobody else's; a preferred name that others share counts a little."""
    counted: Counter[str] = Counter()
    for token in tokens:
        if "state" not in token.meanings and "demonym" not in token.meanings:
            continue
        states = [word for word in token.words if word.category in ("state", "demonym")]
        if len({word.value[0] for word in states}) == 1 and not states[0].value[1]:
            counted[states[0].value[0]] += _CERTAIN
        elif len(states) > 1 and states[0].rank < states[1].rank:
            counted[states[0].value[0]] += 1
    return counted


def _settled(token: Token, sure: Counter[str]) -> Token:
    """The token with the meanings first of the state that the article names elsewhere, where a form belongs to several."""
    if len(token.words) < 2:
        return token
    if sum(word.category == "city" for word in token.words) > 1:
        # "Tripoli" is the capital, unless the article speaks only of the state where the other one lies
        return token.reordered(sorted(token.words, key=lambda word: word.category == "city" and not sure[word.value[0]]))
    if sum(word.category in ("state", "demonym") for word in token.words) < 2:
        return token
    return token.reordered(
        sorted(token.words, key=lambda word: -sure[word.value[0]] if word.category in ("state", "demonym") else 0)
    )


def _compound(tokens: list[Token], index: int, folded: str) -> tuple[int, tuple[str, ...]] | None:
    """`maroco-rwandais`, `US-Chinese`, `Russian-Moroccan`: where it ends and whose it is."""
    token = tokens[index]
    code = token.get("prefix") or (token.get("demonym") or token.get("state") or (None,))[0]
    codes: list[str | None] = [code]
    end = token.end
    for later in tokens[index + 1 : index + 4]:
        if codes[-1] is None or later.start != end + 1 or folded[end] not in "-–—/":
            break
        following = (later.get("demonym") or (None,))[0] or later.get("prefix")
        if following is None:
            break
        codes.append(following)
        end = later.end
    return (
        (end, tuple(dict.fromkeys(filter(None, codes))))
        if len(codes) > 1 and codes[-1] is not None and len(set(codes)) > 1
        else None
    )


def _mention(
    token: Token, previous: Mention | None, text: str, folded: str, rules: MentionRules, lexicon: Lexicon
) -> Mention | None:
    """The mention that a token makes, if it makes one."""
    start, end = token.start, token.end
    if _in_capitals(text, token):
        return None
    state = token.get("state")
    if state is not None and state[1] and _beside_a_name(text, start, end):
        return None
    organisation, city, people = token.get("organisation"), token.get("city"), token.get("demonym")
    if organisation is not None and state is None:
        return Mention(ORGANISATION, start, end, (organisation[0],), value=text[start:end], why="name of an organisation")
    if people is not None and state is None and city is None:
        return _people(people[0], token, text, folded, rules, lexicon)
    if state is None and city is None:
        return None
    seat = token.get("seat")
    if city is None:
        if state is None or (seat is None or not _locative(folded, start, rules)):
            return Mention(STATE, start, end, (state[0],), why="name of a state" if seat is None else "seat of a government")
        city_name = lexicon.capitals.get(state[0], text[start:end])
        return Mention(PLACE, start, end, (state[0],), value=city_name, why="seat of a government, as a place")
    home, stands_for, doubtful = city
    if doubtful and state is None and _beside_a_name(text, start, end):
        return None
    if state is not None:
        article = folded[max(0, start - 4) : start].endswith((" la ", " l'", " the ")) and home != state[0]
        place = not article and _is_place(token, previous, text, folded, rules)
    else:
        place = stands_for is None or _is_place(token, previous, text, folded, rules)
    if state is not None and not place:
        return Mention(STATE, start, end, (state[0],), why="name of a state")
    if place:
        return Mention(
            PLACE, start, end, (home,), value=text[start:end], why="city" if stands_for is None else "capital, as a place"
        )
    return Mention(STATE, start, end, (stands_for,), value=text[start:end], why="capital that stands for its government")


def _in_capitals(text: str, token: Token) -> bool:
    """True for a short acronym in a line that is all capitals: there it may be any word."""
    if token.end - token.start > 3 or token.words[0].shape != "upper":
        return False
    around = re.findall(r"[^\W\d_]{3,}", text[max(0, token.start - 30) : token.start] + " " + text[token.end : token.end + 30])
    return len(around) > 1 and all(word.isupper() for word in around[:4])


def _beside_a_name(text: str, start: int, end: int) -> bool:
    """True when a capitalised word stands right beside an ambiguous name: `Michael Jordan`, `Maurice Camara`."""
    after = _CAPITALISED_AFTER.match(text, end)
    if after is not None and after["word"][0].isupper():
        return True
    before = _CAPITALISED_BEFORE.search(text, max(0, start - _BEFORE), start)
    if before is None or not before["word"][0].isupper():
        return False
    lead = before.start()
    return lead > 1 and text[lead - 1] not in "\n" and text[lead - 2] not in ".!?:\n" and len(before["word"]) > 2


def _after_title(tokens: list[Token], index: int, folded: str) -> bool:
    """True for a state that ends a title: "Country Director for Ghana X", "le sultan d'Oman X"."""
    before = tokens[index - 1] if index > 0 else None
    titled = before is not None and any(before.get(kind) for kind in ("head", "portfolio", "institution"))
    return titled and before is not None and folded[before.end : tokens[index].start] in _OF_A_TITLE


def _given_name(token: Token, following: Token | None, reading: Reading, names: NameRules) -> bool:
    """True for a state's name right before an unknown capitalised word, without article: `Israel Katz`, `Kenya Airways`."""
    start, end, text = token.start, token.end, reading.text
    if text[start:end].isupper() or not text[start:end].isalpha() or (following is not None and following.start == end + 1):
        return False
    after = _CAPITALISED_AFTER.match(text, end)
    if after is None or not after["word"][0].isupper() or after["word"].isupper() or len(after["word"]) < 3:
        return False
    if reading.folded[max(0, start - 4) : start].endswith(_SHOWS_STATE):
        return False
    if text[start - 1 : start] in ("-", "–") or fold(after["word"]) in names.things | names.starts:
        return False  # "the Peru-Norway Joint Commission"
    sentence = reading.sentence_at(start)
    return sentence is not None and not sentence.title


def _family_name(tokens: list[Token], index: int, text: str, folded: str, names: NameRules) -> bool:
    """True for a city's name right after a capitalised word that may be a given name: `Rodrigo Mendoza`."""
    start = tokens[index].start
    before = _CAPITALISED_BEFORE.search(text, max(0, start - _BEFORE), start)
    if before is None or not before["word"][0].isupper() or (index > 0 and tokens[index - 1].end > before.start()):
        return False
    word = folded[before.start("word") : before.end("word")]
    return len(word) > 2 and not word.isupper() and word not in names.starts and word not in names.things


def _people(code: str, token: Token, text: str, folded: str, rules: MentionRules, lexicon: Lexicon) -> Mention | None:
    start, end = token.start, token.end
    low = max(0, start - _BEFORE)
    after_capital = rules.capital_after.match(folded, end) if rules.capital_after else None
    before_capital = rules.capital_before.search(folded, low, start) if rules.capital_before else None
    capital = lexicon.capitals.get(code)
    if capital is not None and (after_capital or before_capital):
        first = before_capital.start("phrase") if before_capital else start
        last = after_capital.end() if after_capital else end
        return Mention(PLACE, first, last, (code,), value=capital, why="the capital of a state, described")
    following = folded[end : end + 1]
    if rules.language_before.search(folded, low, start) and not (
        rules.language_after and following == " " and folded[end + 1 : end + 2].isalpha()
    ):
        return None
    if rules.language_after and rules.language_after.match(folded, end):
        return None
    return Mention(DEMONYM, start, end, (code,), why="word for a people")


def _locative(folded: str, start: int, rules: MentionRules) -> bool:
    low = max(0, start - _BEFORE)
    return rules.locative.search(folded, low, start) is not None or rules.place_noun.search(folded, low, start) is not None


def _is_place(token: Token, previous: Mention | None, text: str, folded: str, rules: MentionRules) -> bool:
    """True when a capital is where something is, not the government that sits there."""
    start, end = token.start, token.end
    if _locative(folded, start, rules) or (rules.place_noun_after and rules.place_noun_after.match(folded, end)):
        return True
    if previous is not None and previous.mark == PLACE and folded[previous.end : start] in rules.coordination:
        return True
    if start > 0 and text[start - 1] == "(":
        return True
    dateline = _DATELINE_AFTER if token.get("state") is None else _SENT_FROM
    line_start = start == 0 or text[start - 1] == "\n"
    return line_start and (dateline.match(text, end) is not None and text[end : end + 1] in ",( -–—")


def _dateline(reading: Reading, mentions: tuple[Mention, ...]) -> Mention | None:
    """The place that the article says it was sent from: a city that begins one of the first paragraphs, before a dash."""
    for paragraph in reading.paragraphs[:_DATELINES]:
        if paragraph.title or paragraph.boilerplate:
            continue
        for mention in mentions:
            if mention.start > paragraph.start:
                break
            if mention.start == paragraph.start and mention.mark in PLACE + STATE and isinstance(mention.value, str):
                after = _DATELINE_AFTER.match(reading.text, mention.end)
                if after is not None:
                    return replace(mention, mark=PLACE)
    return None
