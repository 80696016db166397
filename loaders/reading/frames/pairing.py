"""The parties of something shared (an accord, a commission, trade): as the sentence names them, else the article's pair."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from loaders.reading.frames.events import OF_PAIR, WITH_PARTNER, Event, Filler
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import PERSON

_MOST_PARTIES = 8
_OTHERS = 70  # characters from a noun to "entre …", and from there to the first of those named
_FAR = 150  # characters from a noun to those who are no states: "l'accord de paix, dit de X, signé en 2015 avec les rebelles"
_CLOSE = 90  # characters between a noun and the parties it is tied to


def parties_of(scene: Scene, span: tuple[int, int], event: Event | None, memory: Memory) -> Filler | None:
    """Two agents or more bound by what is named at `span`; the clearest way of saying so wins."""
    low, high = _zone(scene, span, event)
    if event is not None and event.frame.kind == "agreement" and _with_private(scene, span):
        return None
    if event is not None and event.frame.symmetric:
        beside = _side_by_side(event)
        if beside is not None or not _many(event):
            return beside
    for found in _ways(scene, span, event, low, high):
        if 2 <= len(found.codes) <= _MOST_PARTIES:
            return found
    return leaning_on_pair(scene, span, memory) or _one_of_pair(scene, event, memory)


def _one_of_pair(scene: Scene, event: Event | None, memory: Memory) -> Filler | None:
    """The pair, where those who sign are of one half of it and nobody is of a third: the other signer's state is not known."""
    if event is None or not event.signs or len(memory.pair) != 2:
        return None
    if scene.grammar.phrases["no_pair"].search(scene.reading.folded, *_whole(scene)):
        return None
    signing = [a for a in scene.arguments if a.cue in ("by", "with", "between") and event.low <= a.start and a.codes]
    subject = subject_argument(event) if event.voice == "active" else None
    signing.extend([subject] if subject is not None else [])
    codes = {code for argument in signing for code in argument.codes}
    if len(codes) != 1 or not codes <= set(memory.pair):
        return None
    return Filler(
        memory.pair, signing[0].start, signing[0].end, "one of the pair signs, with somebody of the other", inferred=True
    )


def _side_by_side(event: Event) -> Filler | None:
    """Those whom an accord binds: "A et B se sont liés", "A s'est lié à B", "un accord lie A à B"."""
    scene = event.scene
    if event.frame.intransitive:
        if event.object is None or _apart(event, event.object):
            return None
        one = next((a for a in scene.after(event.end, event.high) if a.bare and a.codes), None)
    else:
        one = subject_argument(event)
    if one is None:
        return None
    start = max(one.end, event.end)
    other = next((a for a in scene.after(start, event.high) if a.cue in ("to", "with") and a.acts and a.codes), None)
    if len(one.codes) == 1 and other is not None and not set(other.codes) & set(one.codes):
        return Filler((*one.codes, *other.codes), one.start, other.end, "bound to each other", (*one.persons, *other.persons))
    return Filler(one.codes, one.start, one.end, "bound together", one.persons) if len(one.codes) > 1 else None


def _apart(event: Event, instrument: tuple[int, int]) -> bool:
    """True where it is not the instrument that binds: "a memorandum on a road linking X and Y"."""
    folded = event.scene.reading.folded
    if instrument[0] > event.start:
        return True
    between = folded[instrument[1] : event.mood.start].strip()
    return "," in between or (bool(between) and folded[event.start : event.end].endswith(("ing", "ant")))


def _many(event: Event) -> bool:
    """True where the subject is more than the one agent that is known by name: "le Mali et le royaume se sont liés"."""
    one = None if event.frame.intransitive else subject_argument(event)
    if one is None:
        return False
    words = event.scene.reading.folded[one.end : event.start].replace("'", "' ").split()
    return bool(event.scene.grammar.conjunctions & set(words)) and "," not in words


def _zone(scene: Scene, span: tuple[int, int], event: Event | None) -> tuple[int, int]:
    low, high = scene.clause(span[0])
    if event is not None:
        low, high = min(low, event.low), max(high, event.high)
    return low, high


