"""Role rules of aid: who gives, lends or signs for a loan, and whom it is for, where the sentence names them or does not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from loaders.reading.frames.donors import load_donors
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.lists import goes_on
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule, adjective, around, end_of, fill, target, tied
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import ORGANISATION, PLACE, STATE, Title
from loaders.reading.phrasing import either, whole_words

GIVEN_TO = re.compile(r"(?<![a-z])(?:au|aux|a|pour)(?![a-z])")  # "un don au gouvernement burkinabè": who receives it
_AMBASSADOR = re.compile(r"(?<![a-z])ambassad[a-z]+")
_TOWARDS = re.compile(r"(?<![a-z])(?:vers|towards?|au profit|au benefice|en faveur|for the benefit)(?![a-z])")
_INDIRECT = 14  # characters from "gave" to whom: "gave Nepal 5 million"
_BEHIND_COLON = 8  # characters between "namely" and the first of a list
_EMBASSY = 14  # characters between a people or a state and "embassy", "ambassade"
_OFTEN = 3  # mentions of the one state that an article is about
_RIGHT_AFTER = 8  # characters from the giver to who receives: "à la "
_BESIDE = 4  # characters between a giver and the gift: "Japan's grant"
_NEAR = 60  # characters before a verb in which its described subject stands
_GIVES_TOO = re.compile(r",? (?:M_|\d[\d.,]* (?:mi|bi))")  # "au Togo, la Norvège 10 millions": the last of a list gives too


def _where_signed(event: Event, argument: Argument) -> bool:
    """True for a city that the words of a signing name: there the paper was signed, and nobody received anything."""
    seat = all(isinstance(mention.value, str) for mention in argument.mentions)
    return seat and event.scene.grammar.phrases["signs"].search(event.scene.reading.folded, event.low, event.high) is not None


def _whole_list(event: Event, argument: Argument, why: str) -> Filler:
    """All of a list whose members have prepositions of their own: "au Mali, en Éthiopie, à Djibouti et en Haïti"."""
    found, arguments = [argument], list(event.scene.arguments)
    for step in (1, -1):
        position = arguments.index(argument) + step
        while 0 <= position < len(arguments):
            other, last = arguments[position], found[-1] if step > 0 else found[0]
            one, two = (last, other) if step > 0 else (other, last)
            if other.cue not in ("to", "in", "for") or not goes_on(event.scene, one.end, two.start):
                break
            found.insert(len(found) if step > 0 else 0, other)
            position += step
    codes = dict.fromkeys(code for one in found for code in one.codes if code not in event.taken)
    return Filler(tuple(codes), found[0].start, found[-1].end, why)


@cache
def _counted(recipients: frozenset[str], namely: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{whole_words(recipients)})(?: [a-z'-]+){{0,6}}?(?: ?:|,? (?:{either(namely)})(?![a-z]))")


def listed(event: Event, memory: Memory) -> Filler | None:
    """ "for three African countries, namely A, B and C", "les pays suivants : A et B": the list that is only counted before."""
    scene = event.scene
    counted = _counted(scene.grammar.words["recipients"], scene.grammar.words["for_example"]).search(
        scene.reading.folded, event.end, scene.sentence.end
    )
    if counted is None:
        return None
    named = next(iter(scene.after(counted.end(), scene.sentence.end)), None)
    if named is None or named.start - counted.end() > _BEHIND_COLON or not named.codes:
        return None
    return fill(named, "the list of those it is given to")


def whose_gift(event: Event, memory: Memory) -> Filler | None:
    """ "Japan's Grant Aid", "a Japanese grant", "un don japonais": whose gift the sentence names."""
    scene = event.scene
    for match in scene.grammar.phrases["gift"].finditer(scene.reading.folded, event.low, event.high):
        for argument in scene.arguments:
            first = argument.mentions[0]
            owns = argument.cue == "poss" or first.mark == "D"
            before, after = match.start() - argument.mentions[-1].end, first.start - match.end()
            if owns and len(argument.codes) == 1 and (0 <= before <= _BESIDE or (0 <= after <= 2 and first.mark == "D")):
                return fill(argument, "whose gift it is")
    return None


def lender(event: Event, memory: Memory) -> Filler | None:
    """The first of two who sign a loan together: "A et B ont signé un accord de prêt"."""
    found = subject_argument(event)
    if found is None or len(found.codes) != 2 or event.voice != "active":
        return None
    first = next((code for code in found.codes if code == _envoys(event, found)), found.codes[0])
    return Filler((first,), found.start, found.end, "who signs first, or by an envoy", found.persons)


def _envoys(event: Event, argument: Argument) -> str:
    """Whose ambassador is among those who sign: a lender has the ambassador sign, a borrower the minister."""
    for mention in argument.mentions:
        if _AMBASSADOR.search(event.scene.reading.folded, mention.start, mention.end) and len(mention.codes) == 1:
            return mention.codes[0]
    return ""


def borrower(event: Event, memory: Memory) -> Filler | None:
    """The second of two who sign a loan together."""
    found = subject_argument(event)
    if found is None or len(found.codes) != 2 or not set(event.taken) <= set(found.codes):
        return None
    rest = tuple(code for code in found.codes if code not in event.taken)
    return Filler(rest, found.start, found.end, "the other of those who sign", found.persons)


def state_alone(event: Event, memory: Memory) -> Filler | None:
    """The one state of the article's pair, the other being an organisation, where the clause names nobody else."""
    states = [code for code in memory.pair if code not in memory.organisations and code not in event.taken]
    if len(memory.pair) != 2 or len(states) != 1 or any(a.codes for a in event.scene.after(event.end, event.high)):
        return None
    return Filler(tuple(states), event.start, event.end, "the state the article is about", inferred=True)


