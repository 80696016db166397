"""Everything the reader knows of words: compiled once from data files and reference data, then only read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.errors import BadData
from graph.model.folding import fold
from graph.model.reference import Agent, City, Reference, load_reference
from loaders.reading.amounts import AmountWords, load_amounts
from loaders.reading.calendars import Calendar, load_calendar
from loaders.reading.confidence import Confidence, load_confidence
from loaders.reading.frames.knowledge import Knowledge, load_knowledge
from loaders.reading.gazetteer import Gazetteer, Word, build_gazetteer
from loaders.reading.matters import words_of_matters
from loaders.reading.model import Reading
from loaders.reading.name_rules import NameRules, load_names
from loaders.reading.person_rules import PersonRules, load_persons
from loaders.reading.phrasing import either, whole_words
from loaders.reading.sentences import SentenceRules
from loaders.reading.speech_rules import SpeechRules, load_speech
from loaders.reading.surroundings import MentionRules
from loaders.reading.tables import DATA, LANGUAGES, read_table, words
from loaders.reading.text import TextRules
from loaders.reading.title_rules import TitleRules, load_titles, title_words

_TEXT = (
    "function_words", "boilerplate_starts", "boilerplate_whole", "boilerplate_contains", "abbreviations", "clause_starts",
    "emphatic_starts",
)  # fmt: skip
_MENTIONS = (
    "locative", "place_nouns", "place_nouns_after", "capital_before", "capital_after", "language_before", "language_after",
    "coordination", "blocked", "prefixes", "regions",
)  # fmt: skip
_CROWN = re.compile(r"\b(?:kingdom|sultanate|principality|grand duchy)\b")
_UNSAID_CROWNS = {"KWT", "QAT", "JPN", "MYS", "VAT", "BRN"}
_ARTICLES = re.compile(r"\A(?:l'|(?:le|la|les|the) )(?=.)")
_BREAKS = {"fr": r"(?:de |du |d'|de la |de l'|des )", "en": r"of (?:the )?"}


@dataclass(frozen=True, slots=True)
class Words:
    """The word knowledge of one language."""

    language: str
    text: TextRules
    sentences: SentenceRules
    gazetteer: Gazetteer
    calendar: Calendar
    amounts: AmountWords
    mentions: MentionRules
    titles: TitleRules
    names: NameRules
    persons: PersonRules
    speech: SpeechRules


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word knowledge, by language, with the reference data behind it; passed to every stage, never changed."""

    languages: Mapping[str, Words]
    reference: Reference
    monarchies: frozenset[str]  # states that call themselves a kingdom, or the like
    frames: Knowledge
    confidence: Confidence

    def of(self, reading: Reading) -> Words:
        """The words of the language that the article is written in."""
        return self.languages[reading.language]


def load_lexicon(reference: Reference | None = None) -> Lexicon:
    """Read and check every data file; a malformed one raises BadData naming file and entry."""
    reference = reference or load_reference()
    languages = {language: _load_words(language, reference) for language in LANGUAGES}
    frames = load_knowledge(_wholes(reference))
    return Lexicon(languages, reference, _monarchies(reference), frames, load_confidence())


def _wholes(reference: Reference) -> Mapping[str, str]:
    """Organs that are no party to anything -> the organisation that acts through them."""
    organs = ((one.code, one.part_of) for one in reference.organisations.values() if not one.party)
    return {code: whole for code, whole in organs if whole is not None and whole in reference.organisations}


def _load_words(language: str, reference: Reference) -> Words:
    text = read_table(DATA / language / "text.toml", _TEXT)
    tables = {"text": text, "mentions": read_table(DATA / language / "mentions.toml", _MENTIONS)}
    calendar, amounts, speech = load_calendar(language), load_amounts(language), load_speech(language)
    entries = [
        *_reference_words(reference, language),
        *((phrase, Word("blocked", True)) for phrase in words(tables["mentions"], "blocked", f"{language}/mentions.toml")),
        *((fold(prefix), Word("prefix", code)) for prefix, code in tables["mentions"]["prefixes"].items()),
        *_regions(tables["mentions"]["regions"], reference, f"{language}/mentions.toml"),
        *title_words(language),
        *words_of_matters(language),
        *((phrase, Word("say", True, rank=9)) for phrase in speech.cues),
        *((phrase, Word("date", True, rank=1)) for phrase in calendar.anchors),
        *((phrase, Word("unit", phrase, rank=2)) for phrase in amounts.units),
    ]
    where = f"{language}/text.toml"
    return Words(
        language=language, text=_text_rules(text, where), sentences=_sentence_rules(text, where),
        gazetteer=build_gazetteer(entries), calendar=calendar, amounts=amounts,
        mentions=_mention_rules(tables["mentions"], language, _capitals(reference, language)),
        titles=load_titles(language), names=load_names(language), persons=load_persons(language), speech=speech,
    )  # fmt: skip


def _text_rules(table: Mapping[str, Any], where: str) -> TextRules:
    return TextRules(
        frozenset(words(table, "function_words", where)), words(table, "boilerplate_starts", where),
        frozenset(words(table, "boilerplate_whole", where)), words(table, "boilerplate_contains", where),
    )  # fmt: skip


