"""What a trigger acts on: its object, where the voice of the verb wants it."""

from __future__ import annotations

import re

from loaders.reading.changing import replace
from loaders.reading.frames.events import Event

_OBJECT_REACH = 160  # characters from a verb to what it acts on
_NOUN_REACH = 75
_SUBJECT_OF_ACCORD = 220  # characters from what is signed to "was signed": an accord's name may be long
_NONE = re.compile(r"(?<![a-z])(?:no|aucun|aucune)\s(?:[a-z]+\s)?\Z")
_RELATIVE = re.compile(
    r"(?:\b(?:que|that|which)|qu')(?: ?(?:il|elle|ils|elles|it|they|he|she|le|la|les|the|l'))?"
    r"(?: ?[SGPTN]_+(?:(?: et|,| and)(?: (?:le|la|les|the))?(?: l')? ?[SGPTN]_+)*)? ?\Z"
)
_NO_RELATIVE = re.compile(r" (?:the )?[SG]_+(?:(?:,| and|, and) (?:the )?[SG]_+)* ")  # "the pact X and Y signed"
_ACTS = ("relation", "mission", "deployment", "aid")  # what a relative clause tells is of the noun before it
OPENS_RELATIVE = re.compile(r"[\s,]*(?:qu'|(?:which|that|qui|que)(?![a-z]))")
_AT_ITS_END = re.compile(
    r"\W*(?:\Z|[,.;:()«»\"“”–—-]|[AC]_|(?:ses|leurs|its|their) (?:portes|doors)|[a-z]{3,}(?:ment|ly)(?![a-z])"
    r"|(?:[a-z0-9]+ ){1,2}(?:ans?|mois|jours?|semaines?|years?|months?|weeks?|days?)(?![a-z])"
    r"|(?:en|a|au|aux|dans|depuis|apres|avant|pour|lors|par|sous|sur|hier|ce|cette|et|mais|l'an|in|at|on|after|before|to|for"
    r"|with|under|during|last|this|today|yesterday|earlier|again|and|but|following|when|while|as|amid|despite|since|by)(?![a-z]))"
)
_WHOSE = re.compile(r"(?: [a-z'-]+){0,4},? (?:dont (?:la |l')|whose )")  # "un accord de pêche dont la signature est prévue"
_PLACES = re.compile(
    r"(?:[ ,()]|(?:in|at|a|au|aux|en|et|and|the|la|le|de|du|of|en plus|ainsi que|as well as|along with)(?![a-z])|[dl]'|[SC]_+)+"
)
_ASIDE = re.compile(
    r"(?:(?! (?:et|and|mais|but) )[^,;:]){0,60}(?:, (?!(?:et|and|mais|but|qui|which) )[^,;:]{3,140}){1,2}, (?:elle |lui )?"
)
_TO_DO = re.compile(r"[^,;:]{0,40}(?<![a-z])(?:de|d'|to) ?")
_DENIED = re.compile(r"(?<![a-z])(?:n'|(?:ne|pas|jamais|not|never|no)(?![a-z]))|n't(?![a-z])")
_SUBJECT_REACH = 50
OPENS = 2  # characters before a participle that opens a sentence
_OPENING_REACH = 300
_PHRASE = 4  # words between a preposition and the noun it governs


def with_object(event: Event, pattern: re.Pattern[str], behind: re.Pattern[str] | None) -> Event | None:
    """The event with the words it acts on; None when they are not where its voice wants them."""
    folded = event.scene.reading.folded
    opens = event.mood.bare and event.start - event.scene.sentence.start <= OPENS  # "Signé à X par Y et Z, ce texte …"
    reach = _OPENING_REACH if opens else _NOUN_REACH if event.voice == "noun" else _OBJECT_REACH
    high = event.scene.sentence.end if opens else event.high
    if (event.frame.kind in _ACTS or _is_signed(event)) and event.voice != "noun" and OPENS_RELATIVE.match(folded, event.low):
        event = replace(event, low=event.scene.sentence.start)  # "the embassy in X, which opened in 2019"
    after = pattern.search(folded, event.end, min(high, _past_mentions(event, reach)))
    back = _SUBJECT_OF_ACCORD if event.frame.kind == "agreement" and event.voice == "passive" else _OBJECT_REACH
    low = _before_mentions(event) if event.frame.kind == "mission" else event.mood.start - back
    earlier = list(pattern.finditer(folded, max(event.low, low), event.start))
    before = earlier[-1] if earlier else None
    if after is None and before is not None and _reduced(event, before.end()):
        event = replace(event, mood=replace(event.mood, voice="passive", bare=True))
    found = _in_place(event, before, after, folded)
    if found is None and event.frame.kind == "mission" and event.voice != "noun":
        found = before = _before_aside(event, pattern)
        event = event if found is None else replace(event, low=event.scene.sentence.start)
    if found is None or _NONE.search(folded[max(event.low, found.start() - 25) : found.start()]):
        return None
    if behind is not None and not _governed(folded[event.end : found.start()], behind):
        return None
    if event.frame.ergative and event.voice == "active" and found is before:
        if not _without_object(event):
            return None  # "the embassy opened an exhibition"
        governed = _TO_DO.fullmatch(folded, found.end(), event.mood.start) or _TO_DO.fullmatch(folded, found.end(), event.start)
        if governed is not None and _DENIED.search(folded, event.low, found.start()) is not None:
            return None  # "did not order the embassy to close": another verb governs, and it is denied
        return replace(event, object=found.span(), mood=replace(event.mood, voice="passive"))  # "the embassy reopened"
    return replace(event, object=found.span())


