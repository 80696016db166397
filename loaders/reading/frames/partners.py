"""Role rules for the side of a tie that its sentence leaves out: the one state left, who was told of, who is spoken of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from loaders.reading.frames.envoys import sends_its_own
from loaders.reading.frames.events import EACH_OTHER, Event, Filler
from loaders.reading.frames.holders import we
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.mutual import SHARED
from loaders.reading.frames.roles import Rule, fill
from loaders.reading.model import PLACE, STATE, Candidate, Title
from loaders.reading.phrasing import either

_NEAR = 8  # sentences over which a tie told before is still spoken of
_BESIDE = 3  # sentences over which who acted before may act again
_OFTEN = 4  # mentions that make a state the one that the article is about
_PLAIN = STATE + "D" + PLACE
_CLOSE = 6  # characters between "quitter" and what is left
_ALONE = re.compile(r"\W*(?:\Z|[,.;:]|A_|a (?:son|leur) tour|aussi|egalement|hier|en |le )")
_RIGHT_AFTER = re.compile(r" (?:(?:[a-z]+ ){0,2}|(?:[a-z]+ )?l')")  # a determiner between a participle and its object
_SAID = 70  # characters from "ce dernier", "le ministère" to the verb
_BACK = 260  # characters back to whom it may mean


def one_left(event: Event, memory: Memory) -> Filler | None:
    """ "Ankara rappelle son ambassadeur et renvoie celui d'Israël": the only other state that the sentence names."""
    reading, sentence = event.scene.reading, event.scene.sentence
    if sends_its_own(event) or _both_did(event):
        return None
    found = [
        mention
        for mention in reading.mentions_in(sentence.start, sentence.end, _PLAIN)
        if mention.codes and not set(mention.codes) & set(event.taken) and mention is not reading.dateline
    ]
    if event.voice == "noun" or not found or len({mention.codes for mention in found}) > 1 or len(found[0].codes) > 1:
        return None
    return Filler(found[0].codes, found[0].start, found[0].end, "the only other state of the sentence", inferred=True)


def told_with(event: Event, memory: Memory) -> Filler | None:
    """ "Ottawa then recalled its own": the other side of the tie told last, else whom the same was done to."""
    if event.voice == "noun" or not event.taken or sends_its_own(event):
        return None
    change = event.frame.gives.get("change")
    near = [fact for fact in _told(event, _NEAR) if isinstance(fact.fields.get("parties"), tuple)]
    for fact in near:
        rest = _without(fact, event.taken)
        if len(rest) == 1 and len(event.taken) == 1:
            return _again(event, rest)
    if _both_did(event):
        return None  # "A et B sont convenus de renvoyer des ambassadeurs": to each other
    for fact in near:
        if fact.fields.get("change") == change and _done_to(fact) not in (None, *event.taken):
            return _again(event, (str(_done_to(fact)),))
    done_to = Counter(code for code in map(_done_to, event.scene.told) if code is not None and code not in event.taken)
    often = [code for code, count in done_to.most_common(1) if count > 1]
    return _again(event, tuple(often)) if often else None


def spoken_with(event: Event, memory: Memory) -> Filler | None:
    """ "A, B and C had only recalled their ambassadors": the state that the article is about, far more than any other."""
    ranked = sorted(
        (
            (-count, code)
            for code, count in memory.spoken_of.items()
            if code not in memory.organisations and code not in event.taken
        )
    )
    if sends_its_own(event):
        return None
    clear = bool(ranked) and -ranked[0][0] >= _OFTEN and (len(ranked) == 1 or -ranked[0][0] >= 2 * -ranked[1][0])
    if event.voice == "noun" or not clear or not event.taken or _both_did(event):
        return None
    return _again(event, (ranked[0][1],))


def _both_did(event: Event) -> bool:
    """True for "A and B broke off relations": with each other, so that no third side is missing."""
    return event.frame.gives.get("change") in SHARED and len(event.taken) == 2


def told_doer(event: Event, memory: Memory) -> Filler | None:
    """ "The ambassador is recalled": who acted in the tie told just before, where this sentence names nobody."""
    reading, sentence = event.scene.reading, event.scene.sentence
    if event.voice == "noun" or any(m.codes for m in reading.mentions_in(sentence.start, sentence.end, STATE + "DGPT" + PLACE)):
        return None
    last = next(iter(_told(event, _BESIDE)), None)
    doer = last.fields.get("by") if last is not None else None
    return _again(event, (doer,)) if isinstance(doer, str) else None


def told_alone(event: Event, memory: Memory) -> Filler | None:
    """ "Mardi, c'est Nouakchott qui a rompu": with whom others broke, where the verb is left with nothing after it."""
    folded = event.scene.reading.layer
    if event.voice != "active" or _ALONE.match(folded, event.end, event.scene.sentence.end) is None:
        return None
    return told_with(event, memory)


def told_pair(event: Event, memory: Memory) -> Filler | None:
    """Both sides of the tie told last."""
    last = next((fact for fact in _told(event, 1)), None)
    parties = last.fields.get("parties") if last is not None else None
    return _again(event, parties) if isinstance(parties, tuple) else None


def half(event: Event, memory: Memory) -> Filler | None:
    """ "le royaume rompait ses relations avec l'Iran": who is only described or a pronoun is the other half of the pair."""
    scene = event.scene
    if event.voice != "active" or len(memory.pair) != 2 or scene.before(event.start, event.low):
        return None
    named = {code for argument in scene.after(event.end, event.high) for code in argument.codes}
    rest = tuple(code for code in memory.pair if code not in named)
    if len(rest) != 1 or len(named & set(memory.pair)) != 1:
        return None
    return Filler(rest, event.start, event.end, "the other state of the article's pair", inferred=True)


@cache
def _each_of(parties: frozenset[str]) -> re.Pattern[str]:
    """ "Each of the two", "chacun des deux pays", right before a verb."""
    two = " des deux(?: pays)?| of the two(?: countries| sides)?| of them| d'(?:eux|elles)"
    return re.compile(rf"(?<![a-z])(?:{either(parties)})(?:{two})?(?: [a-z]+){{0,2}} ?\Z")


def each(event: Event, memory: Memory) -> Filler | None:
    """ "chacune a rappelé son ambassadeur", "each expelled three diplomats": both of the two spoken of, each to the other."""
    scene = event.scene
    told = scene.told_before
    codes = told.codes if told is not None and len(told.codes) == 2 else memory.pair
    start = min(event.mood.start, event.start)
    found = _each_of(scene.grammar.words["each_party"]).search(scene.reading.folded, max(event.low, start - 40), event.start)
    if event.voice != "active" or found is None or len(codes) != 2 or any(code in memory.organisations for code in codes):
        return None
    return Filler(codes, event.start, event.end, "each of the two to the other", inferred=True, way=EACH_OTHER)


def joined_actor(event: Event, memory: Memory) -> Filler | None:
    """ "avait imposé des sanctions, fermé ses frontières": a participle with its object behind goes on with the first verb."""
    scene = event.scene
    if scene.reading.language != "fr" or not event.mood.bare or event.object is None or event.object[0] < event.end:
        return None
    if _RIGHT_AFTER.fullmatch(scene.reading.layer, event.end, event.object[0]) is None:
        return None
    bare = [argument for argument in scene.before(event.start, scene.sentence.start) if argument.bare and argument.codes]
    return fill(bare[-1] if bare else None, "who did what stands before it too")


def latter(event: Event, memory: Memory) -> Filler | None:
    """ "Ce dernier a rappelé son ambassadeur", "the latter": the state named last before it."""
    scene, reading = event.scene, event.scene.reading
    found = scene.grammar.phrases["the_latter"].search(
        reading.folded, max(scene.sentence.start, event.start - _SAID), event.start
    )
    if event.voice == "noun" or found is None or scene.before(event.start, found.end()):
        return None
    named = [m for m in reading.mentions_in(max(0, found.start() - _BACK), found.start(), STATE) if m.end <= found.start()]
    one = next((mention for mention in reversed(named) if len(mention.codes) == 1), None)
    if one is None:
        titles = [t for t in reading.titles if found.start() - _BACK <= t.start < found.start()]
        place = next((t.value.place for t in reversed(titles) if isinstance(t.value, Title) and t.value.place), None)
        return Filler((place,), *found.span(), "the one named last", inferred=True) if place is not None else None
    return Filler(one.codes, *found.span(), "the one named last", inferred=True)


def ministry(event: Event, memory: Memory) -> Filler | None:
    """ "Le ministère a annoncé le rappel de ses ambassadeurs à X": the other half of the pair, whose ministry it is."""
    scene = event.scene
    found = scene.grammar.phrases["own_ministry"].search(scene.reading.folded, max(event.low, event.start - _SAID), event.start)
    if found is None or len(memory.pair) != 2 or any(a.bare and a.codes for a in scene.before(event.start, found.end())):
        return None
    there = {code for argument in scene.after(event.end, event.high) for code in argument.codes}
    titles = [t.value for t in scene.reading.titles if event.end <= t.start < event.high]
    there |= {title.place for title in titles if isinstance(title, Title) and title.place is not None}
    rest = tuple(code for code in memory.pair if code not in there)
    return Filler(rest, *found.span(), "the other state of the article's pair", inferred=True) if len(rest) == 1 else None


def told_post(event: Event, memory: Memory) -> Filler | None:
    """ "reopened its embassy in 2002 but closed it in 2008": where the mission told last stands."""
    index = event.scene.sentence.index
    last = next((fact for fact in reversed(event.scene.told) if fact.kind == "mission"), None)
    host = last.fields.get("host") if last is not None and index - last.sentences[-1] <= 1 else None
    return _again(event, (host,)) if isinstance(host, str) else None


def told_sender(event: Event, memory: Memory) -> Filler | None:
    """ "Elle l'a fermée": whose the mission told last is."""
    index = event.scene.sentence.index
    last = next((fact for fact in reversed(event.scene.told) if fact.kind == "mission"), None)
    sender = last.fields.get("sender") if last is not None and index - last.sentences[-1] <= 1 else None
    return _again(event, (sender,)) if isinstance(sender, str) else None


def beside_post(event: Event, memory: Memory) -> Filler | None:
    """ "and Australia opened one in Pyongyang": the place named, in a sentence that speaks of a mission before."""
    scene = event.scene
    before = scene.grammar.phrases["missions"].search(scene.reading.folded, scene.sentence.start, event.start)
    found = next((a for a in scene.after(event.end, scene.sentence.end) if a.codes), None)
    near = found is not None and found.start - event.end <= _CLOSE
    return fill(found, "the place named") if before is not None and near else None


def ours(event: Event, memory: Memory) -> Filler | None:
    """ "Nous avons fermé nos frontières": the state for which who is quoted speaks."""
    return fill(we(event), "the state of who says we")


def told_host(event: Event, memory: Memory) -> Filler | None:
    """ "He was given 72 hours to leave the country": who summoned him before, or where he is accredited."""
    last = next(iter(_told(event, _BESIDE)), None)
    doer = last.fields.get("by") if last is not None else None
    return _again(event, (doer,)) if isinstance(doer, str) and event.voice in ("passive", "set") else None


def _told(event: Event, reach: int) -> list[Candidate]:
    """The ties told within so many sentences before, the last one first."""
    index = event.scene.sentence.index
    found = []
    for fact in reversed(event.scene.told):
        if index - fact.sentences[-1] > reach:
            break
        if fact.kind == "relation":
            found.append(fact)
    return found


def _done_to(fact: Candidate) -> str | None:
    """Whom one acted upon in a tie."""
    rest = _without(fact, (str(fact.fields.get("by")),)) if fact.kind == "relation" and "by" in fact.fields else ()
    return rest[0] if len(rest) == 1 else None


def _without(fact: Candidate, codes: tuple[str, ...]) -> tuple[str, ...]:
    parties = fact.fields["parties"]
    rest = tuple(party for party in parties if party not in codes) if isinstance(parties, tuple) else ()
    return rest if isinstance(parties, tuple) and len(rest) < len(parties) else ()


def _again(event: Event, codes: tuple[str, ...]) -> Filler:
    return Filler(codes, event.start, event.end, "the other side of what was told before", inferred=True)


PARTNERS: Mapping[str, Rule] = {
    "told with alone": told_alone, "told pair": told_pair, "half": half, "each": each, "ours": ours,
    "latter": latter, "ministry": ministry, "told post": told_post, "told sender": told_sender, "beside post": beside_post,
    "joined actor": joined_actor,
    "told host": told_host,
    "one left": one_left, "told with": told_with, "spoken with": spoken_with, "told doer": told_doer,
}  # fmt: skip
"""The rules for sides left out, by the name that frames use."""
