"""Titles at a distance: of the people left without an office, the one whom a title that nobody holds most likely means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.reading.anaphora_rules import AnaphoraRules
from loaders.reading.cast import Cast
from loaders.reading.changing import replace
from loaders.reading.describing import OWNED, POPE, PRONOUNS, named_after, office_of
from loaders.reading.genders import title_gender
from loaders.reading.model import Mention, Sentence, Title
from loaders.reading.register import GENERIC, SHARED, Somebody, entries_before, holds_more_than_a_rank

_BACK = 8  # sentences before a title in which its holder may be named
_NEAR = 2  # the same where the title says no state
_AHEAD = 3  # sentences after one in which its holder may first be named
_HEADING = 16  # characters from a sentence's start within which a name is its subject
_FEW = 24  # people of one article who are compared for one title
_MOST = 40  # titles of one article that are settled so: more stand only in lists and hostile text
_LEADS = re.compile(
    r"(?<![a-z])(?:le|la|the|du|au|les|ses|leurs|deux|two|son|sa|leur|his|her|its|their|aujourd'hui) \Z|l'\Z"
)  # a whole word: not "another"
_SENT = ("ambassador", "special_envoy", "consul")  # who may be recalled or summoned without being named
_OWN = ("son ", "sa ", "leur ", "his ", "her ", "its ", "their ")
_CLAIMED = ("special_envoy", "deputy_minister", "consul")  # offices that many hold, and one where the state is said
_CROWNED = re.compile(r"[ivx]+", re.IGNORECASE)  # whose name has a number is no minister: "Louis XIV"
_SEEN = 0.5  # what a candidate must have at least, and have more than the next


def match_left(bare: Iterable[Mention], cast: Cast, rules: AnaphoraRules) -> None:
    """Give each bare title that nobody holds to the likeliest of the people without an office, where one stands out."""
    free = [i for i, one in enumerate(cast.people) if _may_hold(one, cast)]
    settled = 0
    before: Mention | None = None
    for mention in bare:
        owner, before = before, mention
        if named_after(mention, cast.reading) or (
            owner is not None and cast.reading.folded[owner.end : mention.start] in OWNED
        ):
            continue  # "adviser to the president": the adviser is meant
        sentence = cast.reading.sentence_at(mention.start)
        if not free or settled >= _MOST:
            return
        for title in _each(mention, sentence, cast) if sentence is not None else ():
            if sentence is None or not _open(title, mention, cast):
                continue
            settled += 1
            gender = title_gender(mention.start, cast.reading.folded, rules)
            people = [i for i in free if cast.people[i].gender in ("", gender) or not gender]
            found = _likeliest(people[:_FEW], title, mention, sentence, cast)
            if found is not None:
                cast.give(found, title, title.of, mention, sentence.index, "described by a title at a distance")
                free.remove(found)


def _each(mention: Mention, sentence: Sentence, cast: Cast) -> Iterator[Title]:
    """The offices of a bare title, one of each state where it tells several; a counterpart's is that of who stands before."""
    title = mention.value
    if not isinstance(title, Title) or title.former or mention.why == "title: rank":
        return
    offices = title.offices
    if title.counterpart:
        first = cast.reading.sentences[max(0, sentence.index - _AHEAD)].start
        here = cast.named(sentence.start, mention.start)
        office = office_of(here, cast) or office_of(cast.named(first, sentence.start)[::-1], cast)
        offices = (office,) if office is not None and title.of else ()
    if not offices or (title.plural and (len(title.of) < 2 or offices[0] in SHARED)):
        return
    for of in [(code,) for code in title.of] if title.plural else [title.of]:
        yield replace(title, offices=offices[:1], of=of, plural=False, counterpart=False)


def _may_hold(somebody: Somebody, cast: Cast) -> bool:
    """True for somebody without an office, of whom nothing else is said."""
    if (
        holds_more_than_a_rank(somebody)
        or len(somebody.words) < 2
        or _CROWNED.fullmatch(somebody.words[-1])
        or any(entry.said for entry in somebody.entries)
    ):
        return False
    return not cast.is_something_else(somebody)


def _open(title: Title, mention: Mention, cast: Cast) -> bool:
    """True for a definite title of a present holder whom the article does not name as such."""
    office = title.offices[0]
    if office in SHARED and not (office in _CLAIMED and title.of):
        return False
    lead = cast.reading.folded[max(0, mention.start - 11) : mention.start]
    if office in _SENT and lead.endswith(_OWN):
        return False
    if not (_LEADS.search(lead) or "'s " in title.text.replace("’", "'")):
        return False
    if any(_once(one.value, office) for one in cast.reading.titles if one.start < mention.start):
        return False  # "The former minister X has died. … The minister was 83": X is meant
    holders = cast.by_office.get(office, [])
    if office == GENERIC:
        holders = [one for held, ones in cast.by_office.items() if held.startswith("minister") for one in ones]
    return not any(not title.of or one.state in (None, *title.of) for one in holders)


def _once(title: object, office: str) -> bool:
    """True for the title of one former holder of an office, of any minister's where that is the office."""
    if not isinstance(title, Title) or not title.former or title.plural:
        return False
    return any(told == office or (office == GENERIC and told.startswith("minister_")) for told in title.offices)


def _likeliest(people: list[int], title: Title, mention: Mention, sentence: Sentence, cast: Cast) -> int | None:
    """The one who stands out: of the title's state, spoken of near it, the subject of a sentence."""
    scored = sorted(((_score(i, title, mention, sentence, cast), -i) for i in people), reverse=True)
    if not scored or scored[0][0] < _SEEN or (len(scored) > 1 and scored[1][0] >= scored[0][0]):
        return None
    return -scored[0][1]


def _score(index: int, title: Title, mention: Mention, sentence: Sentence, cast: Cast) -> float:
    somebody = cast.people[index]
    if title.of and (somebody.state not in (None, *title.of) or title.of == POPE):
        return 0
    count = entries_before(somebody, mention.start)
    entry = somebody.entries[count - 1 if count else 0]
    place = cast.reading.sentence_at(entry.mention.start)
    if place is None or place.index == sentence.index:
        return 0
    away = sentence.index - place.index
    far = _BACK if title.of else _NEAR
    if away > far or away < -_AHEAD or (away < 0 and not title.of):
        return 0
    if 0 < away <= _NEAR and cast.reading.folded.startswith(PRONOUNS, sentence.start):
        return 0  # "He met the president": he is somebody else
    if title.offices[0] in _SENT and (away > _NEAR or place.title) and somebody.state is None:
        return 0  # an ambassador who is recalled need be nobody named
    value = 2.0 - (away / _BACK if away > 0 else 1 - away / _AHEAD)
    if title.of:
        value += 3 if somebody.state is not None else 1.5 if _of_the_state(title.of, place, cast) else 0
    if entry.mention.start - place.start < _HEADING:
        value += 1
    return value


def _of_the_state(codes: tuple[str, ...], place: Sentence, cast: Cast) -> bool:
    """True where the sentence of a name, or the one before, speaks of these states."""
    first = cast.reading.sentences[max(0, place.index - 1)].start
    return any(code in codes for mention in cast.reading.mentions_in(first, place.end, "SDC") for code in mention.codes)
