"""Which frames open in a sentence: triggers found in one pass, then their object, needs and refusals looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from loaders.reading.changing import replace
from loaders.reading.frames.acted_on import OPENS, OPENS_RELATIVE, indirect, with_object
from loaders.reading.frames.book import FrameBook, Trigger, Words
from loaders.reading.frames.events import Event
from loaders.reading.frames.grammar import any_of
from loaders.reading.frames.inflection import PARTICIPLE, Paradigms
from loaders.reading.frames.modality import Mood, mood_of_verb
from loaders.reading.frames.noun_moods import mood_of_noun
from loaders.reading.frames.nouns_or_verbs import after_determiner, after_people, after_preposition, heads
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.triggers import Asked, Found, Hit, Sense, Triggers, Watched
from loaders.reading.model import ORGANISATION, PERSON, Reading

LANGUAGES = ("fr", "en")
_REFUSAL = 90  # characters around a trigger in which a word may show that something else is meant
_LONG_WORD, _FEW_WORDS = 3, 4  # letters of words, and words, that a line of capitals has in lower case
_RELATIVES = ("que ", "qu'", "that ", "which ")
_NONE: frozenset[int] = frozenset()
_TELLS_OF = {"membership": ORGANISATION, "meeting": PERSON}  # kind -> what an article must name for any fact of it
_PLACE = tuple.__new__  # places are made by the thousand: this is the quick way to make one


class _Place(NamedTuple):
    """A trigger in its clause, and the stretch in which what it acts on must stand."""

    scene: Scene
    hit: Hit
    folded: str
    low: int  # the clause
    high: int
    first: int  # where its object may be looked for: the clause, or more where the trigger opens the sentence or a relative
    last: int


def _place(scene: Scene, hit: Hit) -> _Place:
    folded, sentence = scene.reading.folded, scene.sentence
    low, high = scene.clause(hit.start)
    leans = low > sentence.start and (folded.endswith(", ", 0, low) or OPENS_RELATIVE.match(folded, low) is not None)
    last = sentence.end if hit.start - sentence.start <= OPENS else high
    return _PLACE(_Place, (scene, hit, folded, low, high, sentence.start if leans else low, last))


@dataclass(frozen=True, slots=True)
class _Compiled:
    """What a frame asks of a clause in one language."""

    objects: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    refuses: re.Pattern[str] | None
    behind: re.Pattern[str] | None
    direct: bool

    def idle(self, place: _Place) -> bool:
        """True where what the trigger acts on stands nowhere near: so it is mostly, and cheap to ask."""
        return self.objects is not None and self.objects.search(place.folded, place.first, place.last) is None


class Openings:
    """The triggers of a frame book, compiled for one pass over a text; read-only once made."""

    def __init__(self, book: FrameBook, lists: Mapping[tuple[str, str], tuple[str, ...]], watched: Watched) -> None:
        """`lists` are the phrases that a frame may ask for by name: (`@instruments`, language) -> folded phrases."""
        self.book = book
        self._paradigms = Paradigms()
        self._telling = {
            mark: frozenset(index for index, frame in enumerate(book.frames) if frame.kind == kind)
            for kind, mark in _TELLS_OF.items()
        }
        asked = {part: _asked(book, part, lists) for part in ("object", "refuses")}
        self.triggers = Triggers(book.triggers, watched, asked)
        self._compiled = {
            language: [_compile(frame.words.get(language), language, lists) for frame in book.frames] for language in LANGUAGES
        }

    def hits(self, reading: Reading) -> Mapping[int, tuple[Hit, ...]]:
        """The trigger forms of each sentence (by index), found in one pass over the folded text."""
        return self.triggers.found(reading).hits

    def unfillable(self, reading: Reading) -> frozenset[int]:
        """The frames, by their position in the book, that tell of what the article names nowhere."""
        marks = {mention.mark for mention in reading.mentions}
        return _NONE.union(*(frames for mark, frames in self._telling.items() if mark not in marks))

    def events(self, scene: Scene, found: Found, unfillable: Set[int] = _NONE) -> Iterator[Event]:
        """Every frame that opens in the sentence, moods that tell no fact included; `found`: what the article's words are."""
        compiled, sentence = self._compiled[scene.reading.language], scene.sentence.index
        hits = found.hits.get(sentence, ())
        objects, refuses = [found.asked[part].get(sentence, _NONE) for part in ("object", "refuses")]
        for hit in hits:
            waiting = [
                sense
                for sense in hit.senses
                if (compiled[sense[0]].objects is None or sense[0] in objects) and sense[0] not in unfillable
            ]
            if not waiting:
                continue
            longer = _covering(hit, hits) if len(hits) > 1 else ()
            if longer and scene.reading.folded.startswith("re-", hit.start - 3) and _again(hit, hits):
                continue  # "re-open" opens nothing for the first time
            place: _Place | None = None
            for sense in waiting:
                if sense.frame in longer:
                    continue
                asks, place = compiled[sense.frame], place or _place(scene, hit)
                if asks.idle(place):
                    continue
                event = self._open(place, sense, asks, sense.frame in refuses)
                if event is not None:
                    yield event

    def _open(self, place: _Place, sense: Sense, compiled: _Compiled, refuses: bool) -> Event | None:
        """The event of one frame; `refuses`: a word that refuses it stands somewhere in the sentence."""
        scene, hit, low, high = place.scene, place.hit, place.low, place.high
        frame = self.book.frames[sense.frame]
        last = _with_relative(scene, high) if frame.lasting else high
        if (
            refuses
            and compiled.refuses is not None
            and compiled.refuses.search(place.folded, max(low, hit.start - _REFUSAL), min(last, hit.end + _REFUSAL))
        ):
            return None
        if compiled.needs is not None and not compiled.needs.search(place.folded, low, high):
            return None
        mood = self._mood(scene, hit, sense)
        if mood is None:
            return None
        if mood.bare:
            high = _next_auxiliary(scene, hit.end, high)
        event = Event(scene, frame, hit.start, hit.end, mood, low, high, sense.lemma(mood.reflexive))
        if compiled.objects is None:
            return event
        found = with_object(event, compiled.objects, compiled.behind)
        return None if found is not None and compiled.direct and indirect(found) else found

    def _mood(self, scene: Scene, hit: Hit, sense: Sense) -> Mood | None:
        if sense.phrase:
            return replace(mood_of_verb(scene, hit.start, hit.end, _PHRASE, being=True), voice="set")
        determined = after_determiner(scene, hit.start)
        if sense.noun and (not sense.verbs or determined or after_preposition(scene, hit) or heads(scene, hit)):
            return mood_of_noun(scene, hit.start, hit.end)
        if _in_a_name(scene, hit):
            return None
        lemma = sense.verbs[0].lemma.partition(" ")[0]
        mood = mood_of_verb(scene, hit.start, hit.end, sense.tags, self._paradigms.takes_being(lemma))
        if sense.reflexive and not mood.reflexive:
            return None
        if determined and sense.tags == _PARTICIPLES and scene.reading.language == "fr" and not after_people(scene, hit.start):
            return None  # "le parti au pouvoir", "le pays d'arrivée"; but "les soldats rwandais déployés au …"
        if determined and not sense.noun and not mood.reflexive and _noun_like(sense.verbs):
            return None
        return mood


