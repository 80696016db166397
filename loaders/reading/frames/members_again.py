"""Who came, left and returned of the club that an article is about, told in passing: "Rwanda, which came in in 2009"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from dataclasses import replace
from functools import cache

from graph.model.claims import Reason, Value
from loaders.reading.frames.chains import respective
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.model import DATE, ORGANISATION, STATE, Candidate, Mention, When, known_day
from loaders.reading.phrasing import either

_CHANGES = {
    "again_joined": "joined", "again_left": "left", "again_back": "rejoined",
    "again_suspended": "suspended", "again_applied": "applied",
}  # fmt: skip
_REACH = 70  # characters from who joins to the verb
_DATED = 50  # characters from the verb to its day
_NAMED = 60  # characters from the verb to the club it names
_FACTS = 12  # last facts looked through for it
_BACK = 3  # sentences back to the last one that joined or left
_TOLD = 1500  # characters back to the name of the state told of last
_MOST = 8  # verbs read in one sentence
_WORD = re.compile(r"[A-Za-z]")
_BY = re.compile(r"(?<![a-z])(?:par|by) (?:the |la |l'|le )?\Z")
_CLUB = re.compile(r"(?:the |la |l'|le |les )?G_+")
_FROM = re.compile(r"(?<![a-z])(?:depuis|since|dating from)(?![a-z])")
_SINCE = re.compile(r"suspension(?:(?! lift| levee| ended| end| prend| pris)[^.;]){0,44}?(?<![a-z])(?:A_)")
_COLON = re.compile(r"[^.;:SD]{0,40}(?::|(?<![a-z])(?:est|is|was|etait)) (?:the |la |le |l'|les )?(?=S)")
_APART = re.compile(r"[;:]|(?<![a-z])(?:but|mais|while|tandis que|that|que)(?![a-z])")
_PRONOUN = re.compile(r"(?:\W*(?:et|and|but|mais) )?\W*(?:it|they|elle|il|elles|ils|the country|le pays)(?![a-z])")
_MADE = re.compile(
    r"(?<![a-z])(?:fait|fera|made|makes)(?: A?_*[a-z]*){0,2}? (?:(?:de|d') ?)?(?:la |le |l'|les |the )?(S_+) "
    r"(?:un |une |son |sa |le |la |the |a |its )?(?:[a-z0-9-]+ ){0,3}(?:membre|member)(?![a-z])"
)


def members_again(scene: Scene, memory: Memory, told: list[Candidate], before: int) -> Iterator[Candidate]:
    """The changes that the frames do not see; `told`: the facts so far, those of the sentence from `before` on."""
    reading = scene.reading
    if reading.quoted(scene.sentence.start):
        return
    here = [fact.fields for fact in told[before:] if fact.kind == "membership"]
    known = {(fields.get("state"), fields.get("change")) for fields in here}
    dated = {(fields.get("change"), fields.get("date")) for fields in here}
    subject: tuple[Mention, ...] = ()
    for start, end, change in _verbs(scene, told):
        found = _subject(scene, start, end, told[:before]) or subject
        if not found:
            continue
        subject = found
        date = _date(scene, end, found)
        club = _club(scene, memory, start, end, date)
        listed = found[0].start > end
        if not listed and date is not None and isinstance(date.value, When) and (change, str(date.value.date)) in dated:
            continue  # a frame has read it
        if club is None or scene.grammar.phrases["troops_doubt"].search(
            reading.folded, max(scene.sentence.start, start - 30), start
        ):
            continue
        if change == "joined" and scene.grammar.phrases["once_more"].search(reading.folded, end, end + _NAMED) is not None:
            change = "rejoined"
        codes = tuple(dict.fromkeys(code for mention in found for code in mention.codes))
        days = respective(reading, end, scene.sentence.end, len(codes))
        for index, code in enumerate(codes):
            if (code, change) not in known and code not in memory.organisations:
                fact = _fact(scene, code, club, change, (start, end), date)
                yield replace(fact, fields={**fact.fields, "date": str(days[index].date)}) if days else fact
    yield from _suspended_since(scene, told[before:])
    yield from _taken_out(scene, memory, known)
    for match in _MADE.finditer(reading.layer, scene.sentence.start, scene.sentence.end) if memory.club else ():
        mention = reading.mentions_in(match.start(1), match.end(1), STATE)[0]
        if (mention.codes[0], "joined") not in known and len(mention.codes) == 1:
            yield _fact(scene, mention.codes[0], str(memory.club), "joined", match.span(), _opening_date(scene, match.start()))


def _suspended_since(scene: Scene, here: list[Candidate]) -> Iterator[Candidate]:
    """ "a levé la suspension qui le frappait depuis 2009": the suspension that ends is told with its day."""
    for fact in here:
        if fact.kind != "membership" or fact.fields.get("change") != "rejoined":
            continue
        match = _SINCE.search(scene.reading.layer, scene.sentence.start, scene.sentence.end)
        days = scene.reading.mentions_in(match.end() - 2, match.end(), DATE) if match is not None else ()
        since = _FROM.search(scene.reading.folded, max(0, days[0].start - 8), days[0].end) is not None if days else False
        if match is not None and since and known_day(days[0]) is not None:
            state, club = str(fact.fields["state"]), str(fact.fields["organisation"])
            yield _fact(scene, state, club, "suspended", match.span(), days[0])


def _taken_out(scene: Scene, memory: Memory, known: Set[tuple[Value | None, Value | None]]) -> Iterator[Candidate]:
    """ "The former president pulled the country out in 2013": the state that the article speaks of most."""
    match = scene.grammar.phrases["took_out"].search(scene.reading.folded, scene.sentence.start, scene.sentence.end)
    states = [(count, code) for code, count in memory.spoken_of.items() if code not in memory.organisations]
    if match is None or memory.club is None or not states or {change for _, change in known} & {"left"}:
        return
    date = _date(scene, match.end(), ())
    if date is not None:
        yield _fact(scene, max(states)[1], memory.club, "left", match.span(), date)


def _verbs(scene: Scene, told: list[Candidate]) -> list[tuple[int, int, str]]:
    """Start, end and change of each word of joining or leaving, in order."""
    found = []
    for name, change in _CHANGES.items():
        for match in scene.grammar.phrases[name].finditer(scene.reading.folded, scene.sentence.start, scene.sentence.end):
            if not scene.reading.folded.endswith("-", 0, match.start()):  # "re-joined" is a word of its own
                found.append((*match.span(), change))
    last = told[-1] if told else None
    joined = last is not None and last.kind == "membership" and last.fields.get("change") == "joined"
    if joined and last is not None and scene.sentence.index - last.sentences[-1] <= 1:
        followed = scene.grammar.phrases["again_followed"].finditer(
            scene.reading.folded, scene.sentence.start, scene.sentence.end
        )
        found.extend((*match.span(), "joined") for match in followed)
    return sorted(found)[:_MOST]


def _subject(scene: Scene, start: int, end: int, told: list[Candidate]) -> tuple[Mention, ...]:
    """The states that join or leave: right before the verb, after a colon, or whom a pronoun at the sentence's head means."""
    reading, low = scene.reading, scene.sentence.start
    listed = _COLON.match(reading.layer, end, scene.sentence.end)
    if listed is not None:
        return reading.mentions_in(listed.end(), listed.end() + 1, STATE)[:1]
    own = scene.grammar.phrases["own_country"].search(reading.folded, low, start)
    if own is not None and start - own.end() < _REACH:
        return _of_official(scene, own.start())
    for argument in scene.before(start, low):
        between = reading.layer[argument.end : start]
        if start - argument.end > _REACH or _APART.search(between) is not None:
            break
        states = tuple(mention for mention in argument.mentions if mention.mark == STATE)
        owns = argument.cue == "poss" and argument.head in ("membership", "adhesion")
        if states and len(states) == len(argument.mentions) and (argument.cue in ("", "other") or owns):
            return states
        if argument.mentions[0].mark != ORGANISATION and argument.cue == "":
            return ()
    if _PRONOUN.match(reading.folded, low) is None or start - low > _REACH:
        return ()
    spoken = scene.told_before
    states = tuple(m for m in spoken.mentions if m.mark == STATE) if spoken is not None else ()
    if states and spoken is not None and len(states) == len(spoken.mentions):
        return states
    return _only_state_before(scene) or _told_last(scene, told)


