import pytest

from graph.record.sentence import around

TEXT = "Titre de l’article\nM. Bourita a reçu J. Smith à Rabat. « Nous signons ! » a-t-il dit. L’accord (n° 3) vaut 2.5 M."


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("reçu", "M. Bourita a reçu J. Smith à Rabat."),
        ("Titre", "Titre de l’article"),
        ("vaut", "L’accord (n° 3) vaut 2.5 M."),
        ("Rabat. « Nous", "M. Bourita a reçu J. Smith à Rabat. « Nous signons !"),
    ],
)
def test_a_span_grows_to_its_sentence(words: str, sentence: str) -> None:
    start = TEXT.index(words)
    assert around(TEXT, start, start + len(words)).startswith(sentence)


def test_a_sentence_always_holds_its_span() -> None:
    for start in range(len(TEXT) - 1):
        for end in (start + 1, min(start + 30, len(TEXT))):
            assert TEXT[start:end].strip() in around(TEXT, start, end)
