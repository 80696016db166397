"""Offices: what the text says that its people are, by the rulings on public offices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.model.claims import Reason
from loaders.reading.model import Candidate, Holding, Reading

if TYPE_CHECKING:
    from loaders.reading.lexicon import Lexicon

GUESSES = ("pair", "dateline")
"""How a state was found that the text does not say; right three times in five."""
SERVED = {
    "title": "said with the title",
    "beside": "said beside the name",
    "counterpart": "said with the colleague’s title",
    "pair": "not said: guessed from the two states that the article is about",
    "dateline": "not said: guessed from where the article was sent",
    "": "known from the office",
}
_MOST_PLACES = 8  # sentences given as evidence of one office


def find_offices(reading: Reading, lexicon: Lexicon) -> Reading:
    """The reading with a candidate for every office that a person is said to hold."""
    held: dict[tuple[int, str], list[Holding]] = {}
    for holding in reading.holdings:
        held.setdefault((holding.person, holding.office), []).append(holding)
    candidates = tuple(_candidate(reading, places) for _, places in sorted(held.items()))
    return reading.having(candidates=reading.candidates + candidates)


def _candidate(reading: Reading, places: list[Holding]) -> Candidate:
    person = reading.persons[places[0].person]
    best = next((place for place in places if place.of_from in ("title", "counterpart")), places[0])
    fields: dict[str, str] = {"person": person.name, "office": best.office}
    of, how = best.of or person.state, best.of_from or person.state_from
    if of is not None:
        fields["of"] = of
    sentences = tuple(dict.fromkeys(place.sentence for place in places))[:_MOST_PLACES]
    reasons = [
        Reason("office", reading.words(place.title), place.title.start, place.title.end, place.why)
        for place in places[:_MOST_PLACES]
    ]
    reasons.append(
        Reason("person", reading.words(best.name), best.name.start, best.name.end, "the name that the title goes with")
    )
    if of is not None:
        reasons.append(Reason("of", reading.words(best.title), best.title.start, best.title.end, SERVED[how]))
    features = {f"of-{how or 'nowhere'}", places[0].why}
    features |= {"several-sentences"} if len(sentences) > 1 else set()
    features |= {"one-word-name"} if " " not in person.name else set()
    rule = f"office/{best.why.replace(' ', '-')}"
    guessed = frozenset({"of"} if how in GUESSES else ())
    return Candidate("office", fields, sentences, rule, tuple(reasons), frozenset(features), guessed)