def _before_aside(event: Event, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """ "the embassy in X, closed in 2014, has reopened": what stands before the words between two commas."""
    if event.mood.bare or not (event.frame.ergative or event.voice == "passive"):
        return None
    reading, low = event.scene.reading, max(event.scene.sentence.start, event.mood.start - _OPENING_REACH)
    end = event.mood.start + 2 * reading.folded.startswith(", ", event.mood.start)
    for found in pattern.finditer(reading.folded, low, event.mood.start):
        if _ASIDE.fullmatch(reading.layer, found.end(), end) is not None:
            return found
    return None


def _reduced(event: Event, start: int) -> bool:
    """True for "the agreements between X and Y signed in 2014": those between whom it is do not act, it was signed."""
    accord = event.frame.kind == "agreement" and event.voice == "active" and event.scene.reading.language == "en"
    tied = accord and _BETWEEN.fullmatch(event.scene.reading.layer, start, event.mood.start) is not None
    return tied and _without_object(event)


_BETWEEN = re.compile(r"[^,;:.]{0,60} between (?:(?:the|and|both|governments? of|republic of) |[SDCG]_+ ?)+")


def _is_signed(event: Event) -> bool:
    """True for "the pact between X and Y, which covers fish, was signed": what a relative clause tells of, or stands within."""
    passive = event.voice == "passive" and not event.mood.bare
    return event.frame.kind == "agreement" and (passive or event.frame.intransitive)


def _without_object(event: Event) -> bool:
    """True where nothing follows the verb that it could act on: a pause, a date, a place or a preposition."""
    tail = event.scene.reading.layer[event.end : min(event.high, event.end + 60)]
    article = event.scene.reading.language == "en" and tail.startswith(" a ")  # no "à"
    return not article and _AT_ITS_END.match(tail) is not None


def indirect(event: Event) -> bool:
    """True where a preposition stands between an active verb, or the last name after it, and its object."""
    scene = event.scene
    if event.object is None or event.object[0] < event.end:
        return False
    between = scene.tokens[scene.index(event.end) : scene.index(event.object[0])]
    last = max((index for index, token in enumerate(between) if token.mention), default=-1)
    return any(scene.grammar.cues.get(token.text, "of") != "of" for token in between[last + 1 :])


def _governed(between: str, behind: re.Pattern[str]) -> bool:
    """True where one of the prepositions opens the noun phrase that ends after `between`: "par un nouvel [accord]"."""
    found = list(behind.finditer(between))
    return bool(found) and len(between[found[-1].end() :].split()) <= _PHRASE and not set(between) & set(",;:()")


def _far(event: Event, start: int) -> bool:
    """True where more words stand before a participle than describe the noun it may belong to."""
    between = event.scene.reading.layer[start : event.mood.start]
    return len(_PLAIN_WORD.findall(between)) > _DESCRIBING


_PLAIN_WORD = re.compile(r"(?<![A-Z_a-z])[a-z]{4,}")
_DESCRIBING = 4  # words of four letters or more between a noun and a participle of its own


def _past_mentions(event: Event, reach: int) -> int:
    """The offset `reach` characters after the trigger, names and dates not counted: however long, each is one word."""
    limit = event.end + reach
    for mention in event.scene.reading.mentions_in(event.end, event.scene.sentence.end):
        if mention.start > limit:
            break
        limit += mention.end - mention.start - 1
    return limit


def _before_mentions(event: Event) -> int:
    """The offset as far before the verb as an object may stand, names not counted: "les ambassades de A, de B et de C"."""
    limit = event.mood.start - _OBJECT_REACH
    for mention in reversed(list(event.scene.reading.mentions_in(event.low, event.mood.start))):
        if mention.end < limit:
            break
        limit -= mention.end - mention.start - 1
    return limit


def _in_place(event: Event, before: re.Match[str] | None, after: re.Match[str] | None, folded: str) -> re.Match[str] | None:
    """The one of two finds that stands where the voice of the event wants its object."""
    if event.frame.kind == "mission" and event.mood.bare and before is not None and _far(event, before.end()):
        before = None  # "l'ambassade réunit les chefs d'entreprises implantées à X"
    if event.voice in ("passive", "set") or event.frame.intransitive:
        return before or after
    if event.voice == "noun":
        close = before is not None and (event.start - before.end() <= 3 or _WHOSE.fullmatch(folded, before.end(), event.start))
        return after or (before if close else None)
    if before is None or (after is not None and (event.frame.kind != "mission" or not _without_object(event))):
        return after
    between = folded[before.end() : event.mood.start]
    layer = event.scene.reading.layer[before.end() : event.mood.start]
    relative = _RELATIVE.search(layer) is not None or (
        event.frame.kind == "agreement" and event.scene.reading.language == "en" and _NO_RELATIVE.fullmatch(layer) is not None
    )
    alone = event.frame.ergative and event.mood.start - before.end() <= _SUBJECT_REACH and "," not in between
    alone = alone or (
        event.frame.ergative and _PLACES.fullmatch(event.scene.reading.layer, before.end(), event.mood.start) is not None
    )
    return before if relative or alone else after
