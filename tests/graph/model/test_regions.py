"""Regions of the world: every state of today in one sub-region, both languages, and what a wrong file is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import BadData
from graph.model.files import SCHEMA
from graph.model.reference import load_reference
from graph.model.regions import load_regions

TEXT = (SCHEMA / "regions.toml").read_text(encoding="utf-8")


def test_every_state_of_today_is_in_one_sub_region_and_its_region() -> None:
    regions = load_regions()
    subs = [region for region in regions.values() if not any(other.within == region.key for other in regions.values())]
    today = [code for code, state in load_reference().states.items() if not state.historic]
    assert sorted(code for sub in subs for code in sub.states) == sorted(today)
    assert (len(subs), len(regions)) == (23, 28)
    africa = regions["africa"]
    assert (africa.m49, africa.labels) == ("002", {"fr": "Afrique", "en": "Africa"})
    assert set(regions["northern_africa"].states) < set(africa.states)
    assert (regions["western_africa"].within, regions["western_africa"].labels["fr"]) == ("africa", "Afrique de l’Ouest")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"MAR", ', "", "MAR is in 0 sub-regions"),
        ('"MAR", ', '"MAR", "FRA", ', "FRA is in 2 sub-regions"),
        ('"MAR", ', '"MAR", "QQQ", ', "QQQ is no state of today"),
        ('"MAR", ', '"MAR", "SUN", ', "SUN is no state of today"),
        ('m49 = "015"', 'm49 = "15"', "northern_africa: .* three digits"),
        ('m49 = "015"', 'm49 = "002"', "002 is the code of two"),
        ('region = "africa"', 'region = "afrika"', "there is no region 'afrika'"),
        ('fr = "Afrique du Nord"\n', "", "KeyError"),
        ("[regions]", "[regions", "TOMLDecodeError"),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in TEXT
    (tmp_path / "regions.toml").write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BadData, match=said):
        load_regions(tmp_path)
