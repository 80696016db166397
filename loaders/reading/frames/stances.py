"""Stances: positions that a state or an organisation declares, by itself or by who speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import date_near
from loaders.reading.frames.events import Event
from loaders.reading.frames.holders import SPEAKS_FOR, agents, we, widened
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.subjects import subject_argument
from loaders.reading.frames.tokens import Argument
from loaders.reading.frames.topics import Span, topic_after, topic_before, topic_relative, topic_told
from loaders.reading.model import PLACE, STATE, Candidate, Title

_ADJECTIVES = re.compile(r"'?s?(?: (?!and |et |or |ou )[a-z-]{3,}){0,2} ")
_OWN = re.compile(
    r"(?<![a-z])(?:its|their|(?:his|her)(?: country's| government's)?|son|sa|leur)"
    r"(?: [«\"“]? ?(?:full|[a-z-]{4,})(?:,? (?:et |and )?[a-z-]{4,})? ?[»\"”]?)? [«\"“]?\Z"
)
_BARE_NOUN = re.compile(r" (?:(?:strong|full|firm|unwavering|unequivocal|clear|steadfast|continued|absolute|total) )?\Z")
_OWN_REACH = 48  # characters from "its firm" to the noun, and from the verb to "its"
_ADVERB = re.compile(
    r" (?:(?:once|yet|again|more|de|encore|nouveau|a|une|fois|plus|on|of|le|tout|all|[a-z]{3,}(?:ment|ly)|A_+) ?){0,3}[«\"“]?"
)
_ADDED = 15  # characters from a topic to the word that adds another
_ARTICLE = 4  # characters of "the " before a name
_MOST = 20  # states of one voting list
_OF = 22  # characters from "le soutien" to whose it is
_QUOTED_WORDS = re.compile(r" [«\"“][^»\"”]{3,30}[»\"”] (?:de |du |d'|of )(?:la |l'|le )?")  # "soutien « sans équivoque » de"
_BESIDE = 2  # characters between a subject and the quotation that is its predicate: "X « soutient … »"
_FEW_QUOTED = 90  # characters of a quotation that only marks words of the reporter's own sentence


def stance(event: Event, memory: Memory) -> Iterator[Candidate]:
    """The position of one event's holder, a state or an organisation, on what the verb governs."""
    if event.mood.mood != "done" and not _goes_on(event):
        return
    if event.voice == "set" and event.frame.kind == "stance" and not _said_of_it(event):
        return
    ours = we(event)
    holder = ours or widened(event, _holder(event), memory)
    dateline = event.scene.reading.dateline
    if holder is None or not holder.codes or (dateline is not None and holder.mentions[0].start == dateline.start):
        return
    if ours is None and not (_speaks_for_it(event, holder) and _own_words(event, holder)):
        return
    for span in _topics(event, holder):
        yield from _positions(event, holder, span, memory)


def _topics(event: Event, holder: Argument) -> Iterator[Span]:
    """What the position is on, and what a list adds to it: "cette adhésion, de même qu'une meilleure représentation"."""
    if event.voice == "passive":
        span = topic_before(event)
    elif event.frame.id.endswith("-it"):
        span = topic_told(event)
    else:
        span = topic_after(event, _topic_start(event, holder)) or topic_relative(event)
    if span is None:
        return
    yield span
    scene = event.scene
    more = scene.grammar.phrases["topic_added"].search(scene.reading.folded, span[1], span[1] + _ADDED)
    added = topic_after(event, more.end()) if more is not None and event.voice == "active" else None
    if added is not None:
        yield added


def _said_of_it(event: Event) -> bool:
    """False for an adjective that only describes: "des déclarations hostiles à X"; True for "reste hostile à X"."""
    scene = event.scene
    if scene.grammar.phrases["leaning"].match(scene.reading.folded, event.start, event.end + 1) is None:
        return True
    return (
        scene.grammar.closing["is_said"].search(scene.reading.folded[max(event.low, event.start - 40) : event.start])
        is not None
    )


def _itself(event: Event, span: Span, code: str) -> bool:
    """True where the topic is no more than the holder's own name: who stands by itself is another, misread."""
    named = event.scene.reading.mentions_in(*span, STATE + PLACE)
    alone = len(named) == 1 and named[0].end - named[0].start >= span[1] - span[0] - _ARTICLE
    return alone and named[0].codes == (code,)


def _positions(event: Event, holder: Argument, span: Span, memory: Memory) -> Iterator[Candidate]:
    scene, reading = event.scene, event.scene.reading
    for code in dict.fromkeys(memory.wholes.get(code, code) for code in holder.codes[:_MOST]):
        if _itself(event, span, code):
            continue
        fields: dict[str, Value] = {"state": code, **event.frame.gives, "topic": reading.text[slice(*span)]}
        told = date_near(scene, event.start, event.end, memory, lead=False)
        if told is not None:
            fields["date"] = told.date
        reasons = (
            event.opening,
            Reason("state", reading.text[holder.start : holder.end], holder.start, holder.end, "subject of the verb"),
            Reason("topic", reading.text[slice(*span)], *span, "what the verb governs"),
        )
        yield Candidate("stance", fields, (scene.sentence.index,), event.frame.id, reasons, frozenset())


def _goes_on(event: Event) -> bool:
    """True for "continuera de soutenir", "n'a pas manqué de réaffirmer": the position is held already."""
    grammar, folded, low = event.scene.grammar, event.scene.reading.folded, max(event.low, event.start - _OWN_REACH)
    affirms = grammar.phrases["not_denied"].search(folded, low, event.start) is not None
    return event.mood.mood == "planned" and (affirms or grammar.closing["goes_on"].search(folded, low, event.start) is not None)


