"""A sentence stays whole, wherever the triggers of its claims lie."""

import pytest

from api.passages import cut

SENTENCE = "Le Pérou et le Chili ont signé un accord."


@pytest.mark.parametrize(
    ("first", "last", "marked"),
    [(21, 30, "ont signé"), (-90, -70, ""), (300, 320, ""), (-20, 8, "Le Pérou"), (31, 800, "un accord.")],
    ids=["inside", "before it", "after it", "across its beginning", "across its end"],
)
def test_a_trigger_marks_what_lies_in_the_sentence_and_nothing_is_lost(first: int, last: int, marked: str) -> None:
    pieces = cut(SENTENCE, [(0, len(SENTENCE), [(first, last)])])
    assert "".join(piece.text for piece in pieces) == SENTENCE
    assert "".join(piece.text for piece in pieces if piece.mark == "trigger") == marked