def _of_official(scene: Scene, offset: int) -> tuple[Mention, ...]:
    """ "his own country": that of the official named last before it, in its sentence or the one before."""
    reading = scene.reading
    low = reading.sentences[scene.sentence.index - 1].start if scene.sentence.index else scene.sentence.start
    found = [a for a in scene.before(offset, scene.sentence.start) if a.mentions[0].mark in "PT" and len(a.codes) == 1]
    told = found[0].mentions if found else reading.mentions_in(low, offset, "PT")[-1:]
    return tuple(mention for mention in told if len(mention.codes) == 1)


def _only_state_before(scene: Scene) -> tuple[Mention, ...]:
    """The one state that the sentence before names."""
    if not scene.sentence.index:
        return ()
    earlier = scene.reading.sentences[scene.sentence.index - 1]
    named = [m for m in scene.reading.mentions_in(earlier.start, earlier.end, STATE) if len(m.codes) == 1]
    return (named[0],) if len({m.codes for m in named}) == 1 else ()


def _told_last(scene: Scene, told: list[Candidate]) -> tuple[Mention, ...]:
    """The state whose joining or leaving was told last, not far back."""
    last = next((fact for fact in reversed(told[-_FACTS:]) if fact.kind == "membership"), None)
    if last is None or scene.sentence.index - last.sentences[-1] > _BACK:
        return ()
    named = scene.reading.mentions_in(max(0, scene.sentence.start - _TOLD), scene.sentence.start, STATE)
    return tuple([m for m in named[-_MOST:] if m.codes == (last.fields["state"],)][-1:])