def aided(event: Event, memory: Memory) -> Filler | None:
    """ "au Mali" after a verb of giving: a place that receives; "L'ambassadeur de X au Mali a remis …": where he serves."""
    for argument in event.scene.after(event.end, event.high):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        placed = argument.cue in ("to", "in", "for") and all(mention.mark in STATE + PLACE for mention in argument.mentions)
        if codes and placed and not _where_signed(event, argument):
            return _whole_list(event, argument, "where it goes")
    for mention in event.scene.reading.titles:
        title = mention.value if event.scene.sentence.start <= mention.start < event.start else None
        if not isinstance(title, Title) or not title.place or title.place in event.taken:
            continue
        if set(title.of) & set(event.taken):
            return Filler((title.place,), mention.start, mention.end, "where the envoy who gives it serves")
    return None


def fund(event: Event, memory: Memory) -> Filler | None:
    """ "Le Fonds koweïtien a accordé …", "the Saudi Fund": whose public fund or agency gives."""
    if event.voice != "active":
        return None
    for argument in event.scene.before(min(event.mood.start, event.start), event.low):
        if len(argument.codes) == 1 and event.scene.grammar.closing["fund"].search(argument.head) is not None:
            return fill(argument, "whose fund or agency gives")
    return None


def described_lender(event: Event, memory: Memory) -> Filler | None:
    """ "Le Fonds va décaisser …", "the Bank approved …": the one lender that the article names."""
    scene, low = event.scene, max(event.low, event.mood.start - _NEAR)
    told = scene.grammar.phrases["the_lender"].search(scene.reading.folded, low, event.mood.start)
    if told is None or event.voice != "active" or any(a.bare for a in scene.before(event.mood.start, low)):
        return None
    lenders = [code for code in load_donors().banks if code in memory.organisations]
    return (
        Filler((lenders[0],), told.start(), told.end(), "the lender that the article names", inferred=True) if lenders else None
    )


def other_alone(event: Event, memory: Memory) -> Filler | None:
    """ "Tokyo a débloqué 20 millions": the other of the pair, where the sentence says nothing of whom or what it is for."""
    scene, states = event.scene, [code for code in memory.pair if code not in event.taken]
    if len(memory.pair) != 2 or len(states) != 1 or any(a.codes for a in scene.after(event.end, scene.sentence.end)):
        return None
    described = scene.grammar.phrases["to_the_country"].search(scene.reading.folded, event.end, event.high) is not None
    if not described and scene.grammar.phrases["given_for"].search(scene.reading.folded, event.end, scene.sentence.end):
        return None
    return Filler(tuple(states), event.start, event.end, "the other state of the article's pair", inferred=True)


def board(event: Event, memory: Memory) -> Filler | None:
    """ "Le conseil d'administration du FMI", "the World Bank's board": the organisation whose board decides."""
    low = event.low
    for argument in event.scene.before(min(event.mood.start, event.start), low):
        around = max(low, argument.start - 30), argument.end + 40
        told = event.scene.grammar.phrases["board"].search(event.scene.reading.folded, *around)
        if told is not None and any(m.mark == ORGANISATION for m in argument.mentions):
            return fill(argument, "whose board decides")
    return None


def recipient(event: Event, memory: Memory) -> Filler | None:
    """Whom it is given to: after à / to / for, or the indirect object; where a list tells, all that it names."""
    for argument in around(event):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        if len(argument.codes) > 1 and _GIVES_TOO.match(event.scene.reading.layer, argument.mentions[-1].end) is not None:
            return fill(
                replace(argument, codes=argument.mentions[0].codes, mentions=argument.mentions[:1]), "whom it is given to"
            )
        government = any(mention.mark in "SDCG" for mention in argument.mentions)
        if argument.mentions[0].mark == "D" and _of_refugees(event, argument):
            continue
        if codes and government and argument.cue in ("to", "for") and not _where_signed(event, argument):
            return _whole_list(event, argument, "whom it is given to")
    found = target(event, memory)
    near = found is not None and found.start - event.end <= _INDIRECT
    return found if near and found is not None and not set(found.codes) & set(event.taken) else None


