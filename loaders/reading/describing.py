"""Definite descriptions: bare titles that speak of people named elsewhere without one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from loaders.reading.cast import Cast
from loaders.reading.model import Mention, Reading, Sentence, Title
from loaders.reading.offices import GUESSES
from loaders.reading.register import GENERIC, SHARED, Entry, Somebody, holds_more_than_a_rank, last_before

_NEAR = 2  # sentences back in which the person stands whom a bare title describes
_PAIR_NEAR = 3  # the same for the two whom a plural title describes
_OTHERS = ("others ", "the others ", "the other ", "the remaining ", "figurent aussi ", "les autres ")  # go on with a list
_EARLY = 12  # names from the article's start among whom a title with its state is looked for
_HEADING = 16  # characters from a sentence's start within which a title is its subject
_LEAD = 5  # sentences after a headline in which its people are named
_LEADING = 3  # sentences, the headline included, whose subject may be named in the sentence after
_SOON = 600  # characters ahead within which a title's holder is named
_GOVERNING = ("head_", "minister_")
_SUBJECTS = ("il ", "elle ", "ils ", "elles ", "he ", "she ", "they ", "il s'", "elle s'")
OWNED = (" du ", " de la ", " de l'", " to the ", " of the ", " of ", " au ", " aupres du ", " to ")
_POSSESSED = (" du ", " of the ", " que le ", " that the ")
_RECEIVES = re.compile(r" (?:a recu|recevait|recoit|recevra|accueillait|a accueilli|received|receives|welcomed|hosted) ")
PRONOUNS = ("il a ", "elle a ", "il avait ", "elle avait ", "il s'est ", "elle s'est ", "he ", "she ")
"""Subjects that stand for somebody named before."""
_DEFINITE = ("le ", "la ", "l'", "the ", "du ", "au ")
POPE = ("VAT",)  # who has no family name
_WHOEVER = (", quel qu", ", whoever", ", qui que ce soit")
_ACCORDING = ("selon ", "d'apres ", "according to ")
_TWO = ("deux ", "two ", "both ")
_SEVERAL = ("les ", "deux ", "the ", "two ", "both ", "des ", "aux ")


def describe(bare: Iterable[Mention], cast: Cast) -> None:
    """A bare title that nobody named holds describes the one person without an office whom the text around is about."""
    before: Mention | None = None
    for mention in bare:
        title, sentence = mention.value, cast.reading.sentence_at(mention.start)
        owner, before = before, mention
        if not isinstance(title, Title) or sentence is None or not _describes(title, mention, cast.reading):
            continue
        if owner is not None and cast.reading.folded[owner.end : mention.start] in OWNED:
            continue  # "adviser to the president": the adviser is meant
        first = cast.reading.sentences[max(0, sentence.index - _NEAR)].start
        holders = cast.by_office.get(title.offices[0], [])
        if _held(title, holders, first, mention.start):
            continue
        governs = title.offices[0].startswith(_GOVERNING)
        if not (governs or _heads(mention, sentence, cast.reading) or cast.speaks(mention)):
            continue  # an envoy who is summoned need be nobody named
        found = _of_its_state(title, cast)
        found = _near(title, mention, sentence, first, cast) if found is None else found
        if found is None and governs and sentence.index < _LEADING and _heads(mention, sentence, cast.reading):
            found = named_next(title, sentence, cast)
        if found is None and governs:
            found = _quoted_after(title, mention, sentence, cast)
        if found is not None:
            cast.give(found, title, title.of, mention, sentence.index, "described by a title later")


def _quoted_after(title: Title, mention: Mention, sentence: Sentence, cast: Cast) -> int | None:
    """ "Only Angola's minister spoke: according to X, …": X."""
    after = [i for i in dict.fromkeys(cast.named(mention.end, sentence.end)) if _free(i, title, cast)]
    if len(after) != 1:
        return None
    entry = next(e for e in cast.people[after[0]].entries if e.mention.start >= mention.end)
    return after[0] if cast.reading.folded.endswith(_ACCORDING, 0, entry.mention.start) else None


def _describes(title: Title, mention: Mention, reading: Reading) -> bool:
    """True for a definite title of one present holder, of an office that one person holds."""
    if title.plural or title.former or title.counterpart or not title.offices:
        return False
    if title.offices[0] in SHARED or title.offices[0] == GENERIC or named_after(mention, reading):
        return False
    lead = reading.folded[max(0, mention.start - 5) : mention.start]
    return lead.endswith(_DEFINITE) or (bool(title.of) and title.text[:1].isupper() and "'s " in title.text)


def named_after(mention: Mention, reading: Reading) -> bool:
    """True for the title in "the Governor-General's Award", and of "the president, whoever he is": of nobody in particular."""
    named = reading.folded.startswith("'s ", mention.end) and reading.text[mention.end + 3 : mention.end + 4].isupper()
    return named or reading.folded.startswith(_WHOEVER, mention.end)


def _heads(mention: Mention, sentence: Sentence, reading: Reading) -> bool:
    """True for the subject of a sentence, as far as its place tells."""
    return mention.start - sentence.start < _HEADING and not reading.folded.startswith(_SUBJECTS, sentence.start)


def _held(title: Title, holders: list[Somebody], first: int, end: int) -> bool:
    """True when somebody named holds that office: of the same state, or, where none is said, named nearby."""
    if title.of:
        known = [one for one in holders if one.state in title.of and one.state_from not in GUESSES]
        return any(one.entries[0].mention.start < end + _SOON for one in known)  # one named much later is somebody else
    return any((last_before(somebody, end) or -1) >= first for somebody in holders)


def named_next(title: Title, sentence: Sentence, cast: Cast) -> int | None:
    """ "Turkey's president has arrived. Kemal Aydin was met by …": who one of the next sentences begins with."""
    for after in cast.reading.sentences[sentence.index + 1 : sentence.index + 1 + _NEAR]:
        subject = cast.named(after.start, after.start + _HEADING)
        if subject:
            entry = next(e for e in cast.people[subject[0]].entries if e.mention.start >= after.start)
            goes_on = cast.reading.folded[entry.mention.end : entry.mention.end + 1] == " "
            return subject[0] if goes_on and _free(subject[0], title, cast) else None
        if cast.named(after.start, after.end):
            return None
    return None


def _free(index: int, title: Title, cast: Cast) -> bool:
    """True for somebody without an office of their own who may serve the title's state."""
    somebody = cast.people[index]
    if title.of and somebody.state not in (None, *title.of):
        return False
    if title.of == POPE and len(somebody.words) > 1:
        return False
    if not holds_more_than_a_rank(somebody):
        return not cast.is_something_else(somebody)
    return (
        title.offices[:1] != ()
        and title.offices[0].startswith("minister_")
        and {holding.office for holding in somebody.holdings} == {GENERIC}
    )


