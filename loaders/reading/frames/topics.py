"""What a declared position is on: the short noun phrase that a verb or a noun of support or opposition governs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from loaders.reading.frames.events import Event
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.tokens import Token

Span = tuple[int, int]
_TOPIC = 90  # characters of a topic
_PUT_IN = re.compile(
    r",\s(?:(?:a|ont)-t-(?:il|elle|ils|elles|on)|(?:he|she|it|they) (?:said|added)|depuis|since|lui|elle|eux"
    r"|for (?:its|his|her) part|de son cote|pour sa part|d[eu]|en|on|in)(?![a-z])[^,;.:]{0,40},\s?"
)  # words put in between verb and object: ", a-t-il redit, ", ", depuis mars, "
_LEAD = re.compile(r"[\s,]*(?:(?:the|its|their|la|le|les|l'|sa|son|ses|and|et|but|mais) ?)*")
_COUNTED = re.compile(r"M_|[0-9]+ ")
_STOP = re.compile(r"[;:,(«»\"“”\n]|(?<!(?<![a-z])[a-z])\.")
_DEFINITE = re.compile(r"(?<![a-z])(?:la |le |l'|les |ce |cet |cette |ces |the |this |that |these |au |aux )\Z")
_POINTING = frozenset(("it", "them", "him", "this", "that", "these", "cela", "ceci", "celui-ci", "celle-ci", "ceux-ci"))
_WORD = 5  # letters of a noun that is topic enough alone
_WHICH = re.compile(r"[\s,]*(?:which|that|que|qu')(?![a-z])")
_LAST_NOUN = re.compile(
    r"(?<![a-z])(?:the |its |their |his |la |le |l'|les |sa |son |ses |leur |leurs |d'un |d'une |du |of |an |a |une |un )"
)
_SHORT = 60  # characters before a relative in which what it speaks of stands
_NEAR = 3  # sentences over which "it" may be what was spoken of
_QUOTES = frozenset('«»"“”')
_HOW = ("in", "with", "too", "also", "strongly", "fully")  # after "it": "condemned it in the strongest terms"
_NO_TOPIC = ("from", "during", "depuis", "pendant")  # begin where, when, or who helps
_MANNER = 60  # characters of words that tell how firmly
_SECOND_VERB = re.compile(
    r" (?:and|et) (?:[a-z]+ly )?(?:a |ont )?[a-z]+(?:ed|s|e|es|ent)(?= (?:the|any|all|la|le|les|l'|toute?s?|ce|cette)(?![a-z]))"
)
_DAY = frozenset(("le", "on", "ce", "cette", "last", ","))  # words that a day after the verb may have beside it


def topic_after(event: Event, start: int) -> Span | None:
    """The topic that begins at an offset or after the words put in before it; None where there is none of two words or more."""
    scene = event.scene
    folded, start = scene.reading.folded, _begins(scene, start)
    limit = min(scene.sentence.end, start + _TOPIC)
    phrases = scene.grammar.phrases
    closing = _STOP.search(folded, start, limit)
    if closing is not None and closing.group() in _QUOTES and len(folded[start : closing.start()].split()) < 2:
        closing = _STOP.search(folded, closing.end(), limit)  # 'the "repudiable" intrusion': one word of it is quoted
    found = (closing, phrases["topic_ends"].search(folded, start, limit))
    stop = min((match.start() for match in found if match is not None), default=None)
    end = stop if stop is not None else limit
    if stop is None and limit < scene.sentence.end:
        end = folded.rfind(" ", start, limit)
    if _COUNTED.match(scene.reading.layer, start) is not None:
        return None  # families, firms, projects by number: aid, no position
    words = folded[start:end].split()
    if words[:1] and (words[0] in ("and", "et") or (words[0] in _POINTING and (len(words) <= 2 or words[1] in _HOW))):
        return None  # "Peru rejects it too": on what is told elsewhere
    if words[:1] and (words[0] in _NO_TOPIC or words[:3] == ["in", "the", "event"]):
        return None  # "will have support from others"; "its lack of support in the event of war"
    named = any(mention.start < end for mention in scene.reading.mentions_in(start, end, "SG"))
    spoken_of = len(words) == 1 and len(words[0]) >= _WORD and _DEFINITE.search(folded, max(0, start - 8), start) is not None
    if end <= start or not (len(words) >= 2 or (len(words) == 1 and named) or spoken_of):
        return None  # a state or an organisation is topic enough alone: "their support for Taiwan"; so is "the decision"
    return start, start + len(folded[start:end].rstrip())


def topic_relative(event: Event) -> Span | None:
    """ "its war in Ukraine, which Canada condemns": the last words before a relative whose verb is left without an object."""
    folded, sentence = event.scene.reading.folded, event.scene.sentence
    opens = _WHICH.match(folded, event.low)
    if opens is None or folded[event.end : event.end + 1] not in ".,;":
        return None
    start = max(sentence.start, event.low - _SHORT)
    found = list(_LAST_NOUN.finditer(folded, start, event.low))
    begins = [match.end() for match in found if len(folded[match.end() : event.low].split()) >= 2][-1:]
    return (begins[0], begins[0] + len(folded[begins[0] : event.low].rstrip(" ,"))) if begins else None


def topic_told(event: Event) -> Span | None:
    """ "La Pologne le rejette également": what the position told last is on."""
    scene = event.scene
    for fact in reversed(scene.told):
        if fact.kind == "stance" and scene.sentence.index - fact.sentences[-1] <= _NEAR:
            return next(((reason.start, reason.end) for reason in fact.reasons if reason.role == "topic"), None)
    return None


def topic_before(event: Event) -> Span | None:
    """What a passive says is supported or opposed: the words of the clause before its verb, where they name it."""
    folded, end = event.scene.reading.folded, event.mood.start
    start = max(event.low, end - _TOPIC)
    lead = _LEAD.match(folded, start, end)
    start = lead.end() if lead is not None else start
    words = folded[start:end].split()
    plain = len(words) >= 2 and not _STOP.search(folded, start, end) and start <= event.low + 12
    return (start, start + len(folded[start:end].rstrip())) if plain else None


def _begins(scene: Scene, start: int) -> int:
    """Where the topic begins: after what is put in, how firmly and on what day it is said, quotation marks and articles."""
    folded, end, phrases = scene.reading.folded, scene.sentence.end, scene.grammar.phrases
    aside = _PUT_IN.match(folded, start, end)
    start = aside.end() if aside is not None else start
    quoted = phrases["topic_asides"].search(folded, start, min(end, start + 6 + _MANNER))
    if quoted is not None and not folded[start : quoted.start()].strip(' ,«“"'):
        past = _past_aside(scene, quoted.end())
        start = past + len(folded[past:end]) - len(folded[past:end].lstrip(' ,»”"'))
    second = _SECOND_VERB.match(folded, start, end)
    start = second.end() if second is not None else start
    tokens = scene.tokens
    position = scene.index(start)
    while position < len(tokens):
        token = tokens[position]
        manner = phrases["topic_asides"].match(folded, token.start, end)
        if manner is not None:
            position = scene.index(_past_aside(scene, manner.end()))
            continue
        lead = not token.mention and phrases["topic_leads"].fullmatch(token.text) is not None
        if not (lead or _of_a_day(tokens, position) or token.text in _QUOTES):
            return token.start
        position += 1
    return start


def _past_aside(scene: Scene, offset: int) -> int:
    """Where "in a statement issued on Thursday," ends: after the comma that closes what goes on with it, else at the offset."""
    folded = scene.reading.folded
    if scene.grammar.phrases["aside_goes_on"].match(folded, offset + 1) is None:
        return offset
    comma = folded.find(",", offset, min(offset + _MANNER, scene.sentence.end))
    return comma + 1 if comma > 0 else offset


def _of_a_day(tokens: Sequence[Token], position: int) -> bool:
    """True for a day, the word before it and the comma behind it: "a condamné, hier, l'attaque"."""
    text, following = tokens[position].text, tokens[position + 1].text if position + 1 < len(tokens) else "."
    before = tokens[position - 1].text if position else "."
    return text[0] == "A" or (text in _DAY and following[0] == "A") or (text == "," and before[0] == "A")
