"""Missions named one after the other: "embassies in A, B and C, a consulate in D and a permanent mission to the UN"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model.claims import Reason, Value
from loaders.reading.frames.attributes import place_name
from loaders.reading.frames.events import Event, Filler, plural
from loaders.reading.frames.memory import Memory
from loaders.reading.frames.roles import Rule
from loaders.reading.model import DATE, DEMONYM, ORGANISATION, PLACE, STATE, Candidate, Mention

_MOST = 40  # missions or places of one enumeration
_BEFORE, _AFTER = 300, 700  # characters around what the trigger acts on
_LEAD = 60  # characters from "consulates" to the first town
_FIRST = 24  # characters from "these are" to the first mission
_WORD = re.compile(r"[^\s,;:()]+|[,;:()]")
_JOINS = frozenset((",", "et", "and", "(", ";"))
_CITY = re.compile(r"[a-z'-]+(?: [a-z'-]+){0,2}")


@dataclass(frozen=True, slots=True)
class Post:
    """One mission of the enumeration: the words for it, where it is, and the town where one is named."""

    noun: tuple[int, int]
    code: str
    start: int
    end: int
    town: Mention | None


def enumerated(event: Event) -> tuple[Post, ...]:
    """Every mission of the enumeration that the event's object belongs to, in reading order; none where it stands alone."""
    what = event.object
    if event.frame.kind != "mission" or what is None:
        return ()
    scene = event.scene
    low, high = max(scene.sentence.start, what[0] - _BEFORE), min(scene.sentence.end, what[1] + _AFTER)
    return _series(event, low, high, what) or _in_the_next(event)


def _in_the_next(event: Event) -> tuple[Post, ...]:
    """ "Three missions were opened. These are embassies in A and B and a consulate in C": those of the next sentence."""
    scene, sentence = event.scene, event.scene.following
    if not event.several or sentence is None:
        return ()
    opens = scene.grammar.phrases["lists_places"].match(scene.reading.folded, sentence.start, sentence.end)
    if opens is None or any(a.codes and a.cue in ("in", "to") for a in scene.after(event.end, scene.sentence.end)):
        return ()
    first = scene.grammar.phrases["missions"].search(scene.reading.folded, opens.end(), min(sentence.end, opens.end() + _FIRST))
    high = min(sentence.end, opens.end() + _AFTER)
    return () if first is None else _series(event, opens.end(), high, first.span())


def _series(event: Event, low: int, high: int, what: tuple[int, int]) -> tuple[Post, ...]:
    """The missions named one after the other in [low, high), where the one at `what` is among them."""
    scene = event.scene
    found: list[Post] = []
    end, heads, within = low, False, False
    for count, noun in enumerate(scene.grammar.phrases["missions"].finditer(scene.reading.folded, low, high)):
        if noun.start() < end or count == _MOST:
            continue
        if not _goes_on(event, end, noun.start(), heads):
            if within:
                break
            found = []
        posts, end = _posts(event, noun.span(), high)
        heads = not posts
        found.extend(posts)
        within = within or (noun.start() < what[1] and what[0] < noun.end())
    return tuple(found) if within else ()


def _goes_on(event: Event, low: int, high: int, heads: bool) -> bool:
    """True where only little words stand between one mission and the next; after a heading noun, a colon and a day too."""
    scene = event.scene
    light, words = scene.grammar.words["between_posts"], _WORD.findall(scene.reading.layer[low:high].replace("'", "' "))
    whose = {m.codes for m in scene.reading.mentions_in(low, high, STATE + DEMONYM) if not set(m.codes) <= set(event.taken)}
    if whose:
        return False  # a mission of somebody else
    if heads and not (":" in words or scene.grammar.phrases["among_posts"].search(scene.reading.folded, low, high)):
        return False
    return bool(words) and all(
        word in light or word in _JOINS or word.isdigit() or word[0] in STATE + DEMONYM or (heads and word[0] in (":", DATE))
        for word in words
    )


def _posts(event: Event, noun: tuple[int, int], high: int) -> tuple[list[Post], int]:
    """The missions of one noun, one for each town or state named after it, and where they end."""
    reading = event.scene.reading
    found: list[Post] = []
    end = noun[1]
    for mention in reading.mentions_in(noun[1], min(high, noun[1] + _AFTER), STATE + PLACE + ORGANISATION):
        if len(found) == _MOST or len(mention.codes) != 1:
            break
        between = reading.layer[end : mention.start]
        if not found:
            if mention.start - noun[1] > _LEAD:
                break
            if mention.codes[0] in event.taken and mention.mark != PLACE and _owned(event, between):
                end = mention.end  # "l'ambassade du Japon à …": whose it is
                continue
            if not _leads(event, between, mention):
                break
        elif _inside(event, between, mention, found[-1]):
            found[-1] = _narrower(found[-1], mention)
            end = _closed(reading.folded, mention.end)
            continue
        elif mention.mark == ORGANISATION or not plural(reading.folded[slice(*noun)]) or not _joins(event, between, end):
            break
        town = mention if _is_town(mention) else None
        code = found[-1].code if found and town is not None and _of_organ(event, found[-1]) else mention.codes[0]
        found.append(Post(noun, code, mention.start, mention.end, town))
        end = _closed(reading.folded, mention.end)
    return found, end if found else noun[1]