def _of_its_state(title: Title, cast: Cast) -> int | None:
    """The one person of the title's state who has no office."""
    found = [index for code in title.of for index in cast.by_state.get(code, ()) if _free(index, title, cast)]
    return found[0] if len(found) == 1 else None


def _near(title: Title, mention: Mention, sentence: Sentence, first: int, cast: Cast) -> int | None:
    """The one person without an office in the sentences before, or whom the last of them is about."""
    near = [i for i in dict.fromkeys(cast.named(first, sentence.start)) if _free(i, title, cast)]
    here = cast.named(sentence.start, mention.start)
    near = [i for i in near if i not in here]
    if not near and here and _comments(mention, sentence, cast):
        near = [i for i in here[:1] if _free(i, title, cast)]
    if not near and title.of:
        early = dict.fromkeys(cast.named(0, sentence.start, _EARLY))
        near = [i for i in early if _free(i, title, cast) and i not in here]
        if title.offices[0] == "ambassador":  # a head of state who decides is not the one recalled
            near = [i for i in near if cast.people[i].state is not None]
        return near[0] if len(near) == 1 else None
    received = None if title.offices[0].startswith(_GOVERNING) else _received(near, sentence, cast)
    if received is not None:
        return received
    if _heads(mention, sentence, cast.reading) or cast.speaks(mention):
        return next(iter((*_subject(near, sentence, cast), *near)), None)
    folded = cast.reading.folded
    if folded.startswith(PRONOUNS, sentence.start) and not folded.endswith(_POSSESSED, 0, mention.start):
        # "Il a vu le président": he is somebody else; but "Il a dit la joie du président"
        near = [i for i in near if i not in _subject(near, sentence, cast)]
    return near[0] if len(near) == 1 else None