def _ways(scene: Scene, span: tuple[int, int], event: Event | None, low: int, high: int) -> Iterator[Filler]:
    arguments = [a for a in scene.arguments if low <= a.start < high and not _within(a, span)]
    yield from _fillers((a for a in arguments if a.cue == "between" and len(a.codes) >= 2), span, "named between / entre")
    yield from _fillers((a for a in arguments if _compound(a) and _beside(a, span)), span, "compound demonym on the noun")
    actor = _actor(event, arguments)
    partner = next(
        (
            a
            for a in arguments
            if a.cue == "with"
            and a.codes
            and a is not actor
            and a.start - span[1] < _CLOSE
            and not _met(scene, span[1], a.start)
        ),
        None,
    )
    partner = partner or _linked(scene, span, arguments)
    if actor is not None and partner is not None and not set(actor.codes) & set(partner.codes):
        codes = (*actor.codes, *partner.codes)
        start, end = min(actor.start, partner.start), max(actor.end, partner.end)
        why = "who acts, and the partner after avec / with"
        yield Filler(codes, start, end, why, (*actor.persons, *partner.persons), way=WITH_PARTNER)
    agents = [a for a in arguments if a.cue == "by" and a.codes] if event is not None and event.voice == "passive" else []
    if len(agents) > 1:  # "signé par X, arrivé la veille, et par Y"
        codes = tuple(dict.fromkeys(code for a in agents for code in a.codes))
        people = tuple(index for a in agents for index in a.persons)
        yield Filler(codes, agents[0].start, agents[-1].end, "those by whom it is done", people)
    if actor is not None:
        yield Filler(actor.codes, actor.start, actor.end, "those who act together", actor.persons)
    uniting = [
        a for a in arguments if a.acts and a.codes and a.cue in ("with", "to", "by", "of", "poss", "") and a.start < high
    ]
    owner = next((a for a in uniting if a.cue in ("of", "poss") and _beside(a, span)), None)
    if partner is not None and owner is not None:
        codes = owner.codes if len(owner.codes) > 1 else (*owner.codes, *partner.codes)
        yield Filler(tuple(dict.fromkeys(codes)), owner.start, partner.end, "whose it is, and the partner")
    hyphened = _hyphened(scene, span)
    if hyphened is not None:
        yield hyphened


def _met(scene: Scene, start: int, end: int) -> bool:
    """True where it is not the accord that is with whom is named: "after signing the deal to meet with X"."""
    return start < end and scene.grammar.phrases["met_with"].search(scene.reading.folded, start, end) is not None


_LINKS = re.compile(r"(?:qui|that|which) (?:(?:la|le|les|it|them) |l')?(?:lie|liait|lient|unit|unissait|binds|bound|links) ")


def _linked(scene: Scene, span: tuple[int, int], arguments: list[Argument]) -> Argument | None:
    """Whom an accord links one to: "l'accord militaire qui le lie à X", "the treaty that binds it to X"."""
    found = _LINKS.search(scene.reading.folded, span[1], min(scene.sentence.end, span[1] + _CLOSE))
    if found is None:
        return None
    return next((a for a in arguments if a.cue in ("to", "with") and a.codes and 0 <= a.start - found.end() <= 4), None)


def _fillers(arguments: Iterable[Argument], span: tuple[int, int], why: str) -> Iterator[Filler]:
    for argument in sorted(arguments, key=lambda a: (abs(a.start - span[1]), a.start)):
        yield Filler(argument.codes, argument.start, argument.end, why, argument.persons)


def own_parties(scene: Scene, span: tuple[int, int]) -> Filler | None:
    """Those that the noun at `span` itself names: "entre A et B", "maroco-israélien", "A-B"."""
    tied = [a for a in scene.arguments if a.cue == "between" and len(a.codes) >= 2 and a.start >= span[1]]
    found = next(_fillers(tied, span, "named between / entre"), None)
    beside = (a for a in scene.arguments if _compound(a) and _beside(a, span))
    return found or next(_fillers(beside, span, "compound demonym on the noun"), None) or _hyphened(scene, span)


def _within(argument: Argument, span: tuple[int, int]) -> bool:
    """True for a name that is part of the noun itself: "Foreign Office Consultations"."""
    return any(span[0] <= mention.start and mention.end <= span[1] for mention in argument.mentions)


def _compound(argument: Argument) -> bool:
    return len(argument.codes) >= 2 and len(argument.mentions) == 1 and argument.mentions[0].mark == "D"


def _beside(argument: Argument, span: tuple[int, int]) -> bool:
    start = argument.mentions[0].start  # the argument itself may begin with the noun: "un accord maroco-israélien"
    return 0 <= start - span[1] <= 45 or 0 <= span[0] - argument.end <= 25 or span[0] <= start < span[1]


def _actor(event: Event | None, arguments: list[Argument]) -> Argument | None:
    """Who signs or decides: the subject of an active verb, the agent of a passive or of a noun."""
    by = next((a for a in arguments if a.cue == "by" and a.codes and not (event is not None and _mediates(event, a))), None)
    if event is None:
        return by
    if event.voice == "noun":
        bare = [a for a in arguments if a.bare and a.codes and a.end <= event.start]
        through = _THROUGH.search(event.scene.reading.folded, max(event.low, event.start - 16), event.start) is not None
        return by or (bare[-1] if bare and (len(bare[-1].codes) == 1 or through or event.frame.id in _TALKS) else None)
    if event.voice == "passive":
        return by
    return subject_argument(event)


def _mediates(event: Event, argument: Argument) -> bool:
    """True for "after mediation by X": X brings together who sign."""
    folded, low = event.scene.reading.folded, max(event.scene.sentence.start, argument.start - _MEDIATION)
    return event.scene.grammar.phrases["mediation"].search(folded, low, argument.start) is not None