def _closed(folded: str, end: int) -> int:
    return end + 1 if folded[end : end + 1] == ")" else end


def _owned(event: Event, between: str) -> bool:
    return event.scene.grammar.cues.get(between.split()[0] if between.split() else "") == "of"


def _leads(event: Event, between: str, mention: Mention) -> bool:
    """True for the words from a mission to where it is: "in the northern D city of", "à", "près l'", "to the"."""
    grammar, words = event.scene.grammar, between.replace("'", "' ").split()
    if mention.mark == ORGANISATION:
        return bool(words) and all(word in grammar.words["to_organ"] for word in words)
    plain = [word for word in words if not word.startswith(DEMONYM)]
    if not plain or any(word not in grammar.words["before_town"] for word in plain):
        return False
    cues = {grammar.cues.get(word) for word in plain}
    return "in" in cues or "to" in cues or (_is_town(mention) and "of" in cues)


def _is_town(mention: Mention) -> bool:
    """True for a town, be it the capital that stands for its government elsewhere."""
    return mention.mark == PLACE or (mention.mark == STATE and isinstance(mention.value, str))


def _inside(event: Event, between: str, mention: Mention, last: Post) -> bool:
    """True for "Nassau in the Bahamas", "Dakhla (Morocco)", "the UN in Geneva": the same one told more exactly."""
    words = between.replace("(", " ( ").replace(",", " , ").split()
    if not words or (last.town is not None and mention.mark == PLACE):
        return False
    placed = words[0] == "(" or (event.scene.grammar.cues.get(words[0]) in ("in", "to") and len(words) <= 2)
    if mention.codes[0] != last.code:  # the town of an organisation's seat
        return placed and words[0] != "(" and mention.mark == PLACE and last.town is None and _of_organ(event, last)
    return placed or words == [","]


def _of_organ(event: Event, post: Post) -> bool:
    return bool(list(event.scene.reading.mentions_in(post.start, post.start + 1, ORGANISATION)))


def _narrower(post: Post, mention: Mention) -> Post:
    return replace(post, town=post.town or (mention if mention.mark == PLACE else None), end=mention.end)


def _joins(event: Event, between: str, end: int) -> bool:
    """True for ", ", " and in ", " ainsi qu'à ": and for a town that nobody knows between two commas."""
    grammar, reading = event.scene.grammar, event.scene.reading
    words = _WORD.findall(between.replace("'", "' "))
    light = grammar.words["between_towns"]
    strange = [word for word in words if word not in _JOINS and word not in light and not word.startswith(DEMONYM)]
    if not words or (words[0] not in _JOINS and words[0] not in grammar.words["between_towns"]):
        return False
    if not strange:
        return True
    first = between.find(strange[0])
    name = reading.text[end + first : end + first + 1]
    run = between[first:].split(",")[0].split(" and ")[0].split(" et ")[0]
    return words[0] == "," and name.isupper() and _CITY.fullmatch(run.strip()) is not None and len(strange) <= 3


def posts_named(event: Event, memory: Memory) -> Filler | None:
    """ "embassies in A and B as well as a consulate in C": where each of them stands."""
    posts = [post for post in enumerated(event) if post.code not in event.taken]
    if not posts or (len(posts) == 1 and posts[0].code not in memory.organisations):
        return None
    codes = tuple(dict.fromkeys(post.code for post in posts))
    return Filler(codes, posts[0].start, posts[-1].end, "where each of those named stands")


def told_apart(
    event: Event, facts: Sequence[Candidate], posts: Sequence[Post], types: Mapping[str, re.Pattern[str]]
) -> Iterator[Candidate]:
    """The facts with the type and town that the enumeration gives each host, and those of further towns of one host."""
    for fact in facts:
        own = [post for post in posts if post.code == fact.fields.get("host")]
        if not own:
            yield fact
        for post in own:
            yield _told(event, fact, post, types)


def _told(event: Event, fact: Candidate, post: Post, types: Mapping[str, re.Pattern[str]]) -> Candidate:
    reading = event.scene.reading
    fields: dict[str, Value] = {name: value for name, value in fact.fields.items() if name != "place"}
    if "type" not in event.frame.gives:
        word = reading.folded[slice(*post.noun)]
        kind = next((name for name, pattern in types.items() if pattern.search(word)), None)
        kind = "permanent_mission" if kind is None and _of_organ(event, post) else kind
        fields = {name: value for name, value in fields.items() if name != "type"} | ({"type": kind} if kind else {})
    if post.town is not None:
        fields["place"] = place_name(post.town, reading)
    where = Reason("host", reading.text[post.start : post.end], post.start, post.end, "where this one stands")
    reasons = tuple(reason for reason in fact.reasons if reason.role != "host")
    return replace(fact, fields=fields, reasons=(*reasons, where))


ENUMERATED: Mapping[str, Rule] = {"posts named": posts_named}
"""The rule of missions named one after the other, by the name that frames use."""
