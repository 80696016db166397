"""Articles of some days read by several processes, loaded one a day or all at once: one graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.month import loaded, read

DAYS = """
Rabat et Kigali signent un accord
Le Maroc et le Rwanda ont signé mardi 3 juin 2025 à Rabat un accord de coopération militaire.
Le ministre marocain des Affaires étrangères, Nasser Bourita, a salué une étape.

Morocco and Rwanda sign defence pact
Morocco and Rwanda signed a military cooperation agreement in Rabat on 3 June 2025.
Moroccan Foreign Minister Nasser Bourita welcomed the step.

Le Sénégal ouvre une ambassade
Le Sénégal a ouvert une ambassade à Kigali le 10 juin 2025.
La ministre sénégalaise des Affaires étrangères, Yassine Fall, était présente.

Lavrov meets Bourita in Moscow
Russian Foreign Minister Sergey Lavrov met his Moroccan counterpart Nasser Bourita in Moscow on 12 June 2025.

Entretien à Moscou
Le ministre russe des Affaires étrangères Sergueï Lavrov a rencontré à Moscou, le 12 juin 2025, son homologue
marocain Nasser Bourita.

Visite reportée
La visite à Paris du président sénégalais Bassirou Diomaye Faye, prévue le 20 juin 2025, a été reportée.
""".strip().split("\n\n")


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("month")
    for day in range(19, 31):
        title, _, text = DAYS[day % len(DAYS)].partition("\n")
        words = f"date: 2025-06-{day:02d}\n{title}\n\n{text}\n\nBulletin {day}.\n"
        (folder / f"{day:02d}.txt").write_text(words, encoding="utf-8")
    return folder


def test_a_month_loaded_day_by_day_is_the_month_loaded_at_once(month: Path, tmp_path: Path) -> None:
    told = read(month, 1)
    assert sum(len(each.claims) for each in told) > 15
    assert read(month, 2) == told
    whole = loaded([told], tmp_path / "whole")
    assert loaded([[each] for each in told], tmp_path / "daily") == whole