_PHRASE = frozenset(("set",))
_PARTICIPLES = frozenset((PARTICIPLE,))


def _in_a_name(scene: Scene, hit: Hit) -> bool:
    """True for a word of "the Nordic Battle Group", "Resolute Support", where the sentence is no line of capitals."""
    text, start = scene.reading.text, hit.start
    if scene.reading.language != "en" or start == scene.sentence.start or not text[start : start + 2].istitle():
        return False
    plain = (token for token in scene.tokens if not token.mention and len(token.text) > _LONG_WORD)
    return text[start - 1] == " " and sum(text[token.start].islower() for token in plain) >= _FEW_WORDS


def _next_auxiliary(scene: Scene, start: int, high: int) -> int:
    """Where the next auxiliary begins after a bare participle, else `high`."""
    auxiliaries = scene.grammar.modality["have"] | scene.grammar.modality["be"]
    for token in scene.tokens[scene.index(start) :]:
        if token.start >= high:
            break
        if token.text in auxiliaries and scene.reading.text[token.start] not in "àÀ":
            return token.start
    return high


def _noun_like(verbs: tuple[Trigger, ...]) -> bool:
    """True when a form after a determiner can only be a noun ("the cut", "une visite"): clitic objects are verbs' own."""
    return all(trigger.tag in ("inf", "pres", "past") for trigger in verbs) and not any(
        (trigger.tag == "inf" and trigger.text.endswith(("er", "ir", "re")))
        or (trigger.tag == "past" and trigger.text.endswith(("ait", "aient")))  # "où l'accueillait X"
        for trigger in verbs
    )


def _with_relative(scene: Scene, high: int) -> int:
    """The end of a clause, that of a relative clause right after it counted in: "has an embassy in X, which it closed"."""
    _, end = scene.clause(high)
    return end if high < scene.sentence.end and OPENS_RELATIVE.match(scene.reading.folded, high) else high


def _covering(hit: Hit, hits: tuple[Hit, ...]) -> Set[int]:
    """The frames of longer triggers that cover this one, or begin before it and end within it."""
    start, end = hit.start, hit.end
    others = [o for o in hits if o.start <= start < o.end and o is not hit and (end <= o.end or o.start < start)]
    return {trigger.frame for other in others for trigger in other.triggers}


def _again(hit: Hit, hits: tuple[Hit, ...]) -> bool:
    """True where a trigger begins with the "re-" before this one."""
    return any(other.start == hit.start - 3 and other.end >= hit.end for other in hits)


def _asked(book: FrameBook, part: str, lists: Mapping[tuple[str, str], tuple[str, ...]]) -> Asked:
    """The words and phrases that the frames of each language name as a part of theirs: object or refuses."""
    found: dict[str, dict[str, list[int]]] = {language: {} for language in LANGUAGES}
    for index, frame in enumerate(book.frames):
        for language, words in frame.words.items():
            for phrase in getattr(words, part):
                for word in lists.get((phrase, language), (phrase,)):
                    found[language].setdefault(word, []).append(index)
    return found


def _compile(words: Words | None, language: str, lists: Mapping[tuple[str, str], tuple[str, ...]]) -> _Compiled:
    if words is None:
        return _Compiled(None, None, None, None, False)
    phrases = tuple(word for phrase in words.object for word in lists.get((phrase, language), (phrase,)))
    return _Compiled(_any(phrases), _any(words.needs), _any(words.refuses), _leading(words.behind), words.direct)


def _any(phrases: tuple[str, ...]) -> re.Pattern[str] | None:
    return any_of(phrases) if phrases else None


def _leading(prepositions: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of the prepositions, elided ones ("d'") included, which end where the next word begins."""
    inner = "|".join(re.escape(word) if word.endswith("'") else re.escape(word) + r"(?![a-z0-9])" for word in prepositions)
    return re.compile(rf"(?<![a-z0-9])(?:{inner})") if prepositions else None