def _of_refugees(event: Event, argument: Argument) -> bool:
    """True for "pour les réfugiés soudanais au Tchad": where they fled to receives it."""
    around = max(event.low, argument.start - _EMBASSY), min(event.high, argument.end + _EMBASSY)
    return event.scene.grammar.phrases["refugees"].search(event.scene.reading.folded, *around) is not None


def helped_there(event: Event, memory: Memory) -> Filler | None:
    """ "20 million euros for schools in Malawi": the state in which it is spent, by its own name and no giver itself."""
    for argument in event.scene.after(event.end, event.high):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        named = argument.cue == "in" and all(m.mark == STATE and not isinstance(m.value, str) for m in argument.mentions)
        if codes and named and not set(codes) & load_donors().states:
            return _whole_list(event, argument, "where it is spent")
    return None


def donor(event: Event, memory: Memory) -> Filler | None:
    """ "un prêt de la Banque mondiale", "a Japanese grant": who stands behind it."""
    found = adjective(event, memory)
    if found is not None and GIVEN_TO.search(event.scene.reading.folded, end_of(event), found.start) is not None:
        found = None  # "un don au gouvernement burkinabè": who receives it
    behind = tied(event, end_of(event), ("of", "from", "by"))
    if behind is not None and behind.cue == "of" and _TOWARDS.search(event.scene.reading.folded, end_of(event), behind.start):
        behind = None  # "acheminés vers les régions de X": where it goes
    return found or fill(behind, "who gives it")


def giver(event: Event, memory: Memory) -> Filler | None:
    """ "obtient de X un prêt", "received a grant from X", "un don japonais": from whom it is received."""
    for argument in event.scene.after(event.end, event.high):
        codes = tuple(code for code in argument.codes if code not in event.taken)
        if event.scene.grammar.phrases["given_for"].search(event.scene.reading.folded, event.end, argument.start):
            break  # "une aide pour ses étudiants de France": what follows is what it is for
        if codes and argument.cue in ("of", "from", "by") and any(m.mark in "SG" for m in argument.mentions):
            return Filler(codes, argument.start, argument.end, "from whom it is received")
    return adjective(event, memory)


def embassy(event: Event, memory: Memory) -> Filler | None:
    """ "The Japanese embassy donated …", "l'ambassade du Japon a offert …": whose embassy gives."""
    if event.voice != "active":
        return None
    scene, folded = event.scene, event.scene.reading.folded
    for argument in scene.before(min(event.mood.start, event.start), event.low):
        around = folded[max(event.low, argument.start - _EMBASSY) : argument.end + _EMBASSY]
        placed = argument.cue in ("in", "to") or len(argument.codes) != 1
        if not placed and not argument.persons and scene.grammar.phrases["missions"].search(around) is not None:
            return fill(argument, "whose embassy gives")
    return None


def main_state(event: Event, memory: Memory) -> Filler | None:
    """The state that the article speaks of more than twice as often as of any other, where a body gives and names nobody."""
    named = [a for a in event.scene.after(event.end, event.high) if a.codes and a.mentions[0].mark != ORGANISATION]
    if not set(event.taken) & memory.organisations or named:
        return None
    main = spoken_of_most(memory)
    if main is None or main in event.taken:
        return None
    return Filler((main,), event.start, event.end, "the state the article is about", inferred=True)


def spoken_of_most(memory: Memory, others: Sequence[str] = ()) -> str | None:
    """The state that the article speaks of more than twice as often as of any other, `others` left out; None where none is."""
    counts = {code: n for code, n in memory.spoken_of.items() if code not in memory.organisations and code not in others}
    ranked = sorted(counts, key=lambda code: (-counts[code], code))[:2]
    clear = bool(ranked) and counts[ranked[0]] >= _OFTEN and (len(ranked) < 2 or counts[ranked[0]] > 2 * counts[ranked[1]])
    return ranked[0] if clear else None


def given_next(event: Event, memory: Memory) -> Filler | None:
    """ "don du gouvernement saoudien à l'Irak", "a gift from Oman to Yemen": named right after the giver."""
    giver_end = None
    for argument in event.scene.after(event.end, event.high):
        if giver_end is None and set(argument.codes) & set(event.taken):
            giver_end = argument.end
        elif giver_end is not None:
            near = argument.start - giver_end <= _RIGHT_AFTER and argument.cue in ("to", "for", "in")
            return fill(argument, "whom it is given to") if near else None
    return None


GIFTS: Mapping[str, Rule] = {
    "recipient": recipient, "listed": listed, "given next": given_next, "aided": aided, "helped there": helped_there,
    "borrower": borrower,
    "state alone": state_alone, "other alone": other_alone, "main state": main_state, "donor of": donor, "giver": giver,
    "whose gift": whose_gift, "lender": lender, "fund": fund, "fund's board": board, "described lender": described_lender,
    "embassy": embassy,
}  # fmt: skip
"""The rules, by the name that frames use."""
