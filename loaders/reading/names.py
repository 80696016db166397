"""Capitalised sequences that may be somebody's name: particles and initials in, institutions and known words out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph.model.folding import fold
from loaders.reading.known_words import Common, Taken
from loaders.reading.model import NAME, STATE, Mention, Reading, Sentence
from loaders.reading.phrasing import whole_words
from loaders.reading.renaming import cut, family_names
from loaders.reading.tables import DATA, read_table, words

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

_UPPER = "".join(character for character in map(chr, (*range(0x41, 0x250), *range(0x1E00, 0x1F00))) if character.isupper())
# Inside a name: "Sa'ar", "Papali'i"; no "s", "we'll", "qu'il".
_GLOTTAL = r"(?<=[a-zà-öø-ÿ])(?<![qQ][uU])(?<!ourd)['’](?!(?:s|t|ll|re|ve|d|m)(?!\w))[a-zà-öø-ÿ]\w*+"
_POSSESSIVE = re.compile(r"(?:'s|’s|'|’)\Z")
_APOSTROPHES = ("'s", "’s", "'", "’")
_HEADLINE_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
_SEVERAL = re.compile(r"[ \u00a0–]")  # in a run of more than one word
_PART = re.compile(r"[-']")
_AFTER_NAME = re.compile(r" (?![IVX]+\Z)[A-Z]{2,3}\Z")  # letters after a name: MP, TD
_OF_LETTERS = re.compile(r"[A-Z]{2,5} d(?:e|u|es) (?:la )?(?=\w*[a-z])")  # "UMP de la Somme"
_BRIEF = 2  # letters of the shortest family name: "Xi"
_ADDRESS = 44  # characters before a name in which its forms of address stand
_HYPHENS = ("-", "‐", "‑", "–")
_GLUED = 6  # letters of "ech-", and what stands before it
_NOT_YET = ("-elect", "-designate")  # "Congresswoman-elect X"
_LONGEST = 8  # words; a longer run of capitals is a list or a heading
# After these even a state's name is a family name: "M. Montenegro".
_FORMAL = (" m. ", " mm. ", " mme ", " mr ", " mr. ", " mrs ", " mrs. ", " ms ", " ms. ", "\nm. ", "\nmr ", "\nmr. ")


@dataclass(frozen=True, slots=True)
class NameRules:
    """What belongs to a name in one language."""

    sequence: re.Pattern[str]  # words of one run, each a group by finditer of `word`
    glued: re.Pattern[str]  # what may stand right before a run and belongs to it: "al-"
    word: re.Pattern[str]
    starts: frozenset[str]
    accented: Mapping[str, str]  # of those with an accent, how they are written: "Grace" is not "grâce"
    also: frozenset[str]  # of those, which begin a name where they have a capital within a sentence
    things: frozenset[str]
    alone: frozenset[str]
    honorific: re.Pattern[str]  # ends where a name begins
    honorifics: frozenset[str]
    addresses: tuple[str, ...]  # the honorifics of several words, each with a space
    closing: frozenset[str]  # the last words of those
    tails: frozenset[str]  # the last two letters of all honorifics, the letter of those of one
    inner: frozenset[str]  # forms of address and titles that go on a name: "Ould Cheikh", "Tiong King Sing"
    given: frozenset[str]  # states whose name is a given name where more of a name follows: "Dominique de Roux"
    articles: tuple[str, ...]  # what stands right after one of these is a thing
    surnames: bool  # whether a state's name right after a given name is a family name: states have articles


def load_names(language: str) -> NameRules:
    """The name words of `data/LANGUAGE/names.toml`."""
    where = f"{language}/names.toml"
    table: dict[str, Any] = read_table(
        DATA / language / "names.toml",
        ("particles", "glued", "honorifics", "starts", "also", "things", "alone", "inner", "given", "articles", "surnames"),
    )
    honorifics = words(table, "honorifics", where)
    particles = "|".join(
        re.escape(phrase) for phrase in sorted(table["particles"], key=lambda item: (-len(item), item)) if phrase != "d'"
    )
    glued = "|".join(re.escape(phrase) for phrase in sorted(table["glued"], key=lambda item: (-len(item), item)))
    rest = rf"(?:\.(?:-?[{_UPPER}]\.)*+|\w*+(?:[-‐‑]\w++|['’][{_UPPER}]\w*+|{_GLOTTAL})*+)(?:['’]s(?!\w))?"
    core = rf"[{_UPPER}]{rest}"
    first = rf"[{_UPPER}](?<!\w.){rest}"  # the letter first: so it is looked for many times faster
    later = rf"(?:(?:{glued})[-‐‑'’ʼ])?{core}"
    gap = rf"(?:[ \u00a0](?:(?:{particles})[ \u00a0](?:la )?)?(?:d['’])?|(?<=[{_UPPER}]\.))"  # "D.Tsogtbaatar", "S.Jaishankar"
    starts, things, alone = (frozenset(words(table, key, where)) for key in ("starts", "things", "alone"))
    return NameRules(
        sequence=re.compile(rf"{first}(?:{gap}{later}){{0,{_LONGEST}}}+"),
        glued=re.compile(rf"(?<!\w)(?:{glued})[-‐‑–]\Z"), word=re.compile(rf"(?:(?:{glued})[-‐‑'’])?{core}"),
        starts=starts, accented={fold(word): word for word in table["starts"] if fold(word) not in table["starts"]},
        also=frozenset(words(table, "also", where)), things=things, alone=alone,
        honorific=re.compile(rf"(?:(?:{whole_words(honorifics)})\.? )++\Z"),
        honorifics=frozenset(honorifics),
        addresses=tuple(f"{phrase} " for phrase in honorifics if " " in phrase),
        closing=frozenset(phrase.rpartition(" ")[2] for phrase in honorifics if " " in phrase),
        tails=frozenset(phrase[-2:] for phrase in honorifics),
        inner=frozenset(words(table, "inner", where)),
        given=frozenset(words(table, "given", where)),
        articles=tuple(f"{gap}{word} " for word in words(table, "articles", where) for gap in ' \n"(\''),
        surnames=table["surnames"] is True,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """What was found: names, the starts of those that an honorific stands before, and of states that are family names."""

    names: list[Mention]
    things: list[Mention]  # after an article: part of a title, perhaps, and nobody
    honoured: set[int]
    swallowed: set[int]


def find_names(reading: Reading, lexicon: Lexicon) -> Names:
    """The N mentions of a reading."""
    rules = lexicon.of(reading).names
    taken = Taken(reading)
    common = Common(reading)
    found = Names([], [], set(), set())
    lone: list[Mention] = []  # of headlines, where a verb has a capital too, or of two letters: those that a longer name has
    english = reading.language == "en"
    for sentence in reading.sentences:
        if sentence.boilerplate:
            continue
        headline = english and _title_case(reading.text[sentence.start : sentence.end])
        for run in _runs(reading, sentence, rules, taken, common, headline):
            _address(run, reading, rules)
            name = " ".join(reading.text[run.start : run.end].split())
            start = run.start if run.honorific is None else run.honorific
            mention = Mention(NAME, start, run.end, value=name, why="capitalised words")
            if run.after_article and run.honorific is None:
                found.things.append(mention)
                continue
            found.swallowed.update(run.swallowed)
            brief = run.end - run.start == _BRIEF and name.lower() not in rules.starts
            if run.count == 1 and run.honorific is None and (brief or (headline and sentence.title)):
                lone.append(mention)
                continue
            found.names.append(mention)
            if run.honorific is not None:
                found.honoured.add(start)
    found.names.extend(family_names(found.names, found.swallowed, reading, lexicon.of(reading).mentions.locative))
    found.names[:] = cut(found.names, reading)
    told = {word for mention in found.names for word in str(mention.value).split()}
    found.names.extend(mention for mention in lone if mention.value in told)
    found.names.sort(key=lambda mention: mention.start)
    return found


@dataclass(slots=True)
class _Run:
    start: int
    end: int
    count: int = 1
    honorific: int | None = None  # where the form of address before the name begins
    thing: bool = False
    alone: bool = False
    after_article: bool = False
    swallowed: tuple[int, ...] = ()  # starts of states that are its family name


def _runs(
    reading: Reading, sentence: Sentence, rules: NameRules, taken: Taken, common: Common, headline: bool
) -> Iterator[_Run]:
    text, whole = reading.text, reading.folded
    last = sentence.start
    for match in rules.sequence.finditer(text, sentence.start, sentence.end):
        run: _Run | None = None
        low, high = match.span()
        prefix = rules.glued.search(text, max(last, low - _GLUED), low) if text[low - 1 : low] in _HYPHENS else None
        low, last = prefix.start() if prefix else low, high
        several = prefix is not None or _SEVERAL.search(match[0])
        for word in rules.word.finditer(text, low, high) if several else (match,):
            start, end = word.span()
            possessive = _POSSESSIVE.search(word[0]) if text.endswith(_APOSTROPHES, start, end) else None
            end -= len(possessive[0]) if possessive and end - start > 2 else 0
            if end - start == 1 and text[end : end + 1] in ("'", "’"):  # "Roi Mohammed VI S'est félicité"
                if run is not None:
                    yield from _kept(run, text)
                    run = None
                continue
            kind = taken.at(start, end)
            if kind is None and end - start > 3 and text[start + 1] in "'’":  # "L'Ambassadeur"
                kind = taken.at(start + 2, end)
            folded = whole[start:end]
            kind = "head" if folded.endswith(_NOT_YET) else kind
            if run is None and kind is not None and kind not in (STATE, "head"):
                continue  # a known word begins no name
            plain = folded.rstrip(".")
            given = kind == STATE and run is None and folded in rules.given and end < high and end + 1 not in taken.opening
            given = given and not possessive and not whole.endswith(("la ", "the "), 0, start)
            surname = kind == STATE and rules.surnames and text[start].isupper() and not sentence.title
            inner = run is not None and not run.thing and start == run.end + 1 and (plain in rules.inner or surname)
            form = rules.honorific.search(whole, max(0, start - _ADDRESS), end + 1) if plain in rules.closing else None
            if form is not None:  # "Sa Majesté", "His Highness": no part of a name
                if run is not None and run.start < form.start():
                    yield from _kept(run, text)
                run = None
                continue
            lordly = kind == "head" and plain in rules.inner and _honoured(whole, start, rules)
            kind = None if lordly else kind  # "Dr. Sultan Al Jaber"
            known = kind is not None and (kind != STATE or not whole.endswith(_FORMAL, 0, start))
            addressed = run is None and not known and whole[start - 1 : start] == " "
            addressed = addressed and start - 1 not in taken.heads  # "Crown Prince X": a title, no mere form of address
            address = _honoured(whole, start, rules) if addressed else None
            if kind == STATE and (inner or given or address is not None):
                run = _Run(start, end, 0, address.start() if address else None) if run is None else run
                run.swallowed = (*run.swallowed, start)
            elif (kind is not None or plain in rules.honorifics) and not (inner or given):
                if run is not None and start == run.end + 1 and kind == "institution":
                    run.thing = True  # "Permanent Joint Commission"
                if run is not None:
                    yield from _kept(run, text)
                    run = None
                continue
            if _no_name(plain, start, reading, sentence, rules, common, headline, run, address is not None):
                if run is not None:
                    yield from _kept(run, text)
                    run = None
                continue
            if run is None:
                run = _Run(start, end, honorific=address.start() if address else None)
                run.after_article = whole.endswith(rules.articles, 0, start)
            else:
                run.end, run.count = end, run.count + 1
            run.alone = run.count == 1 and plain in rules.alone
            run.thing = run.thing or plain in rules.things or not rules.things.isdisjoint(_PART.split(plain))
            if possessive:
                yield from _kept(run, text)
                run = None
        if run is not None:
            yield from _kept(run, text)


def _honoured(folded: str, start: int, rules: NameRules) -> re.Match[str] | None:
    """The forms of address right before a name that begins at `start`."""
    end = start - 2 if folded[start - 2 : start - 1] == "." else start - 1
    if folded[end - 2 : end] not in rules.tails and folded[end - 1 : end] not in rules.tails:
        return None  # so it is mostly, and cheap to ask
    return rules.honorific.search(folded, max(0, start - _ADDRESS), start)


def _no_name(
    folded: str, start: int, reading: Reading, sentence: Sentence, rules: NameRules, common: Common, headline: bool,
    run: _Run | None, honoured: bool,
) -> bool:  # fmt: skip
    """True for a word that has a capital for another reason: it begins a sentence or stands in a headline."""
    if honoured:
        return False
    first = (
        start <= sentence.start + 2
        or (run is None and reading.text[start - 1 : start] in '«“"(')
        or reading.text[start - 2 : start] in (": ", "- ", "« ", "– ", "— ")
    )
    initial = len(folded) == 1 and reading.text[start + 1 : start + 2] == "."  # "A. K. Momen"
    begins = run is None and folded in rules.starts and not initial and not _other_word(folded, start, reading, rules)
    if run is None and first and (begins or (folded in common and len(folded) > 2)):
        return True
    if begins and folded not in rules.also:
        return True
    return (headline or sentence.title) and folded in common and len(folded) > 3


def _other_word(folded: str, start: int, reading: Reading, rules: NameRules) -> bool:
    """True for a word that is one of another spelling but for its accents: "Grace", not "grâce"."""
    written = rules.accented.get(folded)
    return written is not None and reading.text[start + 1 : start + len(folded)] == folded[1:] != written[1:]


def _address(run: _Run, reading: Reading, rules: NameRules) -> None:
    """A form of address of several words at the head of a name is none of it: "Tan Sri X"."""
    begin = run.start if run.honorific is None else run.honorific
    if not reading.folded.startswith(rules.addresses, begin):
        return
    address = next(a for a in rules.addresses if reading.folded.startswith(a, begin))
    if run.start < begin + len(address) < run.end:
        run.start, run.honorific = begin + len(address), begin


def _title_case(line: str) -> bool:
    """True for a line in which nearly every longer word has a capital."""
    found = _HEADLINE_WORD.findall(line)
    return len(found) >= 4 and sum(word[0].isupper() for word in found) >= 0.75 * len(found)


def _kept(run: _Run, text: str) -> tuple[_Run, ...]:
    """The run, if it may be a name: no institution, no bare acronym."""
    last = _AFTER_NAME.search(text, run.start, run.end) if run.count > 2 else None
    if last is not None:
        run.end, run.count = last.start(), run.count - 1
    if run.honorific is not None and not run.thing:
        return (run,)
    if run.thing or run.alone or run.count > _LONGEST or _OF_LETTERS.match(text, run.start, run.end):
        return ()
    name = text[run.start : run.end]
    if run.count == 1 and run.honorific is None:
        letters = [character for character in name if character.isalpha()]
        if len(letters) < _BRIEF or all(map(str.isupper, letters)):
            return ()
    if run.count == 1 and any(character.isdigit() for character in name):
        return ()
    return (run,)
