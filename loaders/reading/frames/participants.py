"""Who takes part in a meeting: who receives or acts, who is received or met, in whatever voice; pronouns and pairs too."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from loaders.reading.frames.antecedents import RECEIVED, antecedent, by_pronoun, past_aside, with_whom
from loaders.reading.frames.bystanders import handed, leading, of_the_same, onlooking, received_by
from loaders.reading.frames.events import Event
from loaders.reading.frames.fellows import listed_after, named_of_many, side_leaders, with_fellows
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.model import TITLE

_MOST = 12  # persons in one meeting
_MEETS = ("", "with", "to", "by", "between")
_CALLS = ("appel", "call", "coup de fil", "coup de téléphone", "visite de courtoisie", "appel téléphonique", "courtesy visit")
_GUEST = ("l'hôte", "l'invité")
_SEEN_OFF = re.compile(r"[^,;.]{0,90} off(?: at| for| from|[,.;]|\Z)")  # "saw the visitors off at the airport"
_PAID = ("visite de courtoisie", "courtesy call", "farewell call", "courtesy visit")
_WRITTEN = ("message", "lettre", "letter", "pli", "missive")
_FROM = ("of", "from")
_FEASTS = ("host ", "hold receptions", "give a", "offrir un", "donner un")
_CLOSE = 40  # characters from "avec qui" to its verb
_CHAIRS = ("coprésident", "co-président", "co-chair")
ONE_SIDED = RECEIVED | {"receive", "host", "welcome", "greet", "call on", "see"}
"""Verbs of who receives and who is received."""
_GOES_ON: Mapping[str, str | tuple[str, ...]] = {
    "call on": " to ",
    "see": (" as ", " off"),
    "voir": " comme ",
}  # "called on X to resign", "saw X off": no meeting


Sides = tuple[tuple[int, ...], tuple[int, ...], list[Argument]]


def sides(event: Event) -> Sides:
    """Who receives or acts, who is received, and the arguments that name them."""
    if event.lemma == "see" and _SEEN_OFF.match(event.scene.reading.folded, event.end, event.high) is not None:
        return (), (), []
    way = event.frame.id.rpartition("/")[2]
    return _of_this_way(event, way) or _received(event, way)


def _of_this_way(event: Event, way: str) -> Sides | None:
    """The same where the frame has a way of its own to name them; None where it has none."""
    scene = event.scene
    if way == "presided":
        cues = ("by", "of", "") if event.lemma.startswith(_CHAIRS) else ("by", "of")
        together = [a for a in scene.after(event.end, event.high) if a.persons and a.cue in cues]
        if event.voice != "active":
            together = together or [a for a in scene.before(event.start, event.low)[:1] if event.voice == "set"]
            together = [with_fellows(scene, a) for a in together[: 1 if received_by(event, together) else 2]]
            leaders = side_leaders(scene, event.start) if event.voice == "set" else ()
            return leaders if len(leaders) == 2 else _persons(scene, together), (), together
    if way == "sides":
        leaders = side_leaders(scene, event.start)
        ahead = _hosts(event) if event.voice == "active" else [a for a in scene.after(event.end, event.high) if a.cue == "by"]
        leading = [with_fellows(scene, a) for a in ahead if a.persons][:1]
        if event.voice == "active" and leading and len(leaders) < 2:
            beside = [a for a in scene.arguments if a.persons and a.cue == "with" and event.low <= a.start < event.high]
            leading += [a for a in beside if a is not leading[0]][:1]  # "With X, his opposite number, he chaired …"
        return leaders if len(leaders) == 2 else _persons(scene, leading), (), leading
    if way == "granted" and event.voice == "passive":  # "l'audience accordée par X à Y"
        giving, given = (
            [a for a in scene.after(event.end, event.high) if a.persons and a.cue == cue][:1] for cue in ("by", "to")
        )
        return _persons(scene, giving), _persons(scene, given), [*giving, *given]
    if way == "gathered":
        ahead = [a for a in scene.before(event.start, event.low)[:1] if a.bare]
        after = [a for a in scene.after(event.end, scene.sentence.end) if a.bare]
        named = [with_fellows(scene, a) for a in (ahead or (after[:1] if _closes(event, after) else [])) if a.persons]
        return _persons(scene, named), (), named
    if way == "united":
        together = [with_fellows(scene, a) for a in scene.after(event.end, event.high) if a.persons and a.cue == ""]
        return _persons(scene, together[:1]), (), together[:1]
    return None


def _received(event: Event, way: str) -> Sides:
    """The same where somebody meets or receives somebody."""
    scene = event.scene
    owners = [with_fellows(scene, a) for a in _hosts(event)]
    acting = {index for a in owners for index in a.persons}
    others = [a for a in scene.arguments if set(a.persons) - acting and _takes_part(event, _apposed(scene, a), owners, way)]
    others = [with_fellows(scene, a) for a in others]
    pronoun = (with_whom(event, owners) or _meant(event, owners)) if not others else ()
    if not others and not pronoun and len(acting) == 1 and event.voice == "active" and _receives(event, way):
        pronoun = listed_after(scene)
    if not owners and others and not all(len(a.persons) > 1 for a in others):
        owners = _named_next(event, others)
    if not owners and not others:
        owners = _named_together(event)
    if not owners and others and _of_the_last(event, others):
        owners = [scene.told_before] if scene.told_before is not None else []
    if not owners and len(others) == 1 and event.voice == "passive":
        owners = named_of_many(event.scene, others[0])
    if not owners:  # those met with are known, but not by whom
        others = [a for a in others if a.cue in ("", "between", "by") and len(a.persons) > 1]
    return _persons(scene, owners), _persons(scene, others) or pronoun, [*owners, *others]


_TAKES = ("recevoir", "accepter", "receive", "accept")  # credentials of somebody; "with the recall of X" he is not met


def _receives(event: Event, way: str) -> bool:
    """True for who receives several people, or their letters of credence."""
    return way == "credentials" or event.lemma in ONE_SIDED


def _hosts(event: Event) -> list[Argument]:
    if event.voice == "noun":
        scene = event.scene
        if event.lemma.endswith(_CALLS) and scene.before(event.start, event.low):
            return _persons_before(event)
        first = [a for a in scene.arguments if a.cue == "between" and a.persons and 0 <= a.start - event.end <= 40]
        return first[:1] or _owners(event)
    found = antecedent(event) or subject_argument(event)
    if found is not None and found.persons:
        return [past_aside(event, found)]
    if found is not None and event.voice == "active" and any(mention.mark == TITLE for mention in found.mentions):
        return []  # "Trump's point man for X held talks with Y": nobody named
    return _persons_before(event)


_PRIVATE = (
    "entretien",
    "rencontre",
    "tête-à-tête",
    "entrevue",
    "meeting",
    "talks",
    "tete-a-tete",
    "phone call",
    "telephone call",
    "video call",
)


def _named_together(event: Event) -> list[Argument]:
    """Who a sentence that a meeting opens goes on to name: "In a meeting on Tuesday, X and Y agreed …"."""
    scene = event.scene
    if event.voice != "noun" or event.lemma not in _PRIVATE or scene.before(event.start, scene.sentence.start):
        return []
    after = [with_fellows(scene, argument) for argument in scene.after(event.end, scene.sentence.end) if argument.bare][:1]
    return after if _closes(event, after) and len(after[0].persons) == 2 else []


def _named_next(event: Event, others: list[Argument]) -> list[Argument]:
    """Who the sentence goes on to name: "Après son entretien avec X, le ministre Y …", "After meeting X, Y …"."""
    scene = event.scene
    if any(argument.bare for argument in scene.before(event.start, scene.sentence.start)):
        return []
    after = [with_fellows(scene, a) for a in scene.after(others[-1].end, scene.sentence.end) if a.bare]
    return after[:1] if _closes(event, after) else []


def _of_the_last(event: Event, others: list[Argument]) -> bool:
    """True for talks of which only the partner is named: "Quant aux entretiens avec X, …": who was spoken of had them."""
    scene, told = event.scene, event.scene.told_before
    if event.voice != "noun" or told is None or len(told.persons) != 1 or scene.before(event.start, scene.sentence.start):
        return False
    return all(a.cue == "with" and 0 <= a.start - event.end <= _CLOSE for a in others[:1])


def _closes(event: Event, after: list[Argument]) -> bool:
    """True where a comma stands right before the next official: the opening phrase ends there."""
    if not after or not after[0].persons:
        return False
    return event.scene.reading.folded[event.end : after[0].start].rstrip().endswith(",")


def _meant(event: Event, owners: list[Argument]) -> tuple[int, ...]:
    """Whom the verb's pronoun stands for: "le président l'a reçu", "received him"."""
    scene = event.scene
    if event.voice != "active" or not owners or not by_pronoun(event):
        return ()
    taken = {index for owner in owners for index in owner.persons}
    named = [a for a in scene.before(event.start, scene.sentence.start) if a.persons and a not in owners]
    earlier = [a for a in named if a.bare] or (named if owners[0].start >= event.end else [])  # "par X, à Y, où l'a reçu Z"
    told = earlier[:1] or ([scene.told_before] if scene.told_before is not None else [])
    return tuple(index for argument in told for index in argument.persons if index not in taken)


