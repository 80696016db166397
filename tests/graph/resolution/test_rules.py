from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.resolution.rules import FILE, load_rules


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('compare = "told"', 'compare = "guess"', "no comparison 'guess'"),
        ("near = 1.5", "nearly = 1.5", "unknown keys nearly"),
        ("threshold = 3", "treshold = 3", "unknown keys treshold"),
        ('apart = ["before"]', 'apart = ["after"]', "keeps apart what told never says: after"),
        ("margin = 1.5", "", "margin"),
        ("[names]", "[names", "resolution.toml"),
    ],
)
def test_a_mistake_in_the_rules_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    shutil.copy(SCHEMA / FILE, tmp_path / FILE)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=r"resolution\.toml") as error:
        load_rules(tmp_path)
    assert words in str(error.value)