_MEDIATION = 24  # characters before a mediator
_TALKS = ("agreement/negotiated", "agreement/talks")
_THROUGH = re.compile(r"(?<![a-z])(?:par|by|through|with|avec|via) (?:la |l'|the |une |un |a )?\Z")  # "par la signature de …"


def _hyphened(scene: Scene, span: tuple[int, int]) -> Filler | None:
    """ "the India-Mozambique Joint Commission", "l'accord Maroc-Espagne": two names joined by a hyphen beside the noun."""
    for argument in scene.arguments:
        if len(argument.codes) == 2 and len(argument.mentions) == 2 and _beside(argument, span):
            between = scene.reading.folded[argument.mentions[0].end : argument.mentions[1].start].strip()
            if between in ("-", "–", "—", "/"):
                return Filler(argument.codes, argument.start, argument.end, "two names joined by a hyphen")
    return None


def leaning_on_pair(scene: Scene, span: tuple[int, int], memory: Memory) -> Filler | None:
    """The two agents the sentence names, else one of the pair it names and the other half, else the pair."""
    if _between_others(scene, span) or scene.grammar.phrases["no_pair"].search(scene.reading.folded, *_whole(scene)):
        return None
    if any(a.persons and not a.codes and a.cue in ("with", "between") for a in scene.arguments):
        return None  # "avec lequel", "with X": somebody of whom it is not known whom he stands for
    named: dict[str, Argument] = {}
    for argument in scene.arguments:
        if _within(argument, span):
            continue
        if argument.cue in ("other", "source") or any(mention.mark == "C" for mention in argument.mentions):
            continue
        if (
            argument.cue in ("of", "poss")
            and set(argument.codes) <= memory.organisations
            and not set(memory.pair) & memory.organisations
        ):
            continue  # "the two members of the African Union" are the pair
        if argument.acts or argument.cue in ("of", "poss", "with", "by", "between"):
            for code in argument.codes:
                named.setdefault(code, argument)
    named = {code: argument for code, argument in named.items() if code not in memory.mediators} if len(named) > 2 else named
    if len(named) == 2:
        start, end = min(a.start for a in named.values()), max(a.end for a in named.values())
        people = tuple(p for a in named.values() for p in a.persons)
        return Filler(tuple(named), start, end, "the two agents that the sentence names", people, inferred=True)
    pair = memory.pair
    if len(pair) == 2 and len(named) <= 1 and all(code in pair for code in named):
        return Filler(pair, span[0], span[1], "the pair of states the article is about", inferred=True, way=OF_PAIR)
    if len(pair) == 2 and set(pair) <= set(named):
        return Filler(pair, span[0], span[1], "the article's pair, both named in the sentence", inferred=True)
    return None


def _whole(scene: Scene) -> tuple[int, int]:
    return scene.sentence.start, scene.sentence.end


_BOTH_SIDES = re.compile(r" (?:les|ces|leurs|nos|the|these|their|our) (?:deux|two) | both | (?:leurs|their) ")


def _between_others(scene: Scene, span: tuple[int, int]) -> bool:
    """True for what is "entre le patronat et les syndicats", "between employers and unions": no states are bound."""
    tokens = scene.tokens[scene.index(span[1]) : scene.index(min(scene.clause(span[0])[1], span[1] + _OTHERS))]
    if _with_private(scene, span):
        return True
    tokens = tuple(itertools.takewhile(lambda token: token.text != ":", tokens))
    said = next((token for token in tokens if scene.reading.text[token.start : token.end] in ("entre", "between")), None)
    if said is None or _BOTH_SIDES.match(scene.reading.folded, said.end):
        return False
    after = scene.reading.mentions_in(said.end, min(scene.sentence.end, said.end + _OTHERS))
    return not any(mention.mark in "SDCGPT" for mention in after)


def _with_private(scene: Scene, span: tuple[int, int]) -> bool:
    """True for what is concluded "avec l'association des riverains", "with the unions"."""
    layer, end = scene.reading.layer, scene.clause(span[0])[1]
    found = scene.grammar.phrases["private_party"].search(layer, span[1], min(end, span[1] + _FAR))
    before = layer[max(span[1], found.start() - 14) : found.start()].split() if found is not None else []
    return bool({"avec", "with", "entre", "between"} & set(before))


def signers(scene: Scene, event: Event | None, parties: Filler) -> tuple[str, ...]:
    """The names of the persons who sign: those among the subject, the agents and the partners of a signing."""
    if event is None or not event.signs or event.frame.symmetric:
        return ()
    indexes: list[int] = list(parties.persons)
    subject = subject_argument(event) if event.voice == "active" else None
    indexes.extend(subject.persons if subject is not None else ())
    for argument in scene.arguments:
        signs = argument.cue in ("by", "between") and event.low <= argument.start
        if signs and any(mention.mark == PERSON for mention in argument.mentions):
            indexes.extend(argument.persons)
    people = [scene.reading.persons[index] for index in dict.fromkeys(indexes)]
    return tuple(dict.fromkeys(person.name for person in people if not person.former))
