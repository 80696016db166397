"""Counterparts: "son homologue" has the office of the office-holder before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby

from loaders.reading.model import Holding, Mention, Reading, Title
from loaders.reading.register import GENERIC, Entry, Somebody, title_of

_THEIRS = ("leur ", "leurs ", "their ")
_FEW = 60  # office-holders of one article among whom pairs are looked for
_SURE = ("head_", "minister_f", "minister_d", "minister_e", "minister_i", "minister_j", "minister_t", "minister_h")
_LONG = 400  # characters before a counterpart in which its clause begins
_PRONOUNS = (" il ", " elle ", " he ", " she ")
_CLAUSES = (" que ", " qu'", " that ", ": ", "; ")  # what a clause with its own subject begins with
_CHAIN = 90  # characters after a counterpart in which an office-holder is sought when none stands before
_ASKED = 24  # office-holders before a counterpart whose state is asked
_RANK = "military_officer"
_ARMED = (_RANK, "chief_of_defence_staff")
_TO_HIS = (" a son ", " a sa ", " a ", " to his ", " to her ", " to ")  # between who sends a message and his counterpart
_BACK = 4  # office-holders back that are asked


def settle_counterparts(
    people: list[Somebody], of_entry: dict[int, int], entries: list[Entry], bare: list[Mention], reading: Reading, last: bool
) -> None:
    """ "Son homologue": the office of the sentence's first office-holder, else of the last one before the sentence."""
    if not any(title_of(said).counterpart for entry in entries for said in entry.said):
        return
    holders = _office_places(people, entries, of_entry, bare)
    offices_at = {start: offices for start, holder, offices in holders if holder >= 0}
    ends = {entry.mention.end: offices_at.get(entry.mention.start, ()) for entry in entries}
    for entry in entries:
        index = of_entry.get(entry.mention.start)
        for said in entry.said:
            if index is None or not title_of(said).counterpart or title_of(said).former:
                continue
            if any(office.startswith(_SURE) for other in entry.said for office in title_of(other).offices):
                continue  # "his counterpart, Prime Minister X": the title says which office
            if any(
                holding.title.start == said.title.start and holding.name.start == entry.mention.start
                for holding in people[index].holdings[-_BACK:]
            ):
                continue  # settled in an earlier round
            sentence = reading.sentence_at(entry.mention.start)
            theirs = reading.folded[max(0, said.title.start - 8) : said.title.start].endswith(_THEIRS)
            known = [p for p in holders if _held_by_two(p, holders)] if theirs and len(holders) < _FEW else holders
            same = {i for i in _near(holders, entry.mention.start) if people[i].state in said.of} | {index}
            first = sentence.start if sentence else 0
            if any(title_of(other).offices[:1] == (_RANK,) for other in entry.said) and (
                officers := [place for place in holders if place[2][0] in _ARMED]
            ):
                known = officers  # "his counterpart General X": an officer's
            giver = next((said.title.start - len(to) for to in _TO_HIS if reading.folded.endswith(to, 0, said.title.start)), -1)
            offices = _main(ends.get(giver, ())) or _office_before(
                known or holders, reading, first, entry.mention.start, same, last
            )
            somebody = people[index]
            for office in offices:
                of, how = (said.of[0], "counterpart") if said.of else (somebody.state, somebody.state_from)
                place = sentence.index if sentence else 0
                somebody.holdings.append(
                    Holding(index, office, of, how, said.title, entry.mention, place, "counterpart of an office-holder")
                )
            if said.of and somebody.state_from == "title":
                somebody.state_from = "counterpart"


def _held_by_two(place: tuple[int, int, tuple[str, ...]], places: list[tuple[int, int, tuple[str, ...]]]) -> bool:
    """True for an office that two people hold: "their counterpart" has it too."""
    return any(other[1] != place[1] and other[1] >= 0 <= place[1] and other[2][:1] == place[2][:1] for other in places)


def _office_places(
    people: list[Somebody], entries: list[Entry], of_entry: dict[int, int], bare: list[Mention]
) -> list[tuple[int, int, tuple[str, ...]]]:
    """Where office-holders stand: offset, person (-1 for a bare title), offices; in reading order."""
    places: list[tuple[int, int, tuple[str, ...]]] = []
    for entry in entries:
        index = of_entry.get(entry.mention.start)
        if index is not None:
            here = [office for said in entry.said for office in title_of(said).offices]
            offices = tuple(dict.fromkeys(here or [holding.office for holding in people[index].holdings]))
            offices = tuple(office for office in offices if office != GENERIC or len(offices) == 1)
            if offices:
                places.append((entry.mention.start, index, offices))
    for mention in bare:
        if (
            isinstance(mention.value, Title)
            and mention.value.offices
            and not mention.value.former
            and mention.why != "title: rank"
        ):
            places.append((mention.start, -1, mention.value.offices))
    return list(_departments(sorted(places)))


def _departments(places: list[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The places, a bare "the minister" with the department of the last minister named."""
    last: tuple[str, ...] = ()
    for place in places:
        if place[2] == (GENERIC,) and place[1] < 0 and last:
            yield place[0], place[1], last
            continue
        last = place[2] if place[2][0].startswith("minister_") else last
        yield place


def _near(places: list[tuple[int, int, tuple[str, ...]]], start: int) -> set[int]:
    """The people who hold an office a little before an offset; of the counterpart's own state they are none it is of."""
    here = bisect_left(places, (start,))
    return {holder for _, holder, _ in places[max(0, here - _ASKED) : here + 1] if holder >= 0}


def _office_before(
    places: list[tuple[int, int, tuple[str, ...]]], reading: Reading, sentence: int, start: int, same: set[int], last: bool
) -> tuple[str, ...]:
    """The office of the sentence's first holder, else of one before the sentence, else of one soon after."""
    low, here = bisect_left(places, (sentence,)), bisect_left(places, (start,))
    clause = max(reading.folded.rfind(mark, max(sentence, start - _LONG), start) for mark in _CLAUSES)
    inner = bisect_left(places, (clause,)) if clause > 0 else low
    low = inner if low < inner < here else low  # "X said that Y would meet his counterpart": Y's
    earlier = sorted(_turned(places[max(0, low - _BACK) : low], reading), key=lambda place: not place[2][0].startswith(_SURE))
    pronoun = max(reading.folded.rfind(mark, max(sentence, start - _LONG), start) for mark in _PRONOUNS)
    governs = any(place[2][0].startswith(_SURE) for place in places[low:here])
    told_before = pronoun > 0 and not governs and bisect_left(places, (pronoun,)) == here  # "Met by an envoy, he saw his …"
    before = (*earlier, *places[low:here]) if told_before else (*places[low:here], *earlier)
    found = next((offices for _, holder, offices in before if holder not in same), None)
    if found is not None or not last:
        return _main(found or ())
    after = bisect_left(places, (start + 1,))
    soon = after < len(places) and places[after][0] - start < _CHAIN and places[after][1] not in same
    return _main(places[after][2]) if soon and places[after][2][0].startswith(("head_", "minister_")) else ()


def _turned(places: list[tuple[int, int, tuple[str, ...]]], reading: Reading) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Sentence by sentence back, but within a sentence its first holder first: it is about them."""
    for _, group in groupby(reversed(places), key=lambda place: reading.sentence_at(place[0])):
        yield from reversed(list(group))


def _main(offices: tuple[str, ...]) -> tuple[str, ...]:
    """The one of several offices that counterparts share: a department rather than a deputy premiership."""
    return tuple(sorted(offices, key=lambda office: not office.startswith(("head_", "minister_")))[:1])
