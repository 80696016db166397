"""Accords that lines and later sentences name one by one: numbered lists, "il s'agit de …", "la première porte sur …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.instruments import BULLET, bare_name, described, instruments_in, is_about
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.pairing import own_parties
from loaders.reading.frames.scene import Scene
from loaders.reading.frames.signed_together import introduced
from loaders.reading.frames.tokens import Instrument
from loaders.reading.model import ORGANISATION, STATE, Candidate

_SHARED = ("parties", "date", "place", "status")
_MOST = 14
_OWN_NOUN = 24  # characters of a noun after its ordinal
_HEADING = 120  # characters of a line that heads a list
_OPENING = 60  # characters from the beginning of a sentence to the accords that it speaks of, and from there to "are"
_LONG_LINE = 420  # characters of a line that names an instrument and whose it is
_LINE = 200  # characters of a line that only names what an instrument is about


def heads_list(scene: Scene, knowledge: Knowledge) -> bool:
    """True for "Les mémorandums portent sur :", "The MoUs are on:": the lines that follow name one instrument each."""
    folded, sentence = scene.reading.folded, scene.sentence
    if not folded[sentence.start : sentence.end].rstrip().endswith(":"):
        return False
    if any(one.plural for one in instruments_in(scene, knowledge, sentence.start, sentence.end)):
        return True
    many = scene.grammar.phrases["pronouns_many"].match(folded, sentence.start) is not None
    return many and scene.grammar.phrases["covers"].search(folded, sentence.start, sentence.end) is not None


def opens_signing(scene: Scene, memory: Memory, before: Candidate | None) -> Candidate | None:
    """What heads a list of instruments without naming one ("Ont été signés :", "Textes signés :"); None for other sentences.

    Those bound are the parties of the last accord or body, else the article's pair.
    """
    reading, sentence = scene.reading, scene.sentence
    words = reading.folded[max(sentence.start, sentence.end - _HEADING - 1) : sentence.end].rstrip()
    if not words.endswith(":") or len(words) > _HEADING:
        return None
    phrases = scene.grammar.phrases
    signed = phrases["signed_list"].search(reading.folded, sentence.start, sentence.end)
    signed = signed or phrases["papers"].search(reading.folded, sentence.start, sentence.end)
    parties = before.fields["parties"] if before is not None else memory.pair
    if signed is None or not isinstance(parties, tuple) or len(parties) != 2:
        return None
    fields: dict[str, Value] = {"parties": parties, "type": "agreement", "status": "signed"}
    if memory.lead_date is not None and sentence.start < memory.lead_end:
        fields["date"] = str(memory.lead_date)
    known = before.fields if before is not None else {}
    fields.update({name: known[name] for name in ("date", "place") if name in known and name not in fields})
    reason = Reason("trigger", reading.text[signed.start() : signed.end()], signed.start(), signed.end(), "heads a list")
    return Candidate("agreement", fields, (sentence.index,), "agreement/listed", (reason,), frozenset({"party-inferred"}))


def named_in(scene: Scene, knowledge: Knowledge, heading: Candidate) -> Iterator[Candidate]:
    """The accords that a sentence after the heading names: "Il s'agit d'un mémorandum sur X et d'une convention fiscale"."""
    reading, sentence = scene.reading, scene.sentence
    opening = _enumerating(scene, knowledge)
    if opening is None:
        return
    last: Instrument | None = None
    found = instruments_in(scene, knowledge, opening, sentence.end)[:_MOST]
    known = "count" in heading.fields and len(found) > 1 and reading.folded[opening:].startswith(_OF_THE)
    for one in found:
        between = reading.folded[last.end if last is not None else opening : one.start]
        if last is not None and is_about(last, one, reading.folded):
            continue
        plain = (known or not one.definite) and not one.back and (known or one.count is None or last is None)
        if not plain or (last is not None and not introduced(between, scene) and ";" not in between):
            break
        yield _line(scene, knowledge, heading, one, sentence.end)
        last = one


_OF_THE = (" du ", " de l'", " de la ", " the ", ": the ", " : le ", " : l'")
"""After what opens a list of those counted: "Il s'agit du nouvel accord général et de l'accord de …"."""


def _enumerating(scene: Scene, knowledge: Knowledge) -> int | None:
    """Where a sentence begins to name accords: after "Il s'agit de", "The MoUs that were signed were"; None for others."""
    folded, sentence = scene.reading.folded, scene.sentence
    opening = scene.grammar.phrases["enumerates"].match(folded, sentence.start)
    if opening is not None:
        return opening.end()
    first = next(iter(instruments_in(scene, knowledge, sentence.start, min(sentence.end, sentence.start + _OPENING))), None)
    if first is None or not first.plural or not (first.definite or first.back) or first.count is not None:
        return None
    named = scene.grammar.phrases["names_them"].search(folded, first.end, min(sentence.end, first.end + _OPENING))
    return named.end() if named is not None else None


def parts_of(scene: Scene, knowledge: Knowledge, heading: Candidate, start: int) -> Iterator[Candidate]:
    """The accords told by number alone: "la première porte sur X, la seconde sur Y", "one on X, the other on Y"."""
    reading, end = scene.reading, scene.sentence.end
    found = list(scene.grammar.phrases["one_of_them"].finditer(reading.folded, start, end))
    opens = bool(found) and found[0].start() == start
    if not found or (len(found) < 2 and not opens) or (start == scene.sentence.start and not opens):
        return
    kind, phrases = heading.fields["type"], scene.grammar.phrases
    for position, match in enumerate(found[:_MOST]):
        until = found[position + 1].start() if position + 1 < len(found) else end
        named = instruments_in(scene, knowledge, match.start(), until)
        kind = named[0].type if named and named[0].start <= match.end() + 1 else kind  # "la première lettre d'intention"
        until = next((one.start for one in named if one.start > match.end() + _OWN_NOUN and not one.definite), until)
        domains = knowledge.domains.find(reading, match.end(), until)
        said = None if domains else phrases["covers"].search(reading.folded, match.end(), until)
        said = said or (None if domains else phrases["on_what"].match(reading.folded, match.end() + 1, until))
        name = bare_name(reading.text[said.end() : until]) if said is not None else ""
        if domains or name:
            fields = {**_from(heading), "type": kind}
            fields["parties"] = _with_own_partner(scene, fields["parties"], match.end(), until)
            own = fields["parties"] != heading.fields["parties"]
            fields.update({"domains": domains} if domains else {} if own else {"name": name})
            yield _told(scene, heading, fields, match.start(), until, "one of the instruments signed, told by its number")


def _with_own_partner(scene: Scene, parties: Value, start: int, end: int) -> Value:
    """The parties of one of several that are with each their own: "l'un avec X, l'autre avec Y"."""
    partners = {code for a in scene.arguments if a.cue == "with" for code in a.codes}
    alone = tuple(code for code in parties if code not in partners) if isinstance(parties, tuple) else ()
    tied = [m for m in scene.reading.mentions_in(start, end, STATE + ORGANISATION) if set(m.codes) <= partners]
    return (*alone, *tied[0].codes) if len(alone) == len(tied) == 1 else parties


def listed(scene: Scene, knowledge: Knowledge, heading: Candidate, topics: bool = False) -> list[Candidate]:
    """The accords that a line of a list names, with the parties, date and place of the list's heading: mostly one.

    With `topics` a line need not name an instrument: it says what the next one of the heading's is about.
    """
    reading, start = scene.reading, scene.sentence.start
    line = reading.paragraphs[scene.sentence.paragraph].start
    bullet = BULLET.match(reading.folded, line)
    if bullet is not None and bullet.end() < start:
        bullet = None
    first = bullet.end() if bullet else start
    if reading.folded[scene.sentence.end - 1] == "?":
        return []
    found = instruments_in(scene, knowledge, first, scene.sentence.end)
    if not found or found[0].start - first > 30 or (found[0].definite and not _bare(scene, bullet)) or found[0].back:
        topic = _topic(scene, knowledge, heading, first) if topics and bullet is not None else None
        return [topic] if topic is not None else []
    if bullet is None and (line != start or found[0].plural or _told_in_full(scene, found[0])):
        return []
    further = [one for one in found[1:] if _PARTED.search(reading.folded, max(first, one.start - 12), one.start)]
    return [_line(scene, knowledge, heading, one, scene.sentence.end) for one in (found[0], *further)][:_MOST]


_PARTED = re.compile(r";(?: (?:et|and),?)?(?: (?:un|une|an?|le|la))? \Z")  # "… ; un protocole", "…; and, Memorandum"


def _told_in_full(scene: Scene, one: Instrument) -> bool:
    """True for a sentence of its own that opens with an instrument: "Dix accords ont été signés", "Un traité, qui sera …"."""
    folded, end = scene.reading.folded, min(scene.sentence.end, one.end + _LINE)
    phrases = scene.grammar.phrases
    return one.count is not None or any(phrases[name].search(folded, one.end, end) for name in ("doubtful", "later"))


def _bare(scene: Scene, bullet: re.Match[str] | None) -> bool:
    """True for a line that says nothing of its instrument but its name: "- The Cooperation Agreement between …;"."""
    sentence = scene.sentence
    if bullet is None or sentence.end - sentence.start > _LONG_LINE:
        return False
    span = bullet.end(), sentence.end
    return not any(
        scene.grammar.phrases[name].search(scene.reading.folded, *span) for name in ("is_told_of", "later", "doubtful")
    )


def _topic(scene: Scene, knowledge: Knowledge, heading: Candidate, first: int) -> Candidate | None:
    reading, end = scene.reading, scene.sentence.end
    if end - first > _LINE or any(argument.acts and argument.persons for argument in scene.arguments):
        return None
    fields = {**_from(heading), "type": heading.fields["type"]}
    domains = knowledge.domains.find(reading, first, end)
    fields.update({"domains": domains} if domains else {})
    words = reading.text[first:end].strip(" \u00a0\u202f,;:.–-")
    fields.update({"name": words} if words else {})
    return _told(scene, heading, fields, first, end, "a line that says what one of the instruments is about") if words else None


def _line(scene: Scene, knowledge: Knowledge, heading: Candidate, one: Instrument, limit: int) -> Candidate:
    reading = scene.reading
    fields: dict[str, Value] = {**_from(heading), "type": one.type}
    own = own_parties(scene, (one.start, one.end))
    fields.update({"parties": own.codes} if own is not None else {})
    people = [reading.persons[i].name for a in scene.arguments if a.cue in ("by", "between") for i in a.persons]
    if people:
        fields["signatories"] = tuple(dict.fromkeys(people))
    described(scene, one, fields, knowledge, limit)
    fields.pop("count", None)
    return _told(scene, heading, fields, one.start, one.end, "a line of the list of instruments signed")


def _from(heading: Candidate) -> dict[str, Value]:
    """What the lines of a list share with its heading."""
    return {name: heading.fields[name] for name in _SHARED if name in heading.fields}


def _told(scene: Scene, heading: Candidate, fields: dict[str, Value], start: int, end: int, why: str) -> Candidate:
    reason = Reason("type", scene.reading.text[start:end], start, end, why)
    features = frozenset({"listed"} | (heading.features & {"party-inferred"}))
    where, reasons = (scene.sentence.index,), (reason, *heading.reasons[1:])
    return replace(heading, fields=fields, sentences=where, rule="agreement/listed", reasons=reasons, features=features)