def _apposed(scene: Scene, argument: Argument) -> Argument:
    """An official named in apposition to an unnamed one, with that one's cue: "par son homologue, le président X"."""
    if argument.cue != "":
        return argument
    described = next(iter(scene.before(argument.start, scene.sentence.start)), None)
    if described is None or described.persons or described.cue == "" or described.mentions[-1].mark != TITLE:
        return argument
    between = scene.reading.folded[described.end : argument.start]
    return replace(argument, cue=described.cue) if _COMMA.fullmatch(between) is not None else argument


_COMMA = re.compile(r", ?(?:le |la |l'|the )?")


def _takes_part(event: Event, argument: Argument, owners: list[Argument], way: str) -> bool:
    """True for persons acted on or met with in the trigger's clause."""
    if not (event.low <= argument.start < event.high):
        return False
    goes_on = _GOES_ON.get(event.lemma)
    if goes_on is not None and event.scene.reading.folded.startswith(goes_on, argument.end):
        return False
    if way in ("with", "together"):
        return argument.cue == "with" and not onlooking(event, argument)
    if way == "granted" and argument.start >= event.end:
        return argument.cue in ("to", "") and not onlooking(event, argument)
    if way == "credentials" and argument.start >= event.end:
        return argument.cue in (("to", "of", "by") if event.lemma in _TAKES else ("to", "by"))
    if argument.bare and event.lemma in ONE_SIDED and argument.start >= event.end and of_the_same(event, argument):
        return False
    if argument.cue == "between" and event.voice == "active" and argument.start >= event.end:
        return False  # "X and Y discussed the summit between Z and W"
    if argument.cue in _FROM and argument.start >= event.end and event.lemma.endswith(_CALLS + _GUEST):
        return True  # "a reçu un appel de X", "received a courtesy call from X", "a été l'hôte de X"
    if argument.cue == "for" and event.lemma.startswith(_FEASTS):
        return True  # "hosted a banquet for X"
    if argument.cue == "other" and argument.start >= event.end and event.lemma != "host" and _for_example(event, argument):
        return True  # "met global leaders, including X"
    if event.lemma.endswith(_WRITTEN) and (argument.cue in _FROM or (argument.cue == "to" and handed(event))):
        return False  # "lui a remis un message du président X au président Y": who wrote it, to whom it goes on
    if 0 <= argument.start - event.end <= 5 and event.voice == "active":
        return True  # "called on X": the preposition is the verb's own
    if argument.cue in ("by", "other") and event.lemma in ONE_SIDED and leading(event, argument):
        return True  # "received a delegation led by X"
    if argument.cue == "other" and event.voice == "passive" and _ahead_of(event, argument).strip() == "by":
        return True  # "was hosted by X"
    if argument.cue not in _MEETS or (
        argument.cue == "by" and event.voice == "active" and not event.lemma.endswith((*_WRITTEN, "voir", "be received"))
    ):
        return False
    if onlooking(event, argument):
        return False
    if event.voice == "noun" and event.lemma in _PAID and argument.cue in ("to", "") and argument.start >= event.end:
        return True  # "visite de courtoisie de X à Y"
    if event.voice == "noun" and argument.cue == "to" and argument.start >= event.end:
        tail = event.scene.reading.folded[event.end : event.end + 16]
        return tail.startswith((" with ", " accordee", " granted"))  # "for talks with Y", "l'audience accordée par X à Y"
    if event.voice == "noun":
        return argument.cue == "with" and argument.start >= event.start - 60 and not _after_the_subject(event, argument)
    if argument.start >= event.end and argument.cue == "" and _SUBORDINATE.search(_ahead_of(event, argument)) is not None:
        return False  # "met X a day after Y said"
    if argument.start >= event.end:
        return event.voice != "passive" or argument.cue != ""  # "reçu par X, le ministre Y a dit …"
    return not owners and argument.cue == ""


