"""A sentence stays whole, wherever the triggers of its claims lie."""

import pytest

from api.passages import cut

SENTENCE = "Le Pérou et le Chili ont signé un accord."
START = 100  # where the sentence begins in its source


@pytest.mark.parametrize(
    ("first", "last", "marked"),
    [(121, 130, "ont signé"), (10, 30, ""), (400, 420, ""), (80, 108, "Le Pérou"), (131, 900, "un accord.")],
    ids=["inside", "before it", "after it", "across its beginning", "across its end"],
)
def test_a_trigger_marks_what_lies_in_the_sentence_and_nothing_is_lost(first: int, last: int, marked: str) -> None:
    pieces = cut(SENTENCE, [(SENTENCE, START, [(first, last)])])
    assert "".join(piece.text for piece in pieces) == SENTENCE
    assert "".join(piece.text for piece in pieces if piece.mark == "trigger") == marked
