"""Pronouns and descriptions without an office, as mentions of whom they stand for: "il", "le visiteur", "the two leaders"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.model.claims import Reason
from loaders.reading.marking import located
from loaders.reading.model import PERSON, Mention, Person, Reading, Sentence, Title
from loaders.reading.offices import GUESSES

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

STANDS = ("pronoun: ", "description: ", "the two people ", "the other of ", "the visitor: ", "bare title ")
"""How `Mention.why` begins where a person is meant, not named."""
_EXPLAINED = 3  # antecedents told with one reason
_CROWD = 60  # people of one state among whom one is looked for
_BACK = 3  # sentences back in which an antecedent may stand
_SAYING = 30  # characters after a pronoun within which a word of saying leaves it to the rules of speech
_BESIDE = (" with ", " alongside ", " beside ")
_LEADING = ("head_of_state", "head_of_government")
_DIPLOMATIC = ("minister_foreign_affairs", "ambassador", "special_envoy", "deputy_minister", "other", "director")


def refer(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading in which pronouns and descriptions are P mentions; `why` says by which antecedent."""
    if not reading.persons:
        return reading
    words = lexicon.of(reading)
    rules = words.persons.anaphora
    found: dict[int, list[re.Match[str]]] = {}
    for match in rules.found(reading.layer):
        sentence = reading.sentence_at(match.start())
        if sentence is not None and not sentence.boilerplate and not reading.quoted(match.start()):
            found.setdefault(sentence.index, []).append(match)
    if not found:
        return reading
    told = _Told(reading, words.speech.article, words.speech.prepositions)
    for sentence in reading.sentences[: max(found) + 1]:
        if not sentence.boilerplate:
            told.enter(sentence, found.get(sentence.index, ()))
    mentions = _joined(reading.mentions, told.added)
    return reading.having(mentions=mentions, persons=located(reading.persons, mentions))


def explaining(reading: Reading) -> Callable[[Reason], Reason]:
    """What adds to a reason whom the pronouns, descriptions and bare titles in it stand for, and why."""
    words = [m for m in reading.mentions if m.mark == PERSON and m.why.startswith(STANDS)]
    starts = [word.start for word in words]

    def explained(reason: Reason) -> Reason:
        low = bisect_left(starts, reason.start)
        if low == len(starts) or starts[low] >= reason.end:
            return reason
        found = words[low : bisect_left(starts, reason.end, low)][:_EXPLAINED]
        told = "; ".join(f"{reading.words(mention)} = {_names(reading, mention)} ({mention.why})" for mention in found)
        return replace(reason, why=f"{reason.why}; {told}")

    return explained


def _names(reading: Reading, mention: Mention) -> str:
    indexes = mention.value if isinstance(mention.value, tuple) else ()
    return " and ".join(reading.persons[index].name for index in indexes)


