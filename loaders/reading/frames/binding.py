"""Whether what is signed binds states: weak nouns want somebody official, and what is carried out was signed before."""

from __future__ import annotations

from loaders.reading.frames.events import OF_PAIR, Event, Filler
from loaders.reading.frames.tokens import Instrument
from loaders.reading.model import DATE, TITLE

_SOLEMN = ("treaty", "protocol")  # instruments that hardly anybody but states signs
_WITH = (" with ", " avec ")
_CARRIED_OUT = 40  # characters from "mise en œuvre" to the accords that are carried out


def official(event: Event, chosen: list[Instrument], parties: Filler) -> bool:
    """False for weak nouns ("texte", "contrat") that nothing shows to bind states."""
    if event.mood.bare and parties.inferred and chosen[0].plural and chosen[0].count is None:
        whenever = not event.scene.reading.mentions_in(event.end, event.high, DATE)
        if chosen[0].definite or (whenever and event.scene.reading.folded.startswith(_WITH, event.end)):
            return False  # "les conventions signées par X": those it has signed with whomever
    if parties.inferred and _whatever(event, chosen[0]):
        return False
    if parties.inferred and event.signs and _of_firms(event):
        return False
    if event.frame.id == "agreement/binding" and chosen[0].plural and chosen[0].count is None:
        return False  # "plusieurs accords lient les deux pays": whatever they have signed
    if event.scene.grammar.phrases["so_far_only"].search(event.scene.reading.folded, event.low, event.mood.start):
        return False  # "only X and Y have ratified the agreement": one of many more
    if _in_general(event, chosen[0]):
        return False
    if chosen[0].back and event.voice == "passive" and event.mood.mood == "done":
        return True  # "ce pacte, signé en 1998"
    if not all(one.weak for one in chosen) or not parties.inferred or chosen[0].count is not None:
        return True
    persons = event.scene.reading.persons
    signs = any(
        any(persons[index].offices for index in a.persons) or any(m.mark == TITLE for m in a.mentions)
        for a in event.scene.arguments
        if a.cue in ("by", "", "of") and event.low <= a.start
    )
    folded, both = event.scene.reading.folded, event.scene.grammar.closing["both_sign"]
    if event.signs and event.voice == "active" and both.search(folded[event.low : event.mood.start]) is not None:
        return True  # "in March, the two signed the treaty"
    solemn = event.voice == "passive" and all(one.type in _SOLEMN or _the_convention(one) for one in chosen)
    return event.signs and (bool(parties.persons) or signs or solemn)


def of_the_last(event: Event, first: Instrument, parties: Filler | None) -> Filler | None:
    """The parties of the accord told right before, where a sentence speaks of "the accord" and names nobody; else `parties`."""
    if not (first.definite or first.back) or (parties is not None and parties.way != OF_PAIR):
        return parties
    scene, index = event.scene, event.scene.sentence.index
    if any(argument.codes and argument.acts for argument in scene.arguments):
        return parties
    recent = [fact for fact in scene.told[-_FEW:] if fact.kind == "agreement" and 0 < index - fact.sentences[-1] <= 1]
    bound = {told for fact in recent if isinstance(told := fact.fields.get("parties"), tuple)}
    alike = len(bound) == 1 and {first.type, "agreement"} & {recent[-1].fields.get("type")}
    return (
        Filler(bound.pop(), first.start, first.end, "the parties of the accord told before", inferred=True)
        if alike
        else parties
    )


_FEW = 6  # facts told last


def _of_firms(event: Event) -> bool:
    """True for "le motoriste français X et l'indien Y ont signé": firms, with nobody official among them."""
    scene, folded = event.scene, event.scene.reading.folded
    span = (scene.sentence.start, scene.sentence.end)
    if "-based " not in folded[slice(*span)] and scene.grammar.phrases["firms"].search(folded, *span) is None:
        return False
    persons = scene.reading.persons
    return not any(
        (a.head in scene.grammar.government and a.acts)
        or any(persons[index].offices for index in a.persons)
        or any(mention.mark == TITLE for mention in a.mentions)
        for a in scene.arguments
    )


def _whatever(event: Event, first: Instrument) -> bool:
    """True for "trade agreements signed by X: updates", "X's campaign to conclude pacts": with whomever, on no day told."""
    if not first.plural or first.count is not None or event.scene.reading.mentions_in(event.end, event.high, DATE):
        return False
    by_one = event.mood.bare and any(a.cue == "by" and len(a.codes) == 1 for a in event.scene.arguments)
    return by_one or (event.mood.mood == "planned" and event.voice == "active")


def _the_convention(one: Instrument) -> bool:
    """True for "la convention", which tells of one named before."""
    return one.type == "convention" and one.definite


def _in_general(event: Event, first: Instrument) -> bool:
    """True for "la mise en œuvre des accords signés entre A et B": whatever they have signed, on no day that is told."""
    if not (event.mood.bare and first.plural and first.count is None):
        return False
    folded = event.scene.reading.folded
    before = folded[max(event.scene.sentence.start, first.start - _CARRIED_OUT) : first.start]
    dated = event.scene.reading.mentions_in(event.end, event.high, DATE)
    return not dated and event.scene.grammar.phrases["carried_out"].search(before) is not None
