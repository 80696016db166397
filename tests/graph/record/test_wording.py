from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model.claims import Claim, Source, SourceClaims, Span
from graph.record import snapshots
from graph.record.wording import copies, likeness, wording
from graph.record.writer import Writer
from graph.view import entities

WORDS = [f"mot{number}" for number in range(400)]


def text(seed: int, length: int = 300) -> list[str]:
    return random.Random(seed).choices(WORDS, k=length)


def said(words: list[str]) -> str:
    return wording(" ".join(words))


def test_a_text_is_like_itself_and_unlike_another() -> None:
    assert likeness(said(text(1)), said(text(1))) == 1.0
    assert likeness(said(text(1)), said(text(2))) < 0.1
    assert likeness(said(text(1)), wording("trop court")) == 0.0


@pytest.mark.parametrize(
    ("changed", "copy"),
    [
        (text(1)[:250] + text(2)[:30], True),  # cut at the end, and a line of the outlet's own
        (["vendredi", *text(1)[:120], "selon", "l'agence", *text(1)[120:]], True),
        (text(1)[:60] + text(2)[:240], False),  # a quotation in an article of its own
    ],
)
def test_a_copy_is_told_from_an_article_that_quotes(changed: list[str], copy: bool) -> None:
    found = list(copies({"a": said(text(1)), "b": said(changed), "c": said(text(3))}, 0.5))
    assert found == ([("a", "b")] if copy else [])


def test_many_copies_are_all_tied_together() -> None:
    wordings = {f"{number:02d}": said([*text(1), f"journal{number}"]) for number in range(30)}
    tied = {other for pair in copies(wordings, 0.5) for other in pair}
    assert tied == set(wordings)


def article(name: str, words: list[str], sentence: str) -> SourceClaims:
    body = f"{name}\n{' '.join(words)}\n{sentence}"
    start = body.index(sentence)
    fields = {"sender": "MAR", "host": "RWA", "type": "embassy", "date": "2020-01-02", "status": "opened"}
    claim = Claim("mission", fields, (Span(start, start + len(sentence), sentence),), 0.8, "test.rule")
    return SourceClaims(Source(body, title=name, published="2020-01-03", language="fr"), (claim,))


def test_outlets_that_print_one_agency_text_are_one_witness(open_at: Callable[[Path], Writer], tmp_path: Path) -> None:
    told = [
        article("un", text(1), "L'ambassade a ouvert."),
        article("deux", text(1)[:270], "Ouverture de l'ambassade ce jeudi."),
        article("trois", text(2), "Rabat dispose d'une ambassade à Kigali."),
    ]
    prints = []
    for number, order in enumerate((told, told[::-1])):
        with open_at(tmp_path / str(number)) as writer:
            for each in order:
                writer.add([each])
                prints.append(writer.commit().snapshot)
        with snapshots.current(tmp_path / str(number)) as snapshot:
            (mission,) = entities.entities(snapshot, "Mission")
            assert (mission.source_count, mission.confidence, len(mission.reported_in)) == (2, 0.96, 3)