def _holder(event: Event) -> Argument | None:
    """Whose position it is: the subject, the agent of a passive, whose support a noun tells of."""
    scene = event.scene
    if event.voice == "noun":
        return _holder_of_noun(event)
    if event.voice == "passive":
        return agents(event)
    holder = subject_argument(event)
    if holder is None or holder.start >= event.low:
        return holder
    told_before = holder is scene.told_before
    return holder if told_before or holder.start >= scene.sentence.start else None


def _holder_of_noun(event: Event) -> Argument | None:
    declared = _declared(event)
    if declared is not None:
        return _holder(declared)
    scene = event.scene
    owner = next((a for a in scene.before(event.start, event.low) if a.cue == "poss" and _tied(event, a.end)), None)
    after = next(iter(scene.after(event.end, event.high)), None)
    if after is not None and after.cue == "by" and after.start - event.end <= _OF and owner is None:
        return after  # "la reconnaissance par X de la souveraineté …"
    beside = after is not None and (
        after.start - event.end <= _OF
        or _QUOTED_WORDS.fullmatch(scene.reading.folded, event.end, after.mentions[0].start) is not None
    )
    tied = after is not None and after.cue == "of" and beside and not _object_of_noun(event)
    return owner or (after if tied else None)


def _object_of_noun(event: Event) -> bool:
    """True for "rejection of", "la condamnation de": what follows is what is rejected, not who does it."""
    return event.scene.reading.folded[event.start : event.end].startswith(("reject", "rejet", "condemn", "condamn", "disappr"))


def _tied(event: Event, end: int) -> bool:
    """True when nothing but "'s" and up to two adjectives stand between an owner and the noun."""
    return event.start - end <= 4 or _ADJECTIVES.fullmatch(event.scene.reading.layer, end, event.start) is not None


def _declared(event: Event) -> Event | None:
    """The event of the verb in "reiterated its firm opposition to": who declares it holds it; None without such a verb."""
    layer, folded, grammar = event.scene.reading.layer, event.scene.reading.folded, event.scene.grammar
    low = max(event.low, event.start - _OWN_REACH)
    own = _OWN.search(layer, low, event.start)
    ends = own.start() if own is not None else None
    if own is None and (_of_country(event) is not None or event.scene.reading.language == "en"):
        bare = _BARE_NOUN.search(folded, low, event.start)
        article = re.search(r"(?:le |la |l'|the )\Z", folded[low : event.start])
        ends = bare.start() + 1 if bare is not None else low + article.start() if article is not None else None
    if ends is None:
        return None
    verbs = list(grammar.phrases["declares"].finditer(folded, max(event.low, ends - _OWN_REACH), ends))
    if not verbs or _ADVERB.fullmatch(layer, verbs[-1].end(), ends) is None:
        return None
    return replace(event, start=verbs[-1].start(), mood=replace(event.mood, voice="active", start=verbs[-1].start()))


def _of_country(event: Event) -> re.Match[str] | None:
    """ "le soutien de son pays", "the support of her government": whose it is, right after the noun."""
    return event.scene.grammar.phrases["of_his_country"].match(event.scene.reading.folded, event.end + 1)


def _topic_start(event: Event, holder: Argument) -> int:
    """Where the topic may begin: after the verb, or after whose support the noun tells of."""
    country = _of_country(event)
    if event.voice == "noun" and country is not None:
        return country.end()
    return holder.end if event.voice == "noun" and holder.start > event.end else event.end


def _speaks_for_it(event: Event, holder: Argument) -> bool:
    """False for people whose word is not their state's; an official's is where he leads it or speaks of his country."""
    reading = event.scene.reading
    if not any(mention.mark == "P" for mention in holder.mentions) or any(w in event.lemma for w in ("son pays", "country")):
        return True
    folded = reading.folded
    own = event.scene.grammar.closing["own_country"].search(folded, event.scene.sentence.start, event.start)
    if own is not None or _of_country(event) is not None:
        return True
    offices = {office for index in holder.persons for office, _ in reading.persons[index].offices}
    return bool(offices & SPEAKS_FOR) and _concerns_others(event, holder)


def _concerns_others(event: Event, holder: Argument) -> bool:
    """True where the sentence names another state, people or organisation: what an official says at home is no stance."""
    sentence = event.scene.sentence
    found = event.scene.reading.mentions_in(sentence.start, sentence.end, "SDGC")
    return any(mention.codes and not set(mention.codes) & set(holder.codes) for mention in found)


def _own_words(event: Event, holder: Argument) -> bool:
    """True outside quotations, where only a few words are quoted, and where who is quoted speaks for the holder."""
    reading, sentence = event.scene.reading, event.scene.sentence
    quote = next((span for span in reading.quotes if span[0] <= event.start < span[1]), None)
    if quote is None:
        return True
    few = quote[1] - quote[0] <= _FEW_QUOTED or 0 <= quote[0] - holder.end <= _BESIDE
    if quote[0] > sentence.start and few and not quote[0] <= holder.start < quote[1]:
        return reading.text[quote[0] + 1 : quote[1]].lstrip()[:1].islower()
    if not all(mention.mark in "SG" for mention in holder.mentions):
        return False
    around = [m for m in reading.mentions_in(sentence.start, sentence.end, "PTG") if not quote[0] <= m.start < quote[1]]
    speakers = [m.value.of if isinstance(m.value, Title) else m.codes for m in around]
    return not any(codes and not set(codes) & set(holder.codes) for codes in speakers)