def _received(near: list[int], sentence: Sentence, cast: Cast) -> int | None:
    """Of two people of the sentence before the one whom the other receives: "X received Y. The ambassador …" is Y."""
    before = cast.reading.sentences[sentence.index - 1] if sentence.index else None
    named = cast.named(before.start, before.end) if before is not None else []
    if before is None or len(named) != 2 or not set(named) <= set(near):
        return None
    return named[1] if _RECEIVES.search(cast.reading.folded, before.start, before.end) else None


def _subject(near: list[int], sentence: Sentence, cast: Cast) -> list[int]:
    """Of several people the one that the nearest sentence before begins with."""
    for place in range(sentence.index - 1, max(-1, sentence.index - 1 - _NEAR), -1):
        before = cast.reading.sentences[place]
        subject = cast.named(before.start, before.start + _HEADING)
        if subject and subject[0] in near:
            return subject[:1]
    return []


def _comments(mention: Mention, sentence: Sentence, cast: Cast) -> bool:
    """True where a sentence opens with somebody and the title stands behind a colon: "X l'a dit : c'est, selon le T, …"."""
    opened = cast.named(sentence.start, sentence.start + _HEADING)
    return bool(opened) and any(mark in cast.reading.folded[sentence.start : mention.start] for mark in (": ", "; "))


def describe_several(bare: Iterable[Mention], cast: Cast) -> None:
    """ "Les deux présidents" after two people without an office: both hold it."""
    for mention in bare:
        title = mention.value
        if not isinstance(title, Title) or not title.plural or title.former or title.counterpart or not title.offices:
            continue
        office, sentence = title.offices[0], cast.reading.sentence_at(mention.start)
        lead = cast.reading.folded[max(0, mention.start - 5) : mention.start]
        if office in SHARED or office == GENERIC or mention.why == "title: rank":
            continue
        place = sentence.index if sentence else 0
        if len(title.of) > 1:
            _describe_ahead(mention, title, place, cast)
        if not lead.endswith(_SEVERAL):
            continue
        near = _last_two(mention, place, cast, _PAIR_NEAR if lead.endswith(_TWO) else _NEAR)
        if len(near) != 2 or all(holds_more_than_a_rank(cast.people[i]) for i in near):
            continue
        if len(title.of) != 2 and any(_holds_other(cast.people[i], office) for i in near):
            continue
        for order, index in enumerate(near):
            if len(title.of) == 2 or not holds_more_than_a_rank(cast.people[index]):
                of = title.of[order : order + 1] if len(title.of) == 2 else ()
                cast.give(index, title, of, mention, place, "two people described by a title")


def _describe_ahead(mention: Mention, title: Title, place: int, cast: Cast) -> None:
    """ "The foreign ministers of A and B met. A's X and B's Y …": those of these states who are named right after."""
    sentences = cast.reading.sentences
    last = sentences[min(len(sentences) - 1, place + 2)].end
    ahead = [i for i in dict.fromkeys(cast.named(mention.end, last)) if not holds_more_than_a_rank(cast.people[i])]
    for code in title.of:
        of_state = [i for i in ahead if cast.people[i].state == code]
        if len(of_state) == 1:
            cast.give(of_state[0], title, (code,), mention, place, "listed with a state after a plural title")


