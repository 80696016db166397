"""Which known words of an article name a state, a people, a city or an organisation, and which one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from loaders.reading.gazetteer import Token
from loaders.reading.model import DEMONYM, ORGANISATION, PLACE, STATE, Mention, Reading
from loaders.reading.surroundings import (
    BEFORE,
    MentionRules,
    after_title,
    before_title,
    beside_a_name,
    family_name,
    given_name,
    in_capitals,
    is_place,
    locative,
)

if TYPE_CHECKING:
    from loaders.reading.lexicon import Words

_CERTAIN = 100  # what an unmistakable name weighs against one that several states share
_NAMING = frozenset({"state", "demonym", "city", "organisation", "prefix"})  # words that may begin a mention


_ARAB_NAME = re.compile(r" (?:[Aa]l|[Ee]l)-[A-Z]")


def named(reading: Reading, tokens: list[Token], known: Words) -> Iterator[Mention]:
    """States, peoples, cities and organisations, in reading order."""
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
            if token.get("city") and _ARAB_NAME.match(text, token.end):
                continue  # "Riyad al-Malki"
            if token.get("city") and not token.get("state") and family_name(tokens, index - 1, text, folded, known.names):
                continue
            titled = after_title(tokens, index - 1, folded)
            if (
                token.get("state")
                and not titled
                and given_name(token, tokens[index] if index < len(tokens) else None, reading, known.names)
            ):
                continue
            beside = token.get("state") and before_title(tokens, index - 1)
            mention = _mention(token, previous, text, folded, rules, bool(beside))
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
    if index + 1 == len(tokens) or tokens[index + 1].start != token.end + 1:
        return None  # no other known word right behind
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
    token: Token, previous: Mention | None, text: str, folded: str, rules: MentionRules, titled: bool
) -> Mention | None:
    """The mention that a token makes, if it makes one; `titled`: a title stands right behind it."""
    start, end = token.start, token.end
    if in_capitals(text, token):
        return None
    known: Callable[[str], Any] = token.meanings.get
    state = known("state")
    if state is not None and state[1] and beside_a_name(text, start, end, titled):
        return None
    organisation, city, people = known("organisation"), known("city"), known("demonym")
    if organisation is not None and state is None:
        return Mention(ORGANISATION, start, end, (organisation[0],), value=text[start:end], why="name of an organisation")
    if people is not None and state is None and city is None:
        return _people(people[0], token, text, folded, rules)
    if state is None and city is None:
        return None
    seat = known("seat")
    if city is None:
        if state is None or (seat is None or not locative(folded, start, rules)):
            return Mention(STATE, start, end, (state[0],), why="name of a state" if seat is None else "seat of a government")
        city_name = rules.capitals.get(state[0], text[start:end])
        return Mention(PLACE, start, end, (state[0],), value=city_name, why="seat of a government, as a place")
    home, stands_for, doubtful, spelled = city
    written = spelled if text[start:end].isupper() else text[start:end]
    if doubtful and state is None and beside_a_name(text, start, end):
        return None
    if state is not None:
        article = folded[max(0, start - 4) : start].endswith((" la ", " l'", " the ")) and home != state[0]
        place = not article and is_place(token, previous, text, folded, rules)
    else:
        place = stands_for is None or is_place(token, previous, text, folded, rules)
    if state is not None and not place:
        return Mention(STATE, start, end, (state[0],), why="name of a state")
    if place:
        return Mention(PLACE, start, end, (home,), value=written, why="city" if stands_for is None else "capital, as a place")
    return Mention(STATE, start, end, (stands_for,), value=written, why="capital that stands for its government")


def _people(code: str, token: Token, text: str, folded: str, rules: MentionRules) -> Mention | None:
    start, end = token.start, token.end
    low = max(0, start - BEFORE)
    after_capital = rules.capital_after.match(folded, end) if rules.capital_after else None
    before_capital = rules.capital_before.search(folded, low, start) if rules.capital_before else None
    capital = rules.capitals.get(code)
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
