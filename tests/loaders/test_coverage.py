"""The report counts what a corpus sets off, names what it never does, and says the same each time."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from graph.errors import BadQuery
from graph.model.claims import Source
from loaders.coverage import Coverage, WordUse, coverage, render
from loaders.reading.lexicon import Lexicon, load_lexicon

SIGNED = Source(text="Le Pérou et le Népal ont signé un accord de défense à Lima.\n", language="fr")
RATIFIED = Source(text="Le Népal a ratifié l'accord de défense conclu avec le Pérou.\n", language="fr")
PLAIN = Source(text="La pluie tombe. Une signature manque au bas de la lettre.\n", language="fr")


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def words(result: Coverage, frame: str) -> dict[str, WordUse]:
    (found,) = [one for one in result.frames if one.id == frame]
    return {use.word: use for use in found.words}


def test_nothing_fires_on_nothing(lexicon: Lexicon) -> None:
    result = coverage([], lexicon)
    assert result.sources == 0
    assert len(result.silent) == len(result.frames) == len(lexicon.frames.openings.book.frames)
    assert [count for _, count in result.rules if count] == []


def test_a_frame_that_fires_is_counted_with_its_word(lexicon: Lexicon) -> None:
    result = coverage([SIGNED, SIGNED], lexicon)
    fired = {frame.id: frame.fired for frame in result.frames if frame.fired}
    assert fired == {"agreement/signed": 2}
    assert words(result, "agreement/signed")["signer"] == WordUse("signer", "fr", 2, 2)
    assert "agreement/signed" not in [frame.id for frame in result.silent]
    assert "agreement/ratified" in [frame.id for frame in result.silent]


def test_a_word_that_stands_there_without_effect_is_told_from_one_that_does_not(lexicon: Lexicon) -> None:
    found = words(coverage([PLAIN], lexicon), "agreement/signed")
    assert (found["signature"].seen, found["signature"].fired) == (1, 0)
    assert (found["signer"].seen, found["signer"].fired) == (0, 0)


def test_only_languages_of_the_corpus_are_reported(lexicon: Lexicon) -> None:
    assert {use.language for frame in coverage([SIGNED], lexicon).frames for use in frame.words} == {"fr"}


def test_rules_that_are_no_frames_are_counted_apart(lexicon: Lexicon) -> None:
    source = Source(text="La ministre péruvienne des Affaires étrangères, Ana Ruiz, a salué ce résultat.\n", language="fr")
    result = coverage([source], lexicon)
    assert [count for rule, count in result.rules if count and rule.startswith("office/")] == [1]


def test_the_order_of_the_sources_does_not_matter(lexicon: Lexicon) -> None:
    assert coverage([SIGNED, RATIFIED, PLAIN], lexicon) == coverage([PLAIN, SIGNED, RATIFIED], lexicon)


def test_json_and_table_say_the_same(lexicon: Lexicon) -> None:
    result = coverage([SIGNED], lexicon)
    told = json.loads(str(render(result, "json")))
    assert told["sources"] == 1
    assert told["never_fired"] == [frame.id for frame in result.silent]
    assert told["rules_never_fired"] == list(result.silent_rules)
    assert len(told["frames"]) == len(result.frames)
    shown = io.StringIO()
    Console(file=shown, width=200).print(render(result, "table"))
    assert f"{len(result.silent)} of {len(result.frames)} frames never fired" in shown.getvalue()
    assert all(frame.id in shown.getvalue() for frame in result.frames)


def test_another_format_is_refused_with_those_there_are(lexicon: Lexicon) -> None:
    with pytest.raises(BadQuery, match="table or json"):
        render(coverage([], lexicon), "xml")
