"""Accords: each instrument that a sentence says is signed, ratified, ended; several in a list; fields told later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import Told, date_near, place_name, place_near
from loaders.reading.frames.events import Event, Filler
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import parties_of, signers
from loaders.reading.frames.places import place_before
from loaders.reading.frames.scene import Scene
from loaders.reading.model import TITLE, Candidate

_MOST = 14  # instruments that one sentence may sign
_NAME = 110  # characters of an instrument's name
_NUMBERED = re.compile(r"\s*(?:\d{1,2}\s?[.)°/-]|[-–—•*·▪►🔹✔]|[a-z]\))\s*")


@dataclass(frozen=True, slots=True)
class Instrument:
    """A noun of instruments in its sentence."""

    start: int
    end: int
    type: str
    weak: bool
    plural: bool
    count: int | None  # "onze accords"
    back: bool  # "cet accord": speaks of one told before
    definite: bool  # "l'accord"


def instruments_in(scene: Scene, knowledge: Knowledge, start: int, end: int) -> list[Instrument]:
    """The instruments named in [start, end), in order."""
    reading = scene.reading
    nouns = knowledge.instruments[reading.language]
    barred = [match.span() for match in nouns.never.finditer(reading.folded, start, end)]
    found: list[Instrument] = []
    for first, last, kind in nouns.phrases.find(reading.folded, start, end):
        if any(low < last and first < high for low, high in barred):
            continue
        if found and reading.language == "en" and first - found[-1].end == 1:
            first = found.pop().start  # "a strategic partnership declaration" is a declaration
        before = reading.folded[max(start, first - 40) : first]
        word = reading.folded[first:last]
        plural = _plural(word, reading.language)
        count = _count(before, scene, knowledge) if plural else None
        back = scene.grammar.closing["back"].search(before) is not None
        definite = scene.grammar.closing["definite"].search(before) is not None
        found.append(Instrument(first, last, kind, word in nouns.weak, plural, count, back, definite))
    return found


def _plural(word: str, language: str) -> bool:
    if language == "fr":
        return word.split(" ")[0].endswith(("s", "moranda"))
    return word.endswith("s") or "s of " in word or "randa" in word


def _count(before: str, scene: Scene, knowledge: Knowledge) -> int | None:
    """How many instruments the words before the noun say: "onze", "une dizaine d'", "11 new"; None below two."""
    adjectives = scene.grammar.phrases["counted"]
    words = [word for word in before.replace("'", "' ").split() if not adjectives.fullmatch(word)]
    while words and words[-1] in ("d'", "de", "of"):
        words.pop()
    for length in (3, 2, 1):
        value = knowledge.numbers[scene.reading.language].value(" ".join(words[-length:])) if len(words) >= length else None
        if value is not None and 2 <= value < 1000:
            return int(value)
    return None


def signed(event: Event, knowledge: Knowledge, memory: Memory) -> Iterator[Candidate]:
    """The accords of one event; none where its mood tells no fact or no two parties are found."""
    given = _given(event)
    reading, scene = event.scene.reading, event.scene
    if given is None or event.object is None or reading.quoted(event.start):
        return
    chosen = _acted_on(event, instruments_in(scene, knowledge, event.low, scene.sentence.end))
    if not chosen:
        return
    parties = parties_of(scene, (chosen[0].start, chosen[0].end), event, memory)
    if parties is None or not _official(event, chosen, parties):
        return
    named = [one for one in chosen if one.count is None]
    types = {one.type for one in named}
    counted = [one for one in chosen if one.count is not None and one.type not in types] if named else chosen[:1]
    for one in (*named, *counted):
        for bound in _bilateral(event, parties):
            yield _accord(event, one, given, bound, knowledge, memory, len(chosen) > 1)


def _bilateral(event: Event, parties: Filler) -> list[Filler]:
    """ "A et B ont signé avec C" binds A with C and B with C; any other way of naming binds all together."""
    if len(parties.codes) < 3 or not parties.why.startswith("who acts, and the partner"):
        return [parties]
    partner = next((a for a in event.scene.arguments if a.cue == "with" and set(a.codes) <= set(parties.codes)), None)
    if partner is None or len(partner.codes) != 1:
        return [parties]
    return [replace(parties, codes=(code, *partner.codes)) for code in parties.codes if code not in partner.codes]


def _given(event: Event) -> Mapping[str, Value] | None:
    mood, frame = event.mood.mood, event.frame
    if mood == "done":
        return frame.gives
    if mood == "decided" and frame.id in ("agreement/terminated", "agreement/suspended"):
        return frame.gives
    return frame.planned if mood in ("planned", "decided") else None


def _acted_on(event: Event, found: list[Instrument]) -> list[Instrument]:
    """The instruments that the trigger acts on: its object and those joined to it."""
    assert event.object is not None  # the frame asks for one
    first = next((index for index, one in enumerate(found) if one.start <= event.object[0] < one.end), None)
    if first is None:
        return []
    chosen = [found[first]]
    folded = event.scene.reading.folded
    if event.voice == "active" and not event.behind and _indirect(event, found[first].start):
        return []
    for one in found[first + 1 :][:_MOST]:
        between = folded[chosen[-1].end : one.start]
        colon = ":" in between or "namely" in between or "dont" in between.split()
        if (
            one.back
            or (one.definite and not colon)
            or one.start - chosen[-1].end > 220
            or not _introduced(between, event.scene)
        ):
            break
        if event.voice != "active" and one.start > event.start and not colon:
            break
        chosen.append(one)
    return chosen


def _introduced(between: str, scene: Scene) -> bool:
    """True when the words before an instrument add it to a list: ", un mémorandum", "and a protocol"."""
    words = between.replace("'", "' ").split()
    mark = next((i for i in range(len(words) - 1, max(-1, len(words) - 5), -1) if _joins(words[i], scene)), None)
    return mark is not None


def _joins(word: str, scene: Scene) -> bool:
    return word[-1] in ",;:•-–" or word in ("-", "–", "•") or scene.grammar.phrases["listed"].fullmatch(word) is not None


def _indirect(event: Event, start: int) -> bool:
    """True for an instrument behind a preposition: "scellent un nouveau cap dans le partenariat" seals no partnership."""
    words = event.scene.reading.folded[max(event.end, start - 30) : start].replace("'", "' ").split()[-3:]
    return any(event.scene.grammar.phrases["indirect"].fullmatch(word) for word in words)


def _official(event: Event, chosen: list[Instrument], parties: Filler) -> bool:
    """False for weak nouns ("texte", "contrat") that nothing shows to bind states."""
    if not all(one.weak for one in chosen) or not parties.inferred or chosen[0].count is not None:
        return True
    persons = event.scene.reading.persons
    signs = any(
        any(persons[index].offices for index in a.persons) or any(m.mark == TITLE for m in a.mentions)
        for a in event.scene.arguments
        if a.cue in ("by", "", "of") and event.low <= a.start
    )
    return event.signs and (bool(parties.persons) or signs)


def _accord(
    event: Event,
    one: Instrument,
    given: Mapping[str, Value],
    parties: Filler,
    knowledge: Knowledge,
    memory: Memory,
    listed: bool,
) -> Candidate:
    scene, reading = event.scene, event.scene.reading
    fields: dict[str, Value] = {"parties": parties.codes, "type": one.type, **given}
    reasons = [
        Reason("trigger", reading.text[event.start : event.end], event.start, event.end, f"opens the frame {event.frame.id}"),
        Reason("type", reading.text[one.start : one.end], one.start, one.end, "noun of an instrument"),
        parties.reason("parties", reading),
    ]
    features = {"party-inferred"} if parties.inferred else set()
    _dated(event, fields, reasons, features, knowledge, memory)
    place = place_near(scene, event.start, event.end)
    if place is not None:
        features.add("place")
    elif not one.definite:
        place = place_before(scene, event.start, memory)
    if place is not None and event.signs:
        fields["place"] = place_name(place, reading)
    people = signers(scene, event, parties)
    if people:
        fields["signatories"] = people
    _described(scene, one, fields, knowledge, event.start if event.start >= one.end else scene.sentence.end)
    if listed:
        features.add("listed")
    if one.definite or one.back:
        features.add("definite")
    if event.voice == "noun":
        features.add("nominal")
    return Candidate("agreement", fields, (scene.sentence.index,), event.frame.id, tuple(reasons), frozenset(features))


def _dated(
    event: Event, fields: dict[str, Value], reasons: list[Reason], features: set[str], knowledge: Knowledge, memory: Memory
) -> None:
    told = _years_before(event, knowledge) or date_near(event.scene, event.start, event.end, memory, noun=event.voice == "noun")
    if told is None or (event.mood.bare and told.start >= event.high):
        return  # "l'accord signé par A et B entrera en vigueur en 2026": the year is another verb's
    name = "date" if event.signs else "status_date"
    if event.frame.id == "agreement/negotiated":
        return
    fields[name] = told.date
    reasons.append(Reason(name, event.scene.reading.text[told.start : told.end], told.start, told.end, told.why))
    features.add("date-inferred" if told.inferred else "date-told")


def _years_before(event: Event, knowledge: Knowledge) -> Told | None:
    """ "huit ans après la signature de …": the year counted back from the day the article speaks on."""
    reading = event.scene.reading
    if event.voice != "noun" or reading.published is None or reading.published.year is None:
        return None
    before = reading.folded[max(event.scene.sentence.start, event.start - 50) : event.start]
    found = event.scene.grammar.closing["years_after"].search(before)
    words = before[: found.start()].split() if found is not None else []
    number = int(knowledge.numbers[reading.language].value(words[-1]) or 0) if words else 0
    if not 0 < number < reading.published.year:
        return None
    return Told(str(reading.published.year - number), event.start, event.end, "counted back from the article's date")


def _described(scene: Scene, one: Instrument, fields: dict[str, Value], knowledge: Knowledge, limit: int) -> None:
    """Name, domains and count of one instrument, from the words after its noun; its name ends at `limit` at the latest."""
    reading = scene.reading
    following = (other.start for other in instruments_in(scene, knowledge, one.end, scene.sentence.end))
    later = next(following, scene.sentence.end)
    start, end = _name_start(scene, one.start), name_end(scene, one.end, min(later, limit))
    domains = knowledge.domains.find(reading, start, name_end(scene, one.end, later, lists=True))
    if domains:
        fields["domains"] = domains
    if not domains:
        covers = scene.grammar.phrases["covers"].search(reading.folded, one.end, later)
        domains = knowledge.domains.find(reading, covers.end(), later) if covers is not None else ()
        fields.update({"domains": domains} if domains else {})
    if one.count is not None:
        fields["count"] = one.count
        return
    words = reading.text[start:end].strip(' ,;:.–-»”"')
    if not one.back and len(words.split()) > 1 and not one.plural:
        fields["name"] = words


_LIST_STOP = re.compile(r"[;:.(«»\"“”\n]")
_NAME_STOP = re.compile(r"[;:.(«»\"“”\n]|, (?!de |des |du |d'|et |and )")


def _name_start(scene: Scene, start: int) -> int:
    """Where an English name begins: its noun with the plain words before it ("a security cooperation agreement")."""
    if scene.reading.language != "en":
        return start
    grammar = scene.grammar
    barred = grammar.determiners | grammar.conjunctions | set(grammar.cues) | grammar.modality["be"] | grammar.modality["have"]
    for position in range(scene.index(start) - 1, max(-1, scene.index(start) - 5), -1):
        token = scene.tokens[position]
        if not token.text.isalpha() or token.mention or token.text in barred or token.text.endswith("ed"):
            break
        start = token.start
    return start


def name_end(scene: Scene, start: int, limit: int, lists: bool = False) -> int:
    """Where the noun phrase that goes on at `start` ends; with `lists`, commas do not end it."""
    reading, limit = scene.reading, min(limit, start + _NAME)
    stops = (
        (_LIST_STOP if lists else _NAME_STOP).search(reading.layer, start, limit),
        scene.grammar.phrases["name_ends"].search(reading.layer, start, limit),
    )
    date = next((mention.start for mention in reading.mentions_in(start, limit, "AP")), limit)
    return min(date, *(stop.start() for stop in stops if stop is not None), limit)


def listed(scene: Scene, knowledge: Knowledge, heading: Candidate) -> Candidate | None:
    """An accord that a line of a list names, with the parties, date and place of the list's heading."""
    reading, start = scene.reading, scene.sentence.start
    bullet = _NUMBERED.match(reading.folded, start)
    first = bullet.end() if bullet else start
    found = instruments_in(scene, knowledge, first, scene.sentence.end)
    if not found or found[0].start - first > 30 or found[0].definite or found[0].back:
        return None
    if bullet is None and scene.reading.paragraphs[scene.sentence.paragraph].start != start:
        return None
    one = found[0]
    fields: dict[str, Value] = {
        name: heading.fields[name] for name in ("parties", "date", "place", "status") if name in heading.fields
    }
    fields["type"] = one.type
    people = [reading.persons[i].name for a in scene.arguments if a.cue in ("by", "between") for i in a.persons]
    if people:
        fields["signatories"] = tuple(dict.fromkeys(people))
    _described(scene, one, fields, knowledge, scene.sentence.end)
    reason = Reason("type", reading.text[one.start : one.end], one.start, one.end, "a line of the list of instruments signed")
    return Candidate(
        "agreement", fields, (scene.sentence.index,), "agreement/listed", (reason, *heading.reasons[1:]), frozenset({"listed"})
    )
