"""Hostile texts: every stage takes at most about twice the time for twice the text."""

import time

import pytest

from graph.model.claims import Source
from loaders.reading.lexicon import Lexicon
from loaders.reading.reader import understand

TEXTS = {
    "one word": "a", "words": "mot ", "commas": ",", "capitals": "A", "capital words": "Abc ", "full stops": ".",
    "stops apart": ". ", "quotes": "\"", "opening quotes": "« ", "digits": "1", "spaces": " ", "lines": "\n",
    "heads": "ministre ", "titles": "le ministre de la Santé, ", "people": "le ministre Jean Bon, ",
    "states": "Maroc ", "dates": "le 18 juin 2025 ", "amounts": "3 millions de dollars ", "verbs": "a dit ",
    "speakers": "Jean Bon a dit, ", "families": "Ab Bon. Ac Bon. Ad Con, ", "counterparts": "son homologue malien, ",
    "prefixes": "maroco-", "lists": "Jean Bon et ", "particles": "A de ", "labels": "Jean : ",
    "bare titles": "le ministre de la Santé Jean Bon part. Le ministre de la Santé revient. ",
    "descriptions": "Paul Cam part. Le premier ministre du Mali revient. ",
    "accords": "Le Maroc a signé un accord avec le Rwanda. ", "partners": "a signé un accord avec le Maroc, ",
    "pacts": "The United States signed a treaty with Peru; ", "triggers": "signe ", "nouns": "accord ",
    "bodies": "la commission mixte ", "years": "le traité de 1998 avec le Rwanda, ",
    "pronouns": "il a dit ",
    "hyphens": "a-", "apostrophes": "l'", "brackets": "(", "colons": ":", "semicolons": "; ", "slashes": "1/",
    "offices in brackets": "Le ministre Jean (Santé) et ", "people and pronouns": "Jean Bon part. Il a rencontré le maire. ",
    "leaders": "Le président turc Jean Bon part. Le dirigeant turc revient. ",
    "pairs": "Ab Bon et Ac Con partent. Les deux présidents reviennent. ",
}  # fmt: skip
SIZE = 24_000
FREE = 0.15  # seconds below which a clock shows nothing
RATIO = 3.2


def seconds(text: str, language: str, lexicon: Lexicon) -> float:
    started = time.process_time()
    understand(Source(text=text, language=language), lexicon)
    return time.process_time() - started


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("unit", TEXTS.values(), ids=TEXTS)
def test_time_grows_with_the_text_and_no_faster(unit: str, language: str, lexicon: Lexicon) -> None:
    short, long = unit * (SIZE // len(unit)), unit * (2 * SIZE // len(unit))
    for _ in range(3):  # another process may have had the processor
        once, twice = seconds(short, language, lexicon), seconds(long, language, lexicon)
        if twice < max(FREE, RATIO * once):
            return
    raise AssertionError(f"{len(long)} characters took {twice:.2f} s, half of them {once:.2f} s")


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["mot " * 250_000, "a" * 1_000_000, "," * 1_000_000, "Abc " * 100_000], ids=["words", "word", "commas", "capitals"]
)
def test_a_megabyte_is_read_in_seconds(text: str, lexicon: Lexicon) -> None:
    assert seconds(text, "fr", lexicon) < 60