def describe_counterparts(bare: Iterable[Mention], cast: Cast) -> None:
    """ "Le président X et son homologue", "le président malien et son homologue nigérien" after people without an office."""
    last: Mention | None = None
    for mention in bare:
        title, sentence = mention.value, cast.reading.sentence_at(mention.start)
        told, last = last, mention
        if not isinstance(title, Title) or not title.counterpart or title.plural or title.former or sentence is None:
            continue
        first = cast.reading.sentences[max(0, sentence.index - _NEAR)].start
        here = cast.named(sentence.start, sentence.end)
        near = [i for i in dict.fromkeys(cast.named(first, sentence.start)) if i not in here]
        near = [i for i in near if not holds_more_than_a_rank(cast.people[i])]
        other = told.value if told is not None and sentence.start <= told.start else None
        if len(near) == 2 and isinstance(other, Title) and other.offices and other.offices[0].startswith(_GOVERNING):
            for index, of in zip(near, (other.of, title.of), strict=True):
                cast.give(index, other, of, mention, sentence.index, "two people described by a title")
            continue
        ahead = named_next(title, sentence, cast) if not near and len(title.of) == 1 else None
        near = [ahead] if ahead is not None and ahead not in here else near
        if len(near) == 1 and _fits_state(near[0], title, cast):
            beside = other.offices[0] if isinstance(other, Title) and other.offices else ""
            office = office_of(here, cast) or (beside if beside.startswith(_GOVERNING) else None)
            if office is not None:
                cast.give(near[0], Title((office,)), title.of, mention, sentence.index, "described by a title later")


def office_of(here: list[int], cast: Cast) -> str | None:
    """The office of the first of these who governs."""
    held = (holding.office for index in here for holding in cast.people[index].holdings)
    return next((office for office in held if office.startswith(_GOVERNING)), None)


def _fits_state(index: int, title: Title, cast: Cast) -> bool:
    return not title.of or cast.people[index].state in (None, *title.of)


def describe_listed(bare: Iterable[Mention], cast: Cast, entries: list[Entry]) -> None:
    """ "Quatre ambassadeurs … A (Mali), B (Niger)": each of the list holds the office, for the state in brackets."""
    for mention in bare:
        title, sentence = mention.value, cast.reading.sentence_at(mention.start)
        if not isinstance(title, Title) or not title.plural or title.former or not title.offices or sentence is None:
            continue
        ahead = sentence.index + (_LEAD if sentence.title else 1)
        last = cast.reading.sentences[min(ahead, len(cast.reading.sentences) - 1)]
        for further in cast.reading.sentences[last.index + 1 : last.index + 1 + _LEAD]:
            last = further if cast.reading.folded.startswith(_OTHERS, further.start) else last
        low, high = bisect_left(cast.starts, sentence.start), bisect_left(cast.starts, last.end)
        listed = [entry for entry in entries[low:high][:_EARLY] if _bracketed(entry, cast)]
        if len(listed) < 2:
            continue
        for entry in listed:
            assert entry.state is not None
            index = cast.of_entry[entry.mention.start]
            if not holds_more_than_a_rank(cast.people[index]):
                cast.give(index, title, (entry.state,), mention, last.index, "listed with a state after a plural title")


def _bracketed(entry: Entry, cast: Cast) -> bool:
    """True for a person whose state follows in brackets."""
    known = entry.state is not None and entry.how == "beside" and entry.mention.start in cast.of_entry
    return known and cast.reading.folded.startswith(" (", entry.mention.end)


def _last_two(mention: Mention, place: int, cast: Cast, back: int) -> list[int]:
    """The people of the sentence, else of up to `back` before it too, as soon as there are two."""
    near: list[int] = []
    for distance in range(back + 1):
        first = cast.reading.sentences[max(0, place - distance)].start
        near = list(dict.fromkeys(cast.named(first, mention.start)))
        if len(near) >= 2:
            break
    return near


def _holds_other(somebody: Somebody, office: str) -> bool:
    return holds_more_than_a_rank(somebody) and office not in {holding.office for holding in somebody.holdings}
