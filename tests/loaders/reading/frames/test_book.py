"""The frame files are read strictly: what is malformed is named with file and frame."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadData
from loaders.reading.frames.book import load_frames
from loaders.reading.frames.parts import RULES

GOOD = """
[[frame]]
id = "relation/test"
kind = "relation"
gives = { change = "severed" }
roles.by = ["actor"]
roles.with = ["with"]
[frame.fr]
verbs = ["rompre"]
object = ["relations"]
examples = [{ text = "Le Pérou a rompu ses relations avec le Chili.", gives = [{ by = "PER" }] }]
"""


def load(folder: Path, text: str) -> None:
    (folder / "test.toml").write_text(text, encoding="utf-8")
    load_frames(RULES, folder)


def test_a_good_frame_is_read(tmp_path: Path) -> None:
    load(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('kind = "relation"', 'kind = "quarrel"', "quarrel"),
        ('kind = "relation"', 'kind = "relation"\nnamed = ["host"]', "'host', for which"),
        ("change =", "colour =", "colour"),
        ('"severed"', '"shaken"', "shaken"),
        ('["actor"]', '["somebody"]', "somebody"),
        ("verbs =", "verb =", "verb"),
        ('["rompre"]', '["romprx"]', "romprx"),
        ("examples = [", "counterexamples = []\nx = [", "unknown key 'x'"),
        ("gives = [{", "gives = [] #", "test.toml"),
        ('id = "relation/test"', "", "without id"),
    ],
)
def test_a_bad_frame_is_named(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(BadData, match=named):
        load(tmp_path, GOOD.replace(old, new, 1))


def test_ids_are_unique(tmp_path: Path) -> None:
    with pytest.raises(BadData, match="relation/test"):
        load(tmp_path, GOOD + GOOD)