_SUBORDINATE = re.compile(r"(?<![a-z])(?:after|before|while|since|when|as|alors que|tandis que|lorsque|que|quand) \Z|qu'\Z")


def _ahead_of(event: Event, argument: Argument) -> str:
    return event.scene.reading.folded[event.end : argument.start]


def _for_example(event: Event, argument: Argument) -> bool:
    """True for who is named as one of those met: "including X", "dont X", no other actor between."""
    scene, low = event.scene, max(event.end, argument.start - 24)
    named = scene.grammar.closing["for_example"].search(scene.reading.folded[low : argument.start]) is not None
    return named and not any(other.persons for other in scene.after(event.end, argument.start))


def _after_the_subject(event: Event, argument: Argument) -> bool:
    """True behind the subject that an opening phrase leads to: "After the meeting with X, Y held talks with [Z]"."""
    bare = [a for a in event.scene.after(event.end, argument.start) if a.bare and a.persons]
    return bool(bare) and _closes(event, bare[:1])


def _owners(event: Event) -> list[Argument]:
    """Whose meeting the noun tells of: after de, the possessor, else who the sentence speaks of."""
    scene = event.scene
    for argument in scene.after(event.end, min(event.high, event.end + 60)):
        if argument.persons and onlooking(event, argument):
            break  # "cette audience s'est déroulée en présence de X"
        if argument.persons and (argument.cue == "of" or (argument.cue == "by" and event.lemma == "audience")):
            return [argument]
        if argument.persons:
            break
    return _persons_before(event)


def _persons_before(event: Event) -> list[Argument]:
    scene = event.scene
    before = [a for a in scene.before(event.start, scene.sentence.start) if a.persons and a.cue in ("", "poss", "of", "by")]
    in_clause = [a for a in before if a.start >= event.low and a.cue == ""]
    return in_clause[:1] or [a for a in before if a.cue == ""][:1] or before[:1]


def _persons(scene: Scene, arguments: list[Argument]) -> tuple[int, ...]:
    indexes = dict.fromkeys(index for argument in arguments for index in argument.persons)
    return tuple(index for index in indexes if not scene.reading.persons[index].former)[:_MOST]