def _sentence_rules(table: Mapping[str, Any], where: str) -> SentenceRules:
    clause = re.compile(either(words(table, "clause_starts", where)))
    return SentenceRules(
        frozenset(words(table, "abbreviations", where)), frozenset(words(table, "emphatic_starts", where)), clause
    )


def _mention_rules(table: Mapping[str, Any], language: str, capitals: Mapping[str, str]) -> MentionRules:
    where, breaks = f"{language}/mentions.toml", _BREAKS[language]
    lists = (key for key in table if key not in ("blocked", "prefixes", "regions", "coordination"))
    before = {key: (either if key.endswith("after") else whole_words)(words(table, key, where)) for key in lists}
    return MentionRules(
        locative=re.compile(rf"(?:{before['locative']}) (?:la |le |l'|the )?\Z"),
        place_noun=re.compile(rf"(?:{before['place_nouns']}) {breaks}\Z"),
        place_noun_after=re.compile(rf"(?: |-)(?:{before['place_nouns_after']})(?![a-z])")
        if before["place_nouns_after"]
        else None,
        capital_before=re.compile(rf"(?P<phrase>(?:{before['capital_before']}) )\Z") if before["capital_before"] else None,
        capital_after=re.compile(rf" (?:{before['capital_after']})(?![a-z])") if before["capital_after"] else None,
        language_before=re.compile(rf"(?:{before['language_before']}) \Z"),
        language_after=re.compile(rf"(?: |-)(?:{before['language_after']})(?![a-z])") if before["language_after"] else None,
        coordination=frozenset(table["coordination"]),
        capitals=capitals,
    )


def _monarchies(reference: Reference) -> frozenset[str]:
    """States whose official name says so, and those whose head is a sovereign without its saying so."""
    present = (state for state in reference.states.values() if not state.historic)
    named = {state.code for state in present if any(_CROWN.search(fold(name)) for name in state.official["en"])}
    return frozenset(named | _UNSAID_CROWNS)


def _capitals(reference: Reference, language: str) -> dict[str, str]:
    named = ((city.state, city.names[language][0]) for city in reversed(reference.cities) if city.capital)
    return dict(named)


def _reference_words(reference: Reference, language: str) -> Iterator[tuple[str, Word]]:
    """The names of states, peoples, cities, organisations and homonyms as words; present states before former ones."""
    for state in reference.states.values():
        later = 3 if state.historic else 0
        yield from _agent_words(state, "state", language, later)
    for organisation in reference.organisations.values():
        yield from _agent_words(organisation, "organisation", language, 1)
        for name in organisation.acronyms[language]:
            yield fold(name), Word("organisation", (organisation.code, name in organisation.ambiguous), _shape(name), 1)
    for city in reference.cities:
        spelled: dict[str, str] = {}
        for name in (*city.names[language], *_contracted(city, language)):
            namesake = 0 if city.capital else 1  # a capital goes before a city of the same name
            told = (city.state, city.stands_for, name in city.ambiguous, spelled.setdefault(fold(name), name))
            yield fold(name), Word("city", told, "capital", 2 + namesake)
    for homonym in reference.homonyms:
        for name in homonym.names[language]:
            yield _ARTICLES.sub("", fold(name), count=1), Word("blocked", True, "any", 4)


def _regions(table: Mapping[str, str], reference: Reference, where: str) -> Iterator[tuple[str, Word]]:
    """Parts of a state whose name alone several states share: "eastern Congo"."""
    for region, code in table.items():
        if code not in reference.states:
            raise BadData(f"{where}: regions: {region!r} lies in {code!r}, which is no state of the reference")
        yield fold(region), Word("state", (code, False))


def _contracted(city: City, language: str) -> Iterator[str]:
    """`Caire` beside `Le Caire`: in "au Caire" and "du Caire" the article is gone."""
    for name in city.names[language]:
        if language == "fr" and name.startswith("Le ") and len(name) > len("Le Cap"):
            yield name.removeprefix("Le ")


def _agent_words(agent: Agent, category: str, language: str, rank: int) -> Iterator[tuple[str, Word]]:
    hyphened = [re.sub("ooperation", "o-operation", name) for name in agent.names[language] if "Cooperation" in name]
    for name in (*agent.names[language], *hyphened):
        phrase = _ARTICLES.sub("", fold(name), count=1)
        other = name != agent.names[language][0]  # a preferred name goes before other names
        yield phrase, Word(category, (agent.code, name in agent.ambiguous), _shape(name), rank + other)
    for name in agent.government_names[language]:
        phrase = _ARTICLES.sub("", fold(name), count=1)
        yield phrase, Word(category, (agent.code, False), "capital", rank)
        yield phrase, Word("seat", True, "capital", rank)
    for name in agent.demonyms[language]:
        shape = _shape(name)
        yield (
            fold(name),
            Word(
                "demonym",
                (agent.code, name in agent.ambiguous),
                "any" if shape == "capital" and language == "fr" else shape,
                rank + 1,
            ),
        )
    for name in agent.prefixes[language]:
        yield fold(name), Word("prefix", agent.code, "any" if language == "fr" else "capital", rank + 2)


def _shape(name: str) -> str:
    """How a name must be written to be one: a form in capitals only so, any other with a capital letter first."""
    letters = [letter for letter in name if letter.isalpha()]
    return "upper" if letters and all(letter.isupper() for letter in letters) else "capital"
