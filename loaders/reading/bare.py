"""Whom bare titles mean: "le ministre" is the last holder of that office who was named."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from loaders.reading.anaphora_rules import AnaphoraRules
from loaders.reading.genders import title_gender
from loaders.reading.model import Mention, Reading, Title
from loaders.reading.register import GENERIC, MOST_ALIKE, SHARED, Somebody, entries_before, last_before

_CROWD = 60  # holders of one office among whom one is looked for
_ARTICLE = 5  # characters before a title that begins its sentence
_SUBJECT = 12  # characters before a title that is the subject of its sentence: "Then the Prime Minister …"
_AGAIN = 2  # times that who an article is about has been named
_OPENING = 70  # characters of an occasion that opens a sentence
_NEAR = 3  # sentences back in which its holder is named
_DEFINITE = ("le ", "la ", "l'", "the ", "du ", "au ")
_INDEFINITE = (
    "un ", "une ", "tout ", "chaque ", "aucun ", "des ", "d'un ", "nouvel ", "futur ", " a ", " an ", "any ", "every ",
    "no ", "each ",
)  # fmt: skip


def serve_described(bare: list[Mention], people: list[Somebody], reading: Reading) -> None:
    """ "Le Premier ministre X … Le chef du gouvernement luxembourgeois": whose office it is is said in a later sentence."""
    for mention in bare:
        title, sentence = mention.value, reading.sentence_at(mention.start)
        if not isinstance(title, Title) or sentence is None or len(title.of) != 1 or len(title.offices) != 1:
            continue
        if title.plural or title.former or title.counterpart or title.offices[0] in SHARED:
            continue
        if mention.start - sentence.start > _ARTICLE and not _after_opening(reading.folded[sentence.start : mention.start]):
            continue  # no subject: somebody else's visit, somebody else's letter
        holders = [one for one in people[:_CROWD] if any(_is(h.office, title.offices[0]) for h in one.holdings)]
        first = reading.sentences[max(0, sentence.index - _NEAR)].start
        near = [one for one in holders if one.state is None and (last_before(one, mention.start) or -1) >= first]
        if len(near) == 1 and all(one.state != title.of[0] for one in holders):
            near[0].state, near[0].state_from = title.of[0], "title"
            near[0].holdings = [h if h.of else replace(h, of=title.of[0], of_from="title") for h in near[0].holdings]


def _after_opening(lead: str) -> bool:
    """True where a sentence opens with an occasion and goes on with the title: "After the audience, the minister"."""
    return len(lead) < _OPENING and lead.endswith((", le ", ", la ", ", l'", ", the ")) and lead.count(",") == 1


def _is(held: str, office: str) -> bool:
    """True for the same office, or any department where a title says none: "the Togolese minister"."""
    return held == office or (office == GENERIC and held.startswith("minister"))


def holders_of(bare: list[Mention], people: list[Somebody], reading: Reading, rules: AnaphoraRules) -> dict[int, int]:
    """Bare titles and whom they mean: the last holder of that office named before, else the only one named at all."""
    by_office: dict[str, list[int]] = {}
    for index, somebody in enumerate(people):
        held = dict.fromkeys(holding.office for holding in somebody.holdings)
        kinds = {"*minister" for office in held if office.startswith("minister_") or office == GENERIC}
        for office in (*held, *kinds):
            if len(by_office.setdefault(office, [])) < _CROWD:
                by_office[office].append(index)
    found: dict[int, int] = {}
    alone = len(people) <= _CROWD
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or title.plural or title.former or title.counterpart or not title.offices:
            continue
        lead = reading.folded[max(0, mention.start - 6) : mention.start]
        if mention.why == "title: rank" or lead.endswith(_INDEFINITE):
            continue
        if title.offices[0] in SHARED:
            shared = _sharer(mention, title, lead, by_office.get(title.offices[0], ()), people) if alone else None
            if shared is not None:
                found[mention.start] = shared
            continue
        office = "*minister" if title.offices == (GENERIC,) else title.offices[0]
        fitting = [i for i in by_office.get(office, ()) if not title.of or people[i].state in title.of][:MOST_ALIKE]
        gender = title_gender(mention.start, reading.folded, rules)
        fitting = [i for i in fitting if not gender or people[i].gender in ("", gender)]
        before = {i: place for i in fitting if (place := last_before(people[i], mention.start)) is not None}
        if len(fitting) == 1:
            found[mention.start] = fitting[0]
        elif before:
            acting = [i for i in before if not _only_sent(people[i], mention.start, reading, rules)]
            last = max(acting or before, key=lambda i: before[i])
            found[mention.start] = _spoken_of(mention, before, last, people, reading) if not title.of else last
    return found


def _only_sent(one: Somebody, offset: int, reading: Reading, rules: AnaphoraRules) -> bool:
    """True for who was named only as the sender of a message or an envoy: "porteur d'un message du président X"."""
    named = one.entries[: min(_FEW, entries_before(one, offset))]
    places = [entry.mention.start for entry in named]
    return entries_before(one, offset) < _FEW and all(
        rules.sent_by.search(reading.folded, max(0, at - _SENT), at) is not None for at in places
    )


_FEW = 4  # times that somebody is named who is only a sender
_SENT = 120  # characters from a message to who sent it


def _spoken_of(mention: Mention, before: Iterable[int], last: int, people: list[Somebody], reading: Reading) -> int:
    """Of several holders whom a title means that begins a sentence: who was named again and again, not who was met once."""
    sentence = reading.sentence_at(mention.start)
    if sentence is None or mention.start - sentence.start > _SUBJECT or entries_before(people[last], mention.start) > 1:
        return last
    often = sorted(((entries_before(people[i], mention.start), -i) for i in before if i != last), reverse=True)[:2]
    if not often or often[0][0] < _AGAIN or (len(often) == 2 and often[0][0] == often[1][0]):
        return last
    return -often[0][1]


def _sharer(mention: Mention, title: Title, lead: str, holders: Sequence[int], people: list[Somebody]) -> int | None:
    """ "The envoy": the one named holder of an office that many hold, or, where none is, the one person of its state."""
    if not (lead.endswith(_DEFINITE) or title.text.startswith(("The ", "L'", "L’", "Le ", "La "))):
        return None
    before = [i for i in holders if last_before(people[i], mention.start) is not None]
    fitting = [i for i in before if not title.of or people[i].state in (None, *title.of)]
    if len(fitting) == 1:
        return fitting[0]
    if before or title.offices != ("special_envoy",) or not title.of:
        return None
    sent = [i for i, one in enumerate(people) if one.state in title.of and last_before(one, mention.start) is not None]
    sent = [i for i in sent if not any(holding.office.startswith("head_") for holding in people[i].holdings)]
    return sent[0] if len(sent) == 1 else None