def _joined(mentions: Sequence[Mention], added: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions in order; those that an added one covers give way."""
    kept: list[Mention] = []
    index = 0
    for mention in mentions:
        while index < len(added) and added[index].end <= mention.start:
            kept.append(added[index])
            index += 1
        if index < len(added) and mention.start < added[index].end and mention.end > added[index].start:
            continue
        kept.append(mention)
    return (*kept, *added[index:])


@dataclass(frozen=True, slots=True)
class _Line:
    """Whom one sentence speaks of, in order, and who of them is its subject."""

    people: tuple[int, ...]
    subject: int | None


class _Told:
    """An article's people sentence by sentence, as far as it has been gone through."""

    def __init__(self, reading: Reading, article: re.Pattern[str], prepositions: tuple[str, ...]) -> None:
        self.reading = reading
        self.article = article
        self.prepositions = (*prepositions, *_BESIDE)
        self.lines: list[_Line] = []
        self.added: list[Mention] = []
        self.here: list[int] = []
        self.subject: int | None = None
        self.of_state: dict[str | None, list[int]] = {}
        for index, person in enumerate(reading.persons):
            if len(self.of_state.setdefault(person.state, [])) < _CROWD:
                self.of_state[person.state].append(index)
        self.says = [token.start for token in reading.known("say")]

    def enter(self, sentence: Sentence, words: Sequence[re.Match[str]]) -> None:
        """Go through one sentence: its named people, and its words that stand for people."""
        self.here, self.subject = [], None
        items: list[tuple[int, Mention | re.Match[str]]] = [(word.start(), word) for word in words]
        items += [(m.start, m) for m in self.reading.mentions_in(sentence.start, sentence.end, PERSON)]
        for start, item in sorted(items, key=lambda pair: pair[0]):
            mention = item if isinstance(item, Mention) else self._mention(item)
            indexes = mention.value if mention is not None and isinstance(mention.value, tuple) else ()
            if len(indexes) == 1 and self.subject is None and not self._governed(sentence, start):
                self.subject = indexes[0]
            self.here.extend(index for index in indexes if index not in self.here)
        if self.here:
            self.lines.append(_Line(tuple(self.here), self.subject))

    def _governed(self, sentence: Sentence, start: int) -> bool:
        lead = self.reading.layer[max(sentence.start, start - 40) : start]
        return self.article.sub("", f" {lead}").endswith(self.prepositions)

    def _mention(self, word: re.Match[str]) -> Mention | None:
        kind = word.lastgroup or ""
        start, end = word.span()
        if kind in ("he", "she") and self.reading.language == "en" and self._speaks(end):
            return None
        if kind == "both" and word["title"] is not None:
            start = word.start("title")
        indexes, why = self._meant(kind.partition("_")[0], word)
        if not indexes:
            return None
        codes = tuple(dict.fromkeys(state for index in indexes if (state := self.reading.persons[index].state) is not None))
        mention = Mention(PERSON, start, end, codes, indexes, why)
        self.added.append(mention)
        return mention

    def _speaks(self, end: int) -> bool:
        index = bisect_left(self.says, end)
        return index < len(self.says) and self.says[index] - end <= _SAYING

    def _meant(self, kind: str, word: re.Match[str]) -> tuple[tuple[int, ...], str]:
        if word["he"] is not None or word["she"] is not None:
            return self._subject("m" if word["he"] is not None else "f")
        if word["someone"] is not None:
            return self._subject("")
        if word["both"] is not None or word["pair"] is not None:
            return self._two(word)
        if word["guest"] is not None or word["host"] is not None:
            return self._other(word)
        if word["national"] is not None:
            return self._national(word.start("national_of"))
        leader = word["leader"] is not None
        code = self._code(word.start("leader_of") if leader else word.start("diplomat_of"))
        return self._described(code, _LEADING if leader else _DIPLOMATIC)

    def _code(self, start: int) -> str | None:
        """The one state of a people's name or state mention that begins there."""
        found = self.reading.mentions_in(start, start + 1) if start >= 0 else ()
        return found[0].codes[0] if found and len(found[0].codes) == 1 else None

    def _subject(self, gender: str) -> tuple[tuple[int, ...], str]:
        """Whom a pronoun stands for: the subject of its sentence, else of one before."""
        if self.subject is not None and self._may_be(self.subject, gender):
            return (self.subject,), "pronoun: the subject of its sentence"
        for line in reversed(self.lines[-_BACK:]):
            fitting = [index for index in line.people if self._may_be(index, gender)]
            if line.subject is not None and line.subject in fitting:
                return (line.subject,), "pronoun: the subject of the sentence before"
            if len(fitting) == 1:
                return (fitting[0],), "pronoun: the one person of the sentence before"
            if fitting:
                break
        return (), ""

    def _may_be(self, index: int, gender: str) -> bool:
        return not gender or self.reading.persons[index].gender in ("", gender)

    def _recent(self) -> list[int]:
        """The people spoken of lately, last first."""
        lines = [tuple(self.here), *(line.people for line in reversed(self.lines[-_BACK:]))]
        return list(dict.fromkeys(index for people in lines for index in reversed(people)))

    def _two(self, word: re.Match[str]) -> tuple[tuple[int, ...], str]:
        """The two that the nearest sentences speak of, of two states; of the office said where one is."""
        title = self.reading.mentions_in(word.start("title"), word.start("title") + 1) if word["both"] is not None else ()
        said = title[0].value if title else None
        if title and not (isinstance(said, Title) and said.plural and not said.former):
            return (), ""
        found: list[int] = []
        for index in self._recent():
            person = self.reading.persons[index]
            if isinstance(said, Title) and said.offices and not _holds(person, said.offices[0]):
                continue
            if person.state is None or all(self.reading.persons[other].state != person.state for other in found):
                found.insert(0, index)
            if len(found) == 2:
                return tuple(found), "the two people spoken of last"
        return (), ""

    def _other(self, word: re.Match[str]) -> tuple[tuple[int, ...], str]:
        """ "Son hôte": of the two people spoken of last the one who is not the subject."""
        subject = self.subject if self.subject is not None else (self.lines[-1].subject if self.lines else None)
        if subject is None:
            return (), ""
        state = self.reading.persons[subject].state
        others = [i for i in self._recent() if i != subject and self.reading.persons[i].state not in (None, state)]
        if word["guest"] is not None and not word["guest"].startswith(("son ", "his ", "her ")):
            home = self.reading.dateline.codes[:1] if self.reading.dateline is not None else ()
            if not home:
                return (), ""
            away = [i for i in (subject, *others[:1]) if self.reading.persons[i].state not in (None, *home)]
            return ((away[0],), "the visitor: who is not at home there") if len(away) == 1 else ((), "")
        return ((others[0],), "the other of the two people spoken of last") if others and state is not None else ((), "")

    def _national(self, start: int) -> tuple[tuple[int, ...], str]:
        """ "Le Sénégalais", with a capital: who of that state was spoken of last, else its one person."""
        code = self._code(start) if self.reading.text[start].isupper() else None
        known = self.of_state.get(code, []) if code is not None else []
        known = [index for index in known if self.reading.persons[index].state_from not in GUESSES]
        recent = [index for index in self._recent() if index in known]
        if recent or len(known) == 1:
            return ((recent or known)[0],), "description: who of that state was spoken of last"
        return (), ""

    def _described(self, code: str | None, offices: tuple[str, ...]) -> tuple[tuple[int, ...], str]:
        """ "Le dirigeant turc": who of that state leads it; without a state, who of the people spoken of last leads one."""
        known = self._recent() if code is None else self.of_state.get(code, [])
        holders = [i for i in known if any(_holds(self.reading.persons[i], office) for office in offices)]
        if code is None:
            return ((holders[0],), "description: the last one named of that standing") if holders else ((), "")
        recent = [i for i in self._recent() if i in holders] or holders
        if recent:
            return (recent[0],), "description: the holder of such an office of that state"
        if offices is _DIPLOMATIC:
            said = [i for i in known if self.reading.persons[i].state_from not in GUESSES]
            serving = [i for i in self._recent() if i in said and self.reading.persons[i].offices]
            if serving:
                return (serving[0],), "description: who of that state was spoken of last"
        named = [i for i in known if not self.reading.persons[i].offices]
        return ((named[0],), "description: the one person of that state") if len(named) == 1 else ((), "")


def _holds(person: Person, office: str) -> bool:
    return any(held == office or (office == "minister" and held.startswith("minister_")) for held, _ in person.offices)