def _date(scene: Scene, end: int, subject: tuple[Mention, ...]) -> Mention | None:
    """The day told for it: soon after the verb, or after a state that stands behind a colon, with no object between."""
    reading = scene.reading
    from_ = max(end, subject[-1].end) if subject else end
    for mention in reading.mentions_in(from_, min(scene.sentence.end, from_ + _DATED), DATE):
        if known_day(mention) is not None:
            gap = scene.grammar.phrases["the_club"].sub("", _CLUB.sub("", reading.layer[from_ : mention.start]))
            return mention if _WORD.search(scene.grammar.phrases["again_light"].sub("", gap)) is None else None
    return None


def _opening_date(scene: Scene, offset: int) -> Mention | None:
    for mention in scene.reading.mentions_in(scene.sentence.start, offset, DATE):
        if known_day(mention) is not None:
            return mention
    return None


def _club(scene: Scene, memory: Memory, start: int, end: int, date: Mention | None) -> str | None:
    """The organisation named right after the verb, or before "où" and "dont"; else, where a day is told, the article's."""
    reading = scene.reading
    after = reading.mentions_in(end, min(scene.sentence.end, end + _NAMED), ORGANISATION)
    if after and _to_club(scene, end, after[0].start):
        part = scene.grammar.phrases["part_of_club"].match(reading.folded[after[0].end : after[0].end + _NAMED].lstrip(" '"))
        code = after[0].codes[0] if after[0].codes and part is None else None
        return code if code not in memory.wholes else None
    if any(memory.club in m.codes and _BY.search(reading.layer, end, m.start) is not None for m in after):
        return memory.club
    before = [m for m in reading.mentions_in(max(scene.sentence.start, start - _REACH), start, ORGANISATION) if m.codes]
    if before and reading.folded[before[-1].end :].lstrip(" ,)").startswith(("ou ", "dont ", "of which ", "which ", "where ")):
        return before[-1].codes[0]
    return memory.club if date is not None else None


@cache
def _way(asides: frozenset[str], behind: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?: (?:{either(asides)}|A_+),?){{0,2}}(?: (?:{either(behind)}))? ?(?:the |la |l'|le |les )?")


def _to_club(scene: Scene, start: int, end: int) -> bool:
    """True where nothing but how and when it was done stands between a verb and the organisation behind it."""
    words = scene.grammar.words
    return _way(words["club_asides"], words["behind_club"]).fullmatch(scene.reading.layer, start, end) is not None


def _fact(scene: Scene, state: str, club: str, change: str, where: tuple[int, int], date: Mention | None) -> Candidate:
    fields: dict[str, Value] = {"state": state, "organisation": club, "change": change}
    reasons = [Reason("trigger", scene.reading.text[slice(*where)], *where, "told in passing of a member of the club")]
    if date is not None and isinstance(date.value, When):
        fields["date"] = str(date.value.date)
        reasons.append(Reason("date", scene.reading.words(date), date.start, date.end, "the day told with it"))
    features = frozenset({"party-inferred", "role:organisation"} | ({"date-told"} if date is not None else set()))
    return Candidate("membership", fields, (scene.sentence.index,), "membership/again", tuple(reasons), features)
