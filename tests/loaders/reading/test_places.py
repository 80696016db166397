"""How places are written: in the usual form of the article's language, whatever the letters of the dateline."""

import pytest

from loaders.reading.lexicon import Lexicon
from loaders.reading.reader import read_text


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        pytest.param(
            "en",
            "Accord\n\nPORT-AU-PRINCE, March 3 2020 - Kenya and Ghana signed an agreement on fisheries on Tuesday.",
            "Port-au-Prince",
            id="a dateline in capitals",
        ),
        pytest.param(
            "fr",
            "Accord\n\nNouakchott, 3 mars 2020 - Le Kenya et le Ghana ont signé mardi un accord de pêche.",
            "Nouakchott",
            id="a dateline as usual",
        ),
        pytest.param(
            "en",
            "Visit\n\nForeign Minister Ann Price of Kenya visited the Philippine capital on 3 March 2020.",
            "Manila",
            id="a capital described, in English",
        ),
        pytest.param(
            "fr",
            "Visite\n\nLa ministre kényane des Affaires étrangères, Ann Price, a visité la capitale philippine le 3 mars 2020.",
            "Manille",
            id="a capital described, in French",
        ),
    ],
)
def test_a_place_is_written_as_usual(language: str, text: str, place: str, lexicon: Lexicon) -> None:
    found = {claim.fields.get("place") for claim in read_text(text, lexicon, language=language)}
    assert place in found
    assert found <= {place, None}
