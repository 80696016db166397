"""Role rules for the other side of a tie that its sentence leaves out: the one state left, who was told of, who is spoken of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule
from loaders.reading.model import PLACE, STATE, Candidate

_NEAR = 8  # sentences over which a tie told before is still spoken of
_BESIDE = 3  # sentences over which who acted before may act again
_OFTEN = 4  # mentions that make a state the one that the article is about
_PLAIN = STATE + "D" + PLACE
_SHARED = ("severed", "border_closed", "border_opened", "visa_waived", "ambassador_returned")  # what two do together


def one_left(event: Event, memory: Memory) -> Filler | None:
    """ "Ankara rappelle son ambassadeur et renvoie celui d'Israël": the only other state that the sentence names."""
    reading, sentence = event.scene.reading, event.scene.sentence
    if _sends_its_own(event):
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
    if event.voice == "noun" or not event.taken or _sends_its_own(event):
        return None
    change = event.frame.gives.get("change")
    near = [fact for fact in _told(event, _NEAR) if isinstance(fact.fields.get("parties"), tuple)]
    for fact in near:
        rest = _without(fact, event.taken)
        if len(rest) == 1 and len(event.taken) == 1:
            return _again(event, rest)
    if change in _SHARED and len(event.taken) == 2:
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
    if _sends_its_own(event):
        return None
    clear = bool(ranked) and -ranked[0][0] >= _OFTEN and (len(ranked) == 1 or -ranked[0][0] >= 2 * -ranked[1][0])
    if (
        event.voice == "noun"
        or not clear
        or not event.taken
        or (event.frame.gives.get("change") in _SHARED and len(event.taken) == 2)
    ):
        return None
    return _again(event, (ranked[0][1],))


def told_doer(event: Event, memory: Memory) -> Filler | None:
    """ "The ambassador is recalled": who acted in the tie told just before, where this sentence names nobody."""
    reading, sentence = event.scene.reading, event.scene.sentence
    if event.voice == "noun" or any(m.codes for m in reading.mentions_in(sentence.start, sentence.end, STATE + "DGPT" + PLACE)):
        return None
    last = next(iter(_told(event, _BESIDE)), None)
    doer = last.fields.get("by") if last is not None else None
    return _again(event, (doer,)) if isinstance(doer, str) else None


def _sends_its_own(event: Event) -> bool:
    """True for "a renvoyé son ambassadeur à X": nobody expels his own."""
    if event.frame.gives.get("change") != "diplomat_expelled" or event.object is None:
        return False
    before = event.scene.reading.folded[max(event.low, event.object[0] - 12) : event.object[0]]
    return event.scene.grammar.closing["own"].search(before) is not None


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
    "one left": one_left, "told with": told_with, "spoken with": spoken_with, "told doer": told_doer,
}  # fmt: skip
"""The rules for sides left out, by the name that frames use."""
