"""The register of an article's people: what is said of each name, put together when the article has been read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from loaders.reading.bare import holders_of, serve_described
from loaders.reading.cast import cast_of
from loaders.reading.counterparts import settle_counterparts
from loaders.reading.describing import POPE, describe, describe_counterparts, describe_listed, describe_several
from loaders.reading.genders import gender_of
from loaders.reading.guessing import guess_states
from loaders.reading.introducing import introduce
from loaders.reading.marking import as_person, final_holdings, located, marked, only_department
from loaders.reading.matching import match_left
from loaders.reading.model import Holding, Mention, Reading
from loaders.reading.person_rules import PersonRules
from loaders.reading.register import MOST_ALIKE, Entry, Said, Somebody, name_words, title_of

_SON_OF = ("bin", "ben", "ibn", "bint", "ould")


class Register:
    """Filled in reading order, settled once."""

    def __init__(
        self, honoured: frozenset[int], career: frozenset[str], monarchies: frozenset[str], rules: PersonRules
    ) -> None:
        self.honoured = honoured
        self.career = career  # states whose "foreign secretary" is no minister
        self.monarchies = monarchies
        self.anaphora, self.guesses = rules.anaphora, rules.guesses
        self.entries: list[Entry] = []
        self.bare: list[Mention] = []
        self.rulers: list[tuple[Mention, str]] = []
        self.people: list[Somebody] = []
        self.by_word: dict[str, list[int]] = {}
        self.of_entry: dict[int, int] = {}  # start of a name -> index of its person

    def name(self, mention: Mention, said: list[Said], state: str | None, how: str) -> None:
        """A name, the titles said of it here, and the state that stands beside it."""
        self.entries.append(Entry(mention, said, state, how, name_words(mention)))

    def title(self, mention: Mention) -> None:
        """A title that speaks of no name of its sentence."""
        self.bare.append(mention)

    def ruler(self, mention: Mention, office: str) -> None:
        """A name whose government is spoken of."""
        self.rulers.append((mention, office))

    def settled(self, reading: Reading) -> Reading:
        """The reading with persons, holdings and P mentions."""
        self._cluster()
        for index, somebody in enumerate(self.people):
            _settle_state(somebody)
            somebody.gender = gender_of(somebody, reading.folded, self.anaphora)
            somebody.holdings = list(_holdings(index, somebody, reading))
        settle_counterparts(self.people, self.of_entry, self.entries, self.bare, reading, last=False)
        cast = cast_of(self.people, self.of_entry, self.entries, reading)
        describe_listed(self.bare, cast, self.entries)
        describe_several(self.bare, cast)
        describe(self.bare, cast)
        describe_counterparts(self.bare, cast)
        introduce(self.bare, self.entries, cast)
        cast.enthrone(self.rulers)
        match_left(self.bare, cast, self.anaphora)
        settle_counterparts(self.people, self.of_entry, self.entries, self.bare, reading, last=True)
        serve_described(self.bare, self.people, reading)
        guess_states(self.people, reading, self.monarchies, self.guesses)  # of those described, and their counterparts
        bare = holders_of(self.bare, self.people, reading, self.anaphora)
        department = only_department(reading)
        persons = tuple(as_person(one, self.honoured, self.career, department) for one in self.people)
        final = (holding for one in self.people for holding in final_holdings(one, self.career, department))
        holdings = tuple(sorted(final, key=lambda holding: (holding.name.start, holding.office)))
        mentions = marked(reading, self.people, bare)
        persons = located(persons, mentions)
        return reading.having(mentions=mentions, persons=persons, holdings=holdings)

    def _cluster(self) -> None:
        """Full names first, then parts of them; a lone word that is part of no full name needs a title or an honorific."""
        order = sorted(range(len(self.entries)), key=lambda i: (*(-n for n in _length(self.entries[i].words)), i))
        for index in order:
            entry = self.entries[index]
            words = entry.words
            found = self._known(words, entry.mention.start)
            if found is not None and len(words) == 1 and _pope(entry) and self.people[found].words != words:
                found = None  # "le pape François" is no François Martin
            if found is None:
                if len(words) == 1 and entry.mention.start not in self.honoured and _part_of_title(entry):
                    continue
                found = len(self.people)
                self.people.append(Somebody(words, str(entry.mention.value)))
                for word in dict.fromkeys(words):
                    self.by_word.setdefault(word, []).append(found)
            self.people[found].entries.append(entry)
            self.of_entry[entry.mention.start] = found
        for somebody in self.people:
            somebody.entries.sort(key=lambda entry: entry.mention.start)

    def _known(self, words: tuple[str, ...], start: int) -> int | None:
        """The person already known by these words: the same family name, and no word that contradicts."""
        alike = [i for i in self.by_word.get(words[-1], ())[:MOST_ALIKE] if _within(words, self.people[i].words)]
        if not alike and len(words) > 1:
            alike = [i for i in self.by_word.get(words[0], ())[:MOST_ALIKE] if _within(words, self.people[i].words)]
        family = [i for i in alike if self.people[i].words[-1] == words[-1]] or alike
        if len(family) < 2:
            return family[0] if family else None
        before = [i for i in family if self.people[i].entries[0].mention.start < start]
        return max(
            before or family,
            key=lambda i: max(
                [e.mention.start for e in self.people[i].entries[-MOST_ALIKE:] if e.mention.start < start] or [0]
            ),
        )


def _length(words: tuple[str, ...]) -> tuple[int, int]:
    """How full a name is: its words, those that are more than an initial first."""
    return sum(len(word) > 1 for word in words), len(words)


def _within(words: tuple[str, ...], fuller: tuple[str, ...]) -> bool:
    """True when a fuller name has every word of a name, or a word that begins with its initial."""
    if len(words) > 1 and words[0] != fuller[0] and words[0] in fuller and fuller[fuller.index(words[0]) - 1] in _SON_OF:
        return False  # Salman bin Abdulaziz is the father of Mohammed bin Salman bin Abdulaziz
    return all(word in fuller or (len(word) == 1 and any(other.startswith(word) for other in fuller)) for word in words)


def _pope(entry: Entry) -> bool:
    """True for a name that stands beside the title of a pope."""
    return any(said.of == POPE and said.beside for said in entry.said)


def _part_of_title(entry: Entry) -> bool:
    """True for a lone word that is nobody: without title or state, or the end of one ("Minister for Defence Production")."""
    return all(" for " in title_of(said).text and said.beside for said in entry.said) and (
        bool(entry.said) or entry.state is None
    )


def _settle_state(somebody: Somebody) -> None:
    """The agent that titles, or a people's name beside the person, give them most often."""
    told = [code for entry in somebody.entries for said in entry.said if not title_of(said).former for code in said.of[:1]]
    if told:
        counted = Counter(told)
        somebody.state, somebody.state_from = max(counted, key=lambda code: (counted[code], -told.index(code))), "title"
        return
    beside = [(entry.state, entry.how) for entry in somebody.entries if entry.state is not None]
    if beside:
        somebody.state, somebody.state_from = beside[0]


def _holdings(index: int, somebody: Somebody, reading: Reading) -> Iterator[Holding]:
    titles = [title_of(said) for entry in somebody.entries for said in entry.said]
    ended = {office for title in titles if title.former for office in title.offices}
    for entry in somebody.entries:
        for said in entry.said:
            title = title_of(said)
            if title.former or title.counterpart:
                continue
            if ended and not said.of and ended.issuperset(title.offices):
                continue  # "former President X … President X said": called so still
            sentence = reading.sentence_at(entry.mention.start)
            for office in (said.office,) if said.office else title.offices:
                of, how = (said.of[0], "title") if said.of else (somebody.state, somebody.state_from)
                yield Holding(index, office, of, how, said.title, entry.mention, sentence.index if sentence else 0, said.why)
